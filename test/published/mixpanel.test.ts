import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frequencyReading } from '../../connectors/mixpanel/frequency.ts';
import { conversionByDay } from '../../connectors/mixpanel/funnel.ts';
import { dailyNumbers, savedReport } from '../../connectors/mixpanel/insights.ts';
import { countsByDay } from '../../connectors/mixpanel/period-counts.ts';
import { EVERY_DAY, EVERY_MONTH } from '../../connectors/mixpanel/periods.ts';
import { parseExport } from '../../connectors/mixpanel/raw-events.ts';
import { retentionReading } from '../../connectors/mixpanel/retention.ts';
import {
  addictionSchema,
  funnelListSchema,
  funnelSchema,
  namesSchema,
  retentionSchema,
  saidSchema,
  seriesSchema,
  sumsSchema,
} from '../../connectors/mixpanel/schema.ts';
import { sumsByDay } from '../../connectors/mixpanel/sums.ts';

/** Examples of Mixpanel's own specification and of other people's clients, which may be read but not copied here. */
const root = join(import.meta.dirname, '..', '..');
const folder = resolve(
  root,
  process.env['TIDEMARK_SHARED'] ?? '../shared',
  'fixtures',
  'mixpanel',
  'published',
);
const isThere = existsSync(folder);
const note = isThere ? '' : ` (did not run: there is no folder ${folder}; TIDEMARK_SHARED names another one)`;
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const json = (name: string): unknown => JSON.parse(text(name));
const values = (points: { day: string; value: string | null }[]) =>
  Object.fromEntries(points.map(({ day, value }) => [day, value]));

describe.runIf(isThere)(`answers as Mixpanel publishes them${note}`, () => {
  it('of /segmentation, whose dates are not in order', () => {
    const answer = seriesSchema.parse(json('openapi_segmentation.json'));
    const days = ['2011-08-06', '2011-08-07', '2011-08-08', '2011-08-09'];
    expect(values(countsByDay(answer, 'Signed up', ['Signed up'], days).points)).toEqual({
      '2011-08-06': '147',
      '2011-08-07': '146',
      '2011-08-08': '776',
      '2011-08-09': '1376',
    });
  });

  it('of /events, which leave out zeros', () => {
    const answer = seriesSchema.parse(json('openapi_events.json'));
    const asked = ['account-page', 'splash features'];
    const days = ['2010-05-29', '2010-05-30', '2010-05-31', '2010-06-01'];
    expect(values(countsByDay(answer, 'account-page', asked, days).points)).toEqual({
      '2010-05-29': '0',
      '2010-05-30': '1',
      '2010-05-31': '0',
    });
  });

  it('of /events/names', () => {
    expect(namesSchema.parse(json('openapi_events_names.json'))).toContain('battle');
  });

  it('of /funnels', () => {
    const answer = funnelSchema.parse(json('openapi_funnels.json'));
    const [point] = conversionByDay(answer, { funnelId: 1 }, ['2016-09-12']).points;
    expect(point).toMatchObject({ numerator: '20524', denominator: '32688', value: '0.62787567303' });
  });

  it('of /retention', () => {
    const answer = retentionSchema.parse(json('openapi_retention.json'));
    // A cohort of 1 January read as that month's: 1 of 2 came back in the second interval.
    const month = { n: 1, period: EVERY_MONTH };
    expect(values(retentionReading(answer, ['2012-01-31'], month).points)).toEqual({ '2012-01-31': '0.5' });
    // The same by day: 2 of 2, 6 of 10 and 4 of 10 came back in the third interval.
    const days = ['2012-01-01', '2012-01-02', '2012-01-03'];
    expect(values(retentionReading(answer, days, { n: 2, period: EVERY_DAY }).points)).toEqual({
      '2012-01-01': '1',
      '2012-01-02': '0.6',
      '2012-01-03': '0.4',
    });
  });

  it('of /retention/addiction, by how many hours of the day people came', () => {
    const answer = addictionSchema.parse(json('openapi_retention_addiction.json'));
    const days = ['2012-01-01', '2012-01-02'];
    const params = { unit: 'day', weekStart: 'monday', atLeast: 3 } as const;
    // 60 of 305 and 117 of 495 people were active in at least three hours.
    expect(frequencyReading(answer, days, params).points).toMatchObject([
      { day: '2012-01-01', numerator: '60', denominator: '305', value: '0.196721311475' },
      { day: '2012-01-02', numerator: '117', denominator: '495', value: '0.236363636364' },
    ]);
  });

  it.each([
    { name: 'openapi_segmentation_sum.json', sums: { '2019-10-06': 7, '2019-10-07': 4 } },
    {
      name: 'mixpanel_data_segmentation_sum.json',
      sums: { '2024-01-01': 15_432.5, '2024-01-02': 18_976.25, '2024-01-03': 22_150 },
    },
    // Means of days have the shape of sums; only the address tells what they are.
    { name: 'openapi_segmentation_average.json', sums: { '2011-08-07': 4.640625 } },
    { name: 'mixpanel_data_segmentation_average.json', sums: { '2024-01-01': 54.32 } },
  ])('of sums and averages by day ($name)', ({ name, sums }) => {
    const found = sumsByDay(sumsSchema.parse(json(name)), Object.keys(sums));
    expect(Object.fromEntries(found.map(({ day, sum }) => [day, sum]))).toEqual(sums);
  });

  it('of /funnels/list', () => {
    expect(funnelListSchema.parse(json('openapi_funnels_list.json'))).toEqual([
      { funnel_id: 7509, name: 'Signup funnel' },
      { funnel_id: 9070, name: 'Funnel tutorial' },
    ]);
  });

  it('of a saved report by week, which is not taken for one by day', () => {
    expect(() => dailyNumbers(savedReport(json('openapi_insights.json')), 'Logged in')).toThrow(
      expect.objectContaining({ code: 'report_not_by_day' }),
    );
  });

  it('of a saved report by day, with the offset of a project in the west', () => {
    const report = savedReport(json('mixpanel_data_insights.json'));
    expect(dailyNumbers(report, 'Purchase')).toEqual({
      byDay: { '2024-01-01': 50, '2024-01-02': 65, '2024-01-03': 80 },
      partialDay: null,
    });
  });

  it('of the raw export, whose people are not named', () => {
    const events = parseExport(new TextEncoder().encode(text('openapi_export.jsonl')));
    expect(events.map(({ event, distinctId }) => ({ event, distinctId }))).toEqual([
      { event: 'Signed up', distinctId: null },
      { event: 'Signed up', distinctId: null },
    ]);
  });

  it.each(['openapi_import_401.json', 'openapi_import_429.json'])('of a refused import (%s)', (name) => {
    expect(saidSchema.safeParse(json(name)).success).toBe(true);
  });

  it.each([
    'openapi_segmentation_sum.json',
    'openapi_segmentation_average.json',
    'openapi_retention_addiction.json',
    'openapi_engage.json',
    'openapi_events_top.json',
    'mixpanel_data_segmentation_sum.json',
    'airbyte_engage.json',
  ])('of other endpoints are never taken for counts, funnels or cohorts (%s)', (name) => {
    for (const schema of [seriesSchema, funnelSchema, retentionSchema]) {
      expect(schema.safeParse(json(name)).success).toBe(false);
    }
  });
});
