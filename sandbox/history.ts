import { accountAt } from './model/account.ts';
import { type Activity, firstDeviceOf, sortByTime } from './model/activity.ts';
import { type Fact, inOrder } from './model/facts.ts';
import { type Billing, buildBilling, buildModel, type Model } from './model/model.ts';
import { idFor } from './model/random.ts';
import { DAY_SECONDS, type EpochSeconds } from './model/time.ts';
import {
  type ExtraEvent,
  type ExtraFact,
  type ExtraSession,
  modelOptions,
  type SandboxState,
} from './state.ts';

/** The company as the state tells it, with restatements and extra facts, up to an instant (that second included). */
export function historyUntil(state: SandboxState, untilAt: EpochSeconds): Model {
  return withLateFacts(buildModel(modelOptions(state), untilAt), state, untilAt);
}

/** The same without people's activity, which takes half the time. */
export function billingUntil(state: SandboxState, untilAt: EpochSeconds): Billing {
  const billing = buildBilling(modelOptions(state), untilAt);
  return { ...billing, facts: withExtraMoney(billing.facts, state, untilAt) };
}

/** @throws RangeError when an extra refund finds no charge to refund */
export function withLateFacts(model: Model, state: SandboxState, untilAt: EpochSeconds): Model {
  const facts = withExtraMoney(model.facts, state, untilAt);
  const late = [
    ...state.extraFacts.flatMap((fact, index) => extraActivity(fact, state.seed, index)),
    ...state.restatements.flatMap(({ activity = [] }) => activity),
  ].filter(({ at }) => at <= untilAt);
  const activity = late.length === 0 ? model.activity : sortByTime([...model.activity, ...late]);
  return { ...model, facts, activity };
}

function withExtraMoney(
  facts: readonly Fact[],
  { extraFacts, restatements, seed }: SandboxState,
  untilAt: EpochSeconds,
): readonly Fact[] {
  const happened = ({ at }: { at: EpochSeconds }) => at <= untilAt;
  const late = [
    ...extraFacts.flatMap((fact, index) => (fact.kind === 'charge' ? [extraCharge(fact, seed, index)] : [])),
    ...restatements.flatMap((restatement) => restatement.facts),
  ].filter(happened);
  let all = late.length === 0 ? facts : inOrder([...facts, ...late]);
  for (const [index, fact] of extraFacts.entries()) {
    if (fact.kind !== 'refund' || !happened(fact)) continue;
    all = inOrder([...all, extraRefund(all, fact, seed, index)]);
  }
  return all;
}

type ExtraMoney = Extract<ExtraFact, { kind: 'charge' | 'refund' }>;

function extraCharge({ at, toldAt, amountMinor, currency }: ExtraMoney, seed: number, index: number): Fact {
  return {
    kind: 'charge_created',
    at,
    chargeId: idFor('ch_', seed, 'extra', index),
    customerId: null,
    invoiceId: null,
    currency,
    amountMinor,
    captured: true,
    status: 'succeeded',
    failureCode: null,
    method: 'card',
    description: 'One-off sale',
    ...(toldAt === undefined ? {} : { toldAt }),
  };
}

/** The model gives money back within 26 days of a charge; after that a charge without a refund stays without one. */
const REFUNDS_OVER_SECONDS = 30 * DAY_SECONDS;

/** Refunds the latest charge that is old enough to have been spared, else any that can bear it. */
function extraRefund(facts: readonly Fact[], refund: ExtraMoney, seed: number, index: number): Fact {
  const { at, toldAt, amountMinor, currency } = refund;
  const fits = [...accountAt(facts, at).charges.values()].filter(
    (charge) =>
      charge.currency === currency &&
      charge.status === 'succeeded' &&
      charge.captured &&
      charge.capturedMinor >= amountMinor &&
      charge.refundIds.length === 0 &&
      charge.disputeIds.length === 0,
  );
  const chosen = fits.findLast((charge) => charge.at <= at - REFUNDS_OVER_SECONDS) ?? fits.at(-1);
  if (chosen === undefined) {
    const when = new Date(at * 1_000).toISOString();
    throw new RangeError(`no ${currency} charge before ${when} can bear a refund of ${amountMinor}`);
  }
  return {
    kind: 'refund_created',
    at,
    refundId: idFor('re_', seed, 'extra', index),
    chargeId: chosen.chargeId,
    currency,
    amountMinor,
    status: 'succeeded',
    reason: 'requested_by_customer',
    ...(toldAt === undefined ? {} : { toldAt }),
  };
}

function extraActivity(extra: ExtraFact, seed: number, index: number): Activity[] {
  if (extra.kind === 'event') return [extraEvent(extra, idFor('x', seed, 'extra', index))];
  return extra.kind === 'session' ? [extraSession(extra, idFor('x', seed, 'extra', index))] : [];
}

function extraEvent(extra: ExtraEvent, insertId: string): Activity {
  const { at, seenAt, name, personId, properties } = extra;
  const deviceId = extra.deviceId ?? firstDeviceOf(personId);
  return { kind: 'event', at, seenAt, insertId, name, personId, deviceId, sessionId: null, properties };
}

function extraSession(extra: ExtraSession, sessionId: string): Activity {
  const { at, personId, engagedSeconds } = extra;
  const usual = { newDevice: false, channel: 'Direct', device: 'desktop', country: 'US' } as const;
  const deviceId = firstDeviceOf(personId);
  return { ...usual, deviceId, ...extra, sessionId, endedAt: at + engagedSeconds };
}
