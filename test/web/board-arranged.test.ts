import { describe, expect, it } from 'vitest';
import type { BoardRow } from '../../src/api/contract.ts';
import { blocksOf, linesOf } from '../../src/web/board-lines.ts';
import { arranged } from '../../src/web/board-order.ts';
import { filtered } from '../../src/web/board-search.ts';
import { trendDays } from '../../src/web/trend-days.ts';
import { board, failing, none, offTrack, onTrack, rows } from './fixtures.ts';

const keysOf = (sections: ReturnType<typeof arranged>): string[][] =>
  sections.map((section) => section.rows.map(({ key }) => key));

describe('the order that is asked for', () => {
  const of = (all: BoardRow[]) => [
    { ...(board.objectives[0] as (typeof board.objectives)[number]), keyResults: all },
  ];
  const row = (key: string, change: Partial<BoardRow>): BoardRow => ({ ...onTrack, key, id: key, ...change });

  it('puts the least first, and what is not known last', () => {
    const all = [row('a', { progress: null }), row('b', { progress: 0.9 }), row('c', { progress: -0.2 })];
    expect(keysOf(arranged(of(all), 'none', 'progress', 'en'))).toEqual([['c', 'b', 'a']]);
  });

  it('puts what changed most first', () => {
    const week = (weight: number) => ({ weight }) as BoardRow['week'] & object;
    const all = [row('a', { week: null }), row('b', { week: week(1) }), row('c', { week: week(9) })];
    expect(keysOf(arranged(of(all), 'none', 'changed', 'en'))).toEqual([['c', 'b', 'a']]);
  });

  it('compares names as people of the language do, numbers in them as numbers', () => {
    const all = ['Step 10', 'step 9', 'Änderung'].map((title) => row(title, { title }));
    expect(keysOf(arranged(of(all), 'none', 'title', 'en'))).toEqual([['Änderung', 'step 9', 'Step 10']]);
  });

  it('groups by owner with nobody last, and by status with the worst first', () => {
    const owners = arranged(board.objectives, 'owner', 'attention', 'en');
    expect(owners.at(-1)?.of).toEqual({ kind: 'owner', name: null });
    expect(owners.flatMap((section) => section.rows)).toHaveLength(rows.length);
    expect(arranged(board.objectives, 'status', 'attention', 'en')[0]?.of).toEqual({
      kind: 'status',
      state: 'off_track',
    });
  });
});

describe('a search', () => {
  const found = (q: string) =>
    filtered(board, { q }).flatMap(({ keyResults }) => keyResults.map(({ key }) => key));

  it('finds every word in title, key, owner, objective or source, in any case', () => {
    expect(found('MRR')).toContain(offTrack.key);
    expect(found('jonas weber recurring')).toEqual([offTrack.key]);
    expect(found('repeatable')).toHaveLength(4); // the objective's own
    expect(found('stripe')).toContain(offTrack.key);
    expect(found('no such thing')).toEqual([]);
  });

  it('goes together with a filter by owner or source', () => {
    expect(filtered(board, { owner: 'Jonas Weber', q: 'recurring' })).toHaveLength(1);
    expect(filtered(board, { owner: ':none' }).flatMap(({ keyResults }) => keyResults)).toEqual(
      expect.arrayContaining(rows.filter(({ owner }) => owner === null)),
    );
  });
});

describe('what is drawn of a long board', () => {
  const lines = linesOf(arranged(board.objectives, 'objective', 'attention', 'en'));
  const items = (places: number[]) =>
    places.map((index) => ({ index, start: 100 + index * 50, end: 150 + index * 50 }));

  it('is put together by section, each with its heading while that is in sight', () => {
    const blocks = blocksOf(items(lines.map((_, index) => index)), lines, 100);
    expect(blocks.map(({ first, rest, section }) => [section === null, first !== null, rest.length])).toEqual(
      [
        [false, true, 4],
        [true, true, 0],
        [false, true, 4],
        [true, true, 0],
      ],
    );
    expect(blocks.every(({ before }) => before === 0)).toBe(true);
  });

  it('leaves room for what is not drawn, and keeps its keys while it moves', () => {
    const [above, below] = [
      blocksOf(items([1, 2, 3]), lines, 100),
      blocksOf(items([3, 4, 5, 6]), lines, 100),
    ];
    expect(above[0]).toMatchObject({ before: 50, first: null });
    expect(below[0]).toMatchObject({ before: 150, first: null });
    expect(below[0]?.key).toBe(above[0]?.key);
  });

  it('draws the line that has the focus apart from those in sight', () => {
    const blocks = blocksOf(items([1, 4]), lines, 100);
    expect(blocks.map(({ before }) => before)).toEqual([50, 100]);
    expect(new Set(blocks.map(({ key }) => key)).size).toBe(2);
  });
});

it('makes days of a line, which names its first day alone', () => {
  const trendLine = { firstDay: '2026-02-27', values: [1, null, 3], provisional: [2] };
  expect(trendDays({ trend: [], trendLine })).toEqual([
    { day: '2026-02-27', value: 1, settled: true },
    { day: '2026-02-28', value: null, settled: true },
    { day: '2026-03-01', value: 3, settled: false },
  ]);
  expect(trendDays(failing)).toBe(failing.trend);
  expect(trendDays({ ...none, trendLine: null })).toEqual(none.trend);
});
