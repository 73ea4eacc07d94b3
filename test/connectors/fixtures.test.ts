import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tests = new URL('../', import.meta.url);
const fixtures = new URL('fixtures/', tests);
const GA4 = 'connectors/ga4';
const MIXPANEL = 'connectors/mixpanel';
const STRIPE = 'connectors/stripe';

/**
 * The test that reads each recording, and where a recording says what to conclude from it (`expected`) the test that
 * concludes so. Several where one alone does not reach every conclusion.
 */
const READ_BY: Record<string, string[]> = {
  'ga4/made/batch_run_reports.json': [`${GA4}/fixtures.test.ts`],
  'ga4/made/check_compatibility.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/cohort_weekly.json': [`${GA4}/cohorts.test.ts`],
  'ga4/made/data_loss_without_other_row.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/dst_spring_hours.json': [`${GA4}/hours.test.ts`],
  'ga4/made/errors.json': [`${GA4}/errors.test.ts`],
  'ga4/made/get_metadata.json': [`${GA4}/fixtures.test.ts`],
  'ga4/made/property_quotas_snapshot.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/quota_nearly_gone.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/revenue_restricted.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/run_funnel_report.json': [`${GA4}/funnel-report.test.ts`],
  'ga4/made/run_realtime_report.json': [`${GA4}/fixtures.test.ts`],
  'ga4/made/run_report_daily.json': [`${GA4}/fixtures.test.ts`],
  'ga4/made/run_report_empty.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/run_report_empty_with_totals.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/run_report_keep_empty_rows.json': [`${GA4}/fixtures.test.ts`],
  'ga4/made/run_report_named_date_ranges.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/run_report_page_1.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/run_report_page_2.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/run_report_page_3.json': [`${GA4}/made-answers.test.ts`],
  'ga4/made/thresholded.json': [`${GA4}/made-answers.test.ts`],
  'ga4/recorded/client_requests.json': [`${GA4}/fixtures.test.ts`, 'sandbox/ga4-transports.test.ts'],
  'mixpanel/made/engage_pages.json': [`${MIXPANEL}/profiles.test.ts`],
  'mixpanel/made/errors.json': [`${MIXPANEL}/errors.test.ts`],
  'mixpanel/made/export_day.json': [`${MIXPANEL}/raw-events.test.ts`],
  'mixpanel/made/export_time_in_ms.json': [`${MIXPANEL}/raw-events.test.ts`],
  'mixpanel/made/funnel_segmented.json': [`${MIXPANEL}/funnel.test.ts`],
  'mixpanel/made/funnel_week.json': [`${MIXPANEL}/funnel.test.ts`],
  'mixpanel/made/import_partly_refused.json': [
    'notifications/mixpanel.test.ts',
    'notifications/mixpanel-import.test.ts',
  ],
  'mixpanel/made/insights_funnel.json': [`${MIXPANEL}/insights.test.ts`],
  'mixpanel/made/insights_report.json': [`${MIXPANEL}/insights.test.ts`],
  'mixpanel/made/insights_retention_segmented.json': [`${MIXPANEL}/insights.test.ts`],
  'mixpanel/made/segmentation_by_plan.json': [`${MIXPANEL}/counts.test.ts`],
  'mixpanel/made/segmentation_week.json': [`${MIXPANEL}/counts.test.ts`],
  'mixpanel/recorded/client_requests.json': ['sandbox/mixpanel-ingestion.test.ts'],
  'stripe/made/balance_transactions.json': [`${STRIPE}/fixtures.test.ts`],
  'stripe/made/errors.json': [`${STRIPE}/errors.test.ts`],
  'stripe/made/event_sequences.json': [`${STRIPE}/fixtures.test.ts`],
  'stripe/made/events_page.json': [`${STRIPE}/fixtures.test.ts`],
  'stripe/made/invoice_with_proration.json': [`${STRIPE}/fixtures.test.ts`],
  'stripe/made/mrr_cases.json': [`${STRIPE}/mirror/map.test.ts`],
  'stripe/made/subscription_with_12_items.json': [`${STRIPE}/mrr-cases.test.ts`],
  'stripe/made/subscriptions_expected.json': [
    `${STRIPE}/mrr-cases.test.ts`,
    `${STRIPE}/subscriptions-expected.test.ts`,
  ],
  'stripe/made/subscriptions_page_1.json': [`${STRIPE}/mrr-cases.test.ts`],
  'stripe/made/subscriptions_page_2.json': [`${STRIPE}/mrr-cases.test.ts`],
  'stripe/made/webhook_signature_vectors.json': [`${STRIPE}/fixtures.test.ts`],
  'stripe/recorded/client_requests.json': ['sandbox/stripe-requests.test.ts'],
};

/** Prose beside the numbers. */
const NOTES = ['about', 'note', 'policy'];

const files = ['ga4', 'mixpanel', 'stripe'].flatMap((provider) =>
  ['made', 'recorded'].flatMap((kind) =>
    readdirSync(new URL(`${provider}/${kind}/`, fixtures)).map((name) => `${provider}/${kind}/${name}`),
  ),
);
const read = (path: string, base: URL): string => readFileSync(new URL(path, base), 'utf8');
const readersOf = (file: string) => (READ_BY[file] ?? []).map((path) => ({ path, text: read(path, tests) }));
const words = (text: string) => new Set(text.match(/[\w-]+/g));

/** Names of the conclusions in a recording, at whatever depth: the members of `expected`, and `expectedStatus`. */
function conclusionsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => {
    if (name === 'expected') return ['expected', ...membersOf(inside)];
    return name.startsWith('expected') ? [name] : conclusionsOf(inside);
  });
}

function membersOf(value: unknown): string[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.keys(value).filter((name) => !NOTES.includes(name)) : [];
}

const concluding = files
  .map((file) => {
    const answer: unknown = JSON.parse(read(file, fixtures));
    // One file holds nothing but what two others come to.
    return { file, names: file.endsWith('_expected.json') ? membersOf(answer) : conclusionsOf(answer) };
  })
  .filter(({ names }) => names.length > 0);

describe('the recordings of the three providers', () => {
  it('are all read by a test: a new one shows here', () => {
    expect(files.toSorted()).toEqual(Object.keys(READ_BY).toSorted());
  });

  it.each(files)('%s is named by the test that reads it', (file) => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    expect(readersOf(file).length).toBeGreaterThan(0);
    for (const { path, text } of readersOf(file)) expect(text, path).toContain(name);
  });

  it.each(concluding)('$file has each of its conclusions in a test', ({ file, names }) => {
    const known = words(
      readersOf(file)
        .map(({ text }) => text)
        .join('\n'),
    );
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('are known to conclude something wherever they have the word for it', () => {
    const spoken = files.filter((file) => read(file, fixtures).includes('"expected'));
    const others = ['stripe/made/subscriptions_expected.json'];
    expect(concluding.map(({ file }) => file).toSorted()).toEqual([...spoken, ...others].toSorted());
  });
});
