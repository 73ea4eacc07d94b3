import type { Stripe } from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/index.ts';
import { mrrAt, netRevenueByDay, payingCustomersAt, toNumber } from '../../sandbox/truth.ts';
import { clientOf, everything, NOW, openSandbox, refusal } from './support.ts';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await openSandbox();
  stripe = clientOf(sandbox);
});
afterAll(() => sandbox.close());

const nowAt = NOW.getTime() / 1_000;
const ids = (objects: readonly { id: string }[]) => objects.map(({ id }) => id);

it('walks every charge once, newest first, whatever the page size', async () => {
  const made = sandbox
    .model()
    .facts.flatMap((fact) => (fact.kind === 'charge_created' ? [fact.chargeId] : []));
  const hundreds = await everything(stripe.charges.list({ limit: 100 }));
  expect(ids(hundreds)).toEqual(made.toReversed());
  expect(hundreds.every(({ created }, index) => created <= (hundreds[index - 1]?.created ?? nowAt))).toBe(
    true,
  );
  const week = { created: { gte: nowAt - 7 * 86_400 } };
  const sevens = await everything(stripe.charges.list({ limit: 7, ...week }));
  expect(ids(sevens)).toEqual(ids(hundreds.filter(({ created }) => created >= nowAt - 7 * 86_400)));
});

it('gives ten objects when no limit is named, and says that there are more', async () => {
  const page = await stripe.charges.list();
  expect(page.data).toHaveLength(10);
  expect(page.has_more).toBe(true);
});

it('pages backwards too', async () => {
  const [first, second, third] = (await stripe.charges.list({ limit: 3 })).data;
  const back = await stripe.charges.list({ limit: 1, ending_before: third?.id ?? '' });
  expect(ids(back.data)).toEqual([second?.id]);
  expect(back.has_more).toBe(true);
  const head = await stripe.charges.list({ limit: 5, ending_before: second?.id ?? '' });
  expect(ids(head.data)).toEqual([first?.id]);
  expect(head.has_more).toBe(false);
});

it('filters by every bound of created, to the second', async () => {
  const [middle] = (await stripe.charges.list({ limit: 1, created: { lt: nowAt - 86_400 } })).data;
  const at = middle?.created ?? 0;
  const created = async (range: Stripe.RangeQueryParam | number) =>
    ids((await stripe.charges.list({ limit: 100, created: range })).data);
  expect(await created(at)).toContain(middle?.id);
  expect(await created({ gte: at, lte: at })).toContain(middle?.id);
  expect(await created({ gt: at })).not.toContain(middle?.id);
  expect(await created({ lt: at })).not.toContain(middle?.id);
});

it('leaves canceled subscriptions and test clocks out unless asked, and filters by status', async () => {
  const usual = await everything(stripe.subscriptions.list({ limit: 100 }));
  const all = await everything(stripe.subscriptions.list({ limit: 100, status: 'all' }));
  const canceled = await everything(stripe.subscriptions.list({ limit: 100, status: 'canceled' }));
  const ended = await everything(stripe.subscriptions.list({ limit: 100, status: 'ended' }));
  expect(usual.some(({ status }) => status === 'canceled')).toBe(false);
  expect(canceled.length).toBeGreaterThan(10);
  expect(usual.length + canceled.length).toBe(all.length);
  const expired = all.filter(({ status }) => status === 'incomplete_expired');
  expect(ended.length).toBe(canceled.length + expired.length);
  expect(all.every(({ test_clock }) => test_clock === null)).toBe(true);

  const hidden = sandbox
    .model()
    .facts.flatMap((fact) =>
      fact.kind === 'subscription_started' && fact.testClockId !== null ? [fact] : [],
    );
  const [one] = hidden;
  expect(hidden).toHaveLength(3);
  const byClock = await stripe.subscriptions.list({ test_clock: one?.testClockId ?? '' });
  const byCustomer = await stripe.subscriptions.list({ customer: one?.customerId ?? '' });
  expect(ids(byClock.data)).toEqual([one?.subscriptionId]);
  expect(ids(byCustomer.data)).toEqual([one?.subscriptionId]);
});

it('cuts a subscription with twelve items to ten and pages the others', async () => {
  const all = await everything(stripe.subscriptions.list({ limit: 100 }));
  const long = all.filter(({ items }) => items.has_more);
  expect(long).toHaveLength(1);
  const [subscription] = long;
  expect(subscription?.items.data).toHaveLength(10);
  const items = await everything(
    stripe.subscriptionItems.list({ subscription: subscription?.id ?? '', limit: 10 }),
  );
  expect(items).toHaveLength(12);
  expect(ids(items).slice(0, 10)).toEqual(ids(subscription?.items.data ?? []));
});

it('shows ids until something is expanded, four levels deep and no deeper', async () => {
  const plain = await everything(stripe.subscriptions.list({ limit: 100 }));
  const discounted = plain.find(({ discounts }) => discounts.length > 0);
  expect(typeof discounted?.discounts[0]).toBe('string');
  expect(typeof discounted?.customer).toBe('string');

  const one = await stripe.subscriptions.retrieve(discounted?.id ?? '', { expand: ['discounts'] });
  const half = one.discounts[0] as Stripe.Discount;
  expect(half.object).toBe('discount');
  expect(typeof half.source.coupon).toBe('string');

  const deep = { expand: ['data.discounts.source.coupon', 'data.customer', 'data.items.data.discounts'] };
  const whole = (await everything(stripe.subscriptions.list({ limit: 100, ...deep }))).find(
    ({ id }) => id === one.id,
  );
  expect(whole).toMatchObject({
    customer: { object: 'customer' },
    discounts: [{ source: { coupon: { object: 'coupon' } } }],
  });

  const error = await refusal(stripe.subscriptions.list({ expand: ['data.items.data.price.tiers'] }));
  expect(error).toMatchObject({ statusCode: 400, code: 'property_expansion_max_depth' });
});

it('shows tiers and refunds of a charge only when they are expanded', async () => {
  expect((await stripe.prices.retrieve('price_scale_month')).tiers).toBeUndefined();
  expect((await stripe.prices.retrieve('price_scale_month', { expand: ['tiers'] })).tiers).toHaveLength(3);
  const [refund] = (await stripe.refunds.list({ limit: 1, expand: ['data.charge.customer'] })).data;
  const charge = refund?.charge as Stripe.Charge;
  expect(charge.refunds).toBeUndefined();
  const expanded = await stripe.charges.retrieve(charge.id, { expand: ['refunds', 'balance_transaction'] });
  expect(ids(expanded.refunds?.data ?? [])).toContain(refund?.id);
  expect((expanded.balance_transaction as Stripe.BalanceTransaction).source).toBe(charge.id);
});

it('refuses what Stripe refuses, in its words', async () => {
  const raw = (parameters: object) => stripe.charges.list(parameters);
  const unknown = await refusal(raw({ colour: 'red' }));
  expect(unknown).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: 'colour' });
  expect(unknown.message).toBe('Received unknown parameter: colour');
  expect(await refusal(raw({ starting_after: 'ch_gone' }))).toMatchObject({
    statusCode: 400,
    code: 'resource_missing',
    param: 'starting_after',
    message: "No such charge: 'ch_gone'",
  });
  expect(await refusal(raw({ limit: 101 }))).toMatchObject({ statusCode: 400, param: 'limit' });
  expect(await refusal(raw({ limit: 0 }))).toMatchObject({ statusCode: 400, param: 'limit' });
  expect(await refusal(raw({ created: { gte: 'monday' } }))).toMatchObject({
    code: 'parameter_invalid_integer',
  });
  expect(await refusal(raw({ expand: ['customer'] }))).toMatchObject({
    message:
      "This property cannot be expanded (customer). You may want to try expanding 'data.customer' instead.",
  });
  expect(await refusal(raw({ expand: ['data.colour'] }))).toMatchObject({ statusCode: 400 });
  expect(await refusal(stripe.customers.retrieve('cus_gone'))).toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
    param: 'id',
    message: "No such customer: 'cus_gone'",
  });
});

it('keeps events of 30 days, newest first, by type, with what changed', async () => {
  const all = await everything(stripe.events.list({ limit: 100 }));
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(ids(all)).size).toBe(all.length);
  expect(all.every(({ created }) => created > nowAt - 30 * 86_400 && created <= nowAt)).toBe(true);
  const updates = await everything(stripe.events.list({ limit: 100, type: 'customer.subscription.*' }));
  expect(updates.length).toBeGreaterThan(5);
  expect(updates.every(({ type }) => type.startsWith('customer.subscription.'))).toBe(true);
  const changed = updates.find(({ type }) => type === 'customer.subscription.updated');
  expect(Object.keys(changed?.data.previous_attributes ?? {}).length).toBeGreaterThan(0);
  const some = await everything(
    stripe.events.list({ limit: 100, types: ['invoice.paid', 'refund.created'] }),
  );
  expect(ids(some)).toEqual(
    ids(all.filter(({ type }) => type === 'invoice.paid' || type === 'refund.created')),
  );
});

it('keeps books that balance: every movement is amount less fee, and payouts take only what came in', async () => {
  const lines = await everything(stripe.balanceTransactions.list({ limit: 100 }));
  expect(lines.every(({ amount, fee, net }) => net === amount - fee)).toBe(true);
  expect(lines.every(({ currency }) => currency === 'usd')).toBe(true);
  expect(lines.filter(({ type }) => type === 'payout').length).toBeGreaterThan(50);
  expect(lines.reduce((sum, { net }) => sum + net, 0)).toBeGreaterThanOrEqual(0);
});

it('adds up over the wire to the net revenue that the model holds to be true', async () => {
  const charges = await everything(stripe.charges.list({ limit: 100 }));
  const refunds = await everything(stripe.refunds.list({ limit: 100 }));
  const disputes = await everything(stripe.disputes.list({ limit: 100 }));
  for (const currency of ['usd', 'eur']) {
    const served = new Map<string, number>();
    const count = (created: number, minor: number) => {
      const day = new Date(created * 1_000).toISOString().slice(0, 10);
      served.set(day, (served.get(day) ?? 0) + minor);
    };
    const mine = <T extends { currency: string }>(objects: T[]) =>
      objects.filter((one) => one.currency === currency);
    for (const one of mine(charges)) if (one.status === 'succeeded') count(one.created, one.amount_captured);
    for (const one of mine(refunds)) if (one.status === 'succeeded') count(one.created, -one.amount);
    for (const one of mine(disputes)) if (one.status === 'lost') count(one.created, -one.amount);
    const truth = netRevenueByDay(sandbox.model(), { timeZone: 'UTC', currency, now: NOW });
    expect(truth.size).toBe(461);
    expect(Object.fromEntries([...truth].filter(([, minor]) => minor !== 0))).toEqual(
      Object.fromEntries([...served].filter(([, minor]) => minor !== 0)),
    );
  }
});

it('lists the subscriptions and prices from which the MRR and the paying customers follow', async () => {
  const expand = ['data.discounts.source.coupon', 'data.customer.discount', 'data.items.data.discounts'];
  const subscriptions = await everything(stripe.subscriptions.list({ limit: 100, expand }));
  const coupons = new Map(
    (await everything(stripe.coupons.list({ limit: 100 }))).map((one) => [one.id, one]),
  );
  const prices = await everything(stripe.prices.list({ limit: 100, expand: ['data.tiers'] }));
  const monthly = new Map<string, number>();
  for (const subscription of subscriptions) {
    if (!['active', 'past_due'].includes(subscription.status) || subscription.pause_collection !== null)
      continue;
    const items = await everything(
      stripe.subscriptionItems.list({ subscription: subscription.id, limit: 100 }),
    );
    const customer = subscription.customer as Stripe.Customer;
    const own = subscription.discounts as Stripe.Discount[];
    const discounts = own.length > 0 || !customer.discount ? own : [customer.discount];
    let total = 0;
    for (const item of items) {
      const price = prices.find(({ id }) => id === item.price.id);
      if (price === undefined || item.quantity === undefined) continue;
      let amount = gross(price, item.quantity);
      const itemDiscounts =
        item.discounts.length === 0
          ? []
          : subscription.items.data.find(({ id }) => id === item.id)?.discounts;
      for (const discount of (itemDiscounts ?? []) as Stripe.Discount[]) amount *= factor(discount, coupons);
      for (const discount of discounts) amount *= factor(discount, coupons);
      const per =
        { year: 1 / 12, month: 1, week: 52 / 12, day: 365 / 12 }[String(price.recurring?.interval)] ?? 0;
      amount -= discounts.reduce((sum, discount) => sum + amountOff(discount, coupons), 0);
      total += (Math.max(0, amount) * per) / (price.recurring?.interval_count ?? 1);
    }
    const key = `${subscription.currency} ${customer.id}`;
    if (total > 0) monthly.set(key, (monthly.get(key) ?? 0) + total);
  }
  const model = sandbox.model();
  for (const currency of ['usd', 'eur']) {
    const served = [...monthly].filter(([key]) => key.startsWith(currency)).map(([, minor]) => minor);
    expect(served.length).toBe(payingCustomersAt(model, NOW, currency));
    expect(served.reduce((sum, minor) => sum + minor, 0)).toBeCloseTo(
      toNumber(mrrAt(model, NOW, currency)),
      3,
    );
  }
});

type Coupons = Map<string, Stripe.Coupon>;

function running(discount: Stripe.Discount, coupons: Coupons): Stripe.Coupon | null {
  const { coupon } = discount.source;
  const found = coupons.get(typeof coupon === 'string' ? coupon : (coupon?.id ?? ''));
  const over = discount.end !== null && discount.end <= nowAt;
  return found === undefined || over || found.duration === 'once' ? null : found;
}

const factor = (discount: Stripe.Discount, coupons: Coupons) =>
  1 - (running(discount, coupons)?.percent_off ?? 0) / 100;

const amountOff = (discount: Stripe.Discount, coupons: Coupons) =>
  running(discount, coupons)?.amount_off ?? 0;

function gross(price: Stripe.Price, quantity: number): number {
  const units =
    price.transform_quantity === null ? quantity : Math.ceil(quantity / price.transform_quantity.divide_by);
  if (price.billing_scheme === 'per_unit') return Number(price.unit_amount_decimal?.toString()) * units;
  const tiers = price.tiers ?? [];
  if (price.tiers_mode === 'volume') {
    const tier = tiers.find(({ up_to }) => up_to === null || units <= up_to);
    return units * (tier?.unit_amount ?? 0) + (tier?.flat_amount ?? 0);
  }
  let total = 0;
  let from = 0;
  for (const { up_to, unit_amount, flat_amount } of tiers) {
    const share = Math.min(units, up_to ?? units) - from;
    if (share <= 0) break;
    total += share * (unit_amount ?? 0) + (flat_amount ?? 0);
    from += share;
  }
  return total;
}
