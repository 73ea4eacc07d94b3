import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forecast } from '../../../src/domain/forecast/forecast.ts';
import type { FinalValue, ForecastQuestion } from '../../../src/domain/forecast/types.ts';
import { bumpy, noModel, question } from './support/question.ts';

const asked = question({
  values: bumpy(200),
  elapsedSteps: 30,
  remainingSteps: 60,
  final: { kind: 'trailing_mean', steps: 7 },
  hit: { atLeast: 86, atMost: null },
});

it('says the same when it is asked again', () => {
  expect(forecast(asked, noModel)).toEqual(forecast(structuredClone(asked), noModel));
});

const finals: FinalValue[] = [
  { kind: 'last' },
  { kind: 'trailing_mean', steps: 7 },
  { kind: 'mean', soFar: 2500, count: 30 },
  { kind: 'sum', soFar: 2500 },
  { kind: 'share', met: 20, checks: 30, lower: 60, upper: null },
];

it.each(finals)('an easier target never has the lower chance: $kind', (final) => {
  const series = fc
    .array(
      fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: -50, max: 500, noNaN: true }) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      {
        minLength: 3,
        maxLength: 90,
      },
    )
    .filter((values) => values.some((value) => value !== null));
  fc.assert(
    fc.property(
      series,
      fc.double({ min: -100, max: 10_000, noNaN: true }),
      fc.double({ min: 0, max: 500, noNaN: true }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (values, target, less, remainingSteps, up) => {
        const chance = (value: number): number => {
          const hit = up ? { atLeast: value, atMost: null } : { atLeast: null, atMost: value };
          return forecast(question({ values, remainingSteps, final, hit, nonNegative: false }), noModel).pHit;
        };
        const [easier, harder] = up ? [target - less, target] : [target + less, target];
        expect(chance(easier)).toBeGreaterThanOrEqual(chance(harder));
      },
    ),
    { numRuns: 60 },
  );
});

it('gives chances between 0 and 1, finite quantiles in order, and a fan that ends at the deadline', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
          fc.constant(null),
          fc.constant(0),
        ),
        { minLength: 1, maxLength: 60 },
      ),
      fc.integer({ min: 1, max: 100 }),
      fc.constantFrom('hour', 'day', 'week', 'month'),
      fc.constantFrom(...finals),
      (values, remainingSteps, step, final) => {
        fc.pre(values.some((value) => value !== null));
        const start = step === 'hour' ? '2026-01-05T00:00:00' : '2026-01-05';
        const { fan, pHit, quantiles } = forecast(
          question({ values, remainingSteps, step, start, final }),
          noModel,
        );
        expect(pHit).toBeGreaterThanOrEqual(0);
        expect(pHit).toBeLessThanOrEqual(1);
        for (const { p10, p50, p90 } of [quantiles, ...fan]) {
          expect([p10, p50, p90].every(Number.isFinite)).toBe(true);
          expect(p10).toBeLessThanOrEqual(p50);
          expect(p50).toBeLessThanOrEqual(p90);
        }
        expect(fan.length).toBeLessThanOrEqual(32);
        expect(fan.at(-1)).toMatchObject(quantiles);
      },
    ),
  );
});

it('speaks for the newest value: silence after it is no evaluation, and silence before the first one is none either', () => {
  const silent: ForecastQuestion = {
    ...asked,
    start: '2026-01-02',
    values: [null, null, null, ...asked.values, null, null],
    elapsedSteps: asked.elapsedSteps + 2,
    remainingSteps: asked.remainingSteps - 2,
  };
  expect(forecast(silent, noModel)).toEqual(forecast(asked, noModel));
});

it('a series that has never moved is expected to stay, with 0.99', () => {
  const flat = question({ values: Array.from({ length: 40 }, () => 5) });
  expect(forecast({ ...flat, hit: { atLeast: 5, atMost: null } }, noModel)).toMatchObject({
    pHit: 0.99,
    method: 'constant',
  });
  expect(forecast({ ...flat, hit: { atLeast: 5.1, atMost: null } }, noModel).pHit).toBeCloseTo(0.01, 12);
});

it('one value is little history, and leaves the chance near one half', () => {
  // 0.5 + (0.99 - 0.5) / 14
  expect(forecast(question({ values: [12] }), noModel)).toMatchObject({ littleHistory: true });
  expect(forecast(question({ values: [12] }), noModel).pHit).toBeCloseTo(0.535, 12);
});

it('what is decided is certain, and says so', () => {
  const reached = question({
    values: bumpy(60),
    final: { kind: 'sum', soFar: 500 },
    hit: { atLeast: 400, atMost: null },
  });
  expect(forecast(reached, noModel)).toMatchObject({ pHit: 1, method: 'decided' });
  expect(forecast({ ...reached, hit: { atLeast: null, atMost: 400 } }, noModel)).toMatchObject({
    pHit: 0,
    method: 'decided',
  });
  const over = forecast(question({ remainingSteps: 0, hit: { atLeast: 11, atMost: null } }), noModel);
  expect(over).toMatchObject({
    pHit: 1,
    method: 'decided',
    fan: [],
    quantiles: { p10: 11, p50: 11, p90: 11 },
  });
});

it('a working-day metric whose deadline is on the weekend has nothing more to come on Friday', () => {
  const values = bumpy(7 * 12 - 2).map((value, day) => (day % 7 >= 5 ? null : value)); // the last one is a Friday
  const friday = values.at(-1) ?? 0;
  const asked = question({ values, remainingSteps: 2, hit: { atLeast: friday - 1, atMost: null } });
  expect(forecast(asked, noModel)).toMatchObject({ method: 'constant', quantiles: { p50: friday } });
});

it('knows the weekday of the deadline', () => {
  // 196 days are 28 whole weeks: 5 steps later is a Friday, 7 steps later a Sunday, at half of it.
  const values = bumpy(196);
  const at = (remainingSteps: number): number =>
    forecast(question({ values, remainingSteps }), noModel).quantiles.p50;
  expect(at(7) / at(5)).toBeGreaterThan(0.4);
  expect(at(7) / at(5)).toBeLessThan(0.6);
});

it('the chance to stay between two bounds is what neither of them takes away', () => {
  const hit = (atLeast: number | null, atMost: number | null): number =>
    forecast({ ...asked, hit: { atLeast, atMost } }, noModel).pHit;
  expect(hit(84, 88)).toBeCloseTo(hit(84, null) + hit(null, 88) - 1, 9);
});

it('an outside model is one voice of several, and its absence is filled in by smoothing', () => {
  const { members, method } = forecast(asked, noModel);
  expect(method).toBe('combined');
  expect(Object.keys(members).toSorted()).toEqual(['analogs', 'smoothing']);
  const high = forecast(asked, (series) => ({
    point: Array.from(series.aheadSteps, () => Math.log(1000)),
    halfWidth: Array.from(series.aheadSteps, () => 0.1),
    level: 0.8,
  }));
  expect(high.members['mstl_ets']).toBeGreaterThan(0.99);
  expect(high.pHit).toBeGreaterThan(forecast(asked, noModel).pHit);
});

it('where only smoothing has something to say, that is the method', () => {
  expect(forecast(question({ values: [5, 7, 6, 8] }), noModel)).toMatchObject({
    method: 'smoothing',
    littleHistory: true,
  });
});

it('tells what the model has seen', () => {
  const values = bumpy(60).map((value, day) => (day === 20 ? null : value));
  expect(
    forecast(question({ values: [null, ...values, null], start: '2026-01-04' }), noModel).inputs,
  ).toEqual({
    step: 'day',
    from: '2026-01-05',
    through: '2026-03-05',
    observations: 59,
    gaps: 1,
    outliers: 0,
    periods: [7],
  });
});

it('refuses a series without observations, and values that are no numbers', () => {
  expect(() => forecast(question({ values: [null, null] }), noModel)).toThrow('at least one observation');
  expect(() => forecast(question({ values: [1, Number.NaN] }), noModel)).toThrow('not a finite number');
});
