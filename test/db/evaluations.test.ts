import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAlertStore } from '../../src/db/alert-store.ts';
import { createEvaluator } from '../../src/db/evaluate.ts';
import { createInstance } from '../../src/db/instance.ts';
import { type Bench, openBench, rules, type Verdict, verdictJudge } from './alerting/support/bench.ts';

let bench: Bench;
let keyResultId: string;
beforeEach(async () => {
  bench = await openBench(new Date('2026-08-12T12:00:00Z'));
  await bench.rule();
  keyResultId = await bench.keyResult('growth');
});
afterEach(() => bench.close());

const alerts = () => createAlertStore(bench.database);
const off = (asOfDay: string): Verdict => ({ asOfDay, status: 'off_track' });
const on = (asOfDay: string): Verdict => ({ asOfDay, status: 'on_track' });
const count = async (table: string): Promise<number> =>
  (await bench.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`, []))[0]?.n ?? 0;

it('writes down what is news in the transaction that made it so, once however often it is computed', async () => {
  await bench.channel('ops');
  await bench.channel('team');
  await bench.judge(keyResultId, off('2026-08-11'));
  await bench.judge(keyResultId, off('2026-08-11'));
  await bench.judge(keyResultId, off('2026-08-12'));
  expect(await bench.news()).toEqual([
    'ops: key_result.off_track growth',
    'team: key_result.off_track growth',
  ]);
  // The message is made later, of whatever is true by then.
  expect(await bench.messages()).toEqual([]);
});

it('writes neither the alert nor its news when it cannot write everything', async () => {
  await bench.channel('ops');
  const verdicts = new Map([[keyResultId, off('2026-08-11')]]);
  const broken = {
    judge: verdictJudge(verdicts),
    newsItem: () => {
      throw new Error('there are no words for it');
    },
  };
  const evaluating = createEvaluator(bench.database, broken).evaluate([keyResultId]);
  await expect(evaluating).rejects.toThrow('no words');
  for (const table of ['alert', 'alert_told', 'notice', 'progress_snapshot', 'key_result_state'])
    expect(`${table} ${await count(table)}`).toBe(`${table} 0`);
  // The next evaluation finds everything as it was before, and tells it.
  const working = { ...broken, newsItem: rules.itemOf };
  await createEvaluator(bench.database, working).evaluate([keyResultId]);
  expect(await bench.news()).toEqual(['ops: key_result.off_track growth']);
});

it('writes nothing for a channel that was switched off', async () => {
  await bench.channel('ops');
  await bench.channel('team');
  await alerts().switchChannel(bench.database.workspaceId, 'ops', false, 'switched off by a test');
  await bench.judge(keyResultId, off('2026-08-11'));
  expect(await bench.news()).toEqual(['team: key_result.off_track growth']);
});

it('keeps what fired, how bad it got, and on which days it began and ended', async () => {
  await bench.judge(keyResultId, { ...off('2026-08-09'), chance: 0.05 });
  await bench.judge(keyResultId, { ...off('2026-08-10'), chance: 0.2 });
  await bench.judge(keyResultId, { ...on('2026-08-11'), chance: 0.9 });
  const rows = await bench.rows(
    'SELECT state, severity, fired_day AS fired, resolved_day AS resolved, rule_id IS NULL AS "hasNoRule" FROM alert',
    [],
  );
  expect(rows).toEqual([
    {
      state: 'resolved',
      severity: 'critical',
      fired: '2026-08-09',
      resolved: '2026-08-11',
      hasNoRule: false,
    },
  ]);
});

it('shows nobody a breach that did not hold', async () => {
  await bench.database.pool.query('UPDATE alert_rule SET for_evaluations = 3');
  await bench.channel('ops');
  await bench.judge(keyResultId, off('2026-08-10'));
  expect(await bench.episodes()).toEqual(['growth off_track 1 pending']);
  await bench.judge(keyResultId, on('2026-08-11'));
  expect(await bench.episodes()).toEqual(['growth off_track 1 closed']);
  expect(await bench.news()).toEqual([]);
});

it('has one open alert of a Key Result, and the next one under the next number', async () => {
  for (const verdict of [off('2026-08-08'), on('2026-08-09'), off('2026-08-10')])
    await bench.judge(keyResultId, verdict);
  expect(await bench.episodes()).toEqual(['growth off_track 1 resolved', 'growth off_track 2 firing']);
});

it('keeps one snapshot for equal inputs, and another one for other inputs', async () => {
  await bench.judge(keyResultId, on('2026-08-11'));
  await bench.judge(keyResultId, on('2026-08-11'));
  expect(await count('progress_snapshot')).toBe(1);
  await bench.judge(keyResultId, off('2026-08-11'));
  expect(await count('progress_snapshot')).toBe(2);
});

it('writes progress back through a channel for that, one message a day and revision, and no news', async () => {
  await bench.channel('mixpanel', {}, 'mixpanel');
  const verdicts = new Map([[keyResultId, off('2026-08-11')]]);
  const judge = verdictJudge(verdicts);
  const progress = (eventKey: string) => ({
    judge: (input: Parameters<typeof judge>[0], now: Date) => ({
      ...judge(input, now),
      progress: { eventKey, payload: {} as never }, // only kept and handed on
    }),
    newsItem: rules.itemOf,
  });
  for (const key of ['day-1', 'day-1', 'day-2'])
    await createEvaluator(bench.database, progress(key)).evaluate([keyResultId]);
  expect(await bench.messages()).toEqual([
    'mixpanel: key_result.progress pending',
    'mixpanel: key_result.progress pending',
  ]);
  expect(await bench.news()).toEqual([]);
});

it('starts a workspace with one rule, so that people are told without setting anything up', async () => {
  const instance = createInstance(bench.database);
  const { id } = await instance.workspace('First', 'UTC');
  await instance.workspace('First', 'UTC'); // a second start
  expect(await alerts().listRules(id)).toMatchObject([
    {
      kind: 'off_track',
      keyResultId: null,
      forEvaluations: 3,
      keepFiringEvaluations: 5,
      fireBelow: 0.25,
      clearAbove: 0.45,
      repeatDays: 7,
      enabled: true,
    },
  ]);
});

it('switches only what belongs to the workspace', async () => {
  const { id } = await createInstance(bench.database).workspace('First', 'UTC');
  const [rule] = await alerts().listRules(id);
  expect(await alerts().switchRule(bench.database.workspaceId, rule?.id ?? '', false)).toBeNull();
  expect(await alerts().switchRule(id, rule?.id ?? '', false)).toMatchObject({ enabled: false });
  expect(await alerts().switchChannel(id, 'nowhere', false, null)).toBeNull();
});
