import type { Stripe } from 'stripe';
import { afterEach, describe, expect, it } from 'vitest';
import { subscriptionSchema } from '../../../../connectors/stripe/mirror/customer-schema.ts';
import { eventSchema, touchedBy } from '../../../../connectors/stripe/mirror/event-schema.ts';
import { subscriptionRecord } from '../../../../connectors/stripe/mirror/map-customer.ts';
import { at, item, price, subscription } from '../support/objects.ts';
import { event, type Fake, refusal, startFake, stored } from './fake.ts';
import { emptyLedger, readOn } from './support.ts';

const started: Fake[] = [];
afterEach(async () => {
  for (const { server } of started.splice(0)) await server.close();
});

type Phase = Stripe.SubscriptionSchedule.Phase;

function phase(
  start: string,
  end: string,
  items: Pick<Phase['items'][number], 'price' | 'quantity'>[],
): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency: 'usd',
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: at(end),
    invoice_settings: null,
    items: items.map((each) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: {},
      plan: typeof each.price === 'string' ? each.price : each.price.id,
      tax_rates: [],
      ...each,
    })),
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'none',
    start_date: at(start),
    transfer_data: null,
    trial_end: null,
  };
}

/** As the official types say it, so that a field that moves is noticed when the client is. */
const schedule: Stripe.SubscriptionSchedule = {
  id: 'sub_sched_1',
  object: 'subscription_schedule',
  application: null,
  billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
  canceled_at: null,
  completed_at: null,
  created: at('2026-02-10T09:00:00Z'),
  current_phase: { start_date: at('2026-04-01T00:00:00Z'), end_date: at('2027-01-01T00:00:00Z') },
  customer: 'cus_sub_1',
  customer_account: null,
  default_settings: {
    application_fee_percent: null,
    billing_cycle_anchor: 'automatic',
    billing_thresholds: null,
    collection_method: 'charge_automatically',
    default_payment_method: null,
    description: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      days_until_due: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    on_behalf_of: null,
    transfer_data: null,
  },
  end_behavior: 'release',
  livemode: false,
  metadata: {},
  pause_schedules: [],
  phases: [
    phase('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', [{ price: 'price_old', quantity: 1 }]),
    phase('2026-01-01T00:00:00Z', '2026-04-01T00:00:00Z', [{ price: 'price_pro', quantity: 7 }]),
    phase('2026-04-01T00:00:00Z', '2027-01-01T00:00:00Z', [
      { price: 'price_pro', quantity: 5 },
      { price: 'price_calls' },
    ]),
  ],
  released_at: null,
  released_subscription: null,
  status: 'active',
  subscription: 'sub_1',
  test_clock: null,
};

const now = new Date('2026-07-01T00:00:00Z');
const pro = stored(price('price_pro', 4_900));
const scheduled = (more: unknown) =>
  stored(subscription('sub_1', [item('si_1', pro, 5)], { schedule: more }));
const recordOf = (more: unknown) => subscriptionRecord(subscriptionSchema.parse(scheduled(more)), now).data;

describe('the phases of a schedule', () => {
  it('are kept from when the schedule was made, with quantities where there are any', () => {
    expect(recordOf(schedule).phases).toEqual([
      {
        // Its period began on 1 January, but what it was before the schedule was made nobody wrote down.
        startAt: new Date('2026-02-10T09:00:00Z'),
        endAt: new Date('2026-04-01T00:00:00Z'),
        items: [{ priceId: 'price_pro', quantity: 7 }],
      },
      {
        startAt: new Date('2026-04-01T00:00:00Z'),
        endAt: new Date('2027-01-01T00:00:00Z'),
        items: [
          { priceId: 'price_pro', quantity: 5 },
          { priceId: 'price_calls', quantity: null },
        ],
      },
    ]);
  });

  it.each([
    ['there is no schedule', null],
    ['only its id is told', 'sub_sched_1'],
  ])('are absent where %s', (_why, told) => {
    expect(recordOf(told)).not.toHaveProperty('phases');
  });
});

describe('an event of a schedule', () => {
  const touched = (type: string, object: unknown) =>
    touchedBy(eventSchema.parse(event('evt_1', '2026-04-01T00:00:00Z', type, object)));

  it.each([
    ['has the subscription that it belongs to read again', 'subscription_schedule.updated', {}],
    [
      'has the one read again that it let go',
      'subscription_schedule.released',
      { status: 'released', subscription: null, released_subscription: 'sub_1' },
    ],
  ])('%s', (_promise, type, more) => {
    expect(touched(type, { ...schedule, ...more })).toEqual({ kind: 'subscription', id: 'sub_1' });
  });

  it('says nothing where no subscription has begun, or the end is only announced', () => {
    const waiting = { ...schedule, status: 'not_started', subscription: null };
    expect(touched('subscription_schedule.created', waiting)).toBeNull();
    expect(touched('subscription_schedule.expiring', schedule)).toBeNull();
  });
});

it('keeps the subscriptions where the key may not read their schedules, and says what is missing', async () => {
  const fake = await startFake({ prices: [pro], customers: [], subscriptions: [] });
  started.push(fake);
  fake.server.answer('/v1/subscriptions', (query) =>
    [...query.values()].includes('data.schedule')
      ? refusal('rak_subscription_schedule_read')
      : { body: { object: 'list', data: [scheduled('sub_sched_1')], has_more: false } },
  );
  const ledger = emptyLedger();
  const last = await readOn(ledger, fake.place('2026-07-01T00:00:00Z'), { kinds: ['subscription'] });
  expect(last?.gaps).toEqual([]);
  expect(last?.note).toContain('subscriptions without their schedules, which the key may not read');
  expect(ledger.records.get('subscription:sub_1')?.data).not.toHaveProperty('phases');
});

it('asks for the schedules with the subscriptions, in the list and by id', async () => {
  const data = { prices: [pro], customers: [], subscriptions: [scheduled(schedule)] };
  const fake = await startFake(data);
  started.push(fake);
  const ledger = emptyLedger();
  await readOn(ledger, fake.place('2026-07-01T00:00:00Z'), { kinds: ['subscription'] });
  fake.events.push(event('evt_2', '2026-07-01T00:20:00Z', 'subscription_schedule.updated', schedule));
  ledger.requests.length = 0;
  await readOn(ledger, fake.place('2026-07-01T01:00:00Z'), { kinds: ['subscription'] });
  const asked = ledger.requests.filter((path) => path.startsWith('/v1/subscriptions'));
  expect(asked).toHaveLength(2);
  expect(asked.find((path) => path.startsWith('/v1/subscriptions?'))).toMatch(/expand\[\d\]=data\.schedule/);
  expect(asked.find((path) => path.startsWith('/v1/subscriptions/sub_1?'))).toMatch(/expand\[\d\]=schedule/);
});
