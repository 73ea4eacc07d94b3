import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { stripeWebhook } from '../../../../connectors/stripe/mirror/webhook.ts';
import { fixture } from '../support/objects.ts';

type Vector = {
  name: string;
  payload: string;
  secret: string;
  header: string;
  nowSeconds: number;
  tolerance: number;
  libraryAccepts: boolean;
  why: string;
};
const { vectors } = fixture<{ vectors: Vector[] }>('webhook_signature_vectors.json');
const apiKey = 'rk_test_51KeptOutOfSight';
const now = new Date('2026-03-10T12:00:00Z');

function read(payload: string, header: string, secret: string, at: Date) {
  const request = { body: Buffer.from(payload), headers: { 'stripe-signature': header } };
  return stripeWebhook.read(request, { apiKey, webhookSecret: secret }, at);
}

function signed(event: Record<string, unknown>, secondsFromNow = 0) {
  const payload = JSON.stringify(event);
  const timestamp = now.getTime() / 1_000 + secondsFromNow;
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_test', timestamp });
  return read(payload, header, 'whsec_test', now);
}

const event = {
  id: 'evt_1',
  object: 'event',
  api_version: '2020-03-02',
  created: 1_773_144_000,
  livemode: false,
  type: 'customer.subscription.updated',
  data: { object: { id: 'sub_1', object: 'subscription' } },
};

describe('signatures', () => {
  // The vectors' bodies are no whole events: one whose signature holds fails later, for its shape.
  it.each(vectors.filter(({ tolerance }) => tolerance === 300))(
    '$name: $why',
    ({ payload, header, secret, nowSeconds, libraryAccepts }) => {
      const ahead = Number(/t=(\d+)/.exec(header)?.[1] ?? 0) > nowSeconds + 300;
      const told = () => read(payload, header, secret, new Date(nowSeconds * 1_000));
      const codes =
        libraryAccepts && !ahead ? /^no_event$/ : /^(wrong_signature|too_old|too_early|no_secret|no_event)$/;
      expect(told).toThrow(
        expect.objectContaining({ code: expect.stringMatching(codes) as string }) as Error,
      );
    },
  );
});

it('names what an event touched, whatever the release it was made in', () => {
  expect(signed(event)).toEqual({
    id: 'evt_1',
    at: new Date(1_773_144_000_000),
    livemode: false,
    touched: [{ kind: 'subscription', id: 'sub_1' }],
  });
});

it('says nothing about events of other things', () => {
  expect(
    signed({ ...event, type: 'payout.paid', data: { object: { id: 'po_1', object: 'payout' } } }),
  ).toBeNull();
});

it.each([
  { why: 'older than five minutes', told: () => signed(event, -301), code: 'too_old' },
  { why: 'more than five minutes ahead', told: () => signed(event, 301), code: 'too_early' },
  {
    why: 'of the live mode, for a test key',
    told: () => signed({ ...event, livemode: true }),
    code: 'mixed_livemode',
  },
  {
    why: 'thin',
    told: () => signed({ id: 'evt_2', object: 'v2.core.event', type: 'v1.billing.meter.error' }),
    code: 'no_event',
  },
  {
    why: 'without a secret to prove it',
    told: () => read(JSON.stringify(event), 't=1,v1=0', '', now),
    code: 'no_secret',
  },
])('refuses an event that is $why', ({ told, code }) => {
  expect(told).toThrow(expect.objectContaining({ code }) as Error);
});
