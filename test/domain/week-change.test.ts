import { expect, it } from 'vitest';
import { type Standing, weekChange } from '../../src/domain/week-change.ts';

const was: Standing = {
  asOfDay: '2026-03-01',
  status: 'on_track',
  dataState: 'fresh',
  currentValue: 80,
  targetValue: 120,
  progress: 0.5,
  chance: 0.7,
};
const change = (now: Partial<Standing>, before: Partial<Standing> = {}) =>
  weekChange({ ...was, ...before }, { ...was, asOfDay: '2026-03-08', ...now });

it('tells differences as now less then, and nothing where one of the two is not known', () => {
  expect(change({ currentValue: 90, progress: 0.75, chance: 0.6 })).toMatchObject({
    valueBy: 10,
    progressBy: 0.25,
    chanceBy: expect.closeTo(-0.1, 12),
  });
  expect(change({ currentValue: null, progress: null }, { chance: null })).toMatchObject({
    valueBy: null,
    progressBy: null,
    chanceBy: null,
  });
});

it.each([
  { now: {}, news: [], direction: 'none', why: 'what stands as it stood is no news' },
  { now: { progress: 0.59, chance: 0.79 }, news: [], direction: 'none', why: 'nine points are a usual week' },
  { now: { progress: 0.6 }, news: ['progress'], direction: 'better', why: 'ten points are news' },
  {
    now: { chance: 0.6 },
    news: ['chance'],
    direction: 'worse',
    why: 'a tenth less, whatever binary makes of it',
  },
  {
    now: { status: 'at_risk', chance: 0.5 },
    news: ['status', 'chance'],
    direction: 'worse',
    why: 'the status first',
  },
  { now: { status: 'achieved' }, news: ['status'], direction: 'better', why: 'a goal that is met' },
  {
    now: { status: 'unknown', chance: 0.9 },
    news: ['status', 'chance'],
    direction: 'better',
    why: 'unknown is no verdict',
  },
  { now: { dataState: 'late' }, news: [], direction: 'none', why: 'a little late is no news' },
  { now: { dataState: 'failing' }, news: ['data'], direction: 'worse', why: 'a source that fails is' },
  { now: { targetValue: 150 }, news: ['target'], direction: 'none', why: 'another target is neither' },
] as const)('$why', ({ now, news, direction }) => {
  expect(change(now)).toMatchObject({ news, direction });
});

it('calls a source that is back good news', () => {
  expect(change({ dataState: 'fresh' }, { dataState: 'stale' })).toMatchObject({
    news: ['data'],
    direction: 'better',
  });
  expect(change({ dataState: 'failing' }, { dataState: null }).news).toEqual([]);
});

it('weighs a status more than data, those more than a target, and each more than any movement', () => {
  const moved = change({ progress: 1.4, chance: 0 }).weight; // 0.9 + 0.7
  const target = change({ targetValue: 150 }).weight;
  const data = change({ dataState: 'stale', targetValue: 150 }).weight;
  const status = change({ status: 'off_track' }).weight;
  expect(moved).toBeCloseTo(1.6, 12);
  expect([moved, target, data, status]).toEqual([moved, 2, 6, 8]);
});
