import { expect, it, vi } from 'vitest';
import { createForecaster } from '../../src/forecast/create-forecaster.ts';
import { bumpy, question } from '../domain/forecast/support/question.ts';

const asked = question({
  values: bumpy(200, 0.001),
  elapsedSteps: 30,
  remainingSteps: 60,
  final: { kind: 'trailing_mean', steps: 7 },
  hit: { atLeast: 100, atMost: null },
});

it('asks the library first: its forecast is one of the members', () => {
  const { members, method } = createForecaster()(asked);
  expect(method).toBe('combined');
  expect(Object.keys(members)).toContain('mstl_ets');
});

it('continues a steady climb with its weekly rhythm', () => {
  // 100, 101, 102 and so on; weekends at half. After 203 days (29 weeks) the next Friday is day 207 and stands at 307.
  const values = Array.from({ length: 203 }, (_, day) => (day % 7 >= 5 ? 0.5 : 1) * (100 + day));
  const { members } = createForecaster()(
    question({ values, remainingSteps: 5, hit: { atLeast: 280, atMost: null } }),
  );
  expect(members['mstl_ets']).toBeGreaterThan(0.9);
});

it('says the same in every process: nothing is carried over from what was asked before', async () => {
  const forecast = createForecaster();
  forecast(question({ values: bumpy(90) }));
  const after = forecast(asked);
  vi.resetModules();
  const fresh = await import('../../src/forecast/create-forecaster.ts');
  expect(fresh.createForecaster()(asked)).toEqual(after);
});

it('goes on by smoothing where the library finds no model', () => {
  const { members, pHit } = createForecaster()(question({ values: [5, 7], remainingSteps: 3 }));
  expect(Object.keys(members)).toContain('smoothing');
  expect(pHit).toBeGreaterThan(0);
  expect(pHit).toBeLessThan(1);
});

it.each([
  { why: 'a constant', values: Array.from({ length: 60 }, () => 3) },
  { why: 'constant but for one day', values: Array.from({ length: 60 }, (_, day) => (day === 10 ? 4 : 3)) },
  { why: 'huge numbers', values: bumpy(60).map((value) => value * 1e300) },
  { why: 'tiny numbers', values: bumpy(60).map((value) => value * 1e-300) },
  { why: 'mostly zeros', values: Array.from({ length: 60 }, (_, day) => (day % 9 === 0 ? 1 : 0)) },
])('answers with finite numbers: $why', ({ values }) => {
  const { pHit, quantiles } = createForecaster()(question({ values, hit: { atLeast: 3, atMost: null } }));
  expect(Number.isFinite(pHit)).toBe(true);
  expect(Object.values(quantiles).every(Number.isFinite)).toBe(true);
});

it('does not grow with what it is asked', () => {
  const forecast = createForecaster();
  const short = question({ values: bumpy(60), hit: { atLeast: 50, atMost: null } });
  for (let round = 0; round < 20; round++) forecast(short);
  const before = process.memoryUsage().external;
  for (let round = 0; round < 200; round++) forecast(short);
  expect(process.memoryUsage().external - before).toBeLessThan(20_000_000);
});
