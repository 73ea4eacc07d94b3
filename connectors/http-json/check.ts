import { type CheckResult, ConnectorError, driftError, localDay, redact } from '../sdk/index.ts';
import type { AnyContext, Api } from './api.ts';
import { createClient, told } from './client.ts';
import { shown } from './number.ts';
import { pickOf } from './pick.ts';
import type { Values } from './template.ts';
import { filledPath } from './template.ts';

export type CheckPlan = {
  path: string;
  /** Where the answer names the account; absent: the host is all that is known. */
  accountAt?: string;
  /** What has to be there although it is no name. */
  proofAt?: string;
  /** What stands before that name, or instead of it. */
  account: string;
  /** The zone in which the provider cuts days by itself. */
  timeZone?: string;
  /** An address that knows no such page was reached all the same. */
  mayBeMissing?: boolean;
};

const MISSING = ['http_404', 'http_405'];
const LONGEST_NAME = 80;

/** One request that needs the key. */
export async function checkApi(
  context: AnyContext,
  api: Api,
  plan: CheckPlan,
  values: Values = {},
): Promise<CheckResult> {
  const client = createClient(context, api);
  const dayAt = (ms: number): string => localDay(ms, plan.timeZone ?? 'UTC');
  const now = context.now.getTime();
  const days = { today: dayAt(now), tomorrow: dayAt(now + 86_400_000) };
  const asked = {
    method: 'GET' as const,
    url: client.address(filledPath(plan.path, { ...values, ...days })),
  };
  const named: Values = { ...values, host: api.base.host };
  const account = plan.account.replaceAll(/\{\{(\w+)\}\}/g, (mark, name: string) =>
    String(named[name] ?? mark),
  );
  const result = { livemode: null, timeZone: plan.timeZone ?? null };
  try {
    const { json } = await client.ask(asked, []);
    const at = plan.accountAt ?? plan.proofAt;
    if (at === undefined) return { ...result, account, warnings: [] };
    const [found] = pickOf(at).all(json);
    if (typeof found !== 'string' && typeof found !== 'number') {
      const what =
        found === undefined ? 'leads nowhere' : `holds ${shown(found, client.secrets)} instead of a name`;
      const problem = redact(`${told(asked, client.secrets)}: ${at} ${what}`, client.secrets);
      throw driftError(api.provider, problem, at);
    }
    if (plan.accountAt === undefined) return { ...result, account, warnings: [] };
    const name = redact(String(found), client.secrets).slice(0, LONGEST_NAME);
    return { ...result, account: account === '' ? name : `${account} ${name}`, warnings: [] };
  } catch (error) {
    const missing = error instanceof ConnectorError && MISSING.includes(error.code);
    if (plan.mayBeMissing !== true || !missing) throw error;
    const warning =
      'The address answers, but has no page by itself, so the key was not tried. Give a path that needs it as checkPath.';
    return { ...result, account, warnings: [warning] };
  }
}
