import type pg from 'pg';
import type { RevenueReader, SeriesRecord } from '../../src/app/ports-billing.ts';
import { addDays } from '../../src/domain/day.ts';

export type Days = { firstDay: string; lastDay: string };
export type DayValue = { day: string; minor: number };

/**
 * MRR by day in one currency, as somebody would ask it who has the rows of movements and a window function: what was there
 * before the first day, and a running sum from there on.
 */
export const MRR_BY_DAY = `
  WITH moved AS (
    SELECT greatest(day, $3::date) AS day,
           sum(after_numerator / after_denominator - before_numerator / before_denominator) AS minor
      FROM mrr_movement
     WHERE series_id = $1 AND currency = $2 AND day <= $4::date
     GROUP BY 1
  )
  SELECT to_char(days.day, 'YYYY-MM-DD') AS day,
         sum(coalesce(moved.minor, 0)) OVER (ORDER BY days.day)::float8 AS minor
    FROM generate_series($3::date, $4::date, interval '1 day') AS days(day)
    LEFT JOIN moved ON moved.day = days.day::date
   ORDER BY days.day`;

export async function mrrByHand(
  pool: pg.Pool,
  seriesId: string,
  currency: string,
  { firstDay, lastDay }: Days,
): Promise<DayValue[]> {
  const { rows } = await pool.query<DayValue>(MRR_BY_DAY, [seriesId, currency, firstDay, lastDay]);
  return rows;
}

/** @throws Error with the first day on which the two differ by more than rounding to a whole minor unit */
export function assertSame(one: readonly DayValue[], other: readonly DayValue[]): void {
  const values = new Map(other.map(({ day, minor }) => [day, minor]));
  const wrong = one.find(({ day, minor }) => !(Math.abs((values.get(day) ?? Number.NaN) - minor) <= 1));
  if (wrong === undefined && one.length === other.length) return;
  const day = wrong?.day ?? 'the last';
  throw new Error(`MRR of ${day} is ${wrong?.minor} by one way and ${values.get(day)} by the other`);
}

/** The median time of several askings, after one that warms what there is to warm. */
export async function medianSeconds(times: number, ask: () => Promise<unknown>): Promise<number> {
  await ask();
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const began = performance.now();
    await ask();
    taken.push((performance.now() - began) / 1_000);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

/** The product's own answer to the same question: the reader that every metric is measured by. */
export async function mrrByReader(
  reader: RevenueReader,
  series: SeriesRecord,
  currency: string,
  { firstDay, lastDay }: Days,
): Promise<DayValue[]> {
  const days: string[] = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) days.push(day);
  const windows = days.map((day) => ({ kind: 'snapshot' as const, day, timeZone: series.timeZone }));
  const measured = await reader.measure('mrr', { discountPolicy: series.discountPolicy }, windows, {
    connectionId: series.connectionId,
    series,
    onlyCurrency: currency,
    money: { reportingCurrency: currency, fx: undefined },
    referral: null,
    now: new Date(),
  });
  return measured.map(({ value }, n) => ({ day: days[n] ?? '', minor: value ?? Number.NaN }));
}
