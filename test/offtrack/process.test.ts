import { expect, it } from 'vitest';
import { createForecaster } from '../../src/forecast/create-forecaster.ts';
import { createLineHandler, type LineHandler } from '../../src/offtrack/process.ts';
import { usualConfig } from '../../src/offtrack/rule.ts';
import { day, history, keyResult, opening, saying, ticking } from './lines.ts';

const config = () => ({ forEvaluations: 3, keepFiringEvaluations: 5, fireBelow: 0.25, clearAbove: 0.45 });

const told = (handle: LineHandler, line: object) => handle(JSON.stringify(line)).answer;

it('answers a predict line with the chance and the quantiles, under its id', () => {
  const { forecast } = saying(() => 0.4);
  const line = { v: 1, id: 'kr@0', kr: keyResult, gran: 'D', as_of: day(5), history: history() };
  expect(told(createLineHandler(forecast, config), line)).toEqual({
    id: 'kr@0',
    p_hit: 0.4,
    q: { p10: 1, p50: 2, p90: 3 },
  });
});

it.each([
  { agg: 'last', final: { kind: 'last' } },
  { agg: 'avg', avg_n: 7, final: { kind: 'trailing_mean', steps: 7 } },
  // After the start on the 5th there are the values of the 6th and the 8th; the 7th has none.
  { agg: 'sum', final: { kind: 'sum', soFar: 9 } },
])('asks the question that the line means: $agg', ({ agg, avg_n, final }) => {
  const { forecast, questions } = saying(() => 0.4);
  const values = [...Array.from({ length: 11 }, () => 10), 4, null, 5, null];
  const kr = { ...keyResult, agg, avg_n, direction: 'decrease' };
  told(createLineHandler(forecast, config), {
    v: 1,
    id: 'x',
    kr,
    gran: 'D',
    as_of: day(9),
    history: history(values),
  });
  expect(questions).toEqual([
    {
      step: 'day',
      start: '2025-12-26',
      values: values.slice(0, -1), // it speaks for the 8th, the newest day with a value
      elapsedSteps: 3,
      remainingSteps: 17,
      final,
      hit: { atLeast: null, atMost: 12 },
      nonNegative: true,
    },
  ]);
});

it('fires after three bad days in a row, tells it once, and goes on firing', () => {
  const handle = createLineHandler(saying(() => 0.05).forecast, config);
  expect(told(handle, opening())).toBeNull();
  const answers = [6, 7, 8, 9, 10, 11].map((number) => told(handle, ticking(number)));
  // Two days of twenty are the silent beginning.
  expect(answers).toMatchObject([
    { id: 'kr#1', state: 'ok', notify: false },
    { state: 'ok', notify: false },
    { state: 'pending', notify: false },
    { state: 'pending', notify: false },
    { state: 'firing', notify: true },
    { state: 'firing', notify: false },
  ]);
  expect(told(handle, { v: 1, op: 'close', kr_id: 'kr' })).toBeNull();
});

it('says no data exactly when the newest value is more than three days old, and the alert keeps its standing', () => {
  const handle = createLineHandler(saying(() => 0.05).forecast, config);
  told(handle, opening());
  for (const number of [6, 7, 8, 9, 10]) told(handle, ticking(number));
  const silent = [11, 12, 13, 14, 15].map((number) => told(handle, ticking(number, [])));
  expect(silent).toMatchObject([
    { state: 'firing', notify: false },
    { state: 'firing' },
    { state: 'firing' },
    { state: 'nodata', notify: false },
    { state: 'nodata' },
  ]);
  expect(told(handle, ticking(16))).toMatchObject({ state: 'firing', notify: false });
});

it('a day without news counts nothing: three bad days are three days with values', () => {
  const handle = createLineHandler(saying(() => 0.05).forecast, config);
  told(handle, opening());
  const plan = [6, 7, 8, 9, 10, 11].map((number) =>
    ticking(number, number === 9 || number === 10 ? [] : undefined),
  );
  const states = plan.map((line) => (told(handle, line) as { state: string }).state);
  expect(states).toEqual(['ok', 'ok', 'pending', 'pending', 'pending', 'pending']);
});

it('late points replace what was there, and are used by the next evaluation', () => {
  const { forecast, questions } = saying(() => 0.5);
  const handle = createLineHandler(forecast, config);
  told(handle, opening());
  told(handle, ticking(6, []));
  told(
    handle,
    ticking(7, [
      [day(6), 11],
      [day(5), 99],
      [day(7), 12],
    ]),
  );
  expect(questions.at(-1)?.values.slice(-3)).toEqual([99, 11, 12]);
  expect(questions.at(-1)).toMatchObject({ elapsedSteps: 2, remainingSteps: 18 });
});

it('Key Results that are followed at the same time do not touch each other', () => {
  const handle = createLineHandler(saying(({ hit }) => (hit.atLeast === 12 ? 0.05 : 0.9)).forecast, config);
  told(handle, opening());
  told(handle, { ...opening(), kr: { ...keyResult, id: 'other', target: 11 } });
  const both = [6, 7, 8, 9, 10].map((number) => [
    told(handle, ticking(number)),
    told(handle, { ...ticking(number), kr_id: 'other' }),
  ]);
  expect(both.at(-1)).toMatchObject([
    { state: 'firing', p_hit: 0.05 },
    { state: 'ok', p_hit: 0.9 },
  ]);
});

it.each([
  { line: 'not JSON', problem: /not JSON/ },
  { line: '{"v":1,"id":"a"}', problem: /^kr: / },
  { line: '{"v":1,"op":"dance"}', problem: /^op: / },
])('complains about $line, and answers nothing', ({ line, problem }) => {
  const handled = createLineHandler(saying(() => 0.5).forecast, config)(line);
  expect(handled.answer).toBeNull();
  expect(handled.problem).toMatch(problem);
});

it('a tick of a Key Result that nobody opened is an error, and so is a forecast that fails', () => {
  const handle = createLineHandler(() => {
    throw new Error('no model');
  }, config);
  expect(handle(JSON.stringify(ticking(6)))).toMatchObject({
    answer: { state: 'error' },
    problem: '"kr" is not open',
  });
  told(handle, opening());
  expect(handle(JSON.stringify(ticking(6)))).toMatchObject({
    answer: { state: 'error' },
    problem: 'no model',
  });
});

it('a predict line without any observation is answered with one half', () => {
  const line = { v: 1, id: 'x', kr: keyResult, gran: 'D', as_of: day(5), history: history([null, null]) };
  const handled = createLineHandler(createForecaster(), config)(JSON.stringify(line));
  expect(handled).toMatchObject({
    answer: { id: 'x', p_hit: 0.5 },
    problem: expect.stringContaining('at least one observation'),
  });
});

it('weekly series need one evaluation where daily ones need several', () => {
  expect(usualConfig('W')).toMatchObject({ forEvaluations: 1, keepFiringEvaluations: 1 });
  expect(usualConfig('D').forEvaluations).toBeGreaterThan(1);
});
