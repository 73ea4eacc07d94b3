import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { expect, it } from 'vitest';
import { type Life, type Sandbox, type StripeSettings, startSandbox } from '../../sandbox/index.ts';
import { LIVES_ANCHOR_DAY, lifeStartAt, play } from './lives-support.ts';
import { clientOf, everything, refusal, temporaryStatePath } from './support.ts';

const DAY_SECONDS = 86_400;
const at = (day: number) => lifeStartAt + day * DAY_SECONDS;
const nowAt = at(12);

/** One customer with three seats for 12 dollars each, five from the tenth day on, a tenth off. */
const life: Life = {
  at: at(0),
  currency: 'usd',
  coupon: 'LIFE_TEN',
  steps: [
    {
      at: at(1),
      do: 'subscribe',
      items: [{ price: 'life_seats_month_usd', quantity: 3 }],
      coupon: 'LIFE_THREE_MONTHS',
    },
    { at: at(10), do: 'change_item', item: 0, quantity: 5, proration: 'always_invoice' },
    { at: at(11), do: 'customer_discount', coupon: 'LIFE_TWELVE_AND_A_HALF' },
  ],
};

type Clock = { passedMs: number };

function sandboxWith(stripe: StripeSettings, clock: Clock = { passedMs: 0 }): Promise<Sandbox> {
  const history = play([life]);
  return startSandbox({
    statePath: temporaryStatePath(),
    port: 0,
    now: () => new Date(nowAt * 1_000),
    monotonicMs: () => clock.passedMs,
    initial: { anchorDay: LIVES_ANCHOR_DAY, stripe },
    billing: () => history,
  });
}

it('answers as many requests a second as the account is allowed, and refuses the next', async () => {
  const clock = { passedMs: 0 };
  const sandbox = await sandboxWith({ requestsPerSecond: 3 }, clock);
  const { customers } = clientOf(sandbox);
  for (let request = 0; request < 3; request += 1) await customers.list();
  expect(await refusal(customers.list())).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
  clock.passedMs += 334; // a third of a second, and a little
  await customers.list();
  expect(await refusal(customers.list())).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
  await sandbox.close();
});

type Old = { type: string; api_version: string; data: { object: Record<string, unknown> } };

it('tells events as an account of 2020 is told them, and everything else as of now', async () => {
  const sandbox = await sandboxWith({ requestsPerSecond: 1_000, eventsApiVersion: '2020-03-02' });
  const stripe = clientOf(sandbox);
  // What the client's types say of an event holds for its own version only.
  const events = (await everything(stripe.events.list({ limit: 100 }))) as unknown as Old[];
  expect(new Set(events.map(({ api_version: version }) => version))).toEqual(new Set(['2020-03-02']));
  const newest = (type: string) => events.find((event) => event.type === type)?.data.object ?? {};

  // The months start on the second of January, when the subscription began; five seats are paid for since the eleventh.
  const subscription = newest('customer.subscription.updated');
  expect(subscription).toMatchObject({
    current_period_start: Date.parse('2025-01-02T00:00:00Z') / 1_000,
    current_period_end: Date.parse('2025-02-02T00:00:00Z') / 1_000,
    quantity: 5,
    plan: { object: 'plan', amount: 1_200, interval: 'month' },
    discount: { object: 'discount' },
  });
  expect(subscription).not.toHaveProperty('discounts');

  const invoice = newest('invoice.paid');
  expect(invoice).toMatchObject({ subscription: subscription['id'], paid: true });
  expect(invoice).not.toHaveProperty('parent');
  const [line] = (invoice['lines'] as { data: object[] }).data;
  expect(line).toMatchObject({ proration: true, type: 'invoiceitem' });
  expect(newest('customer.discount.updated')).toMatchObject({
    coupon: { id: 'LIFE_TWELVE_AND_A_HALF', object: 'coupon' },
  });

  const [now] = (await stripe.subscriptions.list()).data;
  expect(now).not.toHaveProperty('current_period_end');
  expect(now?.discounts).toHaveLength(1);
  await sandbox.close();
});

it('tells that a customer went from one coupon to another by one event, with the coupon of before', async () => {
  const sandbox = await sandboxWith({ requestsPerSecond: 1_000 });
  const events = await everything(
    clientOf(sandbox).events.list({ limit: 100, types: ['customer.discount.*'], created: { gte: at(11) } }),
  );
  expect(events.map(({ type }) => type)).toEqual(['customer.discount.updated']);
  expect(events[0]?.data.object).toMatchObject({ source: { coupon: 'LIFE_TWELVE_AND_A_HALF' } });
  expect(events[0]?.data.previous_attributes).toMatchObject({
    source: { coupon: 'LIFE_TEN', type: 'coupon' },
    start: at(0),
  });
  await sandbox.close();
});

type Got = { body: string; header: string };

async function endpoint(): Promise<{ url: string; got: Got[]; close: () => void }> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const header = String(request.headers['stripe-signature']);
      got.push({ body: Buffer.concat(parts).toString('utf8'), header });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, got, close: () => void server.close() };
}

it('delivers with a time that is too old to be believed, though the signature is right', async () => {
  const sandbox = await sandboxWith({});
  const { url, got, close } = await endpoint();
  const secret = 'whsec_settings';
  const types = ['customer.created'];
  await sandbox.deliver({ url, secret, types, signedAt: new Date((nowAt - 3_600) * 1_000) });
  close();
  const [{ body, header } = { body: '', header: '' }] = got;
  const read = (tolerance: number) =>
    clientOf(sandbox).webhooks.constructEvent(body, header, secret, tolerance, undefined, nowAt * 1_000);
  expect(() => read(300)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  expect(read(3_601).type).toBe('customer.created');
  await sandbox.close();
});

it('delivers every event as often as asked, the newest first when asked, and none from before a moment', async () => {
  const sandbox = await sandboxWith({ requestsPerSecond: 1_000 });
  const { url, got, close } = await endpoint();
  const since = new Date(at(9) * 1_000);
  const sent = await sandbox.deliver({ url, secret: 'whsec_a', since, times: 2, order: 'newest_first' });
  close();
  const listed = await everything(
    clientOf(sandbox).events.list({ limit: 100, created: { gt: since.getTime() / 1_000 } }),
  );
  expect(listed.length).toBeGreaterThan(3);
  const twice = listed.flatMap(({ id }) => [id, id]); // lists are newest first
  expect(sent.map(({ eventId }) => eventId)).toEqual(twice);
  expect(got.map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual(twice);
  await sandbox.close();
});
