import { z } from 'zod';
import { columnOf, type Figure, sourcesOf } from './asked-fields.ts';
import { dimensionOf, type Lens } from './dimensions.ts';
import { invalid } from './errors.ts';
import { testOf } from './filter.ts';
import { measure } from './measures.ts';
import { dimensionNamed, metricNamed } from './names.ts';
import type { Property } from './property.ts';
import { dimension, filterExpression, int64 } from './request.ts';
import { count, emptyTally, type Tally } from './tally.ts';
import { listed, wireRow } from './wire-row.ts';

const minuteRange = z.strictObject({
  name: z.string().optional(),
  startMinutesAgo: z.int().default(29),
  endMinutesAgo: z.int().default(0),
});

export const realtimeRequest = z.strictObject({
  property: z.string().optional(),
  dimensions: z.array(dimension).default([]),
  metrics: z.array(z.strictObject({ name: z.string().default('') })).default([]),
  dimensionFilter: filterExpression.optional(),
  minuteRanges: z.array(minuteRange).default([]),
  limit: int64.optional(),
  returnPropertyQuota: z.boolean().default(false),
});
type RealtimeRequest = z.infer<typeof realtimeRequest>;

const DIMENSIONS = ['country', 'platform', 'deviceCategory', 'eventName'];
const METRICS = ['activeUsers', 'eventCount', 'keyEvents', 'screenPageViews'];
const DEFAULT_LIMIT = 10_000;

/** A small part of the realtime report: one range of minutes, few names, no metadata, as Google sends none. */
export function realtimeReport(request: RealtimeRequest, property: Property) {
  const columns = request.dimensions.map(columnOf);
  const figures = request.metrics.map(({ name }) => metricNamed(name));
  for (const name of sourcesOf(columns)) refuseOther(name, DIMENSIONS);
  for (const { apiName } of figures) refuseOther(apiName, METRICS);
  if (figures.length === 0) throw invalid('At least one metric is required.');
  const [range = { startMinutesAgo: 29, endMinutesAgo: 0 }, second] = request.minuteRanges;
  if (second !== undefined) throw invalid('The sandbox takes one minuteRange.');
  if (range.startMinutesAgo > 29 || range.endMinutesAgo > range.startMinutesAgo) {
    throw invalid('A minuteRange lies within the last 30 minutes.');
  }
  const { firstOf, originOf, now } = property;
  const lens: Lens = { range: { startDay: property.today }, cohort: null, firstOf, originOf };
  const passes =
    request.dimensionFilter === undefined ? () => true : testOf(request.dimensionFilter, dimensionNamed);
  const groups = new Map<string, { dimensions: string[]; tally: Tally }>();
  for (const hit of property.fresh(now - (range.startMinutesAgo + 1) * 60, now - range.endMinutesAgo * 60)) {
    if (!passes((field) => dimensionOf(hit, field, lens))) continue;
    const dimensions = columns.map(({ sources, shown }) =>
      shown(sources.map((name) => dimensionOf(hit, name, lens))),
    );
    const key = dimensions.join('\u0000');
    const group = groups.get(key) ?? { dimensions, tally: emptyTally() };
    count(group.tally, hit);
    groups.set(key, group);
  }
  const rows = [...groups.values()].map(({ dimensions, tally }) => ({
    dimensions,
    numbers: figures.map(({ apiName }) => liveNumber(tally, apiName, property.currencyCode)),
  }));
  const wire = {
    ...listed(
      'dimensionHeaders',
      columns.map(({ name }) => ({ name })),
    ),
    metricHeaders: figures.map(
      ({ apiName, type }): Pick<Figure, 'name' | 'type'> => ({ name: apiName, type }),
    ),
    ...listed('rows', rows.slice(0, request.limit ?? DEFAULT_LIMIT).map(wireRow)),
    ...(rows.length === 0 ? {} : { rowCount: rows.length }),
    kind: 'analyticsData#runRealtimeReport',
  };
  return { wire, tokens: 1 + columns.length, isThresholded: false };
}

/** Whoever sent anything just now is active. */
function liveNumber(tally: Tally, metric: string, currencyCode: string): number {
  return metric === 'activeUsers' ? tally.users.size : measure(tally, metric, currencyCode);
}

function refuseOther(name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw invalid(`Field ${name} is not valid in a realtime report.`);
}
