import { Decimal } from 'decimal.js';
import type { MetricReading, PointReading } from '../sdk/index.ts';

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
    numerator: plainDecimal(numerator),
    denominator: plainDecimal(denominator),
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
export function ageFlags(computedAt: string | null | undefined): Record<string, string> {
  const instant = typeof computedAt === 'string' ? instantOf(computedAt) : null;
  return instant === null ? {} : { computedAt: instant };
}

/** A point with flags where there are any. */
export function valuePoint(day: string, value: number, flags: Record<string, string>): PointReading {
  return { day, value: plainDecimal(value), ...(Object.keys(flags).length === 0 ? {} : { flags }) };
}

/** What is known of the days that an answer does not speak of: nothing. */
export function missingNote(missing: number): string[] {
  return missing === 0 ? [] : [`Mixpanel's answer leaves out ${missing} of the days asked for`];
}

/** Points of one answer. */
export function readingOf(
  points: PointReading[],
  wanted: number,
  notes: readonly string[] = [],
): MetricReading {
  const all = [...missingNote(wanted - points.length), ...notes];
  return { points, completeness: { pages: 1, items: points.length, lastPageReached: true, notes: all } };
}

/** Of two answers the instant of the older one; one that does not say is left out. */
export function olderOf(one: string | null, other: string | null): string | null {
  const [a, b] = [one, other].map((computedAt) => (computedAt === null ? null : instantOf(computedAt)));
  if (a === null || a === undefined) return b ?? null;
  return b === null || b === undefined || a < b ? a : b;
}
