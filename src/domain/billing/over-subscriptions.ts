import type { RecordSets } from '../catalog/record-sets.ts';
import type { CatalogMetric, Measurement, ParamValues } from '../catalog/types.ts';
import { referredIds } from './cash.ts';
import { type Rate, rateInto } from './currency.ts';
import { sum, toNumber } from './exact.ts';
import { amount, noValue, periodOf, snapshotOf } from './measurement.ts';
import { type Days, type Ledger, ledgerOf, type MovementKind, movementKinds, totalOf } from './movements.ts';
import { type DiscountPolicy, discountPolicies } from './normalise.ts';
import { type Timeline, timelinesOf } from './timeline.ts';

type Compute = CatalogMetric['compute'];

/** The one of `known` that a parameter names; its default, if it has one, was filled in before. */
export function choice<Name extends string>(params: ParamValues, key: string, known: readonly Name[]): Name {
  const found = known.find((name) => name === params[key]);
  if (found === undefined)
    throw new RangeError(`${key} is ${String(params[key])}, not one of ${known.join(', ')}`);
  return found;
}

/** A metric of what customers pay at the close of a day, in money. */
export function atClose(measure: (timelines: Timeline[], day: string, rate: Rate) => Measurement): Compute {
  return (params, window, records) => {
    const { day, timeZone } = snapshotOf(window);
    const { reportingCurrency, fx } = records;
    const timelines = read(params, timeZone, records);
    if (timelines === null || reportingCurrency === undefined) return noValue('no_observation');
    return measure(timelines, day, rateInto(reportingCurrency, fx));
  };
}

/** A metric of who pays at the close of a day: it needs no currency. */
export function headsAtClose(measure: (timelines: Timeline[], day: string) => Measurement): Compute {
  return (params, window, records) => {
    const { day, timeZone } = snapshotOf(window);
    const timelines = read(params, timeZone, records);
    return timelines === null ? noValue('no_observation') : measure(timelines, day);
  };
}

/** A metric of who came and went over a period: it needs no currency either. */
export function headsOver(
  measure: (timelines: Timeline[], days: Days, params: ParamValues) => Measurement,
): Compute {
  return (params, window, records) => {
    const period = periodOf(window);
    const timelines = read(params, period.timeZone, records);
    return timelines === null ? noValue('no_observation') : measure(timelines, period, params);
  };
}

/** A metric of what customers paid at both ends of a period. */
export function over(measure: (timelines: Timeline[], days: Days, rate: Rate) => Measurement): Compute {
  return (params, window, records) => {
    const period = periodOf(window);
    const { reportingCurrency, fx } = records;
    const timelines = read(params, period.timeZone, records);
    if (timelines === null || reportingCurrency === undefined) return noValue('no_observation');
    return measure(timelines, period, rateInto(reportingCurrency, fx));
  };
}

/** A metric of the movements of a period. */
export function overLedgers(measure: (ledgers: Ledger[]) => Measurement): Compute {
  return over((timelines, days, rate) => {
    const ledgers = ledgersOf(timelines, days, rate);
    return ledgers === null ? noValue('missing_rate') : measure(ledgers);
  });
}

/** The total of one kind of movement, with the number of customers who made it. */
export function movementTotal(kind: MovementKind): Compute {
  return overLedgers((ledgers) => totalWith(ledgers, kind));
}

/** New MRR of customers won by referral. Only their rates are needed. */
export const referralNewMrr: Compute = (params, window, records) => {
  const { customers, subscriptions } = records;
  if (customers === undefined || subscriptions === undefined) return noValue('no_observation');
  const referred = referredIds(customers);
  const own = subscriptions.filter(({ customerId }) => referred.has(customerId));
  return movementTotal('new')(params, window, { ...records, subscriptions: own });
};

/** All movements; the value is what they come to without the drift of exchange rates, which nobody sold or lost. */
export function allMovements(ledgers: Ledger[]): Measurement {
  const totals = new Map([...movementKinds, 'fx' as const].map((kind) => [kind, totalOf(ledgers, kind)]));
  const opening = sum(ledgers.map((ledger) => ledger.opening));
  const closing = sum(ledgers.map((ledger) => ledger.closing));
  const parts = Object.fromEntries([...totals].map(([kind, total]) => [kind, toNumber(total)]));
  return {
    ...amount(closing.sub(opening).sub(totalOf(ledgers, 'fx')), moved(ledgers).length),
    parts: { opening: toNumber(opening), ...parts, closing: toNumber(closing) },
  };
}

function totalWith(ledgers: readonly Ledger[], kind: MovementKind): Measurement {
  return amount(totalOf(ledgers, kind), moved(ledgers, [kind]).length);
}

function moved(ledgers: readonly Ledger[], kinds: readonly string[] = movementKinds): Ledger[] {
  return ledgers.filter(({ movements }) => movements.some(({ kind }) => kinds.includes(kind)));
}

function ledgersOf(timelines: readonly Timeline[], days: Days, rate: Rate): Ledger[] | null {
  const ledgers = timelines.map((timeline) => ledgerOf(timeline, days, rate));
  return ledgers.every((ledger) => ledger !== null) ? ledgers : null;
}

function read(params: ParamValues, timeZone: string, { subscriptions }: RecordSets): Timeline[] | null {
  if (subscriptions === undefined) return null;
  const policy: DiscountPolicy = choice(params, 'discountPolicy', discountPolicies);
  return timelinesOf(subscriptions, timeZone, policy);
}
