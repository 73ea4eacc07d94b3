import { expect, it } from 'vitest';
import { buildModel } from '../../sandbox/index.ts';
import { entry } from '../../sandbox/model/catalog.ts';

// Stripe refuses an item whose price has no amount in the subscription's currency, so the company may have none.
// The anchor day changes the whole history: many of them are looked at.
it.each([1, 7, 42])('bills every subscription in the one currency that its prices have (seed %i)', (seed) => {
  let items = 0;
  for (let month = 1; month <= 12; month += 1) {
    const anchorDay = `2025-${String(month).padStart(2, '0')}-18`;
    const model = buildModel({ seed, anchorDay }, Date.parse('2026-11-21T00:00:00Z') / 1000);
    const currencyOf = new Map<string, string>();
    for (const fact of model.facts) {
      if (fact.kind === 'subscription_started') currencyOf.set(fact.subscriptionId, fact.currency);
      if (!('items' in fact) || !('subscriptionId' in fact)) continue;
      for (const item of fact.items) {
        items += 1;
        const price = entry(model.catalog.prices, item.priceId);
        expect(`${price.id} ${price.currency}`).toBe(`${price.id} ${currencyOf.get(fact.subscriptionId)}`);
      }
    }
  }
  expect(items).toBeGreaterThan(1_000);
});
