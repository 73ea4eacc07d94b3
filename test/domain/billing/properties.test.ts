import fc from 'fast-check';
import { Fraction } from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { aliveDays, dayFinder, isAlive } from '../../../src/domain/billing/alive.ts';
import { rateInto } from '../../../src/domain/billing/currency.ts';
import { sum } from '../../../src/domain/billing/exact.ts';
import { type Ledger, ledgerOf, movementKinds, totalOf } from '../../../src/domain/billing/movements.ts';
import type { FxRates, Segment, Subscription } from '../../../src/domain/billing/records.ts';
import { timelinesOf } from '../../../src/domain/billing/timeline.ts';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import { addDays, dayEnd, dayStart, eachDay } from '../../../src/domain/day.ts';
import { compute, discount, period, stretch } from './support/billing.ts';

// Three weeks around something odd: a skipped day, half an hour, one hour, midnight read twice, and nothing at all.
const places = [
  { timeZone: 'Pacific/Apia', firstDay: '2011-12-20' },
  { timeZone: 'Australia/Lord_Howe', firstDay: '2026-03-25' },
  { timeZone: 'America/New_York', firstDay: '2026-03-01' },
  { timeZone: 'America/St_Johns', firstDay: '2010-11-01' },
  { timeZone: 'Asia/Shanghai', firstDay: '2026-03-01' },
];
const length = 21;

type Place = (typeof places)[number];
type Case = Place & { subscriptions: Subscription[]; fx: FxRates };

/** Instants that like to fall on a local midnight, or just beside it. */
function instantIn({ timeZone, firstDay }: Place) {
  const offsetMs = fc.oneof(fc.constantFrom(0, -1, 1), fc.integer({ min: 0, max: 86_400_000 }));
  return fc
    .tuple(fc.integer({ min: -5, max: length + 5 }), offsetMs)
    .map(([days, ms]) => new Date(dayStart(addDays(firstDay, days), timeZone).getTime() + ms));
}

/** One subscription: segments that follow on one another, some without MRR, some discounted for a while. */
function subscriptionIn(place: Place): fc.Arbitrary<Subscription> {
  const turns = fc.array(instantIn(place), { minLength: 2, maxLength: 6 });
  const plans = fc.array(
    fc.record({
      amount: fc.integer({ min: 0, max: 3 }).map((steps) => steps * 1_200),
      status: fc.constantFrom<Segment['status']>('active', 'active', 'past_due', 'trialing', 'paused'),
      percentOff: fc.constantFrom(null, null, 25, 100),
      from: instantIn(place),
      until: fc.option(instantIn(place)),
    }),
    { minLength: 6, maxLength: 6 },
  );
  const who = fc.constantFrom('ann', 'bob', 'cy');
  return fc
    .tuple(who, fc.constantFrom('USD', 'EUR', 'JPY'), turns, plans, fc.boolean(), fc.nat())
    .map(([customerId, currency, instants, choices, isOpen, number]) => {
      const sorted = instants.toSorted((a, b) => a.getTime() - b.getTime());
      const segments = choices.slice(0, sorted.length - 1).map((plan, index) => {
        const toAt = isOpen && index === sorted.length - 2 ? null : (sorted[index + 1] ?? null);
        const off = { percentOff: plan.percentOff, startAt: plan.from, endAt: plan.until };
        const discounts = plan.percentOff === null ? [] : [discount({ ...off, duration: 'repeating' })];
        const fromAt = sorted[index] ?? new Date(0);
        return { ...stretch('2000-01-01', null, plan.amount), fromAt, toAt, status: plan.status, discounts };
      });
      return { id: `s${number}`, customerId, currency, segments };
    });
}

function ratesIn(place: Place): fc.Arbitrary<FxRates> {
  const dated = fc
    .uniqueArray(fc.integer({ min: 0, max: length }), { maxLength: 6 })
    .chain((days) =>
      fc.tuple(...days.map((day) => fc.integer({ min: 1, max: 30_000 }).map((rate) => ({ day, rate })))),
    )
    .map((rates) => [
      { fromDay: '2000-01-01', rate: 1.0937 },
      ...rates.map(({ day, rate }) => ({ fromDay: addDays(place.firstDay, day), rate: rate / 10_000 })),
    ]);
  return fc.oneof(
    fc.record({ EUR: dated, JPY: dated }).map((rates) => ({ mode: 'daily' as const, rates })),
    fc.constant({ mode: 'constant' as const, rates: { EUR: 1.1, JPY: 0.0065 } }),
  );
}

const cases: fc.Arbitrary<Case> = fc.constantFrom(...places).chain((place) =>
  fc.record({
    timeZone: fc.constant(place.timeZone),
    firstDay: fc.constant(place.firstDay),
    subscriptions: fc.array(subscriptionIn(place), { maxLength: 5 }),
    fx: ratesIn(place),
  }),
);

function ledgersOf({ subscriptions, timeZone, fx }: Case, startDay: string, endDay: string): Ledger[] {
  const rate = rateInto('USD', fx);
  const ledgers = timelinesOf(subscriptions, timeZone, 'recurring').map((timeline) =>
    ledgerOf(timeline, { startDay, endDay }, rate),
  );
  return ledgers.map((ledger) => ledger ?? expect.fail('every rate is known here'));
}

const totals = (ledgers: Ledger[]) =>
  Object.fromEntries([...movementKinds, 'fx' as const].map((kind) => [kind, totalOf(ledgers, kind)]));

/**
 * Oracle: the definition, read day by day and with no memory of changes. A segment is alive at the close of a day when
 * `from < cut` and (`to` is open or `to >= cut`), with the cut at the next midnight; the same for its discounts. Amounts
 * are whole, because 1,200 less 25 % is.
 */
function closesByDefinition(
  subscriptions: Subscription[],
  customerId: string,
  day: string,
  timeZone: string,
) {
  const cut = dayEnd(day, timeZone);
  const alive = (from: Date | null, to: Date | null) =>
    from !== null && from < cut && (to === null || to >= cut);
  const native: Record<string, number> = {};
  for (const { currency, segments } of subscriptions.filter((one) => one.customerId === customerId)) {
    for (const { fromAt, toAt, status, items, discounts } of segments) {
      if (!alive(fromAt, toAt) || (status !== 'active' && status !== 'past_due')) continue;
      const off = discounts.find(({ startAt, endAt }) => alive(startAt, endAt))?.percentOff ?? 0;
      native[currency] = (native[currency] ?? 0) + ((items[0]?.unitAmountMinor ?? 0) * (100 - off)) / 100;
    }
  }
  return native;
}

function valued(native: Record<string, number>, day: string, fx: FxRates): Fraction {
  const parts = Object.entries(native).map(([currency, amount]) => {
    if (currency === 'USD') return new Fraction(amount);
    const table = fx.rates[currency];
    const dated = Array.isArray(table) ? table.filter(({ fromDay }) => fromDay <= day) : [];
    const newest = dated.toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1)).at(-1)?.rate;
    const rate = typeof table === 'number' ? table : (newest ?? expect.fail('every rate is known here'));
    return new Fraction(amount).mul(new Fraction(String(rate))).mul(currency === 'JPY' ? 100 : 1);
  });
  return sum(parts);
}

function totalsByDefinition({ subscriptions, timeZone, firstDay, fx }: Case, days: number) {
  const found: Record<string, Fraction> = {};
  for (const name of [...movementKinds, 'fx', 'opening', 'closing']) found[name] = new Fraction(0);
  const add = (name: string, amount: Fraction) => (found[name] = amount.add(found[name] ?? 0));
  const endDay = addDays(firstDay, days);
  for (const customerId of new Set(subscriptions.map((one) => one.customerId))) {
    let hasPaid = false;
    for (const day of eachDay(addDays(firstDay, -10), endDay)) {
      const [before, after] = [addDays(day, -1), day].map((close) =>
        closesByDefinition(subscriptions, customerId, close, timeZone),
      );
      if (before === undefined || after === undefined) continue;
      const [x, y] = [valued(before, day, fx), valued(after, day, fx)];
      if (day >= firstDay) {
        if (day === firstDay) add('opening', valued(before, addDays(day, -1), fx));
        if (day === addDays(endDay, -1)) add('closing', y);
        add('fx', x.sub(valued(before, addDays(day, -1), fx)));
        if (x.equals(0) && y.gt(0)) add(hasPaid ? 'reactivation' : 'new', y);
        else if (x.gt(0) && y.equals(0)) add('churn', x);
        else add(y.gt(x) ? 'expansion' : 'contraction', y.sub(x).abs());
      }
      hasPaid ||= y.gt(0);
    }
  }
  return found;
}

const runs = { numRuns: 150 };

describe('movements of any history, in any zone, under constant and daily rates', () => {
  it('are what the definition gives, read day by day', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const ledgers = ledgersOf(given, given.firstDay, addDays(given.firstDay, length));
        const opening = sum(ledgers.map((ledger) => ledger.opening));
        const closing = sum(ledgers.map((ledger) => ledger.closing));
        const found = { ...totals(ledgers), opening, closing };
        expect(asText(found)).toEqual(asText(totalsByDefinition(given, length)));
      }),
      runs,
    );
  });

  it('lead from opening to closing exactly, also as the catalogue tells them', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { firstDay, timeZone, subscriptions, fx } = given;
        const ledgers = ledgersOf(given, firstDay, addDays(firstDay, length));
        const all = totals(ledgers);
        const gained = sum(
          ['new', 'expansion', 'reactivation', 'fx'].map((kind) => all[kind] ?? new Fraction(0)),
        );
        const lost = sum(['churn', 'contraction'].map((kind) => all[kind] ?? new Fraction(0)));
        const opening = sum(ledgers.map((ledger) => ledger.opening));
        const closing = sum(ledgers.map((ledger) => ledger.closing));
        expect(opening.add(gained).sub(lost).toFraction()).toBe(closing.toFraction());

        const records: RecordSets = { reportingCurrency: 'USD', subscriptions, fx };
        const { parts } = compute(
          'mrr_movements',
          period(firstDay, addDays(firstDay, length), timeZone),
          records,
        );
        expect(parts?.closing).toBeCloseTo(closing.valueOf(), 6);
      }),
      runs,
    );
  });

  it('of two halves of a period add up to those of the whole, each kind by itself: they belong to days', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: length }), (given, at) => {
        const middle = addDays(given.firstDay, at);
        const endDay = addDays(given.firstDay, length);
        const first = totals(ledgersOf(given, given.firstDay, middle));
        const second = totals(ledgersOf(given, middle, endDay));
        const added = Object.fromEntries(
          Object.entries(first).map(([kind, amount]) => [kind, amount.add(second[kind] ?? 0)]),
        );
        expect(asText(added)).toEqual(asText(totals(ledgersOf(given, given.firstDay, endDay))));
      }),
      runs,
    );
  });

  it('do not depend on the order of subscriptions, segments and rates', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { firstDay, timeZone, subscriptions, fx } = given;
        const turned = subscriptions
          .map((one) => ({ ...one, segments: one.segments.toReversed() }))
          .toReversed();
        const window = period(firstDay, addDays(firstDay, length), timeZone);
        for (const key of ['mrr_movements', 'nrr', 'net_mrr_churn_rate', 'logo_churn_rate']) {
          const inOrder = compute(key, window, { reportingCurrency: 'USD', subscriptions, fx });
          const records = { reportingCurrency: 'USD', subscriptions: turned, fx: reversed(fx) };
          expect(compute(key, window, records)).toEqual(inOrder);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are sums over customers, each computed from its own subscriptions alone', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const endDay = addDays(given.firstDay, length);
        const together = ledgersOf(given, given.firstDay, endDay);
        for (const ledger of together) {
          const own = given.subscriptions.filter((one) => one.customerId === ledger.customerId);
          expect(ledgersOf({ ...given, subscriptions: own }, given.firstDay, endDay)).toEqual([ledger]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('says of every day what the cut at its end says', () => {
  for (const place of places) {
    const dayOf = dayFinder(place.timeZone);
    fc.assert(
      fc.property(instantIn(place), fc.option(instantIn(place)), (fromAt, toAt) => {
        const span = aliveDays(fromAt, toAt, dayOf);
        for (const day of eachDay(addDays(place.firstDay, -7), addDays(place.firstDay, length + 7))) {
          const cut = dayEnd(day, place.timeZone);
          expect([day, isAlive(span, day)]).toEqual([day, fromAt < cut && (toAt === null || toAt >= cut)]);
        }
      }),
      { numRuns: 40 },
    );
  }
});

/** Fractions compare as text; the library's own are objects with more to them. */
function asText(amounts: Record<string, Fraction>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts)
      .map(([name, amount]) => [name, amount.toFraction()] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function reversed(fx: FxRates): FxRates {
  if (fx.mode === 'constant') return fx;
  const rates = Object.entries(fx.rates).map(([currency, dated]) => [currency, dated.toReversed()] as const);
  return { mode: 'daily', rates: Object.fromEntries(rates) };
}
