import { followUp } from './aftermath.ts';
import type { Simulation } from './context.ts';
import { idFor, random } from './random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, officeTime, weekday } from './time.ts';

/** Bank networks drop an authorisation that nobody captured after a week. */
export const HOLD_SECONDS = 7 * DAY_SECONDS;

/** Sales outside of subscriptions: training, migrations, credit packs. Mostly on working days. */
export function playSales(simulation: Simulation, dayAt: EpochSeconds): void {
  const rng = random(simulation.seed, 'sales', dayAt);
  const weekend = weekday(dayAt) % 6 === 0;
  const count = rng.poisson(simulation.company.salesPerWorkday * (weekend ? 0.15 : 1));
  for (let index = 0; index < count; index += 1) {
    const chargeId = idFor('ch_', simulation.seed, 'sale', dayAt, index);
    const at = officeTime(dayAt, rng.next());
    const amountMinor = rng.pick([12_000, 19_900, 25_000, 34_900, 49_000, 90_000]);
    const description = rng.pick(['Training session', 'Data migration', 'Credit pack', 'Onboarding']);
    const failed = rng.chance(simulation.company.failedPayments);
    simulation.emit({
      kind: 'charge_created',
      at,
      chargeId,
      ...NO_CUSTOMER,
      amountMinor,
      captured: !failed,
      status: failed ? 'failed' : 'succeeded',
      failureCode: failed ? 'card_declined' : null,
      description,
    });
    if (!failed) followUp(simulation, { chargeId, currency: 'usd', amountMinor, at });
  }
}

const NO_CUSTOMER = { customerId: null, invoiceId: null, currency: 'usd', method: 'card' } as const;

export function depositId(seed: number, dayAt: EpochSeconds): string {
  return idFor('ch_', seed, 'deposit', dayAt);
}

/**
 * Acme lends a demo unit every day and holds a deposit on the card: authorised, not captured. A few are kept,
 * in part or whole, within days, and then count for the day of the hold; the others lapse after a week.
 */
export function playDeposit(simulation: Simulation, dayAt: EpochSeconds): void {
  const rng = random(simulation.seed, 'deposit', dayAt);
  const chargeId = depositId(simulation.seed, dayAt);
  const amountMinor = rng.pick([30_000, 45_000, 60_000]);
  const at = officeTime(dayAt, rng.next() * 0.5);
  simulation.emit({
    kind: 'charge_created',
    at,
    chargeId,
    ...NO_CUSTOMER,
    amountMinor,
    captured: false,
    status: 'succeeded',
    failureCode: null,
    description: 'Deposit for a demo unit',
  });
  if (rng.chance(0.12)) {
    const capturedMinor = rng.pick([amountMinor, amountMinor / 2]);
    const capturedAt = at + rng.int(6 * HOUR_SECONDS, 5 * DAY_SECONDS);
    simulation.emit({ kind: 'charge_captured', at: capturedAt, chargeId, capturedMinor });
  }
  simulation.emit({ kind: 'charge_released', at: at + HOLD_SECONDS, chargeId });
}
