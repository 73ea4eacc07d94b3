import type { CheckResult } from '../sdk/index.ts';
import { createTemplateClient, type TemplateContext } from './client.ts';

/**
 * The account by its name, then a small question for what is read: a token of too few rights shows here.
 *
 * @throws ConnectorError as every read does
 */
export async function checkTemplate(context: TemplateContext): Promise<CheckResult> {
  const client = createTemplateClient(context);
  const { name } = await client.account();
  await client.items(new Date(context.now.getTime() - 1_000), context.now);
  return { account: `New Provider account ${name}`, livemode: null, warnings: [] };
}
