import { afterEach, describe, expect, it } from 'vitest';
import type { LedgerRecord } from '../../../../connectors/sdk/index.ts';
import { coupon, fixture, item, price, subscription, type Thing } from '../support/objects.ts';
import type { StripeData } from '../support/server.ts';
import { event, type Fake, refusal, startFake, stored } from './fake.ts';
import { emptyLedger, idsOf, type Ledger, readOn } from './support.ts';

type Deliveries = { id: string; deliveries: Thing[]; fetchedNow: Thing | Record<string, Thing> };
const started: Fake[] = [];
afterEach(async () => {
  for (const { server } of started.splice(0)) await server.close();
});

async function open(data: StripeData, pageSize?: number): Promise<Fake> {
  const fake = await startFake(data, pageSize);
  started.push(fake);
  return fake;
}

const pro = stored(price('price_pro', 4_900));
const business = stored(price('price_business', 9_900));
const customer = (id: string, more: Record<string, unknown> = {}) =>
  stored({ id, object: 'customer', name: 'Ada', discount: null, test_clock: null, ...more });
const running = (id: string, more: Record<string, unknown> = {}) =>
  stored(subscription(id, [item(`si_${id}`, pro, 1)], more));
const many = (count: number) => Array.from({ length: count }, (_, at) => running(`sub_${at}`));

function find<Kind extends LedgerRecord['kind']>(ledger: Ledger, kind: Kind, id: string) {
  return ledger.records.get(`${kind}:${id}`) as LedgerRecord<Kind> | undefined;
}

const FIRST = '2026-03-10T12:00:00Z';
const KINDS = ['subscription'] as const;

describe('an increment', () => {
  it('fetches what an event touches once, whatever the number and order of its events', async () => {
    const data = { prices: [pro, business], customers: [customer('cus_sub_1')], subscriptions: many(3) };
    const fake = await open(data);
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    const changed = running('sub_1', { items: { data: [item('si_sub_1', business, 2)], has_more: false } });
    data.subscriptions[1] = changed;
    const before = { items: { data: [item('si_sub_1', pro, 1)] } };
    const updated = event('evt_2', '2026-03-10T12:20:05Z', 'customer.subscription.updated', changed, {
      previous: before,
    });
    const created = event('evt_1', '2026-03-10T12:20:01Z', 'customer.subscription.created', running('sub_1'));
    fake.events.push(created, updated, updated);
    ledger.requests.length = 0;

    // The same event twice in one list is a list that repeats itself; over two reads it is a second delivery.
    fake.events.pop();
    await readOn(ledger, fake.place('2026-03-10T13:00:00Z'), { kinds: KINDS });
    expect(ledger.requests.filter((path) => path.startsWith('/v1/subscriptions/sub_1'))).toHaveLength(1);
    expect(find(ledger, 'subscription', 'sub_1')?.data.state.items[0]).toMatchObject({
      priceId: 'price_business',
      quantity: 2,
    });
    expect(find(ledger, 'observation', 'evt_2')?.data).toMatchObject({
      at: new Date('2026-03-10T12:20:05Z'),
      before: { items: [{ priceId: 'price_pro', quantity: 1 }] },
      state: { items: [{ priceId: 'price_business', quantity: 2 }] },
    });
  });

  it.each([1, 10, 40])('costs as many more requests as there were changes: %i', async (changes) => {
    const fake = await open({ prices: [pro], subscriptions: many(50) }, 10);
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    for (let at = 0; at < changes; at += 1) {
      fake.events.push(
        event(`evt_${at}`, '2026-03-10T12:30:00Z', 'customer.subscription.updated', running(`sub_${at}`), {
          previous: { status: 'past_due' },
        }),
      );
    }
    ledger.requests.length = 0;
    await readOn(ledger, fake.place('2026-03-10T13:00:00Z'), { kinds: KINDS });
    // One page of each of five lists, a page of events for every ten of them, and every changed object once.
    expect(ledger.requests).toHaveLength(5 + Math.max(1, Math.ceil(changes / 10)) + changes);
    ledger.requests.length = 0;
    await readOn(ledger, fake.place('2026-03-10T14:00:00Z'), { kinds: KINDS });
    expect(ledger.requests).toHaveLength(6);
  });

  it('is refused when the events leave out one that was listed before: an empty list is no news', async () => {
    const fake = await open({ prices: [pro], subscriptions: many(2) });
    const ledger = emptyLedger();
    fake.events.push(
      event('evt_1', '2026-03-10T11:30:00Z', 'customer.subscription.updated', running('sub_1'), {
        previous: { status: 'past_due' },
      }),
    );
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    const before = structuredClone(ledger.state);
    const [kept] = fake.events.splice(0);
    const reading = readOn(ledger, fake.place('2026-03-20T12:00:00Z'), { kinds: KINDS });
    await expect(reading).rejects.toThrow(/left out of its events evt_1, which it had listed before/);
    expect(ledger.state).not.toMatchObject({ witness: null });
    if (kept !== undefined) fake.events.push(kept);
    await readOn(ledger, fake.place('2026-03-20T13:00:00Z'), { kinds: KINDS });
    expect(before).toMatchObject({ witness: { id: 'evt_1' } });
    expect(ledger.state).toMatchObject({ witness: { id: 'evt_1' } });
    // After thirty days Stripe forgets it, and nothing is wrong.
    fake.events.splice(0);
    await readOn(ledger, fake.place('2026-04-15T12:00:00Z'), { kinds: KINDS });
  });

  it('marks a deleted customer and keeps what was stored of them', async () => {
    const fake = await open({ customers: [customer('cus_1')], prices: [pro] });
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: ['customer'] });
    const gone = { id: 'cus_1', object: 'customer', deleted: true };
    fake.server.answer('/v1/customers/cus_1', () => ({ body: gone }));
    fake.events.push(event('evt_1', '2026-03-10T12:30:00Z', 'customer.deleted', gone));
    await readOn(ledger, fake.place('2026-03-10T13:00:00Z'), { kinds: ['customer'] });
    expect(ledger.deleted.get('customer:cus_1')).toEqual(new Date('2026-03-10T12:30:00Z'));
    expect(find(ledger, 'customer', 'cus_1')?.data.name).toBe('Ada');
  });

  it('does not take the discount of an item for one of the customer, whom it names as well', async () => {
    const fake = await open({ customers: [customer('cus_1')], prices: [pro], subscriptions: many(1) });
    const ledger = emptyLedger();
    const kinds = ['customer', 'subscription', 'coupon'] as const;
    await readOn(ledger, fake.place(FIRST), { kinds });
    const start = Date.parse('2026-03-10T12:30:00Z') / 1_000;
    const discount = (id: string, item: string | null) => ({
      id,
      object: 'discount',
      source: { type: 'coupon', coupon: coupon('ten', { percent_off: 10 }) },
      start,
      end: null,
      customer: 'cus_1',
      subscription: null,
      subscription_item: item,
      invoice: null,
      promotion_code: null,
    });
    fake.events.push(
      event('evt_2', '2026-03-10T12:30:01Z', 'customer.discount.created', discount('di_2', 'si_sub_0')),
      event('evt_1', '2026-03-10T12:30:00Z', 'customer.discount.created', discount('di_1', null)),
    );
    await readOn(ledger, fake.place('2026-03-10T13:00:00Z'), { kinds });
    expect(idsOf(ledger, 'customer_observation')).toEqual(['evt_1']);
  });

  it('lists everything again after more than thirty days of silence, and says so', async () => {
    const fake = await open({ prices: [pro], subscriptions: many(2) });
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    ledger.requests.length = 0;
    const last = await readOn(ledger, fake.place('2026-04-12T12:00:00Z'), { kinds: KINDS });
    const listed = ledger.requests.find((path) => path.startsWith('/v1/subscriptions?'));
    expect(listed).not.toContain('created[gte]');
    expect(last?.note).toContain(
      'after a month of silence listed again: prices, coupons, customers, subscriptions',
    );
  });

  it('fetches what a webhook named', async () => {
    const fake = await open({ prices: [pro], subscriptions: many(2) });
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    ledger.requests.length = 0;
    await readOn(ledger, fake.place('2026-03-10T13:00:00Z'), {
      kinds: KINDS,
      touched: [{ kind: 'subscription', id: 'sub_1' }],
    });
    expect(ledger.requests.filter((path) => path.startsWith('/v1/subscriptions/'))).toHaveLength(1);
  });

  it('dates a change told in an old release by its last event, and takes what was fetched', async () => {
    const fake = await open({ prices: [pro], subscriptions: [running('sub_0')] });
    const old = { id: 'sub_0', object: 'subscription', quantity: 3 };
    const more = { api_version: '2020-03-02', previous: { quantity: 2 } };
    const note = { api_version: '2020-03-02', previous: { metadata: {} } };
    fake.events.push(
      event('evt_3', '2026-03-09T12:00:00Z', 'customer.subscription.updated', old, note),
      event('evt_2', '2026-03-08T12:00:00Z', 'customer.subscription.updated', old, more),
      event('evt_1', '2026-03-07T12:00:00Z', 'customer.subscription.updated', old, more),
    );
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    expect(idsOf(ledger, 'observation')).toEqual(['evt_2']);
    expect(find(ledger, 'observation', 'evt_2')?.data).toMatchObject({
      at: new Date('2026-03-08T12:00:00Z'),
      before: null,
    });
  });

  it.each(fixture<{ sequences: Deliveries[] }>('event_sequences.json').sequences)(
    'ends with the object as it is now: $id',
    async ({ deliveries, fetchedNow }) => {
      const now = (('object' in fetchedNow ? fetchedNow : Object.values(fetchedNow)[0]) ?? {}) as Thing;
      const fake = await open({ prices: [pro], subscriptions: [stored(now)] });
      const once = new Map(deliveries.map((each) => [each.id, each]));
      fake.events.push(...once.values());
      const ledger = emptyLedger();
      await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
      const items = (now['items'] as { data: { price: { id: string } }[] }).data;
      expect(find(ledger, 'subscription', now.id)?.data.state).toMatchObject({
        status: now['status'],
        items: items.map(({ price: { id } }) => ({ priceId: id })),
      });
    },
  );
});

describe('completeness', () => {
  it('reads every one of twelve items, though a page shows ten', async () => {
    const items = Array.from({ length: 12 }, (_, at) => item(`si_${at}`, pro, 1));
    const whole = running('sub_12', { items: { data: items, has_more: false } });
    const fake = await open({ prices: [pro], subscriptions: [whole] });
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    expect(find(ledger, 'subscription', 'sub_12')?.data.state.items.map(({ id }) => id)).toEqual(
      items.map(({ id }) => id),
    );
  });

  it.each([
    { why: 'a page that comes again', body: { data: many(2), has_more: true }, code: 'repeated_page' },
    { why: 'a page that promises more and is empty', body: { data: [], has_more: true }, code: 'empty_page' },
    { why: 'a list without its end', body: { data: many(1) }, code: '/has_more' },
  ])('refuses $why', async ({ body, code }) => {
    const fake = await open({ prices: [pro] });
    fake.server.answer('/v1/subscriptions', () => ({ body: { object: 'list', ...body } }));
    await expect(readOn(emptyLedger(), fake.place(FIRST), { kinds: KINDS })).rejects.toMatchObject({ code });
  });

  it('goes on past an object that was deleted while the list was walked', async () => {
    const subscriptions = many(5);
    const fake = await open({ prices: [pro], subscriptions }, 2);
    const ledger = emptyLedger();
    let answers = 0;
    fake.server.answer('/v1/subscriptions', (query) => {
      answers += 1;
      if (answers === 2) {
        const error = {
          type: 'invalid_request_error',
          code: 'resource_missing',
          param: 'starting_after',
          message: 'No such object',
        };
        return { status: 400, body: { error } };
      }
      const after = query.get('starting_after');
      const from = after === null ? 0 : subscriptions.findIndex(({ id }) => id === after) + 1;
      return { body: { object: 'list', data: subscriptions.slice(from, from + 2), has_more: from + 2 < 5 } };
    });
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    expect(idsOf(ledger, 'subscription')).toHaveLength(5);
  });
});

describe('a key that lacks a right', () => {
  it('leaves a gap that names the right, and the other lists are read', async () => {
    const fake = await open({ prices: [pro], subscriptions: many(2), charges: [] });
    fake.server.answer('/v1/disputes', () => refusal('rak_dispute_read'));
    const last = await readOn(emptyLedger(), fake.place(FIRST), { kinds: ['subscription', 'dispute'] });
    expect(last?.gaps).toMatchObject([
      { kinds: ['dispute'], errorClass: 'auth', hint: expect.stringContaining('rak_dispute_read') as string },
    ]);
    expect(last?.throughAt).toEqual(new Date(FIRST));
  });

  it('fills the gap at the next read after the right was given', async () => {
    const fake = await open({ prices: [pro], subscriptions: many(2) });
    fake.server.answer('/v1/subscriptions', () => refusal('rak_subscription_read'));
    const ledger = emptyLedger();
    await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
    fake.server.answer('/v1/subscriptions', null);
    const last = await readOn(ledger, fake.place('2026-03-10T13:00:00Z'), { kinds: KINDS });
    expect(last?.gaps).toEqual([]);
    expect(idsOf(ledger, 'subscription')).toEqual(['sub_0', 'sub_1']);
  });

  it('fails when it may read nothing that is needed', async () => {
    const fake = await open({});
    fake.server.answer('/v1/balance_transactions', () => refusal('rak_balance_read'));
    const read = readOn(emptyLedger(), fake.place(FIRST), { kinds: ['balance_entry'] });
    await expect(read).rejects.toMatchObject({ errorClass: 'auth', code: 'rak_balance_read' });
  });
});

it('keeps the products of a coupon that was deleted, because its discounts go on', async () => {
  const limited = stored(coupon('HALF', { percent_off: 50, applies_to: { products: ['prod_base'] } }));
  const discount = {
    id: 'di_1',
    object: 'discount',
    start: 1_767_225_600,
    end: null,
    source: { type: 'coupon', coupon: limited },
  };
  const fake = await open({ prices: [pro], subscriptions: [running('sub_0', { discounts: [discount] })] });
  const ledger = emptyLedger();
  await readOn(ledger, fake.place(FIRST), { kinds: KINDS });
  expect(find(ledger, 'coupon', 'HALF')?.data.productIds).toEqual(['prod_base']);
});

it('refuses live and test objects in one mirror', async () => {
  const fake = await open({ prices: [pro, { ...business, livemode: true }] });
  await expect(readOn(emptyLedger(), fake.place(FIRST), { kinds: ['price'] })).rejects.toMatchObject({
    code: 'mixed_livemode',
  });
});
