import { withLateFacts } from './history.ts';
import { type Account, applyFact, emptyAccount } from './model/account.ts';
import { type SeenActivity, seenBy } from './model/activity.ts';
import type { Catalog } from './model/catalog.ts';
import { countUntil, type Discount, type Fact } from './model/facts.ts';
import { buildModel, type Model } from './model/model.ts';
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
  model: Model; // the same facts with the company around them
  account: Account;
  discounts: ReadonlyMap<string, OwnedDiscount>; // every discount there ever was
  activity: SeenActivity; // what people did with the product
  now: EpochSeconds;
};

/** Gives the world at an instant, and builds again only what a new day, a new state or a new fact changes. */
export function worldKeeper(): (state: SandboxState, now: EpochSeconds) => World {
  let base: { key: string; model: Model } | null = null;
  let whole: { state: SandboxState; model: Model } | null = null;
  let world: { model: Model; count: number; world: Omit<World, 'activity'> } | null = null;
  return (state, now) => {
    const horizonAt = (Math.floor(now / DAY_SECONDS) + 2) * DAY_SECONDS;
    const key = JSON.stringify([modelOptions(state), horizonAt]);
    if (base?.key !== key) {
      base = { key, model: buildModel(modelOptions(state), horizonAt) };
      whole = null;
    }
    if (whole?.state !== state) whole = { state, model: withLateFacts(base.model, state, horizonAt) };
    const { model } = whole;
    const count = countUntil(model.facts, now);
    if (world?.model !== model || world.count !== count) {
      world = { model, count, world: worldOf(model, count, now) };
    }
    return { ...world.world, activity: seenBy(model.activity, now, dayStart(state.anchorDay)), now };
  };
}

function worldOf(whole: Model, count: number, now: EpochSeconds): Omit<World, 'activity'> {
  const { seed, catalog } = whole;
  const facts = whole.facts.slice(0, count);
  const model = { ...whole, facts };
  const account = emptyAccount();
  const discounts = new Map<string, OwnedDiscount>();
  for (const fact of facts) {
    applyFact(account, fact);
    for (const owned of discountsIn(fact)) discounts.set(owned.discount.id, owned);
  }
  return { seed, catalog, facts, model, account, discounts, now };
}

function discountsIn(fact: Fact): OwnedDiscount[] {
  const owner = { customerId: null, subscriptionId: null, itemId: null };
  switch (fact.kind) {
    case 'customer_created':
      return fact.discount === null
        ? []
        : [{ ...owner, discount: fact.discount, customerId: fact.customerId }];
    case 'subscription_started': {
      const { customerId, subscriptionId } = fact;
      const items = fact.items.flatMap((item) =>
        item.discounts.map((discount) => ({ ...owner, customerId, discount, itemId: item.id })),
      );
      return [
        ...items,
        ...fact.discounts.map((discount) => ({ ...owner, customerId, subscriptionId, discount })),
      ];
    }
    case 'subscription_discounts_changed': {
      const { subscriptionId } = fact;
      return fact.discounts.map((discount) => ({ ...owner, subscriptionId, discount }));
    }
    default:
      return [];
  }
}
