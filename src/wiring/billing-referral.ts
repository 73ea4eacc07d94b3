import type { ReferralRule } from '../app/ports-billing.ts';

/** How the owner of a referral metric says who was won by referral: at least one of these. */
export type ReferralParams = {
  coupons: string[];
  promotionCodes: string[];
  metadata: string[];
  customers: string[];
  /** The key of a records connection whose customers with the channel "referral" are the list. */
  attribution: string | null;
};
export type CheckedReferral = { ok: true; params: ReferralParams } | { ok: false; problems: string[] };

export const REFERRAL_METRICS: readonly string[] = ['referral_new_mrr', 'referral_revenue'];
const LISTS = ['coupons', 'promotionCodes', 'metadata', 'customers'] as const;
export const REFERRAL_PARAMS: readonly string[] = [...LISTS, 'attribution'];
const MAX_ENTRIES = 10_000;

export function checkReferral(given: Readonly<Record<string, unknown>>): CheckedReferral {
  const problems: string[] = [];
  const list = (name: (typeof LISTS)[number]): string[] => {
    const value = given[name] ?? [];
    if (isTexts(value)) return value;
    problems.push(`"${name}" has to be a list of texts, at most ${MAX_ENTRIES}.`);
    return [];
  };
  const [coupons, promotionCodes, metadata, customers] = LISTS.map(list) as [
    string[],
    string[],
    string[],
    string[],
  ];
  const wrong = metadata.find((pair) => !/^[^=]+=.*$/s.test(pair));
  if (wrong !== undefined) problems.push(`"metadata" holds "${wrong}"; write key=value.`);
  const attribution = given['attribution'] ?? null;
  if (attribution !== null && typeof attribution !== 'string')
    problems.push('"attribution" has to be the key of a connection with records.');
  const params = {
    coupons,
    promotionCodes,
    metadata,
    customers,
    attribution: typeof attribution === 'string' ? attribution : null,
  };
  const says = [coupons, promotionCodes, metadata, customers].some((each) => each.length > 0);
  if (problems.length === 0 && !says && params.attribution === null) {
    problems.push(
      'Nothing says which customers were won by referral; give coupons, promotionCodes, metadata (key=value), ' +
        'customers (ids) or attribution (a connection with customer records).',
    );
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, params };
}

/** What was given, without what was left empty. */
export function writtenReferral({ attribution, ...lists }: ReferralParams): Record<string, unknown> {
  const full = Object.entries(lists).filter(([, list]) => list.length > 0);
  return { ...Object.fromEntries(full), ...(attribution === null ? {} : { attribution }) };
}

/** @param listed the customers of the attribution list, where there is one */
export function referralRule(params: ReferralParams, listed: readonly string[]): ReferralRule {
  return {
    coupons: params.coupons,
    promotionCodes: params.promotionCodes,
    metadata: params.metadata.map((pair) => {
      const at = pair.indexOf('=');
      return { key: pair.slice(0, at), value: pair.slice(at + 1) };
    }),
    customerIds: [...params.customers, ...listed],
    channels: [],
  };
}

const texts = (description: string) => ({ type: 'array', items: { type: 'string' }, description });
export const referralSchema: Record<string, unknown> = {
  coupons: texts('Coupons, by id, that mark a customer as won by referral'),
  promotionCodes: texts('Promotion codes, by id, that do'),
  metadata: texts('Metadata of a customer that does, written key=value'),
  customers: texts('Customers, by id, that were won by referral'),
  attribution: {
    type: 'string',
    description: 'The key of a connection with records: its customers of the channel "referral"',
  },
};

function isTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= MAX_ENTRIES &&
    value.every((each) => typeof each === 'string' && each !== '')
  );
}
