import { expect, it } from 'vitest';
import { checkParams, type ParamSpec } from '../../../src/domain/catalog/index.ts';

const params: Record<string, ParamSpec> = {
  event: { type: 'text', required: true },
  steps: { type: 'texts', required: true, min: 2 },
  passive: { type: 'texts', default: [] },
  days: { type: 'whole', min: 1, max: 90, default: 14 },
  floor: { type: 'number', min: 0.001, max: 1 },
  clock: { type: 'choice', of: ['rolling', 'calendar'], default: 'rolling' },
  firstOnly: { type: 'flag', default: true },
  bracket: { type: 'span', min: 0, max: 90, default: [30, 59] },
};
const metric = { key: 'retention', params };
const enough = { event: 'open', steps: ['a', 'b'] };

it('fills in the defaults and leaves out what has none', () => {
  expect(checkParams(metric, enough)).toEqual({
    ok: true,
    params: {
      event: 'open',
      steps: ['a', 'b'],
      passive: [],
      days: 14,
      clock: 'rolling',
      firstOnly: true,
      bracket: [30, 59],
    },
  });
});

it('keeps a false and the smallest number that are given in the place of a default', () => {
  const checked = checkParams(metric, { ...enough, firstOnly: false, days: 1, bracket: [0, 0] });
  expect(checked).toMatchObject({ ok: true, params: { firstOnly: false, days: 1, bracket: [0, 0] } });
});

it('writes equal definitions equally, whatever order they were given in', () => {
  const one = checkParams(metric, { event: 'open', steps: ['a', 'b'], days: 7 });
  const other = checkParams(metric, { days: 7, steps: ['a', 'b'], event: 'open' });
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

it('takes null for "not given"', () => {
  expect(checkParams(metric, { ...enough, days: null })).toMatchObject({ ok: true, params: { days: 14 } });
});

it.each([
  { given: { steps: ['a', 'b'] }, param: 'event', says: 'missing' },
  { given: { ...enough, event: ' ' }, param: 'event', says: '" "' },
  { given: { ...enough, steps: ['a'] }, param: 'steps', says: 'a list of 2 to 50' },
  { given: { ...enough, steps: ['a', ''] }, param: 'steps', says: 'none of them empty' },
  { given: { ...enough, steps: 'a' }, param: 'steps', says: '"a"' },
  { given: { ...enough, days: 0 }, param: 'days', says: 'a whole number from 1 to 90' },
  { given: { ...enough, days: 1.5 }, param: 'days', says: '1.5' },
  { given: { ...enough, days: '7' }, param: 'days', says: '"7"' },
  { given: { ...enough, floor: Number.NaN }, param: 'floor', says: 'NaN' },
  { given: { ...enough, floor: 2 }, param: 'floor', says: 'from 0.001 to 1' },
  { given: { ...enough, clock: 'Rolling' }, param: 'clock', says: '"rolling", "calendar"' },
  { given: { ...enough, firstOnly: 'no' }, param: 'firstOnly', says: 'true or false' },
  { given: { ...enough, bracket: [59, 30] }, param: 'bracket', says: 'the smaller one first' },
  { given: { ...enough, bracket: [1] }, param: 'bracket', says: '[1]' },
])('refuses $param as $given.$param, and says what it may be', ({ given, param, says }) => {
  const checked = checkParams(metric, given);
  expect(checked.ok).toBe(false);
  if (checked.ok) return;
  expect(checked.problems).toHaveLength(1);
  expect(checked.problems[0]?.param).toBe(param);
  expect(checked.problems[0]?.problem).toContain(`"${param}"`);
  expect(checked.problems[0]?.problem).toContain(says);
});

it('refuses a misspelt parameter, which would measure something else in silence, and names the known ones', () => {
  expect(checkParams(metric, { ...enough, dayz: 7 })).toEqual({
    ok: false,
    problems: [
      {
        param: 'dayz',
        problem:
          '"dayz" is not a parameter of retention; use one of "event", "steps", "passive", "days", "floor", "clock", "firstOnly", "bracket".',
      },
    ],
  });
  expect(checkParams({ key: 'cac', params: {} }, { days: 7 })).toMatchObject({
    problems: [{ problem: '"days" is not a parameter of cac; it has none; leave it out.' }],
  });
});

it('tells everything that is wrong at once', () => {
  const checked = checkParams(metric, { days: 0, other: 1 });
  expect(checked.ok ? [] : checked.problems.map(({ param }) => param)).toEqual([
    'other',
    'event',
    'steps',
    'days',
  ]);
});
