import type { RevenueMeasurement } from '../../../app/ports-billing.ts';
import type { Rate } from '../../../domain/billing/currency.ts';
import { type Fraction, sum, toNumber, zero } from '../../../domain/billing/exact.ts';
import { amount, quotient } from '../../../domain/billing/measurement.ts';
import { type Days, type MovementKind, movementKinds } from '../../../domain/billing/movements.ts';
import type { Timeline } from '../../../domain/billing/timeline.ts';
import { addDays } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { type Answer, type Ask, periods, unread } from './ask.ts';
import { type Cuts, cutsOf } from './cuts.ts';
import { isMissing, type Missing, type Native, nativeOf, rateOf, valueBefore, withoutRate } from './money.ts';
import { moversByWindow } from './people.ts';
import { type Entry, entryOf, type Running, runningTotal } from './running.ts';
import { severalTimelines } from './several.ts';
import { readSlices, type Slices } from './slices.ts';

/** Everything that happened to MRR in one period, at the rates of each day. */
export type Turnover = {
  opening: Fraction;
  closing: Fraction;
  moved: Readonly<Record<MovementKind, Fraction>>;
  fx: Fraction;
  /** Customers who paid at the opening. */
  customers: number;
};

export const mrrMovements: Answer = async (database, ask) => {
  const movers = await moversByWindow(database, ask, movementKinds, false);
  return overTurnovers(database, ask, false, (turnover, index) => ({
    ...amount(turnover.closing.sub(turnover.opening).sub(turnover.fx), movers[index] ?? 0),
    parts: partsOf(turnover),
  }));
};

export function movementTotal(kind: MovementKind, referredOnly = false): Answer {
  return async (database, ask) => {
    const movers = await moversByWindow(database, ask, [kind], referredOnly);
    return overTurnovers(database, ask, referredOnly, ({ moved }, index) =>
      amount(moved[kind], movers[index] ?? 0),
    );
  };
}

export function mrrChurnRate(form: 'net' | 'gross'): Answer {
  return (database, ask) =>
    overTurnovers(database, ask, false, ({ moved, opening, customers }) => {
      const lost = moved.churn.add(moved.contraction);
      const won = moved.expansion.add(moved.reactivation);
      return quotient(form === 'net' ? lost.sub(won) : lost, opening, customers);
    });
}

export function partsOf({ opening, closing, moved, fx }: Turnover): Record<string, number> {
  const kinds = movementKinds.map((kind) => [kind, toNumber(moved[kind])]);
  return {
    opening: toNumber(opening),
    ...Object.fromEntries(kinds),
    fx: toNumber(fx),
    closing: toNumber(closing),
  };
}

async function overTurnovers(
  database: Database,
  ask: Ask,
  referredOnly: boolean,
  measure: (turnover: Turnover, index: number) => RevenueMeasurement,
): Promise<RevenueMeasurement[]> {
  const turnovers = await readTurnovers(database, ask, periods(ask), referredOnly);
  return turnovers.map((found, index) => {
    if (found === null) return unread;
    return 'currency' in found ? withoutRate(found) : measure(found, index);
  });
}

/** One entry a period: what happened, or the rate that is missing; null when nothing says what money is told in. */
export async function readTurnovers(
  database: Database,
  { scope }: Pick<Ask, 'scope'>,
  windows: readonly Days[],
  referredOnly: boolean,
): Promise<(Turnover | Missing | null)[]> {
  const rate = rateOf(scope);
  if (rate === null) return windows.map(() => null);
  const cuts = cutsOf(windows, scope.money?.fx);
  const timelines: readonly Timeline[] = await severalTimelines(database, scope, referredOnly);
  const slices = await readSlices(database, scope, cuts, { kind: true, referredOnly, rate, timelines });
  const book = bookOf(slices, cuts, rate);
  return windows.map((days) => turnoverOf(book, days, rate));
}

type Book = {
  native: Native;
  moved: ReadonlyMap<MovementKind, Running>;
  heads: Running;
  fx: Running;
  /** Changes in a currency that had no rate yet, oldest first. */
  unrated: readonly Missing[];
};

function bookOf(slices: Slices, cuts: Cuts, rate: Rate): Book {
  const native = nativeOf(slices, cuts);
  return {
    native,
    moved: new Map(movementKinds.map((kind) => [kind, runningTotal(cuts, slices.moved.get(kind) ?? [])])),
    heads: runningTotal(cuts, slices.heads),
    fx: runningTotal(cuts, drift(native, cuts, rate)),
    unrated: slices.touched.filter(({ currency, day }) => rate(currency, day) === null),
  };
}

/** What is held as a rate changes, times the change: drift is worked out by itself, so that the identity proves something. */
function drift(native: Native, cuts: Cuts, rate: Rate): Entry[] {
  const entries: Entry[] = [];
  for (const day of cuts.days) {
    for (const [currency, running] of native) {
      const [before, after] = [rate(currency, addDays(day, -1)), rate(currency, day)];
      if (before === null || after === null || before.equals(after)) continue;
      const change = running.before(day).mul(after.sub(before));
      if (!change.equals(zero)) entries.push(entryOf(cuts.sliceOf(day), change));
    }
  }
  return entries;
}

/** @throws RangeError when opening and movements do not make the closing */
function turnoverOf(book: Book, days: Days, rate: Rate): Turnover | Missing {
  const [openingDay, closingDay] = [addDays(days.startDay, -1), addDays(days.endDay, -1)];
  const opening = valueBefore(book.native, days.startDay, openingDay, rate);
  if (isMissing(opening)) return opening;
  const unrated = book.unrated.find(({ day }) => day >= days.startDay);
  if (unrated !== undefined && unrated.day < days.endDay) return unrated;
  const closing = valueBefore(book.native, days.endDay, closingDay, rate);
  if (isMissing(closing)) return closing;
  const of = (kind: MovementKind): Fraction => book.moved.get(kind)?.within(days) ?? zero;
  const moved = {
    new: of('new'),
    expansion: of('expansion'),
    contraction: of('contraction'),
    churn: of('churn'),
    reactivation: of('reactivation'),
  };
  const fx = book.fx.within(days);
  const reached = sum([opening, moved.new, moved.expansion, moved.reactivation, fx])
    .sub(moved.contraction)
    .sub(moved.churn);
  if (!reached.equals(closing))
    throw new RangeError(
      `MRR goes from ${opening.toFraction()} on ${openingDay} to ${closing.toFraction()} on ${closingDay}, but its movements lead to ${reached.toFraction()}`,
    );
  return { opening, closing, moved, fx, customers: toNumber(book.heads.before(days.startDay)) };
}
