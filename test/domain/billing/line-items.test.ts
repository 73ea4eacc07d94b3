import { expect, it } from 'vitest';
import type { LedgerLine } from '../../../src/domain/billing/ledger-records.ts';
import { itemsOfLines, type TellingLine } from '../../../src/domain/billing/line-items.ts';
import { lineOf } from './support/ledger.ts';

const at = (day: string, priceId: string, over: Partial<LedgerLine>): TellingLine => ({
  ...lineOf(day, '2026-04-01', priceId, over),
  priceId,
  quantity: over.quantity ?? 1,
});
/** Lines of a change name no item; time given back is negative. */
const unnamed = { itemId: null, proration: true };
const credit = (day: string, priceId: string, over: Partial<LedgerLine> = {}) =>
  at(day, priceId, { ...unnamed, amountMinor: -500, ...over });
const charge = (day: string, priceId: string, over: Partial<LedgerLine> = {}) =>
  at(day, priceId, { ...unnamed, amountMinor: 700, ...over });
const renewal = (day: string, priceId: string, itemId: string): TellingLine => ({
  ...lineOf(day, '2026-05-01', priceId, { itemId }),
  priceId,
  quantity: 1,
});
const has = (id: string, priceId: string) => ({ id, priceId });

function told(bills: TellingLine[][], items: { id: string; priceId: string }[]): (string | undefined)[] {
  const found = itemsOfLines(bills, items);
  return bills.flat().map((line) => found.get(line));
}

it.each([
  {
    why: 'an old price that nothing told of is the item’s that has the one charged in its place',
    bills: [[credit('2026-03-16', 'pro'), charge('2026-03-16', 'business')]],
    items: [has('a', 'business'), has('b', 'desk')],
    are: ['a', 'a'],
  },
  {
    why: 'the next renewal names the item of every change in a row before it',
    bills: [
      [
        credit('2026-03-10', 'one'),
        charge('2026-03-10', 'two'),
        credit('2026-03-16', 'two'),
        charge('2026-03-16', 'three'),
        renewal('2026-04-01', 'three', 'a'),
        renewal('2026-04-01', 'desk', 'b'),
      ],
    ],
    items: [has('a', 'four'), has('b', 'desk')],
    are: ['a', 'a', 'a', 'a', 'a', 'b'],
  },
  {
    why: 'two items that change at once keep apart, whatever the order of the lines',
    bills: [
      [renewal('2026-03-01', 'seat', 'a'), renewal('2026-03-01', 'desk', 'b')],
      [
        charge('2026-03-16', 'desk_pro'),
        credit('2026-03-16', 'seat'),
        charge('2026-03-16', 'seat_pro'),
        credit('2026-03-16', 'desk'),
      ],
    ],
    items: [has('a', 'seat_pro'), has('b', 'desk_pro')],
    are: ['a', 'b', 'b', 'a', 'a', 'b'],
  },
  {
    why: 'more of one price takes the place of fewer of it',
    bills: [
      [
        credit('2026-03-16', 'desk'),
        credit('2026-03-16', 'seat'),
        charge('2026-03-16', 'seat', { quantity: 3 }),
        charge('2026-03-16', 'desk', { quantity: 2 }),
      ],
    ],
    items: [has('a', 'seat'), has('b', 'desk')],
    are: ['b', 'a', 'a', 'b'],
  },
  {
    why: 'time of a free price is given back for nothing',
    bills: [[charge('2026-03-16', 'free', { amountMinor: 0 }), charge('2026-03-16', 'pro')]],
    items: [has('a', 'pro')],
    are: ['a', 'a'],
  },
  {
    why: 'a whole period that begins where another price ended is the same item’s',
    bills: [[credit('2026-03-16', 'monthly'), renewal('2026-03-16', 'yearly', 'a')]],
    items: [has('b', 'desk')],
    are: ['a', 'a'],
  },
  {
    why: 'a change between two prices that are gone was of the only item there is',
    bills: [[credit('2026-03-10', 'one'), charge('2026-03-10', 'two')]],
    items: [has('a', 'three')],
    are: ['a', 'a'],
  },
  {
    why: 'of changes within a trial each line is for nothing, and of the only item there is',
    bills: [['one', 'two', 'two', 'three'].map((price) => charge('2026-03-10', price, { amountMinor: 0 }))],
    items: [has('a', 'three')],
    are: ['a', 'a', 'a', 'a'],
  },
  {
    why: 'what was added and taken away between two renewals was an item of its own',
    bills: [[charge('2026-03-10', 'extra'), credit('2026-03-20', 'extra')]],
    items: [has('a', 'seat')],
    are: ['price extra', 'price extra'],
  },
  {
    why: 'a price that passed on to another item is at each time whose it was then',
    bills: [
      [renewal('2026-03-01', 'seat', 'a')],
      [credit('2026-03-05', 'seat'), charge('2026-03-05', 'pro')],
      [renewal('2026-04-01', 'pro', 'a'), renewal('2026-04-01', 'seat', 'b')],
    ],
    items: [has('a', 'pro'), has('b', 'seat')],
    are: ['a', 'a', 'a', 'a', 'b'],
  },
])('$why', ({ bills, items, are }) => {
  expect(told(bills, items)).toEqual(are);
});
