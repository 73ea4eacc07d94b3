import { expect, it } from 'vitest';
import { fitWindow } from '../../src/app/fit-window.ts';

const day = { kind: 'day' } as const;
const month = { kind: 'month' } as const;
const trailing = (days: number) => ({ kind: 'trailing', days }) as const;
const matured = (days: number) => ({ kind: 'matured_cohort', days }) as const;

it.each([
  {
    why: 'days of a ratio add up to the 28 that were wanted',
    wanted: { window: trailing(28), aggregate: 'latest' as const },
    points: { window: day, kind: 'ratio' as const, unit: 'duration' as const },
    fit: { aggregate: { trailingDays: 28 }, same: true },
  },
  {
    why: 'daily cohorts add up to four weeks of them',
    wanted: { window: matured(28), aggregate: 'latest' as const },
    points: { window: matured(1), kind: 'ratio' as const, unit: 'ratio' as const },
    fit: { aggregate: { trailingDays: 28 }, same: true },
  },
  {
    why: 'days of a flow make the last complete month',
    wanted: { window: month, aggregate: 'latest' as const },
    points: { window: day, kind: 'flow' as const, unit: 'count' as const },
    fit: { aggregate: 'last_complete_month', same: true },
  },
  {
    why: 'equal windows stay as they were wanted',
    wanted: { window: trailing(90), aggregate: 'latest' as const },
    points: { window: trailing(90), kind: 'distinct' as const, unit: 'score' as const },
    fit: { aggregate: 'latest', same: true },
  },
  {
    why: 'a share over another window is still that share, and says so',
    wanted: { window: matured(28), aggregate: 'latest' as const },
    points: { window: month, kind: 'ratio' as const, unit: 'ratio' as const },
    fit: { aggregate: 'latest', same: false },
  },
  {
    why: 'people of single days are never those of 28 days',
    wanted: { window: trailing(28), aggregate: 'latest' as const },
    points: { window: day, kind: 'distinct' as const, unit: 'count' as const },
    fit: null,
  },
  {
    why: 'money of 30 days is not the money of 90',
    wanted: { window: trailing(90), aggregate: 'latest' as const },
    points: { window: trailing(30), kind: 'stock' as const, unit: 'money' as const },
    fit: null,
  },
  {
    why: 'a daily value is not one of matured people',
    wanted: { window: matured(28), aggregate: 'latest' as const },
    points: { window: day, kind: 'flow' as const, unit: 'count' as const },
    fit: null,
  },
])('$why', ({ fit, points, wanted }) => {
  expect(fitWindow(wanted, points)).toEqual(fit);
});
