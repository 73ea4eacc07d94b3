import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveClock } from '../support/database.ts';
import { type Answer, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
const dayMs = 86_400_000;
/** A day of the server's calendar, counted from today. */
const day = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
/** The cycle: it began 20 days ago, and ends in 20 days. */
beforeAll(async () => {
  server = await startTestServer();
  await made('/api/v1/cycles', { key: 'now', startDay: day(-20), endDay: day(20) });
  await made('/api/v1/objectives', { key: 'aim', title: 'Aim', cycle: 'now' });
});
afterAll(() => server.close());

const send = (path: string, body: unknown, key?: string): Promise<Answer> =>
  server.ask(
    'POST',
    path,
    body,
    key === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key },
  );
async function made(path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await send(path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
}
let count = 0;
async function newKeyResult(goal: unknown, change: Record<string, unknown> = {}): Promise<string> {
  count += 1;
  const key = `kr-${count}`;
  await made('/api/v1/key-results', {
    key,
    title: `Number ${count}`,
    objective: 'aim',
    unit: 'count',
    goal,
    ...change,
  });
  return key;
}
const row = async (key: string) => (await server.ask('GET', `/api/v1/key-results/${key}`)).json;
const checkIn = (key: string, body: unknown, idempotencyKey?: string) =>
  send(`/api/v1/key-results/${key}/check-ins`, body, idempotencyKey);
async function checkedIn(key: string, body: unknown): Promise<Record<string, unknown>> {
  return made(`/api/v1/key-results/${key}/check-ins`, body);
}
async function pointsOf(key: string): Promise<unknown[]> {
  const data = await server.all(`/api/v1/metrics/check-in.${key}/points`);
  return (data as { day: string; value: string; origin: string }[]).map((point) => [
    point.day,
    point.value,
    point.origin,
  ]);
}

const counted = { kind: 'accumulate', targetValue: 20 };
const weekly = { kind: 'recurring', perPeriod: 1, periodUnit: 'week', periods: 4, carryOver: false };
const reach = { kind: 'reach', startValue: 0, targetValue: 100 };

describe('the value of a check-in', () => {
  it('is what happened on that day where something is counted: 3, then 2 more, then a total of 10', async () => {
    const key = await newKeyResult(counted);
    expect(await row(key)).toMatchObject({
      tracking: 'check_in',
      data: { state: 'none', reason: { code: 'data_unbound' } },
    });
    await checkedIn(key, { day: day(-3), value: 3 });
    await checkedIn(key, { day: day(-3), add: 1 });
    await checkedIn(key, { day: day(-1), add: 2 });
    // 3 + 1 on one day and 2 on another are 6: today came to 4, so that the cycle has come to 10 of 20.
    const answer = await checkedIn(key, { total: 10, note: 'with the workshop', confidence: 0.7 });
    expect(answer).toMatchObject({
      checkIn: { day: day(0), value: '4', note: 'with the workshop', confidence: 0.7 },
      keyResult: { currentValue: 10, progress: 0.5, tracking: 'check_in', data: { state: 'fresh' } },
    });
    expect(await pointsOf(key)).toEqual([
      [day(-3), '4', 'manual'],
      [day(-1), '2', 'manual'],
      [day(0), '4', 'manual'],
    ]);
  });

  it('may be negative to correct what was counted, and adds tenths without an error of binary fractions', async () => {
    const key = await newKeyResult(counted);
    await checkedIn(key, { day: day(-1), add: 0.1 });
    await checkedIn(key, { day: day(-1), add: 0.2 });
    await checkedIn(key, { day: day(0), add: -0.1 });
    expect(await pointsOf(key)).toEqual([
      [day(-1), '0.3', 'manual'],
      [day(0), '-0.1', 'manual'],
    ]);
  });

  it('counts how often a week for a goal with a rhythm', async () => {
    const key = await newKeyResult(weekly);
    await checkedIn(key, { day: day(-20), value: 1 }); // the first week
    const answer = await checkedIn(key, { day: day(-12), value: 2 }); // the second: one of the two counts
    expect(answer['keyResult']).toMatchObject({ progress: 0.5 }); // 2 of 4 weeks
  });

  it('is the value as of that day for a level, and a zero is one', async () => {
    const key = await newKeyResult(reach);
    await checkedIn(key, { day: day(-5), value: 30 });
    expect(await row(key)).toMatchObject({ currentValue: 30, progress: 0.3 });
    const answer = await checkedIn(key, { value: 0 });
    expect(answer['keyResult']).toMatchObject({ currentValue: 0, progress: 0 });
    const guarded = await newKeyResult({
      kind: 'guardrail',
      operator: 'at_most',
      upper: 5,
      method: 'latest',
    });
    expect((await checkedIn(guarded, { value: 7 }))['keyResult']).toMatchObject({
      currentValue: 7,
      progress: 0,
    });
    const change = await newKeyResult({ kind: 'change', percent: 20, baselineValue: 50 });
    // From 50 by 20 % is to 60, and 55 is half the way.
    expect((await checkedIn(change, { value: 55 }))['keyResult']).toMatchObject({ progress: 0.5 });
  });

  it('replaces what the day was, which is kept as a revision with who said so', async () => {
    const key = await newKeyResult(reach);
    await checkedIn(key, { day: day(-1), value: 30 });
    await checkedIn(key, { day: day(-1), value: 40, note: 'counted again' });
    const explained = (await server.ask('GET', `/api/v1/key-results/${key}/explanation`)).json;
    expect(explained['points']).toMatchObject([{ day: day(-1), value: '40', revisions: [{ value: '30' }] }]);
    expect(explained['ingests']).toMatchObject([{ via: 'check_in', rows: 1, note: 'counted again' }]);
    const { data } = (await server.ask('GET', `/api/v1/key-results/${key}/check-ins`)).json;
    expect(data).toMatchObject([
      { day: day(-1), value: '40', note: 'counted again' },
      { day: day(-1), value: '30', note: '' },
    ]);
  });

  it('goes to the metric for pushed values where one feeds the Key Result', async () => {
    await made('/api/v1/metrics/values', { key: 'told', kind: 'stock', unit: 'count' });
    const key = await newKeyResult(reach, { metric: 'told' });
    expect((await checkedIn(key, { value: 25 }))['keyResult']).toMatchObject({
      currentValue: 25,
      tracking: 'pushed',
    });
    const data = await server.all('/api/v1/metrics/told/points');
    expect(data).toMatchObject([{ day: day(0), value: '25', origin: 'manual' }]);
  });

  it('makes one metric when two people check in for the first time at once', async () => {
    const key = await newKeyResult(counted);
    const answers = await Promise.all([1, 2, 3].map((value) => checkIn(key, { day: day(-value), value })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await row(key)).toMatchObject({ currentValue: 6 });
  });

  it('is taken once under one key, also when it adds', async () => {
    const key = await newKeyResult(counted);
    const answers = await Promise.all([1, 2, 3, 4].map(() => checkIn(key, { add: 2 }, 'step-1')));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(answers.filter(({ json }) => json['replayed'] === false)).toHaveLength(1);
    expect(await row(key)).toMatchObject({ currentValue: 2 });
    expect((await checkIn(key, { add: 3 }, 'step-1')).json).toMatchObject({
      status: 422,
      code: 'idempotency_conflict',
    });
    const noted = await checkIn(key, { note: 'all well' }, 'step-2');
    expect((await checkIn(key, { note: 'all well' }, 'step-2')).json).toEqual({
      ...noted.json,
      replayed: true,
    });
  });
});

describe('a check-in is refused', () => {
  const wrong = async (key: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await checkIn(key, body);
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
    expect((await server.ask('GET', `/api/v1/key-results/${key}/check-ins`)).json['data']).toEqual([]);
    return answer.json;
  };

  it('outside of the days of the cycle, and ahead', async () => {
    const key = await newKeyResult(counted);
    expect((await wrong(key, { day: day(-21), value: 1 }))['detail']).toMatch(
      /does not lie in the cycle "now", which runs from/,
    );
    expect((await wrong(key, { day: day(1), value: 1 }))['detail']).toMatch(
      /lies in the future, and today is/,
    );
    expect((await wrong(key, { day: '2026-02-30', value: 1 }))['detail']).toMatch(
      /is not a day of the calendar/,
    );
    await made('/api/v1/cycles', { key: 'next', startDay: day(10), endDay: day(40) });
    await made('/api/v1/objectives', { key: 'later', title: 'Later', cycle: 'next' });
    const early = await newKeyResult(counted, { objective: 'later' });
    expect((await wrong(early, { value: 1 }))['detail']).toMatch(/The cycle "next" starts on/);
  });

  it('that says nothing, or two things', async () => {
    const key = await newKeyResult(counted);
    expect(await wrong(key, {})).toMatchObject({ status: 422, errors: [{ code: 'check_in_empty' }] });
    expect(await wrong(key, { value: 1, total: 2 })).toMatchObject({ errors: [{ code: 'amount_unclear' }] });
    expect((await wrong(key, { confidence: 70 }))['errors']).toMatchObject([{ pointer: '/confidence' }]);
    expect((await wrong(key, { value: 2e15 }))['status']).toBe(422);
  });

  it('that would come to more than a value can be', async () => {
    const key = await newKeyResult(counted);
    await checkedIn(key, { value: 1e15 });
    expect((await checkIn(key, { add: 1 })).json).toMatchObject({ status: 422, code: 'value_too_large' });
    expect(await pointsOf(key)).toEqual([[day(0), '1000000000000000', 'manual']]);
  });

  it('that adds to what is a level', async () => {
    const key = await newKeyResult(reach);
    expect((await wrong(key, { add: 1 }))['detail']).toMatch(
      /counts nothing up, so there is nothing to add to/,
    );
  });

  it('with a value where a source has it, and taken without one', async () => {
    await made('/api/v1/metrics/values', { key: 'read', kind: 'stock', unit: 'count' });
    const key = await newKeyResult(reach, { metric: 'read' });
    await server.services.database.pool.query(`UPDATE metric SET source = 'formula' WHERE key = 'read'`);
    const refused = await wrong(key, { value: 1 });
    expect(refused).toMatchObject({
      status: 409,
      code: 'tracked_automatically',
      fix: expect.stringContaining('tidemark kr override'),
    });
    expect((await checkedIn(key, { note: 'slow week', confidence: 0.4 }))['checkIn']).toMatchObject({
      value: null,
      confidence: 0.4,
    });
  });

  it('in a cycle that was closed', async () => {
    await made('/api/v1/cycles', { key: 'old', startDay: day(-60), endDay: day(-30) });
    await made('/api/v1/objectives', { key: 'was', title: 'Was', cycle: 'old' });
    const key = await newKeyResult(counted, { objective: 'was' });
    const steps = await newKeyResult(
      { kind: 'milestone', steps: [{ name: 'Draft', weight: 1, doneOnDay: null }] },
      { objective: 'was' },
    );
    expect((await checkedIn(key, { value: 1 }))['checkIn']).toMatchObject({ day: day(-31) }); // its last day
    await made('/api/v1/cycles/old/closings', { asIs: true, reason: 'it is over' });
    expect((await checkIn(key, { value: 2 })).json).toMatchObject({ status: 409, code: 'cycle_closed' });
    const tick = await server.ask('PATCH', `/api/v1/key-results/${steps}/steps`, {
      step: 'Draft',
      done: true,
    });
    expect(tick.json).toMatchObject({ status: 409, code: 'cycle_closed' });
  });
});

describe('a milestone goal', () => {
  const steps = [
    { name: 'Draft', weight: 1, doneOnDay: null },
    { name: 'Review', weight: 3, doneOnDay: null },
  ];
  const tick = (key: string, body: unknown) => server.ask('PATCH', `/api/v1/key-results/${key}/steps`, body);

  it('moves by its steps, and back', async () => {
    const key = await newKeyResult({ kind: 'milestone', steps });
    expect((await tick(key, { step: 'draft', done: true, day: day(-2) })).json).toMatchObject({
      progress: 0.25, // 1 of 4
      tracking: 'check_in',
      goal: {
        steps: [
          { name: 'Draft', doneOnDay: day(-2) },
          { name: 'Review', doneOnDay: null },
        ],
      },
    });
    expect((await tick(key, { step: '2', done: true })).json).toMatchObject({ progress: 1 });
    expect((await tick(key, { step: 'Draft', done: false })).json).toMatchObject({ progress: 0.75 });
  });

  it('loses no step when two are ticked at once', async () => {
    const key = await newKeyResult({ kind: 'milestone', steps });
    await Promise.all([tick(key, { step: 'Draft', done: true }), tick(key, { step: 'Review', done: true })]);
    expect(await row(key)).toMatchObject({ progress: 1 });
  });

  it('refuses a day ahead, a step that it does not have, and a value', async () => {
    const key = await newKeyResult({ kind: 'milestone', steps });
    expect((await tick(key, { step: 'Draft', done: true, day: day(1) })).json['detail']).toMatch(
      /lies in the future/,
    );
    const unknown = (await tick(key, { step: 'Launch', done: true })).json;
    expect(unknown).toMatchObject({
      status: 422,
      fix: 'Name one of them, or its number: 1 "Draft", 2 "Review".',
    });
    expect((await checkIn(key, { value: 1 })).json['detail']).toMatch(
      /its steps are done or not, and have no value/,
    );
    expect((await tick(await newKeyResult(reach), { step: 'Draft', done: true })).json).toMatchObject({
      code: 'no_steps',
    });
    expect((await checkedIn(key, { note: 'soon', confidence: 0.9 }))['checkIn']).toMatchObject({
      note: 'soon',
    });
  });
});

// C28: what people say is never shown as read from a source, and is asked for instead of synced.
it('reminds the owner of a check-in that has grown old, and never calls it stale', async () => {
  const key = await newKeyResult(reach);
  await checkedIn(key, { day: day(-16), value: 30 });
  const late = await row(key);
  expect(late).toMatchObject({ tracking: 'check_in', currentValue: 30 });
  expect(late['data']).toMatchObject({
    state: 'late',
    reason: { code: 'data_check_in_due', values: { days: 16 } },
  });
  await moveClock(server.services.database.pool, 15 * dayMs);
  await server.services.evaluator.evaluate(await server.services.evaluator.due(0, 100));
  expect((await row(key))['data']).toMatchObject({ state: 'late' });
  await moveClock(server.services.database.pool, 0);
});
