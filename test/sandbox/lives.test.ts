import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fact, Life } from '../../sandbox/index.ts';
import { movements, mrrAt, toNumber } from '../../sandbox/truth.ts';
import { anyLife, LIVES_ANCHOR_DAY, lifeStartAt, play } from './lives-support.ts';

type Invoice = Extract<Fact, { kind: 'invoice_created' }>;
const DAY = 86_400;
const invoicesOf = (facts: readonly Fact[]) =>
  facts.filter((fact): fact is Invoice => fact.kind === 'invoice_created');
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

const seats = (quantity: number, more: Partial<Life> = {}, steps: Life['steps'] = []): Life => ({
  at: lifeStartAt,
  currency: 'usd',
  ...more,
  steps: [
    { at: lifeStartAt, do: 'subscribe', items: [{ price: 'life_seats_month_usd', quantity }] },
    ...steps,
  ],
});

it('adds up every invoice of any life: lines less discounts plus tax on top is the total', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      for (const { lines, discounts, totalMinor } of invoicesOf(play([life]).facts)) {
        const off = sum(discounts.map(({ amountMinor }) => amountMinor));
        const onTop = lines.flatMap(({ taxes = [] }) => taxes.filter(({ inclusive }) => !inclusive));
        const onLines = lines.flatMap((line) => line.discounts ?? []);
        expect(sum(onLines.map(({ amountMinor }) => amountMinor))).toBe(off);
        const total = sum(lines.map(({ amountMinor }) => amountMinor)) - off;
        expect(total + sum(onTop.map(({ amountMinor }) => amountMinor))).toBe(totalMinor);
      }
    }),
    { numRuns: 60 },
  );
});

it('bills no period of an item twice, whatever happens', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const billed = new Set<string>();
      for (const { lines } of invoicesOf(play([life]).facts)) {
        for (const { itemId, periodStart, priceId, proration } of lines) {
          if (proration) continue;
          const key = `${itemId} ${priceId} ${periodStart}`;
          expect(billed.has(key)).toBe(false);
          billed.add(key);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('tells the same story however far it is played', () => {
  fc.assert(
    fc.property(anyLife, fc.integer({ min: 1, max: 300 }), (life, days) => {
      const short = play([life], days).facts;
      expect(play([life], 400).facts.slice(0, short.length)).toEqual(short);
    }),
    { numRuns: 30 },
  );
});

it('closes every day with what it opened with and what moved', () => {
  fc.assert(
    fc.property(fc.array(anyLife, { maxLength: 3 }), (lives) => {
      const billing = play(lives);
      const now = new Date((lifeStartAt + 399 * DAY) * 1_000);
      const moved = movements(billing, { timeZone: 'UTC', now });
      for (const currency of ['usd', 'eur', 'jpy', 'kwd']) {
        const mine = moved.filter((one) => one.currency === currency);
        const net = sum(mine.map(({ before, after }) => toNumber(after) - toNumber(before)));
        const close = new Date((lifeStartAt + 400 * DAY - 1) * 1_000);
        expect(net).toBeCloseTo(toNumber(mrrAt(billing, close, currency)), 4);
      }
    }),
    { numRuns: 20 },
  );
});

it('prorates a change with the old price and quantity given back and the new ones asked for', () => {
  // January has 31 days; from the 11th, 21 are left. 2 seats at 12.00: 2400 × 21/31 = 1625.8; 5 seats: 6000 × 21/31 = 4064.5.
  const life = seats(2, {}, [
    { at: lifeStartAt + 10 * DAY, do: 'change_item', item: 0, quantity: 5, proration: 'create_prorations' },
  ]);
  const [, february] = invoicesOf(play([life], 32).facts);
  expect(
    february?.lines.map(({ amountMinor, quantity, proration }) => [amountMinor, quantity, proration]),
  ).toEqual([
    [-1626, 2, true],
    [4065, 5, true],
    [6000, 5, false],
  ]);
});

it('keeps credit on the balance and pays the next invoice with it', () => {
  // 10 seats paid for January: 12000. On the 11th down to 1: 120.00 × 21/31 = 8129 back, 12.00 × 21/31 = 813 kept.
  const life = seats(10, {}, [
    { at: lifeStartAt + 10 * DAY, do: 'change_item', item: 0, quantity: 1, proration: 'always_invoice' },
  ]);
  const finalized = play([life], 40).facts.flatMap((fact) =>
    fact.kind === 'invoice_finalized' ? [fact.balance] : [],
  );
  expect(finalized).toEqual([
    { startingMinor: 0, endingMinor: 0 },
    { startingMinor: 0, endingMinor: -7316 },
    { startingMinor: -7316, endingMinor: -6116 },
  ]);
});

it('takes tax that the price includes out of MRR, after the discount', () => {
  // 3 seats at 12.00 less 10 % = 32.40; without 19 %: 32.40 / 1.19 = 27.2269.
  const life: Life = {
    at: lifeStartAt,
    currency: 'usd',
    coupon: 'LIFE_TEN',
    steps: [
      {
        at: lifeStartAt,
        do: 'subscribe',
        items: [{ price: 'life_seats_month_usd', quantity: 3 }],
        taxRates: ['txr_life_vat_inclusive'],
      },
    ],
  };
  const mrr = mrrAt(play([life]), new Date((lifeStartAt + DAY) * 1_000), 'usd');
  expect(toNumber(mrr)).toBeCloseTo(3240 / 1.19, 8);
});

it('names each movement of a customer who comes, grows, leaves and returns', () => {
  const at = (day: number) => lifeStartAt + day * DAY + 3_600;
  const life = seats(2, {}, [
    { at: at(5), do: 'change_item', item: 0, quantity: 4, proration: 'none' },
    { at: at(9), do: 'change_item', item: 0, quantity: 1, proration: 'none' },
    { at: at(12), do: 'cancel', when: 'now' },
    { at: at(20), do: 'subscribe', items: [{ price: 'life_base_month_usd', quantity: 1 }] },
  ]);
  const now = new Date((lifeStartAt + 25 * DAY) * 1_000);
  const told = movements(play([life]), { timeZone: 'UTC', now }).map(({ day, kind, before, after }) => [
    day,
    kind,
    toNumber(before),
    toNumber(after),
  ]);
  expect(told).toEqual([
    [LIVES_ANCHOR_DAY, 'new', 0, 2400],
    ['2025-01-06', 'expansion', 2400, 4800],
    ['2025-01-10', 'contraction', 4800, 1200],
    ['2025-01-13', 'churn', 1200, 0],
    ['2025-01-21', 'reactivation', 0, 2000],
  ]);
});

it('lets the customer’s discount count from the moment the subscription’s own is over, not from the renewal that drops it', () => {
  // 10 seats a quarter: 330.00, which is 110.00 a month. Ten per cent of the customer's: 99.00. The subscription's own
  // 30 % for three months began with its trial and is over while the first quarter runs: 77.00 until then.
  const life: Life = {
    at: lifeStartAt,
    currency: 'usd',
    coupon: 'LIFE_TEN',
    steps: [
      {
        at: lifeStartAt,
        do: 'subscribe',
        items: [{ price: 'life_seats_quarter_usd', quantity: 10 }],
        coupon: 'LIFE_THREE_MONTHS',
        trialDays: 14,
      },
    ],
  };
  const now = new Date((lifeStartAt + 120 * DAY) * 1_000);
  const told = movements(play([life]), { timeZone: 'UTC', now });
  expect(told.map(({ day, after }) => [day, toNumber(after)])).toEqual([
    ['2025-01-15', 7_700],
    ['2025-04-01', 9_900],
  ]);
});
