import type { Fraction } from 'fraction.js';
import { isAlive } from './alive.ts';
import type { Basis, MovementRow } from './derived.ts';
import { sum, zero } from './exact.ts';
import { causesOn } from './movement-causes.ts';
import type { MovementKind } from './movements.ts';
import type { Piece } from './pieces.ts';
import { type NativeMrr, type Timeline, timelineOfPieces } from './timeline.ts';

const nothing: NativeMrr = new Map();

/**
 * The rows of one customer from the pieces of all their subscriptions, oldest first, currencies of a day in the order of
 * their codes.
 *
 * @throws RangeError naming the customer and the day when the rows do not lead to what the pieces bring
 */
export function movementRowsOf(customerId: string, pieces: readonly Piece[]): MovementRow[] {
  const { steps } = timelineOfPieces(customerId, pieces);
  const rows: MovementRow[] = [];
  let before = nothing;
  for (const { day, mrr } of steps) {
    rows.push(...rowsOn(day, before, mrr, rows.length === 0, pieces));
    before = mrr;
  }
  assertRows(customerId, rows, pieces);
  return rows;
}

/**
 * Checks the rows against what they are to explain: on every day on which a piece begins or ends, the MRR of the pieces
 * alive at its close, added up afresh, equals what the rows lead to, exactly, currency by currency; and every row begins
 * where the one before left off. Between those days nothing changes, so it holds on all days.
 *
 * @throws RangeError naming the customer and the day
 */
export function assertRows(customerId: string, rows: readonly MovementRow[], pieces: readonly Piece[]): void {
  const days = new Set(rows.map(({ day }) => day));
  for (const { span } of pieces) {
    days.add(span.fromDay);
    if (span.toDay !== null) days.add(span.toDay);
  }
  const reached = new Map<string, Fraction>();
  let next = 0;
  for (const day of [...days].toSorted()) {
    for (let row = rows[next]; row !== undefined && row.day <= day; row = rows[++next]) {
      const held = reached.get(row.currency) ?? zero;
      if (!row.before.equals(held) || row.day !== day)
        throw broken(customerId, row.day, row.currency, row.before, held);
      reached.set(row.currency, held.add(row.after.sub(row.before)));
    }
    const alive = pieces.filter(({ span }) => isAlive(span, day));
    for (const currency of new Set([...reached.keys(), ...alive.map((piece) => piece.currency)])) {
      const direct = sum(alive.filter((piece) => piece.currency === currency).map(({ amount }) => amount));
      const held = reached.get(currency) ?? zero;
      if (!direct.equals(held)) throw broken(customerId, day, currency, direct, held);
    }
  }
  const left = rows[next];
  if (left !== undefined)
    throw new RangeError(`movements of customer ${customerId} are not in order on ${left.day}`);
}

/** The timeline that rows were made from: every row holds what its currency came to. */
export function timelineFromRows(customerId: string, rows: readonly MovementRow[]): Timeline {
  const byDay = new Map<string, MovementRow[]>();
  for (const row of rows) {
    const onDay = byDay.get(row.day);
    if (onDay === undefined) byDay.set(row.day, [row]);
    else onDay.push(row);
  }
  let mrr = nothing;
  const steps = [...byDay]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, onDay]) => {
      const after = new Map(mrr);
      for (const row of onDay) {
        if (row.after.equals(zero)) after.delete(row.currency);
        else after.set(row.currency, row.after);
      }
      mrr = after;
      return { day, mrr };
    });
  return { customerId, steps };
}

function rowsOn(
  day: string,
  before: NativeMrr,
  after: NativeMrr,
  isFirstEver: boolean,
  pieces: readonly Piece[],
): MovementRow[] {
  const changes = [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((currency) => ({ currency, from: before.get(currency) ?? zero, to: after.get(currency) ?? zero }))
    .filter(({ from, to }) => !from.equals(to));
  const kind = kindOf(before, after, changes, isFirstEver);
  const heads = before.size === 0 ? 1 : after.size === 0 ? -1 : 0;
  return changes.map(({ currency, from, to }, index): MovementRow => {
    const { causes, moved } = causesOn(
      day,
      pieces.filter((piece) => piece.currency === currency),
    );
    const basis = leastCertain(
      moved.map((piece) => (isAlive(piece.span, day) ? piece.basis : piece.endBasis)),
    );
    return { day, currency, before: from, after: to, kind, heads: index === 0 ? heads : 0, basis, causes };
  });
}

/** Where one currency rises and another falls, it depends on exchange rates which of them was the greater. */
function kindOf(
  before: NativeMrr,
  after: NativeMrr,
  changes: readonly { from: Fraction; to: Fraction }[],
  isFirstEver: boolean,
): MovementKind | null {
  if (before.size === 0) return isFirstEver ? 'new' : 'reactivation';
  if (after.size === 0) return 'churn';
  if (changes.every(({ from, to }) => to.gt(from))) return 'expansion';
  return changes.every(({ from, to }) => to.lt(from)) ? 'contraction' : null;
}

function leastCertain(bases: readonly Basis[]): Basis {
  return (['reconstructed', 'observed', 'told'] as const).find((basis) => bases.includes(basis)) ?? 'told';
}

function broken(
  customerId: string,
  day: string,
  currency: string,
  direct: Fraction,
  held: Fraction,
): RangeError {
  const [is, led] = [direct, held].map((one) => one.toFraction());
  return new RangeError(
    `MRR of customer ${customerId} at the close of ${day} is ${is} ${currency}, but its movements lead to ${led}`,
  );
}
