import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEnding, RunError } from '../../src/app/run-outcome.ts';
import { createRunEngine } from '../../src/db/create-run-engine.ts';
import { inTransaction } from '../../src/db/database.ts';
import { createEvaluator } from '../../src/db/evaluate.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { type OutwardEventType, outwardEventTypes } from '../../src/domain/outward-event.ts';
import { noKeyResults } from '../support/evaluate.ts';
import { type Bench, openBench, type Verdict, verdictJudge } from './alerting/support/bench.ts';
import { queueRun, seedSource } from './support/seed.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench(new Date('2026-08-12T12:00:00Z'));
});
afterEach(() => bench.close());

async function listener(key: string, events: readonly OutwardEventType[] = outwardEventTypes): Promise<void> {
  const id = await bench.channel(key);
  await bench.alerts.subscribe(bench.database.workspaceId, id, [...events]);
}

type Told = { channel: string; type: string; data: Record<string, unknown> };
const told = () =>
  bench.rows<Told>(
    `SELECT c.key AS channel, o.payload->>'type' AS type, o.payload->'data' AS data
     FROM outbox o JOIN channel c ON c.id = o.channel_id WHERE o.event_key LIKE 'event:%' ORDER BY o.id`,
    [],
  );
const lines = async () => (await told()).map(({ channel, type }) => `${channel}: ${type}`);

const off: Verdict = { asOfDay: '2026-08-11', status: 'off_track' };
const on: Verdict = { asOfDay: '2026-08-11', status: 'on_track' };

describe('a change of a Key Result', () => {
  it('is told to the webhooks that want it, once however often it is computed, and to nobody else', async () => {
    await listener('all');
    await listener('status', ['key_result.status_changed']);
    await bench.channel('plain');
    const id = await bench.keyResult('growth');
    await bench.judge(id, on);
    await bench.judge(id, on);
    await bench.judge(id, off);
    await bench.judge(id, off);
    expect(await lines()).toEqual([
      'all: key_result.status_changed',
      'status: key_result.status_changed',
      'all: key_result.progress_changed',
      'all: key_result.status_changed',
      'status: key_result.status_changed',
    ]);
    const changes = (await told()).filter(({ channel }) => channel === 'status').map(({ data }) => data);
    expect(changes).toMatchObject([
      { id, key: 'growth', from: null, to: 'on_track' },
      { id, key: 'growth', from: 'on_track', to: 'off_track', reason: { code: 'far_behind_pace' } },
    ]);
    expect(changes[0]?.['links']).toEqual({
      api: `/api/v1/key-results/${id}`,
      open: '/key-results/growth',
    });
  });

  it('that goes forth and back is told each time', async () => {
    await listener('status', ['key_result.status_changed']);
    const id = await bench.keyResult('growth');
    for (const verdict of [on, off, on, off]) {
      await bench.judge(id, verdict);
      await bench.moveBy(60_000);
    }
    expect((await told()).map(({ data }) => `${String(data['from'])} > ${String(data['to'])}`)).toEqual([
      'null > on_track',
      'on_track > off_track',
      'off_track > on_track',
      'on_track > off_track',
    ]);
  });

  it('that is rolled back was never told, and is told when it is made after all', async () => {
    await listener('all');
    await bench.rule();
    const id = await bench.keyResult('growth');
    const broken = {
      judge: verdictJudge(new Map([[id, off]])),
      newsItem: () => {
        throw new Error('there are no words for it');
      },
    };
    await expect(createEvaluator(bench.database, broken).evaluate([id])).rejects.toThrow('no words');
    expect(await lines()).toEqual([]);
    await bench.judge(id, off);
    expect(await lines()).toEqual([
      'all: key_result.status_changed',
      'all: key_result.progress_changed',
      'all: alert.fired',
    ]);
  });

  it('is told once by two evaluations at once', async () => {
    await listener('status', ['key_result.status_changed']);
    const id = await bench.keyResult('growth');
    bench.say(id, off);
    const evaluator = createEvaluator(bench.database, bench.evaluate);
    await Promise.all(Array.from({ length: 6 }, () => evaluator.evaluate([id])));
    expect(await lines()).toEqual(['status: key_result.status_changed']);
  });

  it('is not written for a channel that is off', async () => {
    await listener('status');
    await bench.alerts.switchChannel(bench.database.workspaceId, 'status', false, 'switched off by a test');
    await bench.judge(await bench.keyResult('growth'), off);
    expect(await lines()).toEqual([]);
  });
});

it('tells once that an alert fired and once that it is over, and nothing of one that never fired', async () => {
  await listener('alerts', ['alert.fired', 'alert.resolved']);
  await bench.rule(2);
  const [growth, blip] = [await bench.keyResult('growth'), await bench.keyResult('blip')];
  await bench.judge(growth, { ...off, asOfDay: '2026-08-09' });
  await bench.judge(blip, { ...off, asOfDay: '2026-08-09' });
  await bench.judge(blip, { ...on, asOfDay: '2026-08-10' });
  await bench.judge(growth, { ...off, asOfDay: '2026-08-10' });
  await bench.judge(growth, { ...off, asOfDay: '2026-08-11' });
  await bench.judge(growth, { ...on, asOfDay: '2026-08-12' });
  expect((await told()).map(({ data, type }) => [type, data['keyResultKey'], data['state']])).toEqual([
    ['alert.fired', 'growth', 'firing'],
    ['alert.resolved', 'growth', 'resolved'],
  ]);
});

it('leaves the hourly share of messages to people alone', async () => {
  await listener('ops');
  await bench.rule();
  const id = await bench.keyResult('growth');
  // More events than the 30 messages an hour that a channel is composed.
  for (let turn = 0; turn < 32; turn += 1) {
    await bench.judge(id, turn % 2 === 0 ? on : { ...on, status: 'at_risk' });
    await bench.moveBy(1_000);
  }
  await bench.judge(await bench.keyResult('churn'), off);
  await bench.alerting.compose();
  expect(await bench.messages()).toContain('ops: key_result.off_track pending');
});

describe('a run', () => {
  const given: RunEnding = { status: 'failed', connectionState: null, hint: null };
  const again: RunEnding = { status: 'queued', delayMs: 0, countsAsFailure: true, blockConnection: false };
  const broken: RunError = { class: 'transient', message: 'the provider answered 503' };
  const limited: RunError = { class: 'rate_limited', message: 'the provider asked for quiet' };

  async function run(connectionId: string, ending: RunEnding, error: RunError | null): Promise<void> {
    const engine = createRunEngine(bench.database, createSourceStore(bench.database), noKeyResults);
    const started = await engine.start(await queueRun(bench.database, connectionId), 'worker');
    if (started === null) throw new Error('the run did not start');
    await engine.finish(started, [], ending, error);
    // What waits for its retry here would be in the next one's way.
    await bench.rows(`UPDATE sync_run SET status = 'skipped' WHERE status = 'queued'`, []);
  }

  it('is told when it is over, with its connection; one that is tried again is not over', async () => {
    await listener('runs', ['run.finished']);
    const { connectionId } = await seedSource(bench.database, 'shop');
    await run(connectionId, again, broken);
    await run(connectionId, { status: 'succeeded' }, null);
    await run(connectionId, given, broken);
    expect((await told()).map(({ data }) => data)).toMatchObject([
      { connectionKey: 'shop', status: 'succeeded', errorClass: null },
      { connectionKey: 'shop', status: 'failed', errorClass: 'transient' },
    ]);
  });

  it('tells that a source failed once a streak, and that it works again', async () => {
    await listener('sources', ['source.failed', 'source.recovered']);
    const { connectionId } = await seedSource(bench.database, 'shop');
    await run(connectionId, again, broken);
    await run(connectionId, { status: 'succeeded' }, null); // a single failure is nobody's news
    expect(await lines()).toEqual([]);
    for (const ending of [again, again, again, given]) await run(connectionId, ending, broken);
    await run(connectionId, { status: 'succeeded' }, null);
    await run(connectionId, { status: 'succeeded' }, null);
    await run(connectionId, given, limited);
    expect((await told()).map(({ data, type }) => [type, data['key'], data['errorClass']])).toEqual([
      ['source.failed', 'shop', 'transient'],
      ['source.recovered', 'shop', undefined],
    ]);
  });

  it('that killed its worker too often is told as dead', async () => {
    await listener('runs', ['run.finished']);
    const { connectionId } = await seedSource(bench.database, 'shop');
    const engine = createRunEngine(bench.database, createSourceStore(bench.database), noKeyResults);
    const id = await queueRun(bench.database, connectionId);
    for (let start = 0; start < 5; start += 1) {
      await engine.start(id, 'worker');
      await bench.moveBy(60_000);
      await engine.recoverLostRuns();
    }
    expect((await told()).map(({ data }) => [data['id'], data['status']])).toEqual([[id, 'dead']]);
  });
});

it('does not tell what its transaction took back', async () => {
  await listener('sources');
  const { connectionId } = await seedSource(bench.database, 'shop');
  const { noteFailure } = await import('../../src/db/outward-events.ts');
  const undone = inTransaction(bench.database.pool, async (tx) => {
    await noteFailure(tx, connectionId, { errorClass: 'bug', isOver: true });
    throw new Error('the worker dies');
  });
  await expect(undone).rejects.toThrow('dies');
  expect(await lines()).toEqual([]);
});
