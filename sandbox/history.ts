import { type Fact, inOrder } from './model/facts.ts';
import { buildModel, type Model } from './model/model.ts';
import { idFor } from './model/random.ts';
import type { EpochSeconds } from './model/time.ts';
import { type ExtraFact, modelOptions, type SandboxState } from './state.ts';

/** The company as the state tells it, with restatements and extra facts, up to an instant (that second included). */
export function historyUntil(state: SandboxState, untilAt: EpochSeconds): Model {
  return withLateFacts(buildModel(modelOptions(state), untilAt), state, untilAt);
}

export function withLateFacts(model: Model, state: SandboxState, untilAt: EpochSeconds): Model {
  const late = [
    ...state.extraFacts.map((extra, index) => extraCharge(extra, state.seed, index)),
    ...state.restatements.flatMap(({ facts }) => facts),
  ].filter(({ at }) => at <= untilAt);
  return late.length === 0 ? model : { ...model, facts: inOrder([...model.facts, ...late]) };
}

function extraCharge({ at, amountMinor, currency }: ExtraFact, seed: number, index: number): Fact {
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
  };
}
