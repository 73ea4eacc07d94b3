import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Activity } from '../../sandbox/model/activity.ts';
import {
  type Bench,
  berlin,
  byDate,
  cells,
  named,
  openBench,
  PROPERTY,
  signed,
  TRANSPORTS,
  table,
  visit,
  week,
} from './ga4-support.ts';

// From the 1st to the 8th of March, day d has 100 × d sessions, each by a user of its own.
const DAYS = [1, 2, 3, 4, 5, 6, 7, 8];
const ACTIVITY: Activity[] = DAYS.flatMap((day) =>
  Array.from({ length: 100 * day }, (_, index) =>
    visit(`s-${day}-${index}`, `d-${day}-${index}`, berlin(`2026-03-0${day}T10:00`)),
  ),
);

let bench: Bench;
beforeAll(async () => {
  // and on the 9th nine users in Austria, on the 10th ten: one too few to be shown, and just enough
  const few = [9, 10].flatMap((day) =>
    Array.from({ length: day }, (_, index) =>
      visit(`s-${day}-${index}`, `d-${day}-${index}`, berlin(`2026-03-${day === 9 ? '09' : '10'}T10:00`)),
    ),
  );
  bench = await openBench([...ACTIVITY, ...few]);
});
afterAll(() => bench.close());
afterEach(() => bench.set({ quirks: {} }));

async function ask(request: object, transport: (typeof TRANSPORTS)[number] = 'rest') {
  const client = await bench.client(transport);
  const [report] = await client.runReport(
    {
      property: PROPERTY,
      dimensions: named('date'),
      metrics: named('sessions'),
      orderBys: byDate,
      metricAggregations: [1],
      ...request,
    },
    signed(),
  );
  return report;
}

it.each(TRANSPORTS)(
  'samples a long range, says how much of it was read, and is then a few per cent off over %s',
  async (transport) => {
    bench.set({ quirks: { samplingPercent: 20 } });
    const report = await ask({ dateRanges: week('2026-03-01', '2026-03-08') }, transport);
    // 100 × (1 + … + 8) = 3,600 sessions, of which a fifth
    expect(report.metadata?.samplingMetadatas).toMatchObject([
      { samplesReadCount: '720', samplingSpaceSize: '3600' },
    ]);
    const errors = table(report).map(([, value], index) => Math.abs(Number(value) / (100 * (index + 1)) - 1));
    expect(errors).toHaveLength(8);
    expect(Math.max(...errors)).toBeGreaterThan(0);
    expect(Math.max(...errors)).toBeLessThanOrEqual(0.05);
  },
);

it('reads three days whole, even where it samples', async () => {
  bench.set({ quirks: { samplingPercent: 20 } });
  const report = await ask({ dateRanges: week('2026-03-06', '2026-03-08') });
  expect(report.metadata?.samplingMetadatas).toEqual([]);
  expect(table(report).map(([, value]) => value)).toEqual(['600', '700', '800']);
});

it('withholds rows of fewer than ten users, but not from the total', async () => {
  bench.set({ quirks: { thresholded: true } });
  const report = await ask({ dateRanges: week('2026-03-09', '2026-03-10') });
  expect(report.metadata?.subjectToThresholding).toBe(true);
  expect(table(report)).toEqual([['20260310', '10']]);
  expect(report.rowCount).toBe(1);
  expect(report.totals?.map(cells)).toEqual([['RESERVED_TOTAL', '19']]);
});

it('rolls the smallest days of a long report into (other), and keeps their amount', async () => {
  bench.set({ quirks: { otherRow: true } });
  const report = await ask({ dateRanges: week('2026-03-01', '2026-03-08') });
  expect(report.metadata?.dataLossFromOtherRow).toBe(true);
  // A quarter of eight days: 100 + 200.
  expect(table(report)).toEqual([
    ['(other)', '300'],
    ...[3, 4, 5, 6, 7, 8].map((day) => [`2026030${day}`, String(100 * day)]),
  ]);
  const short = await ask({ dateRanges: week('2026-03-02', '2026-03-08') });
  expect(short.metadata?.dataLossFromOtherRow).toBe(false);
  expect(table(short)).toHaveLength(7);
});

it.each(TRANSPORTS)(
  'shows zeros for what the caller may not see, and says so, over %s',
  async (transport) => {
    bench.set({ quirks: { restrictedMetrics: ['sessions'] } });
    const dateRanges = week('2026-03-02', '2026-03-02');
    const report = await ask(
      { dateRanges, metrics: named('sessions', 'totalUsers'), keepEmptyRows: true },
      transport,
    );
    expect(table(report)).toEqual([['20260302', '0', '200']]);
    expect(report.metadata?.schemaRestrictionResponse?.activeMetricRestrictions).toMatchObject([
      { metricName: 'sessions', restrictedMetricTypes: ['REVENUE_DATA'] },
    ]);
    const client = await bench.client(transport);
    const [catalog] = await client.getMetadata({ name: `${PROPERTY}/metadata` }, signed());
    const blocked = catalog.metrics?.filter(({ blockedReasons }) => (blockedReasons?.length ?? 0) > 0);
    expect(blocked?.map(({ apiName }) => apiName)).toEqual(['sessions']);
  },
);

it('can lie in another zone than the company', async () => {
  bench.set({ quirks: { timeZone: 'Pacific/Auckland' } });
  const report = await ask({ dateRanges: week('2026-03-01', '2026-03-01') });
  expect(report.metadata?.timeZone).toBe('Pacific/Auckland');
  // 10:00 in Berlin on the 1st is 22:00 in Auckland, still the 1st.
  expect(table(report)).toEqual([['20260301', '100']]);
});
