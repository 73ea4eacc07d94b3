import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deriveCustomer } from '../../../src/domain/billing/derive.ts';
import type { MovementRow } from '../../../src/domain/billing/derived.ts';
import { timelineFromRows } from '../../../src/domain/billing/movement-rows.ts';
import { mrrAt } from '../../../src/domain/billing/timeline.ts';
import { addDays, dayEnd, eachDay, localDay } from '../../../src/domain/day.ts';
import { ledgerWith } from './support/ledger.ts';
import { beginMs, bringsAt, catalogue, type Life, nowMs, type Plan, plans, play } from './support/lives.ts';

// Oracle: the play's own truth, written down while it is played and read at every midnight.
const company = fc.record({
  plans: fc.array(plans, { minLength: 1, maxLength: 3 }),
  timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Tokyo'),
});
const runs = { numRuns: 150 };

function livesOf(given: readonly Plan[], billed: boolean): Life[] {
  return given.map((plan, index) => play(`s${index}`, plan, billed));
}

type Told = { observedFromMs: number | null; withInvoices: boolean };

function rowsOf(
  lives: readonly Life[],
  timeZone: string,
  { observedFromMs, withInvoices }: Told,
): readonly MovementRow[] {
  const ledger = ledgerWith({
    subscriptions: lives.map(({ subscription }) => subscription),
    observations: lives
      .flatMap(({ observations }) => observations)
      .filter(({ at }) => observedFromMs !== null && at.getTime() >= observedFromMs),
    invoices: withInvoices ? lives.flatMap(({ invoices }) => invoices) : [],
  });
  const { movements, problem } = deriveCustomer(ledger, catalogue, [
    { timeZone, discountPolicy: 'recurring' },
  ]);
  expect(problem).toBeNull();
  return movements?.[0] ?? [];
}

/** Every day's MRR by currency, until the day before now: what lies ahead is not told yet. */
function expectTruth(lives: readonly Life[], timeZone: string, rows: readonly MovementRow[]): void {
  const timeline = timelineFromRows('c1', rows);
  const first = localDay(new Date(beginMs), timeZone);
  const wrong: unknown[] = [];
  for (const day of eachDay(addDays(first, -1), localDay(new Date(nowMs), timeZone))) {
    const cut = dayEnd(day, timeZone);
    for (const currency of ['USD', 'EUR']) {
      const own = lives.filter(({ subscription }) => subscription.currency === currency);
      const truth = own.reduce((total, life) => total + bringsAt(life, cut), 0);
      const derived = mrrAt(timeline, day).get(currency)?.toFraction() ?? '0';
      if (derived !== String(truth)) wrong.push({ day, currency, truth, derived });
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
}

it('knows the MRR of every day from what was seen happening, billed or not', () => {
  fc.assert(
    fc.property(company, ({ plans: given, timeZone }) => {
      const lives = livesOf(given, false);
      expectTruth(lives, timeZone, rowsOf(lives, timeZone, { observedFromMs: 0, withInvoices: false }));
    }),
    runs,
  );
});

it('knows the MRR of every day from invoices alone, where they show whatever happened', () => {
  fc.assert(
    fc.property(company, ({ plans: given, timeZone }) => {
      const lives = livesOf(given, true);
      const rows = rowsOf(lives, timeZone, { observedFromMs: null, withInvoices: true });
      expectTruth(lives, timeZone, rows);
    }),
    runs,
  );
});

it('knows the MRR of every day, whenever it began to look', () => {
  fc.assert(
    fc.property(company, fc.integer({ min: 0, max: 400 * 24 }), ({ plans: given, timeZone }, hours) => {
      const lives = livesOf(given, true);
      const observedFromMs = beginMs + hours * 3_600_000;
      expectTruth(lives, timeZone, rowsOf(lives, timeZone, { observedFromMs, withInvoices: true }));
    }),
    runs,
  );
});

it('leads from nothing to the closing of every day by movements alone, one kind a day and heads that count payers', () => {
  fc.assert(
    fc.property(company, ({ plans: given, timeZone }) => {
      const lives = livesOf(given, false);
      const rows = rowsOf(lives, timeZone, { observedFromMs: 0, withInvoices: false });
      const last = addDays(localDay(new Date(nowMs), timeZone), -1);
      const past = rows.filter(({ day }) => day <= last);
      for (const currency of ['USD', 'EUR']) {
        const own = lives.filter(({ subscription }) => subscription.currency === currency);
        const truth = own.reduce((total, life) => total + bringsAt(life, dayEnd(last, timeZone)), 0);
        const moved = past
          .filter((row) => row.currency === currency)
          .reduce((total, { before, after }) => total + after.sub(before).valueOf(), 0);
        expect(moved).toBe(truth);
      }
      const paying = lives.some((life) => bringsAt(life, dayEnd(last, timeZone)) > 0);
      expect(past.reduce((total, { heads }) => total + heads, 0)).toBe(paying ? 1 : 0);
      expect(past.filter(({ kind }) => kind === 'new').length).toBeLessThanOrEqual(2);
    }),
    runs,
  );
});
