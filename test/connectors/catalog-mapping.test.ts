import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/registry.ts';
import type { CatalogReading } from '../../connectors/sdk/index.ts';
import { checkParams, checkWindowRule, findMetric } from '../../src/domain/catalog/index.ts';

/** Parameters that each mapped metric is defined with here; the schema of the metric reads them. */
const examples: Record<string, Record<string, unknown>> = {
  'ga4 engagement_seconds_per_user_day': {},
  'mixpanel unique_users': { event: 'Opened' },
  'mixpanel funnel_conversion': { funnelId: 7 },
  'mixpanel retention_one_month': {},
  'mixpanel nps': { event: 'Survey Answered' },
  'mixpanel nps_average': { event: 'Survey Answered' },
  'stripe net_revenue': { currency: 'usd' },
  'stripe mrr': { currency: 'usd' },
  'stripe paying_customers': {},
  'stripe ltv': { currency: 'usd' },
  'stripe trial_to_paid': {},
};

const metrics = Object.values(connectors).flatMap((connector) =>
  Object.entries(connector.metrics).map(([name, metric]) => ({ name: `${connector.id} ${name}`, metric })),
);
const mapped = metrics.filter(({ metric }) => metric.catalog !== undefined);

function meaning(name: string) {
  const found = metrics.find((each) => each.name === name)?.metric;
  if (found?.catalog === undefined) throw new Error(`${name} has no meaning`);
  const { catalog, paramsSchema } = found;
  return {
    define: (params: Record<string, unknown>) => catalog.define(paramsSchema.parse(params)),
    suggest: (wanted: CatalogReading) => catalog.suggest?.(wanted) ?? {},
  };
}

it('maps these metrics of connectors to the catalogue, and no others', () => {
  expect(mapped.map(({ name, metric }) => [name, metric.catalog?.metric])).toEqual([
    ['stripe net_revenue', 'net_revenue'],
    ['stripe mrr', 'mrr'],
    ['stripe paying_customers', 'paying_customers'],
    ['stripe ltv', 'ltv'],
    ['stripe trial_to_paid', 'trial_to_paid_rate'],
    ['ga4 engagement_seconds_per_user_day', 'time_in_app_per_user_day'],
    ['mixpanel unique_users', 'active_users'],
    ['mixpanel funnel_conversion', 'funnel_conversion'],
    ['mixpanel retention_one_month', 'retention'],
    ['mixpanel nps', 'nps'],
    ['mixpanel nps_average', 'nps_average'],
  ]);
});

it('does not take GA4’s new users, users or sessions for the catalogue’s: they count devices and estimates', () => {
  const ga4 = metrics.filter(({ name }) => name.startsWith('ga4 '));
  const others = ga4.filter(({ metric }) => metric.catalog === undefined).map(({ name }) => name);
  expect(others).toEqual(['ga4 new_users', 'ga4 active_users', 'ga4 sessions', 'ga4 key_event_conversion']);
});

describe.each(mapped)('$name', ({ name, metric }) => {
  const entry = findMetric(metric.catalog?.metric ?? '');

  it('is defined in the catalogue’s own parameters and window', () => {
    const reading = meaning(name).define(examples[name] ?? {});
    if (entry === null || reading === null) throw new Error(`${name} has no definition`);
    expect(checkParams(entry, reading.params)).toMatchObject({ ok: true });
    expect(checkWindowRule(entry, reading.window)).toBeNull();
  });

  it('stores its points in the catalogue’s unit', () => {
    expect(metric.unit).toBe(entry?.unit.storedAs);
  });
});

it('is another number when a filter or one currency leaves people out', () => {
  expect(meaning('mixpanel unique_users').define({ event: 'Opened', where: 'true' })).toBeNull();
  expect(meaning('stripe paying_customers').define({ currency: 'eur' })).toBeNull();
});

it('says the limits of a funnel in hours, and those of a trial with its grace', () => {
  expect(meaning('mixpanel funnel_conversion').define({ funnelId: 7, lengthDays: 7 })).toMatchObject({
    params: { withinHours: 168 }, // 7 x 24
    window: { kind: 'matured_cohort', days: 1 },
  });
  expect(meaning('stripe trial_to_paid').define({ trialDays: 14, graceDays: 7 })).toMatchObject({
    params: { withinDays: 21, graceDays: 7 }, // 14 + 7
  });
});

it('suggests the parameters that a wanted reading fixes, and leaves the rest to the owner', () => {
  const day = { kind: 'day' } as const;
  expect(
    meaning('mixpanel nps_average').suggest({
      params: { dedupe: 'all' },
      window: { kind: 'trailing', days: 90 },
    }),
  ).toMatchObject({ dedupe: 'all', days: 90 });
  expect(
    meaning('mixpanel funnel_conversion').suggest({ params: { withinHours: 168 }, window: day }),
  ).toEqual({
    lengthDays: 7,
  });
  // Mixpanel counts whole days only.
  expect(meaning('mixpanel funnel_conversion').suggest({ params: { withinHours: 36 }, window: day })).toEqual(
    {},
  );
  expect(meaning('stripe trial_to_paid').suggest({ params: { withinDays: 37 }, window: day })).toEqual({
    trialDays: 30,
    graceDays: 7,
  });
});
