import { expect, it } from 'vitest';
import {
  catalog,
  checkParams,
  checkWindowRule,
  definitionVersions,
  findMetric,
  type ParamSpec,
} from '../../../src/domain/catalog/index.ts';

/** Every metric key that the facts page on metrics names, in its order, and three beside: two for unit economics, one that tools call frequency. */
const named = `
  new_users active_users funnel_conversion dropoff_rate trial_to_paid_rate activation_rate
  onboarding_completion_rate retention stickiness session_count sessions_per_user_day
  time_in_app_per_user_day avg_session_minutes mrr net_revenue arr paying_customers arpa mrr_movements
  mrr_new mrr_expansion mrr_contraction mrr_churn mrr_reactivation nrr grr gross_mrr_churn_rate
  net_mrr_churn_rate logo_churn_rate ltv cac cac_payback_months gross_margin referral_revenue
  referral_new_mrr share_rate nps nps_average csat store_rating store_rating_delta
  review_acceptance_rate support_requests_per_user_month tagged_ticket_count cart_abandonment_rate
  session_cart_abandonment merchant_conversion viewing_minutes_per_viewer new_release_viewers
  sprint_velocity bugs_per_feature linked_bugs_per_feature post_release_bugs lead_time
  deployment_minutes deployment_count coverage learning_plan_completion learning_time_share
  activity_count
  refunds new_paying_customers frequency_rate
`
  .trim()
  .split(/\s+/);
const keys = catalog.map(({ key }) => key);

it('knows every metric that the facts name, each once, and no other', () => {
  expect(keys.toSorted()).toEqual(named.toSorted());
  expect(Object.keys(definitionVersions).toSorted()).toEqual(named.toSorted());
});

it('finds a metric by its key, and nothing by another', () => {
  expect(findMetric('nrr')?.key).toBe('nrr');
  expect(findMetric('nothing_such')).toBeNull();
  expect(findMetric('constructor')).toBeNull();
});

it('numbers the definitions of every metric with a whole number from 1', () => {
  expect(
    Object.values(definitionVersions).every((version) => Number.isInteger(version) && version >= 1),
  ).toBe(true);
});

/** Something that a parameter without a default can be. */
function example(spec: ParamSpec): unknown {
  switch (spec.type) {
    case 'text':
      return 'a';
    case 'texts':
      return Array.from({ length: spec.min ?? 1 }, (_, index) => `a${index}`);
    case 'whole':
    case 'number':
      return spec.min;
    case 'choice':
      return spec.of[0];
    case 'flag':
      return spec.default;
    case 'span':
      return [spec.min, spec.max];
  }
}

it.each(catalog.map((metric) => [metric.key, metric] as const))(
  '%s has a definition that can be used',
  (_, metric) => {
    expect(metric.windows.length).toBeGreaterThan(0);
    expect(metric.sources.length).toBeGreaterThan(0);
    expect(metric.records.length).toBeGreaterThan(0);
    expect(metric.unit.storedPer).toBeGreaterThan(0);
    expect(checkWindowRule(metric, metric.usualWindow)).toBeNull();
    const needed = Object.entries(metric.params).filter(([, spec]) => 'required' in spec);
    const given = Object.fromEntries(needed.map(([name, spec]) => [name, example(spec)]));
    const checked = checkParams(metric, given);
    expect(checked).toMatchObject({ ok: true });
    // Each of its defaults is a value that the parameter may have, so that stating it changes nothing.
    if (checked.ok) expect(checkParams(metric, checked.params)).toEqual(checked);
  },
);
