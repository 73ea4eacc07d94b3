import { addDays, daysBetween } from '../domain/day.ts';
import { followsCohorts } from './cohort-of.ts';
import { isStoredSettled } from './is-stored-settled.ts';
import type { MetricRecord, StoredLine, StoredPoint } from './ports.ts';

/** A trend as short as it can be told: a value for each day from the first on, null where there is none. */
export type TrendLine = {
  firstDay: string;
  values: (number | null)[];
  /** Which of them may still be restated, by their place. */
  provisional: number[];
};

/** The same trend that the points tell one by one. Of a cohort that is not decided there is no number. */
export function trendLine(line: StoredLine, metric: MetricRecord | null, now: Date): TrendLine | null {
  const [first] = line.places;
  if (first === undefined) return null;
  const ofCohorts = metric !== null && followsCohorts(metric);
  const values: (number | null)[] = [];
  const provisional: number[] = [];
  for (const [index, offset] of line.places.entries()) {
    const place = offset - first;
    while (values.length < place) values.push(null);
    const point = pointOf(dayAt(line.fromDay, offset), line.fetchedAtMs[index], now);
    const settled = metric === null || isStoredSettled(point, metric, now);
    if (!settled) provisional.push(place);
    values[place] = settled || !ofCohorts ? rounded(line.values[index] ?? null) : null;
  }
  return { firstDay: dayAt(line.fromDay, first), values, provisional };
}

/** Points side by side, as the database would give them. */
export function asColumns(points: readonly StoredPoint[], fromDay: string): StoredLine {
  const sorted = points.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return {
    fromDay,
    places: sorted.map(({ day }) => daysBetween(fromDay, day)),
    values: sorted.map(({ value }) => (value === null ? null : Number(value))),
    fetchedAtMs: sorted.map(({ fetchedAt, origin }) =>
      origin === 'auto' || origin === 'backfill' ? fetchedAt.getTime() : null,
    ),
  };
}

/** Days by what they are counted from: a board asks for the same few hundred a hundred thousand times. */
const known = new Map<string, string[]>();
const MOST_KNOWN = 100;

function dayAt(fromDay: string, place: number): string {
  if (!known.has(fromDay) && known.size >= MOST_KNOWN) known.clear();
  const days = known.get(fromDay) ?? [];
  known.set(fromDay, days);
  const day = days[place] ?? addDays(fromDay, place);
  days[place] = day;
  return day;
}

function pointOf(day: string, fetchedAtMs: number | null | undefined, now: Date) {
  return typeof fetchedAtMs === 'number'
    ? { day, origin: 'auto' as const, fetchedAt: new Date(fetchedAtMs) }
    : { day, origin: 'push' as const, fetchedAt: now };
}

/** What is drawn a pixel wide needs no seventeenth digit. */
function rounded(value: number | null): number | null {
  return value === null || Number.isInteger(value) ? value : Number(value.toPrecision(12));
}
