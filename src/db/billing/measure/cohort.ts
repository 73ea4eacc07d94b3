import type { RevenueScope } from '../../../app/ports-billing.ts';
import type { Rate } from '../../../domain/billing/currency.ts';
import { valueOn } from '../../../domain/billing/currency.ts';
import { type Fraction, min, zero } from '../../../domain/billing/exact.ts';
import type { Days } from '../../../domain/billing/movements.ts';
import { mrrAt, type Timeline } from '../../../domain/billing/timeline.ts';
import { addDays } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { movementRows, statementValues } from './rows.ts';
import { type Entry, runningSums } from './running.ts';

/** What is left at the closings of those who paid at the openings. Places are windows. */
export type Kept = {
  /** By currency: what they pay at the closing; of `gross` at most what they paid at the opening. */
  native: ReadonlyMap<string, (window: number) => Fraction>;
  /** How many of them still pay. */
  customers(window: number): number;
};
export type Form = 'net' | 'gross';

type Edge = { at: number; currency: string; denominator: string; amount: string; customers: number };

/**
 * Of customers with one currency. A customer pays the same amount from one movement to the next. A stretch that holds
 * the opening and one that holds the closing do so for neighbouring windows, because both ascend: so each pair of
 * stretches is added where those windows begin and taken away where they end, and no window is read by itself.
 */
export async function readKept(
  { pool }: Database,
  scope: RevenueScope,
  windows: readonly Days[],
  form: Form,
): Promise<Kept> {
  const { text, values } = keptStatement(scope, windows, form);
  const edges = await pool.query<Edge>(text, values);
  const native = new Map<string, Entry[]>();
  const customers: Entry[] = [];
  for (const edge of edges.rows) {
    const entries = native.get(edge.currency) ?? [];
    entries.push({ at: edge.at, numerator: BigInt(edge.amount), denominator: BigInt(edge.denominator) });
    native.set(edge.currency, entries);
    customers.push({ at: edge.at, numerator: BigInt(edge.customers), denominator: 1n });
  }
  const count = runningSums(windows.length, customers);
  return {
    native: new Map(
      [...native].map(([currency, entries]) => {
        const sums = runningSums(windows.length, entries);
        return [currency, (window: number) => sums.upTo(window)] as const;
      }),
    ),
    customers: (window) => Number(count.upTo(window).n),
  };
}

export function keptStatement(scope: RevenueScope, windows: readonly Days[], form: Form) {
  const { values, put } = statementValues();
  const starts = put(windows.map(({ startDay }) => startDay));
  const ends = put(windows.map(({ endDay }) => endDay));
  const all = put(windows.length);
  const least = 'o.numerator * c.denominator < c.numerator * o.denominator'; // exact: no division
  const kept = (part: string) =>
    form === 'net' ? `c.${part}` : `CASE WHEN ${least} THEN o.${part} ELSE c.${part} END`;
  const text = `WITH stretch AS MATERIALIZED (
      SELECT m.customer_id, m.currency, m.after_numerator AS numerator, m.after_denominator AS denominator,
        m.day, lead(m.day) OVER (PARTITION BY m.customer_id ORDER BY m.day) AS next_day
      ${movementRows(scope, { several: false, referredOnly: false }, put)}
        AND m.day < ${put(windows.at(-1)?.endDay)}::date
    ), paid AS MATERIALIZED (
      SELECT customer_id, currency, numerator, denominator,
        width_bucket(day, ${starts}::date[]) AS opens_from,
        COALESCE(width_bucket(next_day, ${starts}::date[]), ${all}::int) AS opens_to,
        width_bucket(day, ${ends}::date[]) AS closes_from,
        COALESCE(width_bucket(next_day, ${ends}::date[]), ${all}::int) AS closes_to
      FROM stretch WHERE numerator > 0
    ), pair AS (
      SELECT c.currency, ${kept('numerator')} AS numerator, ${kept('denominator')} AS denominator,
        GREATEST(o.opens_from, c.closes_from) AS from_window, LEAST(o.opens_to, c.closes_to) AS to_window
      FROM paid o JOIN paid c ON c.customer_id = o.customer_id
        AND c.closes_from < o.opens_to AND o.opens_from < c.closes_to
      WHERE o.opens_from < o.opens_to AND c.closes_from < c.closes_to
    )
    SELECT edge.at, currency, denominator::text, sum(edge.sign * numerator)::text AS amount,
      sum(edge.sign)::int AS customers
    FROM pair CROSS JOIN LATERAL (VALUES (from_window, 1), (to_window, -1)) AS edge(at, sign)
    GROUP BY edge.at, currency, denominator`;
  return { text, values };
}

/** The same of a customer with several currencies, in one window at the rates of its closing; null when one is missing. */
export function keptOf(
  timeline: Timeline,
  days: Days,
  rate: Rate,
  form: Form,
): { opening: Fraction; kept: Fraction } | null {
  const closingDay = addDays(days.endDay, -1);
  const before = mrrAt(timeline, addDays(days.startDay, -1));
  if (before.size === 0) return { opening: zero, kept: zero };
  const opening = valueOn(before, closingDay, rate);
  const closing = valueOn(mrrAt(timeline, closingDay), closingDay, rate);
  if (opening === null || closing === null) return null;
  return { opening, kept: form === 'net' ? closing : min(closing, opening) };
}

/** The first currency, by name, that a closing needs and has no rate for. */
export function unratedOf(timeline: Timeline, days: Days, rate: Rate): string | null {
  const closingDay = addDays(days.endDay, -1);
  const before = mrrAt(timeline, addDays(days.startDay, -1));
  if (before.size === 0) return null;
  const held = [...before.keys(), ...mrrAt(timeline, closingDay).keys()].toSorted();
  return held.find((currency) => rate(currency, closingDay) === null) ?? null;
}
