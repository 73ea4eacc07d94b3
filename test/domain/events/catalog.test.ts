import { expect, it } from 'vitest';
import type { MetricWindow } from '../../../src/domain/catalog/types.ts';
import { eventMetrics } from '../../../src/domain/events/catalog.ts';
import { cohort, did, measure, period } from './measure.ts';

const windows: MetricWindow[] = [
  period('2026-03-01', '2026-04-01'),
  cohort('2026-03-01', '2026-04-01', '2026-06-01T00:00:00Z'),
  { kind: 'snapshot', day: '2026-03-31', timeZone: 'UTC' },
  { kind: 'none' },
];
const cases = eventMetrics.flatMap((metric) =>
  windows
    .filter(({ kind }) => !metric.windows.includes(kind))
    .map((window) => ({ key: metric.key, kind: window.kind, metric, window })),
);

it.each(cases)('$key refuses a window of kind $kind rather than guess another', ({ metric, window }) => {
  expect(() => metric.compute({}, window, {})).toThrow(RangeError);
});

it('refuses a window that ends before it begins', () => {
  const window = period('2026-03-02', '2026-03-01');
  expect(() => measure('active_users', {}, window, { events: [] })).toThrow(RangeError);
});

it('refuses a parameter of another kind rather than compute something else', () => {
  const [window, records] = [period('2026-03-01', '2026-03-02'), { events: [] }];
  expect(() => measure('active_users', { activeEvent: 3 }, window, records)).toThrow('activeEvent');
  expect(() => measure('active_users', { passiveEvents: [1, 2] }, window, records)).toThrow('passiveEvents');
  const started = { startEvent: 'sign_up' };
  const march = cohort('2026-03-01', '2026-03-02', '2026-06-01T00:00:00Z');
  expect(() => measure('retention', { ...started, clock: 'lunar' }, march, records)).toThrow('clock');
  expect(() => measure('retention', { ...started, n: 'one', criterion: 'on' }, march, records)).toThrow(
    '"n"',
  );
});

it('has each metric once, with its usual window among those it is defined over', () => {
  expect(new Set(eventMetrics.map(({ key }) => key)).size).toBe(eventMetrics.length);
  for (const { key, windows, usualWindow } of eventMetrics) {
    const cohortOnly = windows.length === 1 && windows[0] === 'cohort';
    if (usualWindow.kind === 'matured_cohort') expect(cohortOnly, key).toBe(true);
    if (usualWindow.kind === 'trailing') expect(windows, key).toContain('period');
  }
});

it('keeps what the metric reads with it: records that are absent give no value', () => {
  for (const { key, windows, params } of eventMetrics) {
    const given = Object.entries(params).flatMap(([name, spec]) => {
      if (!('required' in spec)) return [];
      return [[name, spec.type === 'texts' ? ['x', 'y'] : 'x'] as const];
    });
    const window =
      windows[0] === 'cohort'
        ? cohort('2026-03-01', '2026-04-01', '2026-06-01T00:00:00Z')
        : period('2026-03-01', '2026-04-01');
    const measured = measure(key, Object.fromEntries(given), window, {});
    expect(measured, key).toEqual({ value: null, reason: 'no_observation' });
  }
});

// A guard against work that grows with the square of the events: this would then take many minutes.
it('reads 200,000 events in seconds', { timeout: 30_000 }, () => {
  const firstMs = Date.parse('2026-03-01T00:00:00Z');
  const events = Array.from({ length: 200_000 }, (_, index) => ({
    ...did('x open 2026-03-01T00:00:00Z', {}, `e${index}`),
    // One person in four is a machine that does a quarter of everything.
    userId: index % 4 === 0 ? 'machine' : `u${index % 9_973}`,
    event: index < 10_000 ? 'sign_up' : 'open',
    at: new Date(firstMs + ((index * 7_919) % 200_000) * 12_000),
  }));
  const window = period('2026-03-01', '2026-04-01', 'America/New_York');
  const cohortWindow = cohort('2026-03-01', '2026-04-01', '2026-06-01T00:00:00Z', 'America/New_York');
  expect(measure('active_users', {}, window, { events }).value).toBeGreaterThan(9_000);
  expect(measure('stickiness', {}, window, { events }).value).toBeGreaterThan(0);
  expect(measure('session_count', {}, window, { events }).value).toBeGreaterThan(9_000);
  const steps = ['sign_up', 'open', 'open', 'open'];
  expect(measure('funnel_conversion', { steps }, cohortWindow, { events }).denominator).toBeGreaterThan(
    7_000,
  );
  const retention = { startEvent: 'sign_up', clock: 'calendar' };
  expect(measure('retention', retention, cohortWindow, { events }).denominator).toBeGreaterThan(7_000);
});
