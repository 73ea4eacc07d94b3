import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EvaluationOutput } from '../../src/app/evaluation.ts';
import { newId } from '../../src/app/ids.ts';
import { createAlertStore } from '../../src/db/alert-store.ts';
import { createEvaluator } from '../../src/db/evaluate.ts';
import { createInstance } from '../../src/db/instance.ts';
import { quietAlert } from '../../src/domain/alert.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { seedKeyResult, seedSource } from './support/seed.ts';

let database: TestDatabase;
let keyResultId: string;
beforeEach(async () => {
  database = await freshDatabase();
  const { metric } = await seedSource(database, 'shop');
  keyResultId = await seedKeyResult(database, metric, 'growth');
});
afterEach(() => database.close());

const alerts = () => createAlertStore(database);

function addChannel(key: string) {
  const channel = {
    id: newId('chn'),
    workspaceId: database.workspaceId,
    key,
    title: key,
    kind: 'webhook' as const,
  };
  return alerts().createChannel({ ...channel, config: {} }, []);
}

/** An evaluation that says what the test wants said: the storing is what is looked at here. */
function evaluateTo(eventKeys: string[], digest = 'd1'): Promise<void> {
  const numbers = {
    currentValue: 5,
    startValue: 0,
    targetValue: 100,
    progress: 0.05,
    expected: 0.5,
    pace: 0.1,
  };
  const reason = { code: 'far_behind_pace', values: {} };
  const output: EvaluationOutput = {
    keyResultId,
    snapshot: {
      id: newId('snap'),
      asOfDay: '2026-03-01',
      inputsDigest: digest,
      definitionVersion: 1,
      metricVersionId: null,
      ...numbers,
      status: 'off_track',
      statusReason: reason,
      goal: {},
      points: [['2026-03-01', 1]],
    },
    state: {
      ...numbers,
      status: 'off_track',
      statusReason: reason,
      statusAsOfDay: '2026-03-01',
      lastKnown: null,
      dataState: 'fresh',
      dataReason: { code: 'data_fresh', values: {} },
      dataThroughDay: '2026-03-01',
      fetchedAt: null,
      guard: null,
      override: null,
      sample: null,
    },
    baseline: null,
    guardBound: null,
    machine: quietAlert,
    alert: null,
    progress: null,
    messages: eventKeys.map((eventKey) => ({ eventKey, kind: 'key_result.off_track', payload: {} })),
  };
  return createEvaluator(database, () => output).evaluate([keyResultId]);
}

async function outbox(): Promise<string[]> {
  const rows = await database.pool.query<{ line: string }>(
    `SELECT c.key || ' ' || o.event_key || ' ' || o.status AS line FROM outbox o JOIN channel c ON c.id = o.channel_id
     ORDER BY o.id`,
  );
  return rows.rows.map((row) => row.line);
}

it('writes one message for each channel, however often the same is computed', async () => {
  await addChannel('ops');
  await addChannel('team');
  await evaluateTo(['fired-1']);
  await evaluateTo(['fired-1']);
  expect(await outbox()).toEqual(['ops fired-1 pending', 'team fired-1 pending']);
});

it('replaces news that nobody has received yet by newer news of the same Key Result', async () => {
  await addChannel('ops');
  await evaluateTo(['fired-1']);
  await evaluateTo(['recovered-1']);
  expect(await outbox()).toEqual(['ops fired-1 superseded', 'ops recovered-1 pending']);
});

it('leaves a message alone that a relay is sending at the moment', async () => {
  await addChannel('ops');
  await evaluateTo(['fired-1']);
  await database.pool.query(
    `UPDATE outbox SET locked_by = 'relay', locked_until = app_now() + interval '1 minute'`,
  );
  await evaluateTo(['recovered-1']);
  expect(await outbox()).toEqual(['ops fired-1 pending', 'ops recovered-1 pending']);
});

it('writes nothing for a channel that was switched off', async () => {
  await addChannel('ops');
  await addChannel('team');
  await alerts().switchChannel(database.workspaceId, 'ops', false, 'switched off by a test');
  await evaluateTo(['fired-1']);
  expect(await outbox()).toEqual(['team fired-1 pending']);
});

it('keeps one snapshot for equal inputs, and another one for other inputs', async () => {
  const count = async () =>
    (await database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM progress_snapshot')).rows[0]?.n;
  await evaluateTo([]);
  await evaluateTo([]);
  expect(await count()).toBe(1);
  await evaluateTo([], 'd2');
  expect(await count()).toBe(2);
});

it('starts a workspace with one rule, so that people are told without setting anything up', async () => {
  const instance = createInstance(database);
  const { id } = await instance.workspace('First', 'UTC');
  await instance.workspace('First', 'UTC'); // a second start
  expect(await alerts().listRules(id)).toMatchObject([
    { kind: 'off_track', keyResultId: null, forEvaluations: 3, keepFiringEvaluations: 5, enabled: true },
  ]);
});

it('switches only what belongs to the workspace', async () => {
  const { id } = await createInstance(database).workspace('First', 'UTC');
  const [rule] = await alerts().listRules(id);
  expect(await alerts().switchRule(database.workspaceId, rule?.id ?? '', false)).toBeNull();
  expect(await alerts().switchRule(id, rule?.id ?? '', false)).toMatchObject({ enabled: false });
  expect(await alerts().switchChannel(id, 'nowhere', false, null)).toBeNull();
});
