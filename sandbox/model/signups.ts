import { freePlan, isFree } from './acme-catalog.ts';
import { entry } from './catalog.ts';
import type { Contract, Simulation } from './context.ts';
import type { Discount, Item, PaymentMethod } from './facts.ts';
import { live } from './lifecycle.ts';
import { inventCustomer } from './people.ts';
import { idFor, type Random, random } from './random.ts';
import { growthFactor, seasonFactor, weekFactor } from './rhythm.ts';
import { addInterval, DAY_SECONDS, type EpochSeconds, officeTime } from './time.ts';

type Plan = { plan: string; prepaidShare: number; seats: number; most: number };

const PLANS: readonly (readonly [Plan, number])[] = [
  [{ plan: 'starter', prepaidShare: 0.2, seats: 3, most: 12 }, 27],
  [{ plan: 'team', prepaidShare: 0.28, seats: 6, most: 30 }, 43],
  [{ plan: 'business', prepaidShare: 0.22, seats: 6, most: 40 }, 22],
  [{ plan: 'scale', prepaidShare: 0, seats: 18, most: 60 }, 8],
];

/** How many sign up on a day: a working-week rhythm, a spring high, a December low, growth and noise. */
export function signupsOn(simulation: Simulation, dayAt: EpochSeconds): number {
  const { seed, company, anchorAt } = simulation;
  const season = seasonFactor(dayAt);
  const growth = growthFactor(company.yearlyGrowth, anchorAt, dayAt);
  const mean = company.dailySignups * weekFactor(dayAt) * season * growth;
  return random(seed, 'signups', dayAt).poisson(mean);
}

/** Everybody who signs up on one day, with all that their subscriptions go through. */
export function playSignups(simulation: Simulation, dayAt: EpochSeconds): void {
  const count = signupsOn(simulation, dayAt);
  for (let index = 0; index < count; index += 1) {
    const rng = random(simulation.seed, 'signup', dayAt, index);
    const at = officeTime(dayAt, rng.next());
    const customer = newCustomer(simulation, rng, idFor('cus_', simulation.seed, dayAt, index), at);
    const offer = rng.weighted([
      ['paid', 52],
      ['trial', 32],
      ['free', 13],
      ['declined', 3],
    ] as const);
    const plan = offer === 'free' ? freePlan(customer.currency) : null;
    const base = newContract(simulation, rng, { ...customer, at: at + 60, priceId: plan });
    const trialEndAt = offer === 'trial' ? base.createdAt + 14 * DAY_SECONDS : null;
    live(
      simulation,
      {
        ...base,
        trialEndAt,
        trialConverts: rng.chance(0.58),
        anchorAt: trialEndAt ?? base.createdAt,
        firstPayment: offer === 'declined' ? 'never_succeeds' : 'at_signup',
      },
      null,
    );
  }
}

/** Customers that Acme brought along when it moved its billing here on the anchor day: paid up to their next date. */
export function playFounders(simulation: Simulation): void {
  for (let index = 0; index < simulation.company.customersAtStart; index += 1) {
    const rng = random(simulation.seed, 'founder', index);
    const at = simulation.anchorAt + 60 * index;
    const customer = newCustomer(simulation, rng, idFor('cus_', simulation.seed, 'founder', index), at);
    const old = customer.currency === 'usd' && rng.chance(0.08) ? 'price_team_month_old' : null;
    const base = newContract(simulation, rng, { ...customer, at: at + 20, priceId: old });
    const { interval } = entry(simulation.catalog.prices, base.items[0]?.priceId ?? '').recurring ?? {};
    const paidUpDays = rng.int(1, interval === 'year' ? 364 : 30);
    const anchorAt = officeTime(simulation.anchorAt + paidUpDays * DAY_SECONDS, rng.next());
    const startAt = simulation.anchorAt - rng.int(30, 400) * DAY_SECONDS;
    live(simulation, { ...base, anchorAt, startAt, discounts: [], firstPayment: 'at_anchor' }, null);
  }
}

export type NewCustomer = { customerId: string; currency: string };

export function newCustomer(
  simulation: Simulation,
  rng: Random,
  customerId: string,
  at: EpochSeconds,
): NewCustomer {
  const euro = rng.chance(simulation.company.euroShare);
  const currency = euro ? 'eur' : 'usd';
  const country = euro ? rng.pick(['DE', 'FR', 'NL', 'ES']) : simulation.company.country;
  const person = inventCustomer(rng);
  const plain = { discount: null, testClockId: null };
  const told = wasReferred(simulation, customerId) ? { metadata: { source: 'referral' } } : {};
  simulation.emit({
    kind: 'customer_created',
    at,
    customerId,
    ...person,
    country,
    currency,
    ...plain,
    ...told,
  });
  return { customerId, currency };
}

/** Drawn from a stream of its own, so that no customer's life depends on it. */
function wasReferred({ company, seed }: Simulation, customerId: string): boolean {
  return company.referralShare > 0 && random(seed, 'referred', customerId).chance(company.referralShare);
}

type Terms = NewCustomer & { at: EpochSeconds; priceId: string | null };

function newContract(simulation: Simulation, rng: Random, terms: Terms): Contract {
  const { customerId, currency, at } = terms;
  const subscriptionId = idFor('sub_', simulation.seed, customerId, 0);
  const chosen = choosePlan(rng, currency);
  const priceId = terms.priceId ?? chosen.priceId;
  const quantity = isFree(priceId) ? 1 : chosen.quantity;
  const id = idFor('si_', simulation.seed, subscriptionId, 0);
  const item: Item = { id, priceId, quantity, createdAt: at, discounts: [] };
  const prepaid = priceId.includes('_year');
  const method: PaymentMethod = prepaid && currency === 'usd' && rng.chance(0.4) ? 'us_bank_account' : 'card';
  return {
    customerId,
    subscriptionId,
    currency,
    items: [item],
    customerDiscount: null,
    discounts: isFree(priceId) ? [] : welcomeDiscount(simulation, rng, subscriptionId, at),
    createdAt: at,
    startAt: at,
    anchorAt: at,
    trialEndAt: null,
    trialConverts: true,
    firstPayment: 'at_signup',
    method,
    quiet: false,
  };
}

function choosePlan(rng: Random, currency: string): { priceId: string; quantity: number } {
  const { plan, prepaidShare, seats, most } = rng.weighted(PLANS);
  const prepaid = rng.chance(prepaidShare);
  const quantity = Math.min(most, Math.max(1, Math.round(seats * Math.exp(0.6 * rng.normal()))));
  if (currency === 'usd') return { priceId: `price_${plan}_${prepaid ? 'year' : 'month'}`, quantity };
  if (plan === 'team' && prepaid) return { priceId: 'price_team_year_eur', quantity };
  return { priceId: `price_${plan === 'scale' ? 'business' : plan}_month_eur`, quantity };
}

function welcomeDiscount(
  simulation: Simulation,
  rng: Random,
  subscriptionId: string,
  at: EpochSeconds,
): Discount[] {
  const couponId = rng.weighted([
    [null, 78],
    ['WELCOME20', 8],
    ['LAUNCH30', 7],
    ['PARTNER12', 3],
    ['NONPROFIT25', 4],
  ] as const);
  if (couponId === null) return [];
  const months = entry(simulation.catalog.coupons, couponId).durationInMonths;
  const endAt = months === null ? null : addInterval(at, 'month', months);
  return [{ id: idFor('di_', simulation.seed, subscriptionId, 'welcome'), couponId, startAt: at, endAt }];
}
