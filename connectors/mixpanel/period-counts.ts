import { driftError, type MetricReading } from '../sdk/index.ts';
import { ageFlags, olderOf, readingOf, sharePoint, valuePoint } from './map.ts';
import { EVERY_DAY, firstDayOf, type Period, refuseOtherWeeks } from './periods.ts';
import type { SeriesAnswer } from './schema.ts';

/** The counts of one event by the last days of their periods. A period that is not there is unknown. */
export type PeriodCounts = {
  event: string;
  lastDays: readonly string[];
  counts: ReadonlyMap<string, number>;
  computedAt: string | null;
  occurs: boolean;
  /** The answer itself, to tell whether two counts came in one. */
  source: object;
};

type Wanted = { event: string; asked: readonly string[]; lastDays: readonly string[]; period: Period };

/**
 * The counts of one event. Of a period that the answer lists nothing more is said when the count is zero; of a period
 * that it does not list nothing is known.
 */
export function countsByPeriod(
  answer: SeriesAnswer,
  { event, asked, lastDays, period }: Wanted,
): PeriodCounts {
  const { series, values } = answer.data;
  const found = countsOf(values, event, asked);
  const listed = new Set(series);
  refuseOtherWeeks(series, period);
  const known = lastDays.filter((day) => listed.has(firstDayOf(day, period)));
  const counts = new Map(known.map((day) => [day, found?.[firstDayOf(day, period)] ?? 0]));
  const computedAt = answer.computed_at ?? null;
  return { event, lastDays, counts, computedAt, occurs: found !== null, source: answer };
}

export function countReading(found: PeriodCounts): MetricReading {
  const { computedAt, counts, lastDays } = found;
  const flags = ageFlags(computedAt);
  const points = [...counts].map(([day, count]) => valuePoint(day, count, flags));
  return readingOf(points, lastDays.length, absentNote(found));
}

/** By day. */
export function countsByDay(
  answer: SeriesAnswer,
  event: string,
  asked: readonly string[],
  days: readonly string[],
): MetricReading {
  return countReading(countsByPeriod(answer, { event, asked, lastDays: days, period: EVERY_DAY }));
}

/** One count divided by another, where both are known; as old as the older of them. */
export function ratioReading(over: PeriodCounts, under: PeriodCounts, pages: number): MetricReading {
  const computedAt = olderOf(over.computedAt, under.computedAt);
  const points = [...over.counts].flatMap(([day, numerator]) => {
    const denominator = under.counts.get(day);
    return denominator === undefined ? [] : [sharePoint(day, numerator, denominator, computedAt)];
  });
  const absent = [...new Set([...absentNote(over), ...absentNote(under)])];
  const { completeness } = readingOf(points, over.lastDays.length, absent);
  return { points, completeness: { ...completeness, pages } };
}

function absentNote({ counts, event, occurs }: PeriodCounts): string[] {
  if (occurs || counts.size === 0) return [];
  return [`Mixpanel counts no "${event}" at all in this window: check its name if that surprises you`];
}

/** Null when the event does not occur. An answer about anything else than what was asked for is not understood. */
function countsOf(
  values: SeriesAnswer['data']['values'],
  event: string,
  asked: readonly string[],
): Record<string, number> | null {
  if (Object.hasOwn(values, event)) return values[event] ?? null;
  if (Object.keys(values).every((name) => asked.includes(name))) return null;
  throw driftError(
    'Mixpanel',
    'the counts of an event: it lists names that were not asked for',
    '/data/values',
  );
}
