import type { Fraction } from 'fraction.js';
import { addDays } from '../day.ts';
import { type Rate, valueOn } from './currency.ts';
import { sum, zero } from './exact.ts';
import { mrrAt, type Timeline } from './timeline.ts';

export const movementKinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** Local days `[startDay, endDay)`. */
export type Days = { startDay: string; endDay: string };

/**
 * What one day did to a customer's MRR, in minor units of the reporting currency. The five kinds are positive amounts;
 * `fx` is signed, and stands on the day up to which exchange rates moved MRR that nobody changed.
 */
export type Movement = { day: string; kind: MovementKind | 'fx'; amount: Fraction };

/** One customer over a period: MRR at the close before it, what happened, MRR at its last close. */
export type Ledger = {
  customerId: string;
  opening: Fraction;
  closing: Fraction;
  movements: readonly Movement[];
};

/**
 * The ledger of one customer, from that customer's timeline alone; null when a rate it needs is missing.
 *
 * @throws RangeError naming the customer when opening and movements do not make the closing
 */
export function ledgerOf(timeline: Timeline, days: Days, rate: Rate): Ledger | null {
  const [openingDay, closingDay] = [addDays(days.startDay, -1), addDays(days.endDay, -1)];
  const opening = valueOn(mrrAt(timeline, openingDay), openingDay, rate);
  const closing = valueOn(mrrAt(timeline, closingDay), closingDay, rate);
  const movements = movementsOf(timeline, days, rate);
  if (opening === null || closing === null || movements === null) return null;
  const ledger = { customerId: timeline.customerId, opening, closing, movements };
  assertIdentity(ledger);
  return ledger;
}

/**
 * Checks that opening + new + expansion + reactivation - contraction - churn + fx = closing, exactly.
 *
 * @throws RangeError naming the customer when it is not so
 */
export function assertIdentity(ledger: Ledger): void {
  const reached = ledger.opening.add(sum(ledger.movements.map(signed)));
  if (reached.equals(ledger.closing)) return;
  const [opening, closing, led] = [ledger.opening, ledger.closing, reached].map((one) => one.toFraction());
  throw new RangeError(
    `MRR of customer ${ledger.customerId} goes from ${opening} to ${closing}, but its movements lead to ${led}`,
  );
}

/**
 * What happened to one customer in a period. A change is valued at the rates of its day, so before it stands the drift
 * since the last change: the days between need no look, because the drift over them is the difference of two rates.
 *
 * @returns the movements, oldest first, or null when a rate is missing
 */
export function movementsOf(timeline: Timeline, days: Days, rate: Rate): Movement[] | null {
  const movements: Movement[] = [];
  let heldDay = addDays(days.startDay, -1);
  let held = mrrAt(timeline, heldDay);
  const steps = timeline.steps.filter((step) => step.day >= days.startDay && step.day < days.endDay);
  const last = { day: addDays(days.endDay, -1), mrr: steps.at(-1)?.mrr ?? held };
  for (const step of [...steps, last]) {
    const atOldRate = valueOn(held, heldDay, rate);
    const before = valueOn(held, step.day, rate);
    const after = valueOn(step.mrr, step.day, rate);
    if (atOldRate === null || before === null || after === null) return null;
    movements.push(
      { day: step.day, kind: 'fx', amount: before.sub(atOldRate) },
      {
        day: step.day,
        kind: kindOf(before, after, step === timeline.steps[0]),
        amount: after.sub(before).abs(),
      },
    );
    heldDay = step.day;
    held = step.mrr;
  }
  return movements.filter((movement) => !movement.amount.equals(zero));
}

/** The first step of a timeline is the first MRR its customer ever had, however long before the period. */
function kindOf(before: Fraction, after: Fraction, isFirstEver: boolean): MovementKind {
  if (before.equals(zero)) return isFirstEver ? 'new' : 'reactivation';
  if (after.equals(zero)) return 'churn';
  return after.gt(before) ? 'expansion' : 'contraction';
}

/** What a movement adds to MRR. */
export function signed(movement: Movement): Fraction {
  return movement.kind === 'churn' || movement.kind === 'contraction'
    ? movement.amount.neg()
    : movement.amount;
}

/** The total of one kind of movement over many customers. */
export function totalOf(ledgers: readonly Ledger[], kind: Movement['kind']): Fraction {
  return sum(
    ledgers.flatMap(({ movements }) =>
      movements.filter((movement) => movement.kind === kind).map((movement) => movement.amount),
    ),
  );
}
