import { withLateFacts } from './history.ts';
import { type Account, applyFact, emptyAccount } from './model/account.ts';
import { type SeenActivity, seenBy } from './model/activity.ts';
import type { Catalog } from './model/catalog.ts';
import { countUntil, type Discount, type Fact, type Item } from './model/facts.ts';
import { type Billing, buildModel, type Model } from './model/model.ts';
import { DAY_SECONDS, dayStart, type EpochSeconds } from './model/time.ts';
import { modelOptions, type SandboxState } from './state.ts';

export type OwnedDiscount = {
  discount: Discount;
  customerId: string | null;
  subscriptionId: string | null;
  itemId: string | null;
};

/** What a provider's server can see at one moment. */
export type World = {
  seed: number;
  catalog: Catalog;
  facts: readonly Fact[]; // all that have happened by now, oldest first
  history?: readonly Fact[]; // the same array for as long as history only goes on
  eventsApiVersion?: string; // that events are told in; the newest unless set
  model: Model; // the same facts with the company around them
  account: Account;
  discounts: ReadonlyMap<string, OwnedDiscount>; // every discount there ever was
  activity: SeenActivity; // what people did with the product
  now: EpochSeconds;
};

/** Another history than the seeded company's: what happened up to an instant; what lies after it does no harm. */
export type BillingSource = (untilAt: EpochSeconds) => Billing;

/** Gives the world at an instant, and builds again only what a new day, a new state or a new fact changes. */
export function worldKeeper(billing?: BillingSource): (state: SandboxState, now: EpochSeconds) => World {
  let base: { key: string; model: Model } | null = null;
  let whole: { state: SandboxState; model: Model } | null = null;
  let replay: Replay | null = null;
  return (state, now) => {
    const horizonAt = (Math.floor(now / DAY_SECONDS) + 2) * DAY_SECONDS;
    const key = JSON.stringify([modelOptions(state), horizonAt]);
    if (base?.key !== key) {
      const model =
        billing === undefined
          ? buildModel(modelOptions(state), horizonAt)
          : { ...billing(horizonAt), activity: [] };
      base = { key, model };
      whole = null;
    }
    if (whole?.state !== state) whole = { state, model: withLateFacts(base.model, state, horizonAt) };
    const { model } = whole;
    if (replay?.all !== model.facts || countUntil(model.facts, now) < replay.facts.length) {
      replay = newReplay(model.facts);
    }
    advance(replay, now);
    const { account, discounts, facts } = replay;
    const { seed, catalog } = model;
    const activity = seenBy(model.activity, now, dayStart(state.anchorDay));
    const told = state.stripe?.eventsApiVersion;
    const version = told === undefined ? {} : { eventsApiVersion: told };
    const history = replay.all;
    const seen = { facts, history, model: { ...model, facts }, account, discounts, activity };
    return { seed, catalog, ...seen, ...version, now };
  };
}

/** The account as far as history has been replayed. Time mostly goes forward, and then only the news are added. */
type Replay = {
  all: readonly Fact[];
  facts: readonly Fact[]; // those replayed; another array as soon as there is another fact
  account: Account;
  discounts: Map<string, OwnedDiscount>;
};

function newReplay(all: readonly Fact[]): Replay {
  return { all, facts: [], account: emptyAccount(), discounts: new Map() };
}

function advance(replay: Replay, now: EpochSeconds): void {
  const count = countUntil(replay.all, now);
  const done = replay.facts.length;
  if (count === done) return;
  for (let index = done; index < count; index += 1) {
    const fact = replay.all[index] as Fact;
    applyFact(replay.account, fact);
    for (const owned of discountsIn(fact, replay.account)) replay.discounts.set(owned.discount.id, owned);
  }
  replay.facts = replay.all.slice(0, count);
}

/** The discounts that a fact gives to somebody, each with whom it was given to. */
export function discountsIn(fact: Fact, account: Account): OwnedDiscount[] {
  const owner = { customerId: null, subscriptionId: null, itemId: null };
  const ofItems = (items: readonly Item[], customerId: string | null) =>
    items.flatMap((item) =>
      item.discounts.map((discount) => ({ ...owner, customerId, discount, itemId: item.id })),
    );
  switch (fact.kind) {
    case 'customer_created':
    case 'customer_discount_changed':
      return fact.discount === null
        ? []
        : [{ ...owner, discount: fact.discount, customerId: fact.customerId }];
    case 'subscription_started': {
      const { customerId, subscriptionId } = fact;
      return [
        ...ofItems(fact.items, customerId),
        ...fact.discounts.map((discount) => ({ ...owner, customerId, subscriptionId, discount })),
      ];
    }
    case 'subscription_items_changed':
      return ofItems(fact.items, account.subscriptions.get(fact.subscriptionId)?.customerId ?? null);
    case 'subscription_discounts_changed': {
      const { subscriptionId } = fact;
      return fact.discounts.map((discount) => ({ ...owner, subscriptionId, discount }));
    }
    default:
      return [];
  }
}
