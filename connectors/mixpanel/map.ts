import { Decimal } from 'decimal.js';
import { driftError, type MetricReading, type PointReading } from '../sdk/index.ts';
import type { SeriesAnswer } from './schema.ts';

const KEPT_DECIMALS = 12;

/** A quotient as a plain decimal, exact to twelve places. */
export function quotient(numerator: number, denominator: number): string {
  return new Decimal(numerator).div(denominator).toDecimalPlaces(KEPT_DECIMALS).toFixed();
}

/** A number of Mixpanel's without an exponent. */
export function plainDecimal(value: number): string {
  return new Decimal(value).toFixed();
}

/** A share of people. Without anybody there is no share, which is not a share of zero. */
export function sharePoint(
  day: string,
  numerator: number,
  denominator: number,
  computedAt?: string | null,
): PointReading {
  const flags = { ...ageFlags(computedAt), ...(denominator === 0 ? { reason: 'zero_denominator' } : {}) };
  return {
    day,
    value: denominator === 0 ? null : quotient(numerator, denominator),
    numerator: String(numerator),
    denominator: String(denominator),
    ...(Object.keys(flags).length === 0 ? {} : { flags }),
  };
}

/** Mixpanel may answer with a result that is hours old, and says so: an instant in UTC, at times without its offset. */
export function instantOf(computedAt: string): string | null {
  const text = /(Z|[+-]\d\d:?\d\d)$/.test(computedAt) ? computedAt : `${computedAt}Z`;
  const at = new Date(text.replace(' ', 'T'));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** How old an answer was, for the points made of it. */
function ageFlags(computedAt: string | null | undefined): Record<string, string> {
  const instant = typeof computedAt === 'string' ? instantOf(computedAt) : null;
  return instant === null ? {} : { computedAt: instant };
}

/**
 * The counts of one event. Of a day that the answer lists nothing more is said when the count is zero; of a day that
 * it does not list nothing is known.
 */
export function countsByDay(
  answer: SeriesAnswer,
  event: string,
  asked: readonly string[],
  days: readonly string[],
): MetricReading {
  const { series, values } = answer.data;
  const counts = countsOf(values, event, asked);
  const listed = new Set(series);
  const flags = ageFlags(answer.computed_at);
  const known = days.filter((day) => listed.has(day));
  const notes = missingNote(days.length - known.length);
  if (counts === null && known.length > 0) {
    notes.push(`Mixpanel counts no "${event}" at all in this window: check its name if that surprises you`);
  }
  const points = known.map((day) => ({
    day,
    value: String(counts?.[day] ?? 0),
    ...(Object.keys(flags).length === 0 ? {} : { flags }),
  }));
  return { points, completeness: { pages: 1, items: points.length, lastPageReached: true, notes } };
}

/** What is known of the days that an answer does not speak of: nothing. */
export function missingNote(missing: number): string[] {
  return missing === 0 ? [] : [`Mixpanel's answer leaves out ${missing} of the days asked for`];
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
