import { expect, it } from 'vitest';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { cohort, did, measure, period } from './measure.ts';

const march = period('2026-03-01', '2026-04-01');
const marchCarts = cohort('2026-03-01', '2026-04-01', '2026-05-01T00:00:00Z');
const cart = { cartEvent: 'cart', purchaseEvent: 'buy' };
function abandoned(events: ProductEvent[], params = {}, window = marchCarts) {
  return measure('cart_abandonment_rate', { ...cart, ...params }, window, { events });
}
const k1 = { cartId: 'k1' };

it('a cart is abandoned when nobody bought it within 24 hours of its first creation', () => {
  const created = [did('a cart 2026-03-02T10:00:00Z', k1), did('a cart 2026-03-02T20:00:00Z', k1)];
  expect(abandoned([...created, did('a buy 2026-03-03T09:59:59Z', k1)]).value).toBe(0);
  expect(abandoned([...created, did('a buy 2026-03-03T10:00:00Z', k1)])).toMatchObject({
    value: 1,
    denominator: 1,
  });
});

it('counts carts and not people: two carts of one person are two, and whoever signs in keeps the cart', () => {
  const events = [
    did('visitor cart 2026-03-02T10:00:00Z', k1),
    did('a cart 2026-03-05T10:00:00Z', { cartId: 'k2' }),
    did('a buy 2026-03-02T11:00:00Z', k1),
    did('a cart 2026-03-06T10:00:00Z'), // of no known cart
  ];
  expect(abandoned(events)).toMatchObject({ value: 0.5, numerator: 1, denominator: 2 });
});

it('a cart of last month is not of this one because somebody opened it again', () => {
  const events = [did('a cart 2026-02-20T10:00:00Z', k1), did('a cart 2026-03-02T10:00:00Z', k1)];
  expect(abandoned(events)).toMatchObject({ value: null, reason: 'no_mature_cohort' });
});

it('does not call a cart abandoned before its time has run out', () => {
  const events = [did('a cart 2026-03-31T20:00:00Z', { basket: 7 })];
  const params = { cartIdProperty: 'basket', withinHours: 12 };
  const at = (asOf: string) => abandoned(events, params, cohort('2026-03-01', '2026-04-01', asOf));
  expect(at('2026-04-01T07:59:59Z')).toMatchObject({ value: null, beside: { immature: 1 } });
  expect(at('2026-04-01T08:00:00Z').value).toBe(1);
});

it('per session: buying in the next session does not save the first', () => {
  const events = [
    did('a add 2026-03-02T10:00:00Z'),
    did('a buy 2026-03-02T10:20:00Z'), // the same session
    did('b add 2026-03-02T10:00:00Z'),
    did('b buy 2026-03-02T10:30:00Z'), // 30 minutes later: the next
    did('c open 2026-03-02T10:00:00Z'), // nothing in the cart
  ];
  const params = { addToCartEvent: 'add', purchaseEvent: 'buy' };
  const measured = measure('session_cart_abandonment', params, march, { events });
  expect(measured).toEqual({ value: 0.5, numerator: 1, denominator: 2, sampleSize: 2 });
  const slower = { ...params, gapMinutes: 31 };
  expect(measure('session_cart_abandonment', slower, march, { events }).value).toBe(0);
});

it('per session: what is done in between keeps the session alive, unless it is passive', () => {
  const events = ['add', 'look', 'buy'].map((name, step) => did(`a ${name} 2026-03-02T10:${step}9:00Z`));
  const spread = [...events.slice(0, 2), did('a buy 2026-03-02T10:40:00Z')];
  const params = { addToCartEvent: 'add', purchaseEvent: 'buy' };
  expect(measure('session_cart_abandonment', params, march, { events: spread }).value).toBe(0);
  // Without the look, 31 minutes lie between adding (10:09) and buying (10:40).
  const passive = { ...params, passiveEvents: ['look', 'buy'] };
  expect(measure('session_cart_abandonment', passive, march, { events: spread }).value).toBe(1);
  expect(measure('session_cart_abandonment', passive, march, { events }).value).toBe(0); // buying is asked for by name
});

it('per session: it belongs to the day it started on, and none at all has no value', () => {
  const events = [did('a add 2026-03-31T23:50:00Z'), did('a buy 2026-04-01T00:05:00Z')];
  const params = { addToCartEvent: 'add', purchaseEvent: 'buy' };
  expect(measure('session_cart_abandonment', params, march, { events }).value).toBe(0);
  const april = period('2026-04-01', '2026-05-01');
  expect(measure('session_cart_abandonment', params, april, { events })).toMatchObject({
    value: null,
    reason: 'zero_denominator',
  });
});

const stores = [
  { id: 'A', sessions: 1000, orders: 50 },
  { id: 'B', sessions: 100, orders: 1 },
  { id: 'C', sessions: 99, orders: 50 },
];

it('stores: each counts alike, under 100 sessions not at all, unless told otherwise', () => {
  const measured = measure('merchant_conversion', {}, march, { merchants: stores });
  expect(measured).toMatchObject({ denominator: 2, sampleSize: 2, beside: { tooSmall: 1 } });
  expect(measured.value).toBeCloseTo(0.03, 12); // (5% + 1%)/2
  const pooled = measure('merchant_conversion', { aggregation: 'pooled' }, march, { merchants: stores });
  expect(pooled).toMatchObject({ numerator: 51, denominator: 1100 });
});

it('stores: none large enough is too small a sample, and not a conversion of zero', () => {
  const small = { value: null, reason: 'insufficient_sample' };
  expect(measure('merchant_conversion', { minSessions: 2000 }, march, { merchants: stores })).toMatchObject(
    small,
  );
  expect(measure('merchant_conversion', {}, march, { merchants: [] })).toMatchObject(small);
  expect(measure('merchant_conversion', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
});

function view(userId: string, at: string, seconds: number, contentId = 'm1') {
  return { userId, contentId, seconds, at: new Date(at) };
}

it('viewing: two screens of one person at once are one viewing', () => {
  // a: 20:00–21:00 and 20:30–21:15 make 75 minutes; b's hour at the same time is another's: 135 minutes over two.
  const views = [
    view('a', '2026-03-02T20:30:00Z', 2700),
    view('a', '2026-03-02T20:00:00Z', 3600),
    view('a', '2026-03-02T20:10:00Z', 60), // inside the first
    view('b', '2026-03-02T20:00:00Z', 3600),
  ];
  const measured = measure('viewing_minutes_per_viewer', {}, march, { views });
  expect(measured).toEqual({ value: 67.5, numerator: 135, denominator: 2, sampleSize: 2 });
});

it('viewing: a film over midnight belongs to the day it started on, and is not watched twice', () => {
  const views = [view('a', '2026-03-31T23:30:00Z', 3600), view('a', '2026-04-01T00:10:00Z', 3600)];
  const minutes = (startDay: string, endDay: string) =>
    measure('viewing_minutes_per_viewer', {}, period(startDay, endDay), { views }).value;
  expect(minutes('2026-03-01', '2026-04-01')).toBe(60); // until 00:30
  expect(minutes('2026-04-01', '2026-05-01')).toBe(40); // 00:30 to 01:10, after the first has ended
  expect(minutes('2026-03-01', '2026-05-01')).toBe(100);
});

it('viewing: nobody watched is no value, not zero minutes', () => {
  const views = [view('a', '2026-03-02T20:00:00Z', 0)];
  const none = { value: null, reason: 'zero_denominator' };
  expect(measure('viewing_minutes_per_viewer', {}, march, { views })).toMatchObject(none);
  expect(measure('viewing_minutes_per_viewer', {}, march, {})).toEqual({
    value: null,
    reason: 'no_observation',
  });
});

it.each([
  { at: '2026-03-05T00:00:00Z', viewers: 1, why: 'from the moment of the release' },
  { at: '2026-03-04T23:59:59Z', viewers: 0, why: 'not in a preview' },
  { at: '2026-03-11T23:59:59Z', viewers: 1, why: 'until the last second of its days' },
  { at: '2026-03-12T00:00:00Z', viewers: 0, why: 'not exactly seven days later' },
])('a title is new for as long as was agreed: $why', ({ at, viewers }) => {
  const records = {
    views: [view('a', at, 60), view('a', at, 60), view('b', at, 60, 'unknown')],
    content: [{ id: 'm1', releasedAt: new Date('2026-03-05T00:00:00Z') }],
  };
  expect(measure('new_release_viewers', { newForDays: 7 }, march, records)).toEqual({ value: viewers });
});

it('new releases: titles that were never read are not titles that nobody watched', () => {
  const views = [view('a', '2026-03-02T20:00:00Z', 60)];
  expect(measure('new_release_viewers', {}, march, { views })).toEqual({
    value: null,
    reason: 'no_observation',
  });
  expect(measure('new_release_viewers', {}, march, { views, content: [] })).toEqual({ value: 0 });
});
