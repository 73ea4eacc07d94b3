import { expect, it } from 'vitest';
import { measure, snapshot } from '../surveys/measure.ts';

const report = (at: string, coverage: number, branch = 'main') => ({ at: new Date(at), coverage, branch });
const reports = [
  report('2026-03-10T09:00:00Z', 0.41),
  report('2026-03-12T09:00:00Z', 0.44),
  report('2026-03-13T09:00:00Z', 0.9, 'try-something'),
  report('2026-03-14T00:00:00Z', 0.46),
];
const coverage = (day: string, params = {}, found = reports) =>
  measure('coverage', params, snapshot(day), { reports: found });

it('is what the default branch last reported by the close of the day, and says how old that is', () => {
  expect(coverage('2026-03-12')).toEqual({ value: 0.44, beside: { ageDays: 0 } });
  // The report of midnight belongs to the 14th, and that of another branch to nobody.
  expect(coverage('2026-03-13')).toEqual({ value: 0.44, beside: { ageDays: 1 } });
  expect(coverage('2026-03-20')).toEqual({ value: 0.46, beside: { ageDays: 6 } });
  expect(coverage('2026-03-20', {}, reports.toReversed())).toEqual({ value: 0.46, beside: { ageDays: 6 } });
});

it('can be of another branch', () => {
  expect(coverage('2026-03-20', { branch: 'try-something' }).value).toBe(0.9);
});

it('is never zero for want of a report', () => {
  const nothing = { value: null, reason: 'no_observation' };
  expect(coverage('2026-03-09')).toEqual(nothing);
  expect(coverage('2026-03-20', { branch: 'master' })).toEqual(nothing);
  expect(coverage('2026-03-20', {}, [])).toEqual(nothing);
  expect(measure('coverage', {}, snapshot('2026-03-20'), {})).toEqual(nothing);
});

it('keeps a coverage that is reported as zero', () => {
  expect(coverage('2026-03-20', {}, [report('2026-03-19T00:00:00Z', 0)])).toMatchObject({ value: 0 });
});
