import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Life, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { LIVES_ANCHOR_DAY, lifeStartAt, play } from './lives-support.ts';
import { clientOf, everything, temporaryStatePath } from './support.ts';

const DAY = 86_400;
const at = (day: number) => lifeStartAt + day * DAY;
const item = (kind: string, quantity: number) => ({ price: `life_${kind}_usd`, quantity });
const idOf = (one: string | { id: string } | null | undefined): string =>
  typeof one === 'string' ? one : (one?.id ?? '');
const lives: Life[] = [
  {
    at: at(0),
    currency: 'usd',
    metadata: { channel: 'fair' },
    steps: [
      {
        at: at(1),
        do: 'subscribe',
        items: [item('seats_month', 3)],
        promotionCode: 'promo_life_friend',
        taxRates: ['txr_life_vat_inclusive'],
      },
      { at: at(10), do: 'change_item', item: 0, quantity: 5, proration: 'create_prorations' },
      { at: at(12), do: 'schedule', phases: [{ items: [item('base_month', 1)] }] },
      { at: at(14), do: 'credit_note', share: 0.5 },
    ],
  },
  {
    at: at(2),
    currency: 'jpy',
    steps: [
      { at: at(3), do: 'subscribe', items: [{ price: 'life_base_month_jpy', quantity: 1 }] },
      { at: at(15), do: 'delete_customer' },
    ],
  },
];

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  let passedMs = 0;
  const history = play(lives);
  sandbox = await startSandbox({
    statePath: temporaryStatePath(),
    port: 0,
    now: () => new Date(at(20) * 1_000),
    monotonicMs: () => (passedMs += 1_000),
    initial: { anchorDay: LIVES_ANCHOR_DAY },
    billing: () => history,
  });
  stripe = clientOf(sandbox);
});
afterAll(() => sandbox.close());

it('keeps a deleted customer for retrieval only, with a cancelled subscription', async () => {
  const listed = await everything(stripe.customers.list());
  expect(listed.map(({ metadata }) => metadata)).toEqual([{ channel: 'fair' }]);
  const [gone] = await everything(stripe.subscriptions.list({ status: 'canceled' }));
  const id = idOf(gone?.customer);
  expect(await stripe.customers.retrieve(id)).toMatchObject({ id, object: 'customer', deleted: true });
});

it('shows tax, promotion code and schedule on a subscription', async () => {
  const expand = ['data.discounts.promotion_code', 'data.schedule'];
  const [subscription] = (await stripe.subscriptions.list({ expand })).data;
  expect(subscription?.default_tax_rates?.map(({ percentage }) => percentage)).toEqual([19]);
  expect(subscription?.discounts[0]).toMatchObject({ promotion_code: { code: 'FRIEND' } });
  expect(subscription?.schedule).toMatchObject({ status: 'active', phases: [{}, {}] });
  const [invoice] = (await stripe.invoices.list({ subscription: subscription?.id ?? '' })).data;
  // 3 × 12.00 less 10 % is 32.40; of it 32.40 − 32.40 / 1.19 = 5.17 is tax.
  expect(invoice).toMatchObject({ total: 3240, total_excluding_tax: 2723, total_taxes: [{ amount: 517 }] });
});

it('credits a paid invoice with a note and a refund', async () => {
  const [note] = (await stripe.creditNotes.list()).data;
  expect(note).toMatchObject({ type: 'post_payment', status: 'issued', amount: note?.post_payment_amount });
  const refund = await stripe.refunds.retrieve(idOf(note?.refunds[0]?.refund));
  expect(refund.amount).toBe(note?.amount);
  const invoice = await stripe.invoices.retrieve(idOf(note?.invoice));
  expect(invoice.post_payment_credit_notes_amount).toBe(note?.amount);
});

it('gives current exchange rates, and settles yen in dollars at a rate', async () => {
  const { rates } = await stripe.exchangeRates.retrieve('usd');
  expect(Object.keys(rates)).toEqual(['eur', 'gbp', 'jpy', 'kwd']);
  const charges = await everything(stripe.charges.list({ expand: ['data.balance_transaction'] }));
  const yen = charges.find(({ currency }) => currency === 'jpy');
  const line = yen?.balance_transaction as Stripe.BalanceTransaction;
  expect(line.amount).toBe(Math.round((yen?.amount ?? 0) * 100 * (line.exchange_rate ?? 0)));
});

it('tells every change by the event that Stripe sends, with the old values', async () => {
  const events = await everything(stripe.events.list({ limit: 100 }));
  const types = new Set<string>(events.map(({ type }) => type));
  for (const type of [
    'customer.deleted',
    'customer.discount.created',
    'customer.subscription.updated',
    'subscription_schedule.created',
    'credit_note.created',
    'charge.refunded',
    'invoice_payment.paid',
    'refund.created',
  ]) {
    expect(types).toContain(type);
  }
  const change = events.find(
    ({ type, created }) => type === 'customer.subscription.updated' && created === at(10),
  );
  expect(Object.keys(change?.data.previous_attributes ?? {})).toEqual(['items']);
});

it('delivers signed events, twice and in reverse, and shows what a wrong secret does', async () => {
  const bodies: { text: string; header: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const header = String(request.headers['stripe-signature']);
      bodies.push({ text: Buffer.concat(parts).toString('utf8'), header });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const types = ['customer.created', 'customer.deleted'];
  const sent = await sandbox.deliver({ url, secret: 'whsec_a', types, times: 2, order: 'newest_first' });
  server.close();
  expect(sent.map(({ type, status }) => [type, status])).toEqual(
    ['customer.deleted', 'customer.created', 'customer.created'].flatMap((type) => [
      [type, 204],
      [type, 204],
    ]),
  );
  const [first] = bodies;
  const read = (secret: string) =>
    stripe.webhooks.constructEvent(
      first?.text ?? '',
      first?.header ?? '',
      secret,
      300,
      undefined,
      at(20) * 1_000,
    );
  expect(read('whsec_a').type).toBe('customer.deleted');
  expect(() => read('whsec_b')).toThrow(Stripe.errors.StripeSignatureVerificationError);
});
