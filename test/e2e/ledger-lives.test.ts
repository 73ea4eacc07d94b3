import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fact, Life } from '../../sandbox/index.ts';
import type { Series } from '../../src/domain/billing/derived.ts';
import { addDays } from '../../src/domain/day.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { type LedgerWorld, openLedgerWorld, type StoredRow, type WorldOptions } from './support/ledger.ts';
import {
  ANCHOR_DAY,
  anyLife,
  COUPONS,
  countHappened,
  DAY,
  PRICES,
  START,
  traceableLife,
} from './support/ledger-lives.ts';
import {
  closesOf,
  differencesOf,
  expectIdentities,
  expectSameDays,
  expectSameMovements,
  expectSameRetention,
  trueRows,
} from './support/ledger-truth.ts';

// Random lives in the sandbox, read by the real client and mirror into the real store, against what the lives themselves say.
// `TIDEMARK_TEST_CASES=10` runs ten times as many cases, `TIDEMARK_TEST_SEED=random` others than every other run.

const TIMES = Number(process.env.TIDEMARK_TEST_CASES ?? '1');
/** The same cases for everybody, so that what passes here passes there; others are looked for on purpose. */
const { TIDEMARK_TEST_PATH: path, TIDEMARK_TEST_SEED: seed = '20261121' } = process.env;
/** Each case is a second of work: too slow to be shrunk, and the seed is printed. */
const RUNS = {
  endOnFailure: true,
  ...(seed === 'random' ? {} : { seed: Number(seed) }),
  ...(path === undefined ? {} : { path }),
};
const SERIES: Series[] = [
  { timeZone: 'UTC', discountPolicy: 'recurring' },
  { timeZone: 'America/St_Johns', discountPolicy: 'forever' },
  { timeZone: 'Pacific/Apia', discountPolicy: 'none' },
];
/** Stripe tells events of thirty days; the mirror counts on an hour less. */
const TOLD_SECONDS = 30 * DAY - 3_600;
const HOUR = 3_600;
const LONG_MS = 120_000 * TIMES;

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.close());

/** So that no kind of step or price can fall out of the lives unnoticed: far below what is usual. */
const LEAST_HAPPENED: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [...PRICES.map((kind) => `price ${kind}`), ...COUPONS.map((id) => `coupon ${id}`)].map((what) => [
      what,
      4,
    ]),
  ),
  'coupon LIFE_FIVE_OFF': 4,
  'currency usd': 4,
  'currency eur': 4,
  'currency jpy': 4,
  'currency kwd': 4,
  trial: 6,
  'several subscriptions': 4,
  'tax within the price': 6,
  'discount of a customer': 6,
  'discount of a subscription': 6,
  'discount of an item': 6,
  proration: 4,
  'item added': 2,
  'item removed': 1,
  subscription_discounts_changed: 4,
  customer_discount_changed: 4,
  collection_paused: 3,
  'active to past_due': 3,
  'past_due to active': 1,
  invoice_closed: 3,
  'incomplete to incomplete_expired': 1,
  'ended: cancellation_requested': 2,
  subscription_cancel_requested: 1,
  customer_deleted: 1,
  refund_created: 2,
  dispute_opened: 2,
  credit_note_created: 1,
  'test clock': 1,
};

type World = Omit<WorldOptions, 'anchorDay' | 'series'>;

async function within(
  lives: readonly Life[],
  options: World,
  check: (world: LedgerWorld) => Promise<void>,
): Promise<void> {
  const world = await openLedgerWorld(database, lives, { anchorDay: ANCHOR_DAY, series: SERIES, ...options });
  try {
    await check(world);
    expect(await world.problems()).toEqual([]);
  } finally {
    await world.close();
  }
}

const shares = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 90 })),
  {
    minLength: 3,
    maxLength: 3,
  },
);

/** Some spans of these days. */
function windowsIn(days: readonly string[], picked: readonly (readonly [number, number])[]) {
  return picked.map(([share, length]) => {
    const startDay = days[Math.floor(share * (days.length - 2)) + 1] ?? '';
    const end = addDays(startDay, length);
    const lastEnd = addDays(days.at(-1) ?? '', 1);
    return { startDay, endDay: end < lastEnd ? end : lastEnd };
  });
}

it(
  'knows MRR of every day and every movement exactly where it has followed a company from the start',
  async () => {
    const days = 150;
    const happened = new Map<string, number>();
    const lives = fc.array(anyLife(days), { minLength: 4, maxLength: 9 });
    const gap = fc.oneof(
      fc.integer({ min: HOUR, max: 12 * DAY }),
      fc.integer({ min: 4 * DAY, max: 12 * DAY }),
      fc.integer({ min: 8 * DAY, max: 12 * DAY }),
    );
    const gaps = fc.array(gap, { minLength: 60, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lives, gaps, shares, async (company, pauses, picked) => {
        const endAt = START + days * DAY;
        await within(company, { untilSeconds: endAt }, async (world) => {
          let at = START + (pauses[0] ?? 0) / 24;
          for (const pause of pauses) {
            if (at >= endAt) break;
            await world.sync(Math.floor(at));
            at += pause;
          }
          await world.sync(endAt);
          for (const series of world.series) await expectSameMovements(world, series, endAt);
          const [series = world.series[0]] = world.series.slice(picked[0]?.[1] ?? 0);
          if (series === undefined) return;
          const windows = windowsIn(
            closesOf(world, series, endAt).map(({ day }) => day),
            picked,
          );
          for (const currency of ['usd', 'eur', 'jpy', 'kwd']) {
            await expectIdentities(world, series, currency, windows);
            await expectSameRetention(world, series, endAt, currency, windows);
            await expectSameDays(world, series, endAt, currency);
          }
          countHappened(happened, world.billing.facts);
        });
      }),
      { ...RUNS, numRuns: 12 * TIMES },
    );
    for (const [what, least] of Object.entries(LEAST_HAPPENED))
      expect([what, (happened.get(what) ?? 0) >= least]).toEqual([what, true]);
  },
  LONG_MS,
);

it(
  'finds the past of a company it first reads at its end, where invoices and phases tell of it',
  async () => {
    const endAt = START + 300 * DAY;
    const lives = fc.array(traceableLife(300), { minLength: 4, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(lives, async (company) => {
        await within(company, { untilSeconds: endAt }, async (world) => {
          await world.sync(endAt);
          for (const series of world.series) await expectSameMovements(world, series, endAt);
        });
      }),
      { ...RUNS, numRuns: 8 * TIMES },
    );
  },
  LONG_MS,
);

it(
  'knows the last thirty days exactly when it first reads a company, and says what it only worked out of those before',
  async () => {
    const lives = fc.array(anyLife(320), { minLength: 4, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: 200, max: 330 }), shares, async (company, days, picked) => {
        const endAt = START + days * DAY + 7_000;
        await within(company, { untilSeconds: endAt }, async (world) => {
          await world.sync(endAt);
          for (const series of world.series) {
            const since = closesOf(world, series, endAt - TOLD_SECONDS).at(-1)?.day ?? ''; // its close is before the first event
            const late = await differencesOf(world, series, endAt);
            expect(late.filter(({ day }) => day > since)).toEqual([]);
            const lastDay = closesOf(world, series, endAt).at(-1)?.day ?? '';
            const truth = new Set(trueRows(world, series, endAt, lastDay).map(nameOf));
            const wrong = (await world.rows(series)).filter(
              (row) => row.day <= since && !truth.has(nameOf(row)),
            );
            expect(wrong.filter(({ basis }) => basis !== 'reconstructed')).toEqual([]);
            const dayList = closesOf(world, series, endAt).map(({ day }) => day);
            for (const currency of ['usd', 'kwd'])
              await expectIdentities(world, series, currency, windowsIn(dayList, picked));
          }
        });
      }),
      { ...RUNS, numRuns: 8 * TIMES },
    );
  },
  LONG_MS,
);

it(
  'knows every day where events come in the shape of another release and one change falls between two reads',
  async () => {
    const days = 60;
    const lives = fc.array(anyLife(days), { minLength: 3, maxLength: 6 });
    const gaps = fc.array(fc.integer({ min: HOUR, max: 9 * HOUR }), { minLength: 400, maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(lives, gaps, async (company, pauses) => {
        const endAt = START + days * DAY;
        const stripe = { eventsApiVersion: '2020-03-02' };
        await within(company, { untilSeconds: endAt, stripe }, async (world) => {
          const reads = [START];
          for (const pause of pauses) {
            const at = (reads.at(-1) ?? START) + pause;
            if (at < endAt) reads.push(at);
          }
          reads.push(endAt);
          const { facts } = world.billing;
          let lastAt = 0;
          for (const at of reads) {
            // A read with nothing to tell changes nothing, and is left out.
            const isNeeded = facts.some((fact) => fact.at > lastAt && fact.at <= at);
            if (!isNeeded && at !== endAt) continue;
            await world.sync(at);
            lastAt = at;
          }
          const unclear = unclearCloses(facts, reads);
          for (const series of world.series) {
            const differences = await differencesOf(world, series, endAt);
            expect(differences.filter((one) => !unclear(one.customerId, one.day, series.timeZone))).toEqual(
              [],
            );
          }
        });
      }),
      { ...RUNS, numRuns: 3 * TIMES },
    );
  },
  LONG_MS,
);

function nameOf({ after, before, customerId, day, kind }: Omit<StoredRow, 'basis'>): string {
  return [customerId, day, kind, before, after].join(' ');
}

/**
 * Of an event in an old shape only the newest between two reads can be told, by what was read after it. So a close between
 * two reads is unclear for a customer to whom more than one thing happened between them, at different times.
 */
function unclearCloses(facts: readonly Fact[], reads: readonly number[]) {
  const owners = new Map<string, string>();
  const times = new Map<string, Set<number>>(); // by customer and number of the read
  const ofRead = (at: number) => reads.findIndex((read) => read >= at);
  const spans: { customerId: string; from: number; to: number }[] = [];
  for (const fact of facts) {
    if (fact.kind === 'subscription_started') owners.set(fact.subscriptionId, fact.customerId);
    const customerId =
      'customerId' in fact && fact.customerId !== null
        ? fact.customerId
        : 'subscriptionId' in fact
          ? owners.get(fact.subscriptionId)
          : undefined;
    if (customerId === undefined || fact.kind.startsWith('charge')) continue;
    const key = `${customerId} ${ofRead(fact.at)}`;
    const known = times.get(key) ?? new Set();
    times.set(key, known.add(fact.at));
    if (known.size > 1) spans.push({ customerId, from: Math.min(...known), to: Math.max(...known) });
  }
  return (customerId: string, day: string, timeZone: string): boolean => {
    const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone });
    const at = (seconds: number) => dayOf.format(new Date(seconds * 1_000));
    return spans.some((span) => span.customerId === customerId && at(span.from) <= day && day < at(span.to));
  };
}
