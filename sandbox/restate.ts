import { billingUntil } from './history.ts';
import { accountAt } from './model/account.ts';
import type { Fact } from './model/facts.ts';
import type { Billing } from './model/model.ts';
import { idFor } from './model/random.ts';
import { depositId } from './model/sales.ts';
import {
  DAY_SECONDS,
  dayStart,
  type EpochSeconds,
  localDayOf,
  toEpochSeconds,
  utcDay,
} from './model/time.ts';
import { lateSignUp, lateVisit } from './restate-activity.ts';
import type { Provider, Restatement, SandboxState } from './state.ts';

/**
 * Lets something happen or arrive now that changes a day that is over, and no other day.
 *
 * Stripe: the deposit held on that day is captured, else a refund of that day fails; on a day that has neither, a
 * hold of that day turns up late. GA4: a visit of that day with its events arrives late. Mixpanel: a sign-up of that
 * day with a first project and a survey answer arrives late.
 *
 * @param day in UTC for Stripe, else in the company's time zone; the day before yesterday unless given
 * @param now the sandbox's now
 * @throws RangeError when the day is not over yet or lies before the first day of history
 */
export function restate(
  state: SandboxState,
  provider: Provider,
  { day, now }: { day?: string; now: Date },
): SandboxState {
  const appliedAt = toEpochSeconds(now);
  const dayOf = provider === 'stripe' ? utcDay : localDayOf(state.timeZone);
  const chosen = day ?? dayOf(appliedAt - 2 * DAY_SECONDS);
  const dayAt = dayStart(chosen);
  if (chosen >= dayOf(appliedAt)) throw new RangeError(`${chosen} is not over yet and cannot be restated`);
  if (dayAt < dayStart(state.anchorDay)) {
    throw new RangeError(`${chosen} lies before the first day of history, ${state.anchorDay}`);
  }
  const change = changeFor(state, provider, dayAt, appliedAt);
  const restatement: Restatement = { provider, day: chosen, appliedAt, ...change };
  return { ...state, restatements: [...state.restatements, restatement] };
}

export type Change = Pick<Restatement, 'currency' | 'amountMinor' | 'facts' | 'activity' | 'note'>;

function changeFor(
  state: SandboxState,
  provider: Provider,
  dayAt: EpochSeconds,
  appliedAt: EpochSeconds,
): Change {
  switch (provider) {
    case 'ga4':
      return lateVisit(state, dayAt, appliedAt);
    case 'mixpanel':
      return lateSignUp(state, dayAt, appliedAt);
    case 'stripe': {
      const billing = billingUntil(state, appliedAt);
      return (
        captureDeposit(billing, dayAt, appliedAt) ??
        failRefund(billing, dayAt, appliedAt) ??
        lateHold(state, dayAt, appliedAt)
      );
    }
  }
}

function captureDeposit(billing: Billing, dayAt: EpochSeconds, now: EpochSeconds): Change | null {
  const charge = accountAt(billing.facts, now).charges.get(depositId(billing.seed, dayAt));
  if (charge === undefined || charge.captured || charge.releasedMinor > 0) return null;
  const { chargeId, amountMinor, currency } = charge;
  const facts: Fact[] = [{ kind: 'charge_captured', at: now, chargeId, capturedMinor: amountMinor }];
  return { currency, amountMinor, facts, note: `the hold ${chargeId} of that day was captured` };
}

function failRefund(billing: Billing, dayAt: EpochSeconds, now: EpochSeconds): Change | null {
  for (const refund of accountAt(billing.facts, now).refunds.values()) {
    const thatDay = refund.at >= dayAt && refund.at < dayAt + DAY_SECONDS;
    if (!thatDay || refund.status !== 'succeeded' || refund.currency !== 'usd') continue;
    const { refundId, amountMinor, currency } = refund;
    const facts: Fact[] = [{ kind: 'refund_changed', at: now, refundId, status: 'failed' }];
    return { currency, amountMinor, facts, note: `the refund ${refundId} of that day failed` };
  }
  return null;
}

function lateHold(state: SandboxState, dayAt: EpochSeconds, now: EpochSeconds): Change {
  const chargeId = idFor('ch_', state.seed, 'late', dayAt, state.restatements.length);
  const [amountMinor, currency] = [45_000, 'usd'];
  const facts: Fact[] = [
    {
      kind: 'charge_created',
      at: dayAt + DAY_SECONDS / 2,
      chargeId,
      customerId: null,
      invoiceId: null,
      currency,
      amountMinor,
      captured: false,
      status: 'succeeded',
      failureCode: null,
      method: 'card',
      description: 'Deposit for a demo unit',
    },
    { kind: 'charge_captured', at: now, chargeId, capturedMinor: amountMinor },
  ];
  return { currency, amountMinor, facts, note: `a hold ${chargeId} of that day turned up and was captured` };
}
