import { acmeCatalog } from './acme-catalog.ts';
import { type Catalog, catalogOf } from './catalog.ts';
import { ACME } from './company.ts';
import { type Fact, inOrder } from './facts.ts';
import { newAgenda } from './lives/agenda.ts';
import { lifeCatalog } from './lives/catalog.ts';
import { newId, type Player } from './lives/player.ts';
import type { Life } from './lives/script.ts';
import { take } from './lives/steps.ts';
import { discountOf } from './lives/subscribe.ts';
import type { Billing } from './model.ts';
import { idFor } from './random.ts';
import { DAY_SECONDS, dayStart, type EpochSeconds } from './time.ts';

export { LIFE_CURRENCIES, lifeCatalog } from './lives/catalog.ts';
export type { Life, Proration, ScriptedItem, Step, StepAction } from './lives/script.ts';

export type LivesOptions = {
  anchorDay: string; // first day of history; nothing may happen before it
  seed?: number; // ids and metered use follow from it
  timeZone?: string;
  catalog?: Catalog; // `defaultCatalog` unless given
};

/** Acme's prices and those made for lives. */
export function defaultCatalog(anchorDay: string): Catalog {
  const anchorAt = dayStart(anchorDay);
  const acme = acmeCatalog(anchorAt);
  const more = lifeCatalog(anchorAt - 420 * DAY_SECONDS);
  return catalogOf(
    [...acme.products.values(), ...more.products.values()],
    [...acme.prices.values(), ...more.prices.values()],
    [...acme.coupons.values(), ...more.coupons.values()],
    { taxRates: [...more.taxRates.values()], promotionCodes: [...more.promotionCodes.values()] },
  );
}

/**
 * Plays scripted lives up to an instant (that second included) as the provider would: renewals, prorations, failed
 * payments and all. What happened by an instant does not depend on how far is played.
 */
export function playLives(lives: readonly Life[], options: LivesOptions, untilAt: EpochSeconds): Billing {
  const { anchorDay, seed = 42, timeZone = 'UTC' } = options;
  const catalog = options.catalog ?? defaultCatalog(anchorDay);
  const facts: Fact[] = [];
  for (const [index, life] of lives.entries()) {
    if (life.at <= untilAt) play(life, { index, seed, catalog, untilAt, facts });
  }
  return { seed, anchorDay, timeZone, company: ACME, catalog, facts: inOrder(facts) };
}

type Stage = { index: number; seed: number; catalog: Catalog; untilAt: EpochSeconds; facts: Fact[] };

function play(life: Life, { index, seed, catalog, untilAt, facts }: Stage): void {
  const player: Player = {
    seed,
    catalog,
    life,
    customerId: idFor('cus_', seed, 'life', index),
    testClockId: life.testClock === true ? idFor('clock_', seed, 'life', index) : null,
    agenda: newAgenda(),
    emit: (fact) => facts.push(fact),
    discount: null,
    balanceMinor: 0,
    deleted: false,
    subscriptions: [],
    charges: [],
    invoices: [],
    made: 0,
  };
  create(player, index);
  for (const step of life.steps) {
    if (step.at >= life.at) player.agenda.plan(step.at, (at) => take(player, step, at), 'people');
  }
  player.agenda.run(untilAt);
}

function create(player: Player, index: number): void {
  const { life, customerId, testClockId } = player;
  const { at, currency, metadata } = life;
  player.discount = discountOf(player, { coupon: life.coupon }, at);
  const name = life.name ?? `Life ${index + 1}`;
  const email = `billing-${newId(player, '').slice(0, 6).toLowerCase()}@life.example`;
  const told = metadata === undefined ? {} : { metadata };
  const who = { customerId, name, email, country: 'US', currency, testClockId };
  player.emit({ kind: 'customer_created', at, ...who, discount: player.discount, ...told });
}
