import fc from 'fast-check';
import type { Stripe } from 'stripe';
import { beforeAll, expect, it } from 'vitest';
import { type Life, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { anyLife, LIVES_ANCHOR_DAY, lifeStartAt, play } from './lives-support.ts';
import { type Answered, complaintsAbout } from './stripe-declarations.ts';
import { clientOf, everything, openSandbox, temporaryStatePath } from './support.ts';

const DAY_SECONDS = 86_400;
const NOW_DAY = 200;

type Read = (stripe: Stripe) => AsyncIterable<object> | Promise<object>;
const limit = 100;

/** What is asked for, by the name of its type: as it is, and with what can be expanded. */
const reads: [type: string, ...Read[]][] = [
  ['Account', (stripe) => stripe.accounts.retrieveCurrent()],
  ['BalanceTransaction', (stripe) => stripe.balanceTransactions.list({ limit, expand: ['data.source'] })],
  [
    'Charge',
    (stripe) => stripe.charges.list({ limit, expand: ['data.refunds', 'data.balance_transaction'] }),
  ],
  [
    'Coupon',
    (stripe) => stripe.coupons.list({ limit, expand: ['data.applies_to', 'data.currency_options'] }),
  ],
  ['CreditNote', (stripe) => stripe.creditNotes.list({ limit, expand: ['data.invoice'] })],
  [
    'Customer',
    (stripe) =>
      stripe.customers.list({ limit, expand: ['data.discount.source.coupon', 'data.subscriptions'] }),
    (stripe) => stripe.customers.list({ limit }),
  ],
  ['Dispute', (stripe) => stripe.disputes.list({ limit, expand: ['data.charge'] })],
  ['Event', (stripe) => stripe.events.list({ limit })],
  ['ExchangeRate', (stripe) => stripe.exchangeRates.list({ limit })],
  [
    'Invoice',
    (stripe) => stripe.invoices.list({ limit }),
    (stripe) =>
      stripe.invoices.list({
        limit,
        expand: ['data.payments', 'data.discounts.source.coupon', 'data.customer'],
      }),
  ],
  ['InvoicePayment', (stripe) => stripe.invoicePayments.list({ limit })],
  [
    'Price',
    (stripe) =>
      stripe.prices.list({ limit, expand: ['data.tiers', 'data.currency_options', 'data.product'] }),
  ],
  ['Product', (stripe) => stripe.products.list({ limit })],
  ['PromotionCode', (stripe) => stripe.promotionCodes.list({ limit, expand: ['data.promotion.coupon'] })],
  ['Refund', (stripe) => stripe.refunds.list({ limit, expand: ['data.charge', 'data.balance_transaction'] })],
  [
    'Subscription',
    (stripe) => stripe.subscriptions.list({ limit, status: 'all' }),
    (stripe) =>
      stripe.subscriptions.list({
        limit,
        status: 'all',
        expand: [
          'data.discounts.source.coupon',
          'data.items.data.discounts',
          'data.latest_invoice',
          'data.schedule',
        ],
      }),
  ],
  ['SubscriptionSchedule', (stripe) => stripe.subscriptionSchedules.list({ limit })],
  ['TaxRate', (stripe) => stripe.taxRates.list({ limit })],
  ['TestHelpers.TestClock', (stripe) => stripe.testHelpers.testClocks.list({ limit })],
];

/** Whose fields are checked with what they lie in. */
const inside: [type: string, owner: string, members: (owner: never) => unknown[]][] = [
  ['SubscriptionItem', 'Subscription', ({ items }: Stripe.Subscription) => items.data],
  ['Plan', 'Subscription', ({ items }: Stripe.Subscription) => items.data.map(({ plan }) => plan)],
  [
    'Discount',
    'Subscription',
    ({ discounts }: Stripe.Subscription) => discounts.filter((one) => typeof one !== 'string'),
  ],
  ['InvoiceLineItem', 'Invoice', ({ lines }: Stripe.Invoice) => lines.data],
  ['CreditNoteLineItem', 'CreditNote', ({ lines }: Stripe.CreditNote) => lines.data],
];

const answers: Answered[] = [];
let complaints: Map<string, string[]>;

beforeAll(async () => {
  for (const sandbox of await sandboxes()) {
    answers.push(...(await everyAnswer(clientOf(sandbox, sandbox.apiKey, 60_000))));
    await sandbox.close();
  }
  complaints = await complaintsAbout(answers);
}, 240_000);

/** Acme; and customers to whom anything happens, with what Acme's customers never do. */
async function sandboxes(): Promise<Sandbox[]> {
  let passedMs = 0;
  const history = play([...rare, ...fc.sample(anyLife, { numRuns: 60, seed: 5 })]);
  const lives = await startSandbox({
    statePath: temporaryStatePath(),
    port: 0,
    now: () => new Date((lifeStartAt + NOW_DAY * DAY_SECONDS) * 1_000),
    monotonicMs: () => (passedMs += 1_000),
    initial: { anchorDay: LIVES_ANCHOR_DAY },
    billing: () => history,
  });
  return [await openSandbox(), lives];
}

const at = (day: number) => lifeStartAt + day * DAY_SECONDS;
const life = (steps: Life['steps'], more: Partial<Life> = {}): Life => ({
  at: at(150),
  currency: 'usd',
  ...more,
  steps: [
    {
      at: at(151),
      do: 'subscribe',
      items: [
        {
          price: 'life_seats_month_usd',
          quantity: 3,
          coupon: 'LIFE_SEATS_ONLY',
          taxRates: ['txr_life_sales'],
        },
        { price: 'life_metered_month_usd', quantity: 0 },
        { price: 'life_fraction_month_usd', quantity: 7 },
        { price: 'life_graduated_month_usd', quantity: 7 },
      ],
      promotionCode: 'promo_life_friend',
      taxRates: ['txr_life_vat_inclusive'],
    },
    ...steps,
  ],
});

const rare: Life[] = [
  life([{ at: at(155), do: 'credit_note', share: 0.5 }], { coupon: 'LIFE_TEN', testClock: true }),
  life([
    { at: at(160), do: 'credit_note', share: 0.5 },
    { at: at(161), do: 'charge', amountMinor: 900 },
    { at: at(161), do: 'customer_discount', coupon: 'LIFE_TEN' },
    { at: at(162), do: 'dispute', outcome: 'won', days: 9 },
    { at: at(175), do: 'customer_discount', coupon: 'LIFE_THREE_MONTHS' },
  ]),
  life([
    { at: at(160), do: 'pause', behavior: 'keep_as_draft' },
    { at: at(190), do: 'dispute', outcome: 'inquiry', days: 20 },
  ]),
  life([{ at: at(160), do: 'pause', behavior: 'mark_uncollectible', days: 30 }]),
  life([
    { at: at(155), do: 'card_fails', recoversAtRetry: null, ends: 'canceled' },
    { at: at(156), do: 'refund', share: 0.5, failsAfterDays: 6 },
  ]),
  life([
    { at: at(199), do: 'subscribe', items: [{ price: 'life_base_year_usd', quantity: 1 }], payment: 'fails' },
  ]),
  life([{ at: at(190), do: 'delete_customer' }]),
  life([
    { at: at(152), do: 'subscribe', items: [{ price: 'life_seats_month_usd', quantity: 2 }] },
    { at: at(160), do: 'schedule', phases: [{ items: [{ price: 'life_base_month_usd', quantity: 1 }] }] },
  ]),
  life([
    { at: at(160), do: 'subscribe', items: [{ price: 'life_seats_month_usd', quantity: 2 }] },
    { at: at(195), do: 'schedule', phases: [{ items: [{ price: 'life_base_month_usd', quantity: 1 }] }] },
  ]),
];

async function everyAnswer(stripe: Stripe): Promise<Answered[]> {
  const found: Answered[] = [];
  for (const [type, ...ways] of reads) {
    for (const read of ways) {
      const answer = read(stripe);
      const values = Symbol.asyncIterator in answer ? await everything(answer) : [await answer];
      for (const value of values) found.push(...withMembers({ type, value }));
    }
  }
  const gone = found.flatMap(({ value }) => deletedCustomerOf(value));
  for (const id of gone) {
    found.push({ type: 'DeletedCustomer', value: await stripe.customers.retrieve(id) });
  }
  return found;
}

function withMembers(answer: Answered): Answered[] {
  const members = inside
    .filter(([, owner]) => owner === answer.type)
    // The functions above are for what is listed under that very name.
    .flatMap(([type, , membersOf]) =>
      membersOf(answer.value as never).map((value) => ({ type, value: value as object })),
    );
  return [answer, ...members];
}

function deletedCustomerOf(value: object): string[] {
  const event = value as Partial<Stripe.Event>; // anything else has no such type
  return event.type === 'customer.deleted' && event.data !== undefined ? [event.data.object.id] : [];
}

const types = [...reads.map(([type]) => type), ...inside.map(([type]) => type), 'DeletedCustomer'];

it.each(types)('answers with a %s just as the official client declares it', (type) => {
  expect(answers.filter((answer) => answer.type === type).length).toBeGreaterThan(0);
  expect(complaints.get(type) ?? []).toEqual([]);
});

it('notices what is missing, unknown, null, of another type or no word of its list', async () => {
  const good = answers.find(({ type }) => type === 'TaxRate')?.value ?? {};
  const { country: _country, ...less } = good as Stripe.TaxRate;
  const spoiled = [
    less,
    { ...good, surplus: 1 },
    { ...good, created: null },
    { ...good, percentage: '19' },
    { ...good, tax_type: 'toll' },
    good,
  ];
  const found = await complaintsAbout(spoiled.map((value) => ({ type: 'TaxRate', value })));
  expect(found.get('TaxRate')).toEqual([
    expect.stringContaining("'country' is missing"),
    expect.stringContaining('surplus'),
    expect.stringContaining("'null' is not assignable to type 'number'"),
    expect.stringContaining("'string' is not assignable to type 'number'"),
    expect.stringContaining('toll'),
  ]);
});

it('has nothing else to complain of', () => {
  expect([...complaints.keys()].filter((type) => !types.includes(type))).toEqual([]);
});
