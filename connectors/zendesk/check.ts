import { type CheckResult, ConnectorError } from '../sdk/index.ts';
import { createZendeskClient, type ZendeskClient, type ZendeskContext } from './client.ts';
import { baseUrl } from './config.ts';
import { anonymousError } from './errors.ts';
import { meSchema, ratingsSchema, ticketsSchema } from './schema.ts';
import { written } from './tickets.ts';

const DAY_MS = 86_400_000;

/**
 * Whose token it is and what of the account that agent sees, then one small question for each right.
 *
 * @throws ConnectorError as every read does
 */
export async function checkZendesk(context: ZendeskContext): Promise<CheckResult> {
  const client = createZendeskClient(context);
  const { user } = await client.get('/users/me.json', 'the agent', meSchema);
  if (user.id === null) throw anonymousError();
  const warnings: string[] = [];
  if (typeof user.ticket_restriction === 'string') {
    warnings.push(
      `${user.name} sees only some tickets (${user.ticket_restriction}), and only those would be counted. Use an agent that sees all.`,
    );
  }
  const tickets = await orNull(() =>
    client.get('/search/export', 'the tickets', ticketsSchema, {
      'filter[type]': 'ticket',
      query: `created>=${written(context.now.getTime() - DAY_MS)}`,
      'page[size]': 1,
    }),
  );
  if (tickets === null) {
    warnings.push(`${user.name} may not search tickets. Use an agent that may, if they are to be counted.`);
  }
  const missing = await ratingsProblem(client);
  if (missing !== null) warnings.push(missing);
  const { host } = new URL(baseUrl(context.endpoint));
  return { account: `Zendesk ${host} as ${user.name} (${user.role})`, livemode: null, warnings };
}

/** Why there would be no customer satisfaction, or null. */
export async function ratingsProblem(client: ZendeskClient): Promise<string | null> {
  const ratings = await orNull(() =>
    client.get('/satisfaction_ratings', 'the satisfaction ratings', ratingsSchema, {
      score: 'received',
      'page[size]': 1,
    }),
  );
  if (ratings === null) {
    return 'This agent may not read satisfaction ratings. Use an administrator if you want customer satisfaction.';
  }
  return ratings.satisfaction_ratings.length === 0
    ? 'There is no good or bad rating. Accounts with the newer CSAT survey keep their answers elsewhere, and those are not read.'
    : null;
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ConnectorError && error.errorClass === 'config') return null;
    throw error;
  }
}
