import { describe, expect, it } from 'vitest';
import {
  catalog,
  computeMetric,
  type MetricKey,
  type MetricWindow,
} from '../../../src/domain/catalog/index.ts';
import { parseRecordSets } from '../../../src/records/index.ts';
import {
  billing,
  carts,
  engineering,
  helpDesk,
  people,
  recommendations,
  satisfaction,
  team,
  twoDays,
  visits,
  watching,
} from './support/raw-records.ts';

/** One value of every metric, from raw records to the number, with the arithmetic in words. */
type Case = {
  window: MetricWindow;
  params?: Record<string, unknown>;
  records: unknown;
  value: number;
  parts?: Record<string, number>;
  why: string;
};

const timeZone = 'UTC';
const march: MetricWindow = { kind: 'period', startDay: '2026-03-01', endDay: '2026-04-01', timeZone };
const oneDay: MetricWindow = { kind: 'period', startDay: '2026-03-01', endDay: '2026-03-02', timeZone };
const twoOfMarch: MetricWindow = { kind: 'period', startDay: '2026-03-01', endDay: '2026-03-03', timeZone };
const endOfMarch: MetricWindow = { kind: 'snapshot', day: '2026-03-31', timeZone };
const cohort: MetricWindow = { ...march, kind: 'cohort', asOfAt: new Date('2026-06-01T00:00:00Z') };
const none: MetricWindow = { kind: 'none' };
const signup = { signupEvent: 'sign_up' };
const toTrial = { steps: ['sign_up', 'trial_started'], withinHours: 168 };

const cases: Record<MetricKey, Case> = {
  new_users: { window: march, params: signup, records: people, value: 4, why: 'four people sign up' },
  active_users: { window: march, records: people, value: 4, why: 'each of them did something' },
  funnel_conversion: { window: cohort, params: toTrial, records: people, value: 0.5, why: '2 trials of 4' },
  dropoff_rate: { window: cohort, params: toTrial, records: people, value: 0.5, why: '1 - 2/4' },
  trial_to_paid_rate: {
    window: cohort,
    params: { trialEvent: 'trial_started', paidEvent: 'paid' },
    records: people,
    value: 0.5,
    why: '1 of 2 trials paid, 7 days after its start',
  },
  activation_rate: {
    window: cohort,
    params: { ...signup, event: 'create_content' },
    records: people,
    value: 0.25,
    why: '1 of 4 created three times',
  },
  onboarding_completion_rate: {
    window: cohort,
    params: { ...signup, requiredSteps: ['invite', 'profile'] },
    records: people,
    value: 0.25,
    why: '1 of 4 did both',
  },
  retention: {
    window: cohort,
    params: { startEvent: 'sign_up' },
    records: people,
    value: 0.25,
    why: '1 of 4 came back between day 30 and 59: 2 March to 5 April is 34 days',
  },
  stickiness: { window: twoOfMarch, records: twoDays, value: 0.75, why: '(2 + 1) / 2 days / 2 people' },
  frequency_rate: {
    window: twoOfMarch,
    params: { minDays: 2 },
    records: twoDays,
    value: 0.5,
    why: 'one of two people was there on both days',
  },
  session_count: { window: oneDay, records: visits, value: 3, why: 'three sessions' },
  sessions_per_user_day: { window: oneDay, records: visits, value: 1.5, why: '3 sessions / 2 user-days' },
  time_in_app_per_user_day: { window: oneDay, records: visits, value: 30, why: '60 minutes / 2 user-days' },
  avg_session_minutes: { window: oneDay, records: visits, value: 20, why: '60 minutes / 3 sessions' },
  mrr: { window: endOfMarch, records: billing, value: 27_000, why: '150 + 50 + 0 + 40 + 30' },
  arr: { window: endOfMarch, records: billing, value: 324_000, why: '12 x 270.00' },
  paying_customers: { window: endOfMarch, records: billing, value: 4, why: 'all but c3' },
  arpa: { window: endOfMarch, records: billing, value: 6_750, why: '270.00 / 4' },
  mrr_movements: {
    window: march,
    records: billing,
    value: 3_000,
    parts: {
      opening: 24_000,
      new: 4_000,
      expansion: 5_000,
      reactivation: 3_000,
      contraction: 3_000,
      churn: 6_000,
      fx: 0,
      closing: 27_000,
    },
    why: '240 + 40 + 50 + 30 - 30 - 60 = 270, a net of 30.00',
  },
  mrr_new: { window: march, records: billing, value: 4_000, why: 'c4' },
  mrr_expansion: { window: march, records: billing, value: 5_000, why: 'c1 from 100 to 150' },
  mrr_contraction: { window: march, records: billing, value: 3_000, why: 'c2 from 80 to 50' },
  mrr_churn: { window: march, records: billing, value: 6_000, why: 'c3' },
  mrr_reactivation: { window: march, records: billing, value: 3_000, why: 'c5' },
  nrr: { window: march, records: billing, value: 20_000 / 24_000, why: '(150 + 50 + 0) / 240' },
  grr: { window: march, records: billing, value: 0.625, why: '(100 + 50 + 0) / 240' },
  gross_mrr_churn_rate: { window: march, records: billing, value: 0.375, why: '(60 + 30) / 240' },
  net_mrr_churn_rate: { window: march, records: billing, value: 1 / 24, why: '(60 + 30 - 50 - 30) / 240' },
  logo_churn_rate: { window: march, records: billing, value: 1 / 3, why: 'c3 of c1, c2 and c3' },
  net_revenue: { window: march, records: billing, value: 11_800, why: '100 + 48 - 20 refunded - 10 lost' },
  refunds: { window: march, records: billing, value: 3_000, why: '20 refunded + 10 lost' },
  new_paying_customers: { window: march, records: billing, value: 1, why: 'c4; c5 paid in January' },
  referral_revenue: { window: march, records: billing, value: 4_000, why: '48.00 of c4 less 8.00 tax' },
  referral_new_mrr: { window: march, records: billing, value: 4_000, why: 'c4; the return of c5 is not new' },
  ltv: {
    window: none,
    params: { formula: 'arpa_over_churn' },
    records: { arpa: 5_000, churnRate: 0.04 },
    value: 125_000,
    why: '50.00 / 0.04',
  },
  cac: { window: none, records: { spend: 600_000, newCustomers: 5 }, value: 120_000, why: '6,000.00 / 5' },
  cac_payback_months: {
    window: none,
    records: { cac: 120_000, arpa: 20_000, grossMargin: 0.8 },
    value: 7.5,
    why: '1,200 / (200 x 0.8)',
  },
  gross_margin: {
    window: none,
    records: { revenue: 1_000_000, cogs: 200_000 },
    value: 0.8,
    why: '(10,000 - 2,000) / 10,000',
  },
  share_rate: {
    window: march,
    params: { shareEvent: 'shared' },
    records: people,
    value: 0.25,
    why: '1 of 4',
  },
  nps: { window: march, records: recommendations, value: 25, why: '100 x (2 - 1) / 4' },
  nps_average: { window: march, records: recommendations, value: 8.25, why: '(10 + 9 + 8 + 6) / 4' },
  csat: { window: march, records: satisfaction, value: 2 / 3, why: '5 and 4 of 5, 4 and 2' },
  store_rating: {
    window: endOfMarch,
    records: {
      countries: [
        { country: 'us', average: 4.5, count: 300 },
        { country: 'de', average: 3.5, count: 100 },
      ],
    },
    value: 4.25,
    why: '(4.5 x 300 + 3.5 x 100) / 400',
  },
  store_rating_delta: {
    window: none,
    records: { before: { average: 4, count: 10 }, after: { average: 4.2, count: 20 } },
    value: 4.4,
    why: '(84 - 40) / 10',
  },
  review_acceptance_rate: {
    window: march,
    params: { promptEvent: 'review_prompt', acceptEvent: 'review_accepted' },
    records: people,
    value: 0.5,
    why: '1 of the 2 who were asked',
  },
  support_requests_per_user_month: {
    window: march,
    records: helpDesk,
    value: 1.5,
    why: '3 requests without the spam / 2 people',
  },
  tagged_ticket_count: {
    window: march,
    params: { tag: 'usability' },
    records: helpDesk,
    value: 2,
    why: 'two carry the tag; the third one is spam',
  },
  cart_abandonment_rate: {
    window: cohort,
    params: { cartEvent: 'cart_created', purchaseEvent: 'purchase' },
    records: carts,
    value: 2 / 3,
    why: 'k2, and k3 after 25 hours',
  },
  session_cart_abandonment: {
    window: march,
    params: { addToCartEvent: 'cart_created', purchaseEvent: 'purchase' },
    records: carts,
    value: 2 / 3,
    why: 'only the session of k1 saw its purchase',
  },
  merchant_conversion: {
    window: march,
    records: {
      merchants: [
        { id: 'a', sessions: 100, orders: 5 },
        { id: 'b', sessions: 200, orders: 2 },
        { id: 'c', sessions: 10, orders: 9 },
      ],
    },
    value: 0.03,
    why: '(0.05 + 0.01) / 2; c has too few sessions',
  },
  viewing_minutes_per_viewer: { window: march, records: watching, value: 45, why: '90 minutes / 2 people' },
  new_release_viewers: { window: march, records: watching, value: 2, why: 'a and b' },
  sprint_velocity: { window: endOfMarch, records: engineering, value: 30, why: '(20 + 30 + 40) / 3' },
  bugs_per_feature: { window: march, records: engineering, value: 1.5, why: '3 bugs / 2 features' },
  linked_bugs_per_feature: { window: cohort, records: engineering, value: 0.5, why: '1 link / 2 features' },
  post_release_bugs: { window: none, records: engineering, value: 2, why: 'the third came after 30 days' },
  lead_time: { window: march, records: engineering, value: 2, why: '(1 + 3) / 2 days' },
  deployment_minutes: { window: march, records: engineering, value: 30, why: 'the mean of 10, 20, 60' },
  deployment_count: { window: march, records: engineering, value: 3, why: 'the failure does not count' },
  coverage: { window: endOfMarch, records: engineering, value: 0.8, why: 'the last one of main' },
  learning_plan_completion: { window: endOfMarch, records: team, value: 0.5, why: '(3 + 1) / (4 + 4)' },
  learning_time_share: { window: march, records: team, value: 0.1, why: '(3 + 1) / (20 + 20)' },
  activity_count: {
    window: march,
    params: { label: 'interview' },
    records: team,
    value: 3,
    why: '1 + 3 - 1; the talk has another label',
  },
};

function measure({ params = {}, records, window }: Case, key: string) {
  const parsed = parseRecordSets(records);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return computeMetric(key, params, window, parsed.records);
}

describe('from raw records to the number', () => {
  it.each(catalog.map(({ key }) => key))('%s', (key) => {
    // A metric without a case here is undefined, and fails.
    const found = (cases as Record<string, Case | undefined>)[key];
    expect(found, `${key} has no case in this table`).toBeDefined();
    if (found === undefined) return;
    const { parts, value } = measure(found, key);
    expect(value, found.why).toBeCloseTo(found.value, 9);
    if (found.parts !== undefined) expect(parts).toMatchObject(found.parts);
  });

  it('has a case for every metric and none for anything else', () => {
    expect(Object.keys(cases).toSorted()).toEqual(catalog.map(({ key }) => key).toSorted());
  });
});

it.each(catalog.map(({ key }) => key))(
  '%s gives the same value for the same records in another order',
  (key) => {
    const found = cases[key as MetricKey];
    const reversed = Object.fromEntries(
      Object.entries(found.records as Record<string, unknown>).map(([name, set]) => [
        name,
        Array.isArray(set) && name !== 'churnRates' ? set.toReversed() : set,
      ]),
    );
    expect(measure({ ...found, records: reversed }, key)).toEqual(measure(found, key));
  },
);

it.each(catalog.map(({ key }) => key))('%s says why it has no value when nothing was read', (key) => {
  const found = cases[key as MetricKey];
  const nothing = measure({ ...found, records: {} }, key);
  expect(nothing.value).toBeNull();
  expect(nothing).toHaveProperty('reason');
});
