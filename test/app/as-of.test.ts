import { describe, expect, it } from 'vitest';
import { readAsOf } from '../../src/app/as-believed.ts';
import { followsCohorts } from '../../src/app/cohort-of.ts';
import type { MetricRecord } from '../../src/app/ports.ts';

describe('the past that is asked for', () => {
  const now = new Date('2026-06-01T10:00:00Z');

  it.each([
    // Berlin is an hour ahead of UTC in winter and two in summer; its clocks change on 29 March 2026.
    { text: '2026-03-28', at: '2026-03-28T22:59:59.999Z', day: '2026-03-28', why: 'a day is its close' },
    {
      text: '2026-03-29',
      at: '2026-03-29T21:59:59.999Z',
      day: '2026-03-29',
      why: 'in the zone, as its clocks go',
    },
    { text: '2026-06-01', at: now.toISOString(), day: '2026-06-01', why: 'a day that runs is as it is now' },
    {
      text: '2026-03-28T12:00:00+02:00',
      at: '2026-03-28T10:00:00.000Z',
      day: null,
      why: 'an instant is itself',
    },
  ])('$text: $why', ({ text, at, day }) => {
    expect(readAsOf(text, 'Europe/Berlin', now)).toEqual({ at: new Date(at), day });
  });

  it.each([
    { text: '2026-06-02', message: 'has not come yet' },
    { text: '2026-06-01T10:00:01Z', message: 'has not come yet' },
    { text: '2026-02-30', message: 'is not a day' },
    { text: 'yesterday', message: 'is not a day' },
    { text: '', message: 'is not a day' },
  ])('refuses "$text": it $message', ({ message, text }) => {
    expect(() => readAsOf(text, 'Europe/Berlin', now)).toThrow(message);
  });
});

describe('whether a metric follows cohorts', () => {
  const of = (settlesAfterHours: number, definition: MetricRecord['definition'] = null) =>
    followsCohorts({ settlesAfterHours, definition });
  const catalog = (metric: string, params: Record<string, unknown>) =>
    ({
      kind: 'catalog',
      metric,
      definitionVersion: 1,
      params,
      window: { kind: 'cohort' },
      timeZone: 'UTC',
    }) as const;

  it.each([
    { of: of(72), follows: false, why: 'GA4 restates three days' },
    { of: of(5 * 24), follows: false, why: 'Mixpanel takes late events for five' },
    { of: of(60 * 24), follows: true, why: 'a month of retention waits for people, not for the tool' },
    {
      of: of(72, catalog('activation_rate', { event: 'x', minCount: 3, withinDays: 3, clock: 'rolling' })),
      follows: true,
      why: 'activated within three days is decided after three',
    },
    { of: of(0, catalog('mrr', {})), follows: false, why: 'nobody is waited for in a state at a day’s end' },
  ])('$why', ({ of: found, follows }) => {
    expect(found).toBe(follows);
  });
});
