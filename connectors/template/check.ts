import type { CheckResult } from '../sdk/index.ts';
import { createTemplateClient, PROVIDER, type TemplateContext } from './client.ts';
import { listItems } from './list.ts';
import { accountSchema } from './schema.ts';

/**
 * The account by its name, then a small question for what is read: a token of too few rights shows here.
 *
 * @throws ConnectorError as every read does
 */
export async function checkTemplate(context: TemplateContext): Promise<CheckResult> {
  const { name } = await createTemplateClient(context).get('/v1/account', {}, 'the account', accountSchema);
  await listItems(context, new Date(context.now.getTime() - 1_000), context.now);
  return { account: `${PROVIDER} account ${name}`, livemode: null, warnings: [] };
}
