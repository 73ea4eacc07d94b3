import { type Acceptance, nearNames } from '../sdk/index.ts';
import { ratingsProblem } from './check.ts';
import { createZendeskClient, type ZendeskClient, type ZendeskContext } from './client.ts';
import { PAGE_SIZE } from './pages.ts';
import type { CountParams } from './params.ts';
import { countSchema, tagsSchema, ticketsSchema } from './schema.ts';
import { written } from './tickets.ts';

const SHOWN = 5;
/** How far back a channel is looked for. */
const LOOKED_DAYS = 30;
const DAY_MS = 86_400_000;

const outcome = (problems: string[], warnings: string[] = []): Acceptance => ({
  problems,
  warnings,
  timeZone: null,
  currency: null,
});

/** Whether the wanted tags are in use, and the channel. One to twelve calls. */
export async function acceptTickets(
  context: ZendeskContext,
  { channel, tags = [] }: CountParams,
): Promise<Acceptance> {
  const client = createZendeskClient(context);
  const problems = tags.length === 0 ? [] : await tagProblems(client, tags);
  const warnings = channel === undefined ? [] : await channelWarnings(client, context.now, channel);
  return outcome(problems, warnings);
}

/** Zendesk lists what was used of late; of a tag that is not listed it is asked whether any ticket carries it. */
async function tagProblems(client: ZendeskClient, wanted: readonly string[]): Promise<string[]> {
  const listed = await client.get('/tags', 'the tags', tagsSchema, { 'page[size]': PAGE_SIZE });
  const names = listed.tags.map(({ name }) => name.toLowerCase());
  const problems: string[] = [];
  for (const tag of new Set(wanted)) {
    if (names.includes(tag)) continue;
    const query = `type:ticket tags:${tag}`;
    const { count } = await client.get('/search/count', `the tag ${tag}`, countSchema, { query });
    if (count === 0) problems.push(`tags: no ticket carries the tag "${tag}".${suggestion(names, tag)}`);
  }
  return problems;
}

/** What came by a channel is known of tickets only; nobody lists the channels. */
async function channelWarnings(client: ZendeskClient, now: Date, wanted: string): Promise<string[]> {
  const { meta, results } = await client.get('/search/export', 'the tickets', ticketsSchema, {
    'filter[type]': 'ticket',
    query: `created>=${written(now.getTime() - LOOKED_DAYS * DAY_MS)}`,
    'page[size]': PAGE_SIZE,
  });
  const channels = [...new Set(results.map(({ via }) => String(via.channel)))].toSorted();
  if (channels.includes(wanted)) return [];
  const among = meta.has_more
    ? `${PAGE_SIZE} tickets of the last ${LOOKED_DAYS} days`
    : `the tickets of the last ${LOOKED_DAYS} days`;
  return [`channel: none of ${among} came by "${wanted}".${suggestion(channels, wanted)}`];
}

export async function acceptCsat(context: ZendeskContext): Promise<Acceptance> {
  const problem = await ratingsProblem(createZendeskClient(context));
  return outcome([], problem === null ? [] : [problem]);
}

function suggestion(names: readonly string[], wanted: string): string {
  const near = nearNames(names, wanted);
  if (near.length > 0) return ` Do you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (names.length === 0) return '';
  const shown = names.slice(0, SHOWN).map((name) => `"${name}"`);
  return ` There is ${shown.join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}.`;
}
