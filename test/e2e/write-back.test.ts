import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addFact } from '../../sandbox/index.ts';
import { createCycle } from '../../src/app/create-cycle.ts';
import { createKeyResult } from '../../src/app/create-key-result.ts';
import { createObjective } from '../../src/app/create-objective.ts';
import { switchWriteBack } from '../../src/app/switch-write-back.ts';
import { relayDeps } from '../../src/wiring/relay.ts';
import { type Simulation, startSimulation } from './support/simulation.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
let simulation: Simulation;

beforeAll(async () => {
  simulation = await startSimulation({
    startAt: new Date('2026-05-04T06:00:00Z'),
    historyDays: 20,
    sandbox: { seed: 5, anchorDay: '2026-03-01', company: { dailyVisitors: 6 } },
  });
  const { services, actor } = simulation;
  await simulation.connect('mixpanel', 'mixpanel', 360);
  await simulation.connect('stripe', 'stripe', 44_640);
  await simulation.measure('mixpanel', 'sign-ups', 'event_total', { event: 'Sign Up' });
  await createCycle(services.deps, actor, { key: 'spring', startDay: '2026-04-20', endDay: '2026-07-01' });
  const objective = {
    key: 'grow',
    title: 'Grow',
    description: '',
    cycle: 'spring',
    parent: null,
    owner: null,
  };
  await createObjective(services.deps, actor, objective);
  await createKeyResult(services.deps, actor, {
    key: 'win',
    title: 'Win sign-ups',
    description: '',
    objective: 'grow',
    owner: null,
    goal: { kind: 'accumulate', targetValue: 500 },
    paceCurve: { kind: 'linear' },
    aggregate: null,
    metric: 'sign-ups',
  });
  await simulation.work();
});
afterAll(() => simulation?.close());

/** What lies in the outbox is sent, as the relay does it. @returns how each send ended */
async function send(): Promise<string[]> {
  const deps = relayDeps(simulation.services);
  const ends: string[] = [];
  for (const message of await deps.claim(20)) {
    const result = await deps.send(message, new AbortController().signal);
    ends.push(result.ok ? 'delivered' : result.errorClass);
    const retry = { status: 'retry', delayMs: MINUTE_MS, errorClass: 'transient', httpStatus: null } as const;
    await deps.settle(message, result.ok ? { status: 'delivered', httpStatus: result.status } : retry, 5);
  }
  return ends;
}

type Taken = { event: string; insertId: string | null; properties: Record<string, unknown> };

/** What the project has taken in, line by line, as the sandbox keeps it. */
function taken(): Taken[] {
  const path = join(simulation.folder, 'ingested.jsonl');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Taken);
}

/** How many such events Mixpanel counts: a repeat is folded into the first. */
async function counted(): Promise<number> {
  const { projectId, username, secret } = simulation.sandbox.state().mixpanel;
  const query = new URLSearchParams({
    project_id: String(projectId),
    event: 'Key Result Progress',
    from_date: '2026-05-01',
    to_date: '2026-05-31',
    unit: 'day',
    type: 'general',
  });
  const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
  const url = `${simulation.sandbox.url}/api/query/segmentation?${query.toString()}`;
  const answer = (await (await fetch(url, { headers: { authorization } })).json()) as {
    data: { values: Record<string, Record<string, number>> };
  };
  return Object.values(answer.data.values['Key Result Progress'] ?? {}).reduce(
    (sum, count) => sum + count,
    0,
  );
}

it('writes nothing anywhere until the owner turns it on', async () => {
  const { rows } = await simulation.services.database.pool.query('SELECT 1 FROM outbox');
  expect(rows).toEqual([]);
  expect(taken()).toEqual([]);
});

it('says in one sentence that another provider takes nothing back', async () => {
  const { services, actor } = simulation;
  await expect(switchWriteBack(services.deps, actor, 'stripe', true)).rejects.toMatchObject({
    message: '"stripe" is a stripe connection, and progress can be written back to Mixpanel only.',
  });
});

it('sends each evaluated day once as an event, from then on', async () => {
  const { services, actor } = simulation;
  const channel = await switchWriteBack(services.deps, actor, 'mixpanel', true);
  expect(channel).toMatchObject({ kind: 'mixpanel', enabled: true });
  await simulation.moveTo(DAY_MS);
  await simulation.work();
  expect(await send()).toEqual(['delivered']);
  // The same evaluation again is the same event: nothing new lies in the outbox.
  const [keyResult] = await services.deps.plan.listKeyResults(services.workspace.id);
  await services.deps.evaluate([keyResult?.id ?? '']);
  expect(await send()).toEqual([]);

  const state = (await services.deps.results.states([keyResult?.id ?? ''])).get(keyResult?.id ?? '');
  const [event] = taken();
  expect(taken()).toHaveLength(1);
  expect(event?.event).toBe('Key Result Progress');
  // Five days for late events: on 5 May the newest settled day is 29 April.
  expect(event?.properties).toMatchObject({
    key: 'win',
    title: 'Win sign-ups',
    day: '2026-04-29',
    value: state?.currentValue,
    target: 500,
    status: state?.status,
    sandbox: true,
  });
  expect(await counted()).toBe(1);
});

it('is counted once though it is sent again after a crash between sending and recording', async () => {
  await simulation.moveTo(2 * DAY_MS);
  await simulation.work();
  const before = await counted();
  const deps = relayDeps(simulation.services);
  const [message] = await deps.claim(20);
  if (message === undefined) throw new Error('nothing to send');
  expect(await deps.send(message, new AbortController().signal)).toMatchObject({ ok: true });
  await deps.giveBack(); // the process died here: nobody knows that it was taken
  expect(await send()).toEqual(['delivered']);
  expect(await counted()).toBe(before + 1);
});

it('keeps what Mixpanel does not take for later, and loses none of it', async () => {
  const before = await counted();
  await simulation.moveTo(3 * DAY_MS);
  await simulation.work();
  simulation.breakProvider('mixpanel', 'server_error');
  expect(await send()).toEqual(['transient']);
  simulation.heal('mixpanel');
  expect(await send()).toEqual([]); // not before its time
  await simulation.moveTo(3 * DAY_MS + 2 * MINUTE_MS);
  expect(await send()).toEqual(['delivered']);
  expect(await counted()).toBe(before + 1);
});

it('sends a restated day as an event of its own', async () => {
  const before = await counted();
  const at = Math.floor(Date.parse('2026-04-28T12:00:00Z') / 1_000);
  const seenAt = Math.floor(simulation.now().getTime() / 1_000);
  simulation.change((state) =>
    addFact(state, { kind: 'event', at, seenAt, name: 'Sign Up', personId: 'u_late', properties: {} }),
  );
  await simulation.moveTo(3 * DAY_MS + 7 * 60 * MINUTE_MS);
  await simulation.work();
  expect(await send()).toEqual(['delivered']);
  const [older, newer] = taken()
    .filter(({ properties }) => properties['day'] === taken().at(-1)?.properties['day'])
    .slice(-2);
  expect(Number(newer?.properties['value']) - Number(older?.properties['value'])).toBe(1);
  expect(newer?.insertId).not.toBe(older?.insertId);
  expect(await counted()).toBe(before + 1);
});

it('holds no secret in the outbox, and stops when it is turned off', async () => {
  const { services, actor } = simulation;
  const { rows } = await services.database.pool.query<{ text: string }>(
    'SELECT payload::text AS text FROM outbox',
  );
  expect(rows.length).toBeGreaterThan(3);
  expect(rows.map(({ text }) => text).join()).not.toContain(simulation.sandbox.state().mixpanel.secret);
  expect(await switchWriteBack(services.deps, actor, 'mixpanel', false)).toMatchObject({ enabled: false });
  await simulation.moveTo(4 * DAY_MS);
  await simulation.work();
  expect(await send()).toEqual([]);
});
