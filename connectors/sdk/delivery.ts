import { Decimal } from 'decimal.js';
import { localDay } from './local-day.ts';
import type { PointReading } from './types.ts';

/**
 * The arithmetic of delivery for connectors that hold a team's issues, in the words of the catalogue. Connectors import
 * nothing of `src`, so it stands here once more; the tests hold both to the same examples.
 */

export const STATISTICS = ['mean', 'median', 'p85'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** Something that took its time and ended inside a window. */
export type Stretch = { startMs: number; endMs: number };

const DAY_MS = 86_400_000;
const DIGITS = 12;

/** The calendar day so many days later; dates have no zone, so UTC does the counting. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The newest `days` days up to and with `day`. */
export function trailingDays(day: string, days: number): { firstDay: string; lastDay: string } {
  return { firstDay: shiftDay(day, 1 - days), lastDay: day };
}

/** What lies on days of a trailing window, for any of its days: each is cut into its local day once. */
export function byLocalDay<Item>(
  items: readonly Item[],
  instantOf: (item: Item) => number | null,
  timeZone: string,
): (range: { firstDay: string; lastDay: string }) => Item[] {
  const dated = items.flatMap((item) => {
    const at = instantOf(item);
    return at === null ? [] : [{ item, day: localDay(at, timeZone) }];
  });
  return ({ firstDay, lastDay }) =>
    dated.filter(({ day }) => day >= firstDay && day <= lastDay).map(({ item }) => item);
}

/** One over the other with both kept; over nothing there is no value. */
export function quotientPoint(day: string, numerator: Decimal.Value, denominator: number): PointReading {
  const parts = { numerator: plain(new Decimal(numerator)), denominator: String(denominator) };
  if (denominator === 0) return { day, value: null, reason: 'zero_denominator', ...parts };
  return { day, value: plain(new Decimal(numerator).div(denominator)), ...parts };
}

/**
 * How long things took, in seconds. Of a mean both sides of the quotient are kept; medians of two windows cannot be put
 * together. What ended before it began is a wrong clock and takes no part; how many did is told.
 */
export function durationPoint(day: string, stretches: readonly Stretch[], stat: Statistic): PointReading {
  const lengths = stretches.map(({ endMs, startMs }) => endMs - startMs);
  const valid = lengths.filter((length) => length >= 0).toSorted((a, b) => a - b);
  if (valid.length === 0) return { day, value: null, reason: 'zero_denominator', denominator: '0' };
  const totalMs = valid.reduce((sum, length) => sum.plus(length), new Decimal(0));
  const seconds = {
    mean: totalMs.div(valid.length).div(1_000),
    median: quantile(valid, 0.5).div(1_000),
    p85: quantile(valid, 0.85).div(1_000),
  };
  const endedBeforeStart = lengths.length - valid.length;
  const parts =
    stat === 'mean' ? { numerator: plain(totalMs.div(1_000)), denominator: String(valid.length) } : {};
  return {
    day,
    value: plain(seconds[stat]),
    ...parts,
    flags: {
      sampleSize: valid.length,
      meanSeconds: plain(seconds.mean),
      medianSeconds: plain(seconds.median),
      p85Seconds: plain(seconds.p85),
      ...(endedBeforeStart > 0 ? { endedBeforeStart } : {}),
    },
  };
}

/** At place `share · (n - 1)` of sorted values, between two of them by their distance. */
function quantile(sorted: readonly number[], share: number): Decimal {
  const place = new Decimal(share).times(sorted.length - 1);
  const below = sorted[place.floor().toNumber()] ?? 0;
  const above = sorted[place.ceil().toNumber()] ?? below;
  return place
    .minus(place.floor())
    .times(above - below)
    .plus(below);
}

/** A plain decimal: no exponent, at most twelve digits behind the point. */
export function plain(value: Decimal): string {
  return value.toDecimalPlaces(DIGITS).toFixed();
}
