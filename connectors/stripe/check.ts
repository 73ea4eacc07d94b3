import { type CheckResult, type ConnectorContext, ConnectorError } from '../sdk/index.ts';
import { createStripeClient, type Probed, type StripeClient } from './client.ts';
import type { StripeConfig } from './official.ts';

/** What each list is for. Refunds go with the charges' permission. */
const NEEDED = {
  charges: 'net revenue and whether a trial was paid',
  disputes: 'net revenue after disputes',
  subscriptions: 'recurring revenue, customers who pay, churn and trials',
  customers: 'recurring revenue and whose it is',
  prices: 'recurring revenue, where prices have tiers or other currencies',
  coupons: 'recurring revenue, where discounts are used',
  invoices: 'recurring revenue of the past, trials and tax',
  events: 'changes after the first reading',
  creditNotes: 'what was credited on invoices',
  balanceTransactions: 'fees, and sums as they were settled',
} as const satisfies Record<Probed, string>;

/**
 * Proves the key and says what it reaches. A permission that is missing is a warning, because another metric may
 * work without it; a key that may read nothing at all is refused.
 *
 * @throws ConnectorError as every read does
 */
export async function checkStripe(context: ConnectorContext<StripeConfig>): Promise<CheckResult> {
  const client = createStripeClient(context);
  const warnings: string[] = [];
  const refusals: ConnectorError[] = [];
  const resources = Object.keys(NEEDED) as Probed[]; // Object.keys forgets the type of its keys
  for (const resource of resources) {
    const refusal = await refusalOf(() => client.probe(resource));
    if (refusal === null) continue;
    refusals.push(refusal);
    warnings.push(
      `The key may not read ${wordsOf(resource)} (needed for ${NEEDED[resource]}). ${hintOf(refusal)}`,
    );
  }
  const [first] = refusals;
  if (first !== undefined && refusals.length === resources.length) throw first;
  if (context.config.apiKey.startsWith('sk_')) {
    warnings.push(
      'This secret key may change everything in the account. A restricted key (rk_…) with read rights is enough.',
    );
  }
  const livemode = context.config.apiKey.includes('_live_');
  if (!livemode) warnings.push('This is a test key: the numbers are those of the test mode or sandbox.');
  return { ...(await accountOf(client)), livemode, warnings };
}

/** Restricted keys seldom may read the account, but the refusal names it. Days are cut by us: Stripe tells instants. */
async function accountOf(client: StripeClient): Promise<Pick<CheckResult, 'account' | 'currency'>> {
  try {
    const { business_profile: profile, default_currency: currency, id } = await client.account();
    const name = profile?.name ?? '';
    return { account: name === '' ? id : `${name} (${id})`, currency: currency?.toUpperCase() ?? null };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const said = error.cause instanceof Error ? error.cause.message : '';
    const account = /\bacct_\w+/.exec(said)?.[0] ?? 'Stripe account (this key may not read its name)';
    return { account, currency: null };
  }
}

async function refusalOf(probe: () => Promise<void>): Promise<ConnectorError | null> {
  try {
    await probe();
    return null;
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

/** 403, and only that: a key that Stripe does not know at all is no matter of permissions. */
function isRefusal(error: unknown): error is ConnectorError {
  if (!(error instanceof ConnectorError) || error.errorClass !== 'auth') return false;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'statusCode' in cause && cause.statusCode === 403;
}

/** `balanceTransactions` as people say it. */
function wordsOf(resource: Probed): string {
  return resource.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function hintOf(error: ConnectorError): string {
  return error.remedy.by === 'owner' ? error.remedy.hint : '';
}
