import type { ReferralRule, RevenueScope } from '../../../app/ports-billing.ts';

/** Collects the values of a statement; gives back how the text refers to each. */
export type Put = (value: unknown) => string;

export function statementValues(): { values: unknown[]; put: Put } {
  const values: unknown[] = [];
  return { values, put: (value) => `$${values.push(value)}` };
}

/** Whose rows: those who pay in several currencies are few, and need the domain's functions rather than sums. */
export type Who = { several: boolean | 'both'; referredOnly: boolean };

/** FROM and WHERE of the movements (`m`) of a scope. What a test customer pays is nobody's money. */
export function movementRows(scope: RevenueScope, who: Who, put: Put): string {
  if (scope.series === null) throw new RangeError('MRR was asked for without a series of movements');
  const customers = customersOf(scope, who.referredOnly, put, 'm');
  const several =
    who.several === 'both' ? '' : `AND c.several_currencies IS ${who.several ? '' : 'NOT '}TRUE`;
  return `FROM mrr_movement m ${customers.join}
    WHERE m.series_id = ${put(scope.series.id)} AND ${customers.where} ${several}`;
}

/** The same of money that came in and went back, in a span of instants. */
export function cashRows(
  scope: RevenueScope,
  referredOnly: boolean,
  span: { fromAt: Date; toAt: Date },
  put: Put,
): string {
  const customers = customersOf(scope, referredOnly, put, 'f');
  return `FROM cash_flow f ${customers.join}
    WHERE f.connection_id = ${put(scope.connectionId)} AND f.at >= ${put(span.fromAt)} AND f.at < ${put(span.toAt)}
      AND ${customers.where}`;
}

function customersOf(scope: RevenueScope, referredOnly: boolean, put: Put, alias: 'm' | 'f') {
  const { connectionId, onlyCurrency, referral } = scope;
  const where = ['c.is_test IS NOT TRUE'];
  if (onlyCurrency !== null) where.push(`upper(${alias}.currency) = ${put(onlyCurrency.toUpperCase())}`);
  if (referredOnly) where.push(referred(referral ?? channelOnly, put));
  return {
    join: `LEFT JOIN billing_customer c ON c.connection_id = ${put(connectionId)} AND c.customer_id = ${alias}.customer_id`,
    where: where.join(' AND '),
  };
}

/** Whoever sent ready facts named the channel; the catalogue's own reading. */
const channelOnly: ReferralRule = {
  coupons: [],
  promotionCodes: [],
  metadata: [],
  customerIds: [],
  channels: ['referral'],
};

function referred(rule: ReferralRule, put: Put): string {
  const keys = put(rule.metadata.map(({ key }) => key));
  const values = put(rule.metadata.map(({ value }) => value));
  return `(c.traits->'coupons' ?| ${put(rule.coupons)}::text[]
    OR c.traits->'promotionCodes' ?| ${put(rule.promotionCodes)}::text[]
    OR c.traits->>'channel' = ANY(${put(rule.channels)}::text[])
    OR c.customer_id = ANY(${put(rule.customerIds)}::text[])
    OR EXISTS (SELECT 1 FROM unnest(${keys}::text[], ${values}::text[]) AS pair(key, value)
      WHERE c.traits->'metadata'->>pair.key = pair.value))`;
}
