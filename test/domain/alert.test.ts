import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertEvaluation, type AlertState, quietAlert, step } from '../../src/domain/alert.ts';
import type { DataState } from '../../src/domain/data-state.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Status } from '../../src/domain/status.ts';

const config = { forEvaluations: 3, keepFiringEvaluations: 2 };
const today = '2026-08-12';
const at = (over: Partial<AlertState>): AlertState => ({
  ...quietAlert,
  lastTickDay: '2026-08-11',
  episode: 4,
  ...over,
});
const evaluation = (
  status: Status,
  dataState: DataState = 'fresh',
  asOfDay: string | null = today,
): AlertEvaluation => ({
  asOfDay,
  status,
  dataState,
});

describe('one step', () => {
  it.each([
    { from: at({ phase: 'normal' }), on: evaluation('on_track'), to: { phase: 'normal' }, event: null },
    {
      from: at({ phase: 'normal' }),
      on: evaluation('off_track'),
      to: { phase: 'pending', ticks: 1, episode: 5 },
      event: null,
    },
    {
      from: at({ phase: 'resolved' }),
      on: evaluation('off_track'),
      to: { phase: 'pending', ticks: 1, episode: 5 },
      event: null,
    },
    {
      from: at({ phase: 'closed' }),
      on: evaluation('off_track'),
      to: { phase: 'pending', ticks: 1, episode: 5 },
      event: null,
    },
    {
      from: at({ phase: 'pending', ticks: 1 }),
      on: evaluation('off_track'),
      to: { phase: 'pending', ticks: 2 },
      event: null,
    },
    {
      from: at({ phase: 'pending', ticks: 2 }),
      on: evaluation('off_track'),
      to: { phase: 'firing', ticks: 0 },
      event: 'fired',
    },
    {
      from: at({ phase: 'pending', ticks: 2 }),
      on: evaluation('at_risk'),
      to: { phase: 'normal', ticks: 0 },
      event: null,
    },
    { from: at({ phase: 'firing' }), on: evaluation('off_track'), to: { phase: 'firing' }, event: null },
    {
      from: at({ phase: 'firing' }),
      on: evaluation('at_risk'),
      to: { phase: 'recovering', ticks: 1 },
      event: null,
    },
    {
      from: at({ phase: 'recovering', ticks: 1 }),
      on: evaluation('off_track'),
      to: { phase: 'firing', ticks: 0 },
      event: null,
    },
    {
      from: at({ phase: 'recovering', ticks: 1 }),
      on: evaluation('on_track'),
      to: { phase: 'resolved', ticks: 0 },
      event: 'recovered',
    },
    { from: at({ phase: 'normal' }), on: evaluation('missed'), to: { phase: 'closed' }, event: null },
    {
      from: at({ phase: 'pending', ticks: 2 }),
      on: evaluation('missed'),
      to: { phase: 'closed' },
      event: null,
    },
    { from: at({ phase: 'firing' }), on: evaluation('missed'), to: { phase: 'closed' }, event: 'closed' },
    {
      from: at({ phase: 'firing' }),
      on: evaluation('achieved'),
      to: { phase: 'closed' },
      event: 'recovered',
    },
    {
      from: at({ phase: 'recovering' }),
      on: evaluation('achieved'),
      to: { phase: 'closed' },
      event: 'recovered',
    },
    { from: at({ phase: 'closed' }), on: evaluation('missed'), to: { phase: 'closed' }, event: null },
  ])(
    '$from.phase ($from.ticks) on $on.status goes to $to.phase, and sends $event',
    ({ event, from, on, to }) => {
      const { events, state } = step(from, on, config);
      expect(state).toMatchObject(to);
      expect(events).toEqual(event === null ? [] : [{ kind: event, episode: state.episode, day: today }]);
    },
  );

  it.each([
    evaluation('off_track', 'stale'),
    evaluation('unknown', 'stale'),
    evaluation('unknown', 'none', null),
    evaluation('off_track', 'failing'),
    evaluation('on_track', 'failing'),
    evaluation('off_track', 'paused'),
    evaluation('too_early'),
    evaluation('not_started', 'fresh', null),
    evaluation('unknown'),
  ])('moves no counter and resolves nothing on $status with $dataState data', (on) => {
    for (const from of [
      at({ phase: 'pending', ticks: 2 }),
      at({ phase: 'firing' }),
      at({ phase: 'recovering', ticks: 1 }),
    ]) {
      const { events, state } = step(from, on, config);
      expect(events).toEqual([]);
      expect(state).toMatchObject({ phase: from.phase, ticks: from.ticks, lastTickDay: from.lastTickDay });
    }
  });

  it('goes on working while data are one day late', () => {
    const { state } = step(at({ phase: 'pending', ticks: 2 }), evaluation('off_track', 'late'), config);
    expect(state.phase).toBe('firing');
  });
});

/** Runs one evaluation a day, and tells on which days something was sent. */
type Day = [status: Status, dataState?: DataState];
function story(days: Day[], rule = config) {
  let state = quietAlert;
  const sent: string[] = [];
  days.forEach(([status, dataState], i) => {
    const result = step(state, evaluation(status, dataState, addDays('2026-08-01', i)), rule);
    state = result.state;
    sent.push(...result.events.map((event) => `${event.kind} ${event.episode} on day ${i + 1}`));
  });
  return { sent, state };
}
const times = (n: number, status: Status, dataState: DataState = 'fresh'): Day[] =>
  Array.from({ length: n }, () => [status, dataState]);

it('C23: breach, recovery and breach are two alerts and one recovery notice, and nothing while unchanged', () => {
  const { sent } = story([...times(10, 'off_track'), ...times(10, 'on_track'), ...times(10, 'off_track')]);
  expect(sent).toEqual(['fired 1 on day 3', 'recovered 1 on day 12', 'fired 2 on day 23']);
});

it('does not alert on two bad days, however often they are evaluated', () => {
  let state = quietAlert;
  for (const day of ['2026-08-01', '2026-08-02']) {
    for (let i = 0; i < 24; i += 1) state = step(state, evaluation('off_track', 'fresh', day), config).state;
  }
  expect(state).toMatchObject({ phase: 'pending', ticks: 2 });
});

it('does not flap between at risk and off track', () => {
  const swinging = Array.from({ length: 20 }, (_, i): [Status] => [i % 2 === 0 ? 'off_track' : 'at_risk']);
  expect(story([...times(3, 'off_track'), ...swinging]).sent).toEqual(['fired 1 on day 3']);
});

it('cannot fire at once when the data come back after a gap', () => {
  const { sent, state } = story([...times(2, 'off_track'), ...times(4, 'unknown', 'stale'), ['off_track']]);
  expect(sent).toEqual([]);
  expect(state).toMatchObject({ phase: 'pending', ticks: 1 });
});

it('keeps a firing alert through a gap, and says nothing about it', () => {
  const { sent, state } = story([...times(3, 'off_track'), ...times(9, 'unknown', 'stale'), ['off_track']]);
  expect(sent).toEqual(['fired 1 on day 3']);
  expect(state.phase).toBe('firing');
});

it('fires and recovers at once when the rule asks for one day each', () => {
  const rule = { forEvaluations: 1, keepFiringEvaluations: 1 };
  expect(story([['off_track'], ['on_track'], ['off_track']], rule).sent).toEqual([
    'fired 1 on day 1',
    'recovered 1 on day 2',
    'fired 2 on day 3',
  ]);
});

it('never sends two alerts without an end between them, nor two messages at once, whatever happens', () => {
  const status = fc.constantFrom<Status>(
    'not_started',
    'too_early',
    'on_track',
    'at_risk',
    'off_track',
    'achieved',
    'missed',
    'unknown',
  );
  const data = fc.constantFrom<DataState>('fresh', 'late', 'stale', 'failing', 'none', 'paused');
  const moment = fc.record({ status, data, ahead: fc.integer({ min: -1, max: 2 }), noDay: fc.boolean() });
  const count = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(
      fc.array(moment, { maxLength: 120 }),
      count,
      count,
      (moments, forEvaluations, keepFiringEvaluations) => {
        let state = quietAlert;
        let open: number | null = null;
        let day = '2026-01-10';
        for (const { ahead, data: dataState, noDay, status: found } of moments) {
          day = addDays(day, ahead);
          const before = state;
          const result = step(
            state,
            { asOfDay: noDay ? null : day, status: found, dataState },
            { forEvaluations, keepFiringEvaluations },
          );
          state = result.state;
          expect(result.events.length).toBeLessThanOrEqual(1);
          for (const event of result.events) {
            // An alert fires while none is open; every other message ends the one that is.
            expect(open).toBe(event.kind === 'fired' ? null : event.episode);
            open = event.kind === 'fired' ? event.episode : null;
          }
          expect(open !== null).toBe(state.phase === 'firing' || state.phase === 'recovering');
          expect(state.episode).toBeGreaterThanOrEqual(before.episode);
        }
      },
    ),
    { numRuns: 500 },
  );
});
