import type { RevenueScope } from '../../../app/ports-billing.ts';
import type { Rate } from '../../../domain/billing/currency.ts';
import { type Fraction, zero } from '../../../domain/billing/exact.ts';
import { type MovementKind, movementsOf } from '../../../domain/billing/movements.ts';
import type { Timeline } from '../../../domain/billing/timeline.ts';
import { addDays } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import type { Cuts } from './cuts.ts';
import { movementRows, statementValues } from './rows.ts';
import { type Entry, entryOf, times } from './running.ts';

/** What changed in each slice of time, of everybody that a scope counts. */
export type Slices = {
  /** By currency, in its own minor units: what MRR rose by. */
  native: ReadonlyMap<string, readonly Entry[]>;
  /** How many more customers pay. */
  heads: readonly Entry[];
  /** By kind, in the reporting currency; positive amounts. What has no rate is not among them. */
  moved: ReadonlyMap<MovementKind, readonly Entry[]>;
  /** By kind: how many customers did it on how many days. */
  times: ReadonlyMap<MovementKind, readonly Entry[]>;
  /** Where something changed in a currency, by the first day of it in each slice. */
  touched: readonly { day: string; currency: string }[];
};

type Group = {
  slice: number;
  first_day: string;
  currency: string;
  kind: MovementKind | null;
  before: string;
  before_denominator: string;
  after: string;
  after_denominator: string;
  heads: number;
  rows: number;
  /** Somebody whose kind is not what the amounts say; null: nobody. */
  contradicted: string | null;
};
type Draft = {
  native: Map<string, Entry[]>;
  heads: Entry[];
  moved: Map<MovementKind, Entry[]>;
  times: Map<MovementKind, Entry[]>;
  touched: { day: string; currency: string }[];
};

const UP = 'm.after_numerator * m.before_denominator > m.before_numerator * m.after_denominator';
const DOWN = 'm.after_numerator * m.before_denominator < m.before_numerator * m.after_denominator';
/** Totals by kind would still lead from opening to closing where a kind is wrong, so each row is held against its amounts. */
const KIND_FITS = `CASE m.kind WHEN 'churn' THEN m.after_numerator = 0 AND m.before_numerator > 0
  WHEN 'expansion' THEN m.before_numerator > 0 AND ${UP}
  WHEN 'contraction' THEN m.after_numerator > 0 AND ${DOWN}
  WHEN 'new' THEN m.before_numerator = 0 AND m.after_numerator > 0
  WHEN 'reactivation' THEN m.before_numerator = 0 AND m.after_numerator > 0 END`;

/** The statement that all metrics of MRR are read with: numerators are added up by denominator. */
export function slicesStatement(
  scope: RevenueScope,
  cuts: Cuts,
  by: { kind: boolean; referredOnly: boolean },
) {
  const { values, put } = statementValues();
  const text = `SELECT width_bucket(m.day, ${put(cuts.days)}::date[]) AS slice, min(m.day) AS first_day, m.currency,
      ${by.kind ? 'm.kind' : 'NULL::text AS kind'}, sum(m.before_numerator) AS before, m.before_denominator,
      sum(m.after_numerator) AS after, m.after_denominator, sum(m.heads)::int AS heads, count(*)::int AS rows,
      ${by.kind ? `min(m.customer_id) FILTER (WHERE NOT COALESCE(${KIND_FITS}, false))` : 'NULL::text'} AS contradicted
    ${movementRows(scope, { several: false, referredOnly: by.referredOnly }, put)}
      AND m.day < ${put(cuts.days.at(-1))}::date
    GROUP BY 1, m.currency, ${by.kind ? 'm.kind, ' : ''}m.before_denominator, m.after_denominator`;
  return { text, values };
}

/**
 * Reads what changed in each slice. `timelines` are those whom sums in SQL leave out; `rate` null: money is not valued,
 * and kinds are told apart only by who began and who stopped.
 *
 * @throws RangeError naming a customer with one currency whose movement has no kind, or another than its amounts say
 */
export async function readSlices(
  { pool }: Database,
  scope: RevenueScope,
  cuts: Cuts,
  asked: { kind: boolean; referredOnly: boolean; rate: Rate | null; timelines: readonly Timeline[] },
): Promise<Slices> {
  const { text, values } = slicesStatement(scope, cuts, asked);
  const groups = await pool.query<Group>(text, values);
  const draft: Draft = { native: new Map(), heads: [], moved: new Map(), times: new Map(), touched: [] };
  for (const group of groups.rows) addGroup(draft, group, asked);
  for (const timeline of asked.timelines) addTimeline(draft, timeline, cuts, asked.rate);
  draft.touched.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.currency < b.currency ? -1 : 1));
  return draft;
}

function addGroup(draft: Draft, group: Group, asked: { kind: boolean; rate: Rate | null }): void {
  const { slice: at, currency, kind, first_day: day } = group;
  const change: Entry[] = [
    { at, numerator: BigInt(group.after), denominator: BigInt(group.after_denominator) },
    { at, numerator: -BigInt(group.before), denominator: BigInt(group.before_denominator) },
  ];
  for (const entry of change) push(draft.native, currency, entry);
  draft.heads.push({ at, numerator: BigInt(group.heads), denominator: 1n });
  draft.touched.push({ day, currency });
  if (!asked.kind) return;
  if (kind === null || group.contradicted !== null)
    throw new RangeError(
      `a movement of customer ${group.contradicted} since ${day} is stored as ${kind}, which its amounts in ${currency} are not`,
    );
  push(draft.times, kind, { at, numerator: BigInt(group.rows), denominator: 1n });
  const factor = asked.rate?.(currency, day) ?? null;
  if (factor === null || at === 0) return;
  const signed = kind === 'churn' || kind === 'contraction' ? factor.neg() : factor;
  for (const entry of change) push(draft.moved, kind, times(entry, signed));
}

/** The same from the steps of one customer. */
function addTimeline(draft: Draft, timeline: Timeline, cuts: Cuts, rate: Rate | null): void {
  let before: ReadonlyMap<string, Fraction> = new Map();
  for (const [index, { day, mrr }] of timeline.steps.entries()) {
    const at = cuts.sliceOf(day);
    for (const currency of new Set([...before.keys(), ...mrr.keys()])) {
      const change = (mrr.get(currency) ?? zero).sub(before.get(currency) ?? zero);
      if (change.equals(zero)) continue;
      push(draft.native, currency, entryOf(at, change));
      draft.touched.push({ day, currency });
    }
    const heads = Math.sign(mrr.size) - Math.sign(before.size);
    draft.heads.push({ at, numerator: BigInt(heads), denominator: 1n });
    const once = { at, numerator: 1n, denominator: 1n };
    if (heads > 0) push(draft.times, index === 0 ? 'new' : 'reactivation', once);
    if (heads < 0) push(draft.times, 'churn', once);
    const days = { startDay: day, endDay: addDays(day, 1) };
    for (const { kind, amount } of rate === null ? [] : (movementsOf(timeline, days, rate) ?? [])) {
      if (kind !== 'fx') push(draft.moved, kind, entryOf(at, amount));
    }
    before = mrr;
  }
}

function push<Key>(lists: Map<Key, Entry[]>, key: Key, entry: Entry): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}
