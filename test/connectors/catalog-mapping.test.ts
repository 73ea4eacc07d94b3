import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/registry.ts';
import type { CatalogMeaning, CatalogReading } from '../../src/app/ports.ts';
import { checkParams, checkWindowRule, findMetric } from '../../src/domain/catalog/index.ts';
import { ltvInfo } from '../../src/wiring/billing-ltv.ts';
import { ledgerInfo, ledgerMetrics } from '../../src/wiring/billing-metrics.ts';
import { trialsInfo } from '../../src/wiring/billing-trials.ts';

/** Parameters that each mapped metric is defined with here; the schema of the metric reads them. */
const examples: Record<string, Record<string, unknown>> = {
  'ga4 engagement_seconds_per_user_day': {},
  'mixpanel unique_users': { event: 'Opened' },
  'mixpanel funnel_conversion': { funnelId: 7 },
  'mixpanel retention': { bornEvent: 'Sign Up' },
  'mixpanel retention_one_month': {},
  'mixpanel nps': { event: 'Survey Answered' },
  'mixpanel nps_average': { event: 'Survey Answered' },
  'github issue_count': { labels: ['interview'] },
  'github bugs_per_feature': {},
  'github lead_time': {},
  'github post_release_bugs': {},
  'github deployment_minutes': {},
  'github deployment_count': {},
  'jira sprint_velocity': { board: 12 },
  'jira issue_count': { project: 'SHOP', labels: ['interview'] },
  'jira bugs_per_feature': { project: 'SHOP' },
  'jira lead_time': { project: 'SHOP' },
  'jira post_release_bugs': { project: 'SHOP' },
  'google_sheets row_count': {
    range: 'Log!A:D',
    dateColumn: 'Date',
    labelColumn: 'Tag',
    labels: ['interview'],
  },
  'google_sheets nps': { range: 'Form!A:C', dateColumn: 'Timestamp', scoreColumn: 'Score' },
  'google_sheets nps_average': {
    range: 'Form!A:C',
    dateColumn: 'Timestamp',
    scoreColumn: 'Score',
    respondentColumn: 'Who',
  },
  'google_sheets learning_time_share': {
    range: 'Hours',
    dateColumn: 'Week',
    learningColumn: 'Learning',
    totalColumn: 'All',
  },
  'google_play store_rating': { country: 'DE' },
  'zendesk ticket_count': { tags: ['billing'] },
  'zendesk csat': {},
  'typeform nps': {},
  'typeform nps_average': {},
  'typeform csat': {},
  'typeform response_count': {},
  'feed post_count': { category: 'process' },
  'calendar event_count': { tag: 'interview' },
  'app_store rating': { countries: ['us', 'de'] },
  'ledger net_revenue': { currency: 'usd' },
  'ledger mrr': { currency: 'usd' },
  'ledger paying_customers': {},
  'ledger ltv': { currency: 'usd' },
  'ledger trial_to_paid': {},
};

type Meant = { name: string; unit: string; catalog: CatalogMeaning | undefined };

/** What connectors measure by themselves. */
const measured = Object.values(connectors).flatMap((connector) =>
  Object.entries(connector.metrics).map(([metric, { catalog, paramsSchema, unit }]): Meant => {
    const define = (params: Record<string, unknown>) => catalog?.define(paramsSchema.parse(params)) ?? null;
    const name = `${connector.id} ${metric}`;
    const suggest = (wanted: CatalogReading) => catalog?.suggest?.(wanted) ?? {};
    return {
      name,
      unit,
      catalog: catalog === undefined ? undefined : { metric: catalog.metric, define, suggest },
    };
  }),
);
/** What is summed over a mirrored ledger, the same for every provider that is mirrored. */
const summed = [
  ...ledgerMetrics(['net_revenue', 'mrr', 'paying_customers']).map(ledgerInfo),
  ltvInfo(),
  trialsInfo(),
].map(({ metric, unit, catalog }): Meant => ({ name: `ledger ${metric}`, unit, catalog }));
const metrics = [...summed, ...measured];
const mapped = metrics.filter(({ catalog }) => catalog !== undefined);

function meaning(name: string) {
  const catalog = metrics.find((each) => each.name === name)?.catalog;
  if (catalog === undefined) throw new Error(`${name} has no meaning`);
  return {
    define: (params: Record<string, unknown>) => catalog.define(params),
    suggest: (wanted: CatalogReading) => catalog.suggest?.(wanted) ?? {},
  };
}

it('maps these metrics of ledgers and connectors to the catalogue, and no others of connectors', () => {
  expect(mapped.map(({ name, catalog }) => [name, catalog?.metric])).toEqual([
    ['ledger net_revenue', 'net_revenue'],
    ['ledger mrr', 'mrr'],
    ['ledger paying_customers', 'paying_customers'],
    ['ledger ltv', 'ltv'],
    ['ledger trial_to_paid', 'trial_to_paid_rate'],
    ['ga4 engagement_seconds_per_user_day', 'time_in_app_per_user_day'],
    ['mixpanel unique_users', 'active_users'],
    ['mixpanel funnel_conversion', 'funnel_conversion'],
    ['mixpanel retention', 'retention'],
    ['mixpanel retention_one_month', 'retention'],
    ['mixpanel nps', 'nps'],
    ['mixpanel nps_average', 'nps_average'],
    ['github issue_count', 'activity_count'],
    ['github bugs_per_feature', 'bugs_per_feature'],
    ['github lead_time', 'lead_time'],
    ['github post_release_bugs', 'post_release_bugs'],
    ['github deployment_minutes', 'deployment_minutes'],
    ['github deployment_count', 'deployment_count'],
    ['jira sprint_velocity', 'sprint_velocity'],
    ['jira issue_count', 'activity_count'],
    ['jira bugs_per_feature', 'bugs_per_feature'],
    ['jira lead_time', 'lead_time'],
    ['jira post_release_bugs', 'post_release_bugs'],
    ['google_sheets row_count', 'activity_count'],
    ['google_sheets nps', 'nps'],
    ['google_sheets nps_average', 'nps_average'],
    ['google_sheets learning_time_share', 'learning_time_share'],
    ['google_play store_rating', 'store_rating'],
    ['zendesk ticket_count', 'tagged_ticket_count'],
    ['zendesk csat', 'csat'],
    ['typeform nps', 'nps'],
    ['typeform nps_average', 'nps_average'],
    ['typeform csat', 'csat'],
    ['typeform response_count', 'activity_count'],
    ['feed post_count', 'activity_count'],
    ['calendar event_count', 'activity_count'],
    ['app_store rating', 'store_rating'],
  ]);
});

it('does not take GA4’s users, sessions, funnels and cohorts for the catalogue’s: they count devices and estimates', () => {
  const ga4 = mapped.filter(({ name }) => name.startsWith('ga4 ')).map(({ name }) => name);
  expect(ga4).toEqual(['ga4 engagement_seconds_per_user_day']);
});

it('says of what comes near one of the catalogue’s metrics that it is another number, and how', () => {
  const near = Object.values(connectors).flatMap(({ id, metrics: own }) =>
    Object.entries(own).flatMap(([metric, { description, near: of }]) =>
      of === undefined ? [] : [{ name: `${id} ${metric}`, of, description }],
    ),
  );
  expect(near.map(({ name, of }) => [name, of])).toEqual([
    ['ga4 new_users', 'new_users'],
    ['ga4 active_users', 'active_users'],
    ['ga4 sessions', 'session_count'],
    ['ga4 sessions_per_user_day', 'sessions_per_user_day'],
    ['ga4 users', 'active_users'],
    ['ga4 users_of_month', 'active_users'],
    ['ga4 funnel_conversion', 'funnel_conversion'],
    ['ga4 retention', 'retention'],
    ['mixpanel frequency', 'frequency_rate'],
    ['mixpanel saved_funnel', 'funnel_conversion'],
    ['mixpanel saved_retention', 'retention'],
    ['codecov coverage', 'coverage'],
    ['codecov flag_coverage', 'coverage'],
    ['sonarqube coverage', 'coverage'],
    ['paddle mrr', 'mrr'],
    ['chartmogul mrr', 'mrr'],
  ]);
  expect(near.filter(({ of }) => findMetric(of) === null)).toEqual([]);
  expect(near.filter(({ description }) => description.length < 80)).toEqual([]);
});

describe.each(mapped)('$name', ({ name, unit, catalog }) => {
  const entry = findMetric(catalog?.metric ?? '');

  it('is defined in the catalogue’s own parameters and window', () => {
    const reading = meaning(name).define(examples[name] ?? {});
    if (entry === null || reading === null) throw new Error(`${name} has no definition`);
    expect(checkParams(entry, reading.params)).toMatchObject({ ok: true });
    expect(checkWindowRule(entry, reading.window)).toBeNull();
  });

  it('stores its points in the catalogue’s unit', () => {
    expect(unit).toBe(entry?.unit.storedAs);
  });
});

it('is another number when a filter or one currency leaves people out', () => {
  expect(meaning('mixpanel unique_users').define({ event: 'Opened', where: 'true' })).toBeNull();
  expect(meaning('ledger paying_customers').define({ currency: 'eur' })).toBeNull();
});

it('is another number when rows of a sheet are left out, counted once, or of several labels', () => {
  const log = { range: 'Log', dateColumn: 'Date', labelColumn: 'Tag' };
  const define = (params: object) =>
    meaning('google_sheets row_count').define({ ...log, labels: ['a'], ...params });
  expect(define({})).toEqual({ params: { label: 'a' }, window: { kind: 'day' } });
  expect(define({ labels: ['a', 'b'] })).toBeNull();
  expect(define({ idColumn: 'Id' })).toBeNull();
  expect(define({ exceptColumn: 'Status', exceptValues: ['cancelled'] })).toBeNull();
});

it('says the limits of a funnel in hours, and those of a trial with its grace', () => {
  expect(meaning('mixpanel funnel_conversion').define({ funnelId: 7, lengthDays: 7 })).toMatchObject({
    params: { withinHours: 168 }, // 7 x 24
    window: { kind: 'matured_cohort', days: 1 },
  });
  expect(meaning('ledger trial_to_paid').define({ trialDays: 14, graceDays: 7 })).toMatchObject({
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
  expect(meaning('ledger trial_to_paid').suggest({ params: { withinDays: 37 }, window: day })).toEqual({
    trialDays: 30,
    graceDays: 7,
  });
});
