import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAlerting } from '../../../src/db/alerting/index.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { createEvaluator } from '../../../src/db/evaluate.ts';
import { addDays } from '../../../src/domain/day.ts';
import { type Bench, DAY_MS, HOUR_MS, openBench, rules, type Verdict } from './support/bench.ts';

// A Wednesday; the bench's Key Results run from July to September.
const startAt = new Date('2026-08-12T12:00:00Z');
let bench: Bench;
beforeEach(async () => {
  bench = await openBench(startAt);
  await bench.rule();
});
afterEach(() => bench.close());

const off = (asOfDay: string): Verdict => ({ asOfDay, status: 'off_track' });
const on = (asOfDay: string): Verdict => ({ asOfDay, status: 'on_track' });
const bad = (asOfDay: string): Verdict => ({ asOfDay, status: 'off_track', chance: 0.2 });
const hopeless = (asOfDay: string): Verdict => ({ asOfDay, status: 'off_track', chance: 0.05 });

/** A snooze over one Key Result, or over whatever is named instead, for so many days from now. */
function snooze(days: number, over: Partial<Parameters<Bench['alerts']['createSnooze']>[0]>) {
  return bench.alerts.createSnooze({
    workspaceId: bench.database.workspaceId,
    keyResultId: null,
    objectiveId: null,
    connectionId: null,
    owner: null,
    kind: null,
    reason: 'the launch is late',
    author: 'Ana',
    until: new Date(bench.now().getTime() + days * DAY_MS),
    ...over,
  });
}
async function acknowledge(severity: 'warning' | 'critical'): Promise<void> {
  const [alert] = await bench.alerts.listAlerts(bench.database.workspaceId, { open: true });
  if (alert === undefined) throw new Error('nothing burns');
  await bench.alerts.acknowledge(alert.id, { severity, by: 'Ana', at: bench.now().toISOString(), note: '' });
}

it('writes one piece of news for each event and channel, however many workers are at it', async () => {
  await bench.channel('ops');
  await bench.channel('team');
  const ids: string[] = [];
  for (const key of ['a', 'b', 'c', 'd', 'e']) ids.push(await bench.keyResult(key));
  for (const id of ids) await bench.judge(id, on('2026-08-10'));
  const wide = Array.from({ length: 8 }, () => openDatabase(bench.database.url, 2));
  const workers = wide.map((database) => ({
    evaluate: createEvaluator(database, bench.evaluate),
    alerting: createAlerting(database, rules),
  }));
  const atOnce = async (verdict: Verdict): Promise<void> => {
    for (const id of ids) bench.say(id, verdict);
    await Promise.all(
      workers.map(async ({ alerting, evaluate }, index) => {
        const order = index % 2 === 0 ? ids : ids.toReversed();
        for (const id of order) await evaluate.evaluate([id]);
        await Promise.all([alerting.follow(), evaluate.evaluate(ids), alerting.compose()]);
        await alerting.compose();
      }),
    );
  };
  await atOnce(off('2026-08-11'));
  const fired = ['a', 'b', 'c', 'd', 'e'].map((key) => `key_result.off_track ${key}`);
  const counted = (await bench.news()).toSorted();
  expect(counted).toEqual([...fired.map((line) => `ops: ${line}`), ...fired.map((line) => `team: ${line}`)]);
  expect(await bench.messages()).toHaveLength(10);
  await atOnce(hopeless('2026-08-12'));
  expect(await bench.news()).toHaveLength(20);
  // What is unsent and got worse is replaced, not doubled.
  const messages = await bench.messages();
  expect(messages.filter((line) => line.endsWith('pending'))).toHaveLength(10);
  expect(messages.filter((line) => line.endsWith('superseded'))).toHaveLength(10);
  await Promise.all(wide.map((database) => database.close()));
});

it('C23: breach, recovery and breach are two alerts and one recovery notice, and nothing while unchanged', async () => {
  await bench.database.pool.query('UPDATE alert_rule SET for_evaluations = 3, keep_firing_evaluations = 5');
  await bench.moveTo(new Date('2026-08-01T00:00:00Z'));
  await bench.channel('ops');
  const id = await bench.keyResult('growth');
  const said: string[] = [];
  let known = 0;
  for (let day = 0; day < 30; day += 1) {
    const asOfDay = addDays('2026-08-01', day);
    // A minute later each day, so that 7 days are 7 days and not a moment less.
    await bench.moveTo(new Date(Date.parse(`${addDays(asOfDay, 1)}T06:00:00Z`) + day * 60_000));
    const verdict = day >= 10 && day < 20 ? on(asOfDay) : off(asOfDay);
    // A source is read many times a day, and every read is an evaluation.
    for (let read = 0; read < 3; read += 1) await bench.judge(id, verdict);
    await bench.alerting.follow();
    const news = await bench.news();
    said.push(...news.slice(known).map((line) => `${asOfDay} ${line}`));
    known = news.length;
  }
  // The third day of a breach fires, the fifth of its absence ends it.
  expect(said).toEqual([
    '2026-08-03 ops: key_result.off_track growth',
    '2026-08-10 ops: key_result.still_off_track growth',
    '2026-08-15 ops: key_result.recovered growth',
    '2026-08-23 ops: key_result.off_track growth',
    '2026-08-30 ops: key_result.still_off_track growth',
  ]);
  expect(await bench.episodes()).toEqual(['growth off_track 1 resolved', 'growth off_track 2 firing']);
});

describe('what burns on', () => {
  let id: string;
  beforeEach(async () => {
    await bench.channel('ops');
    id = await bench.keyResult('growth');
    await bench.judge(id, bad('2026-08-11'));
  });
  const fired = 'ops: key_result.off_track growth';
  const still = 'ops: key_result.still_off_track growth';
  const over = 'ops: key_result.recovered growth';

  it('is said again after 7 days, and again 7 days later', async () => {
    await bench.moveBy(7 * DAY_MS - HOUR_MS);
    expect(await bench.alerting.follow()).toBe(0);
    await bench.moveBy(2 * HOUR_MS);
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.alerting.follow()).toBe(0);
    await bench.moveBy(7 * DAY_MS + HOUR_MS);
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.news()).toEqual([fired, still, still]);
  });

  it('is never said again where the rule says so', async () => {
    await bench.database.pool.query('UPDATE alert_rule SET repeat_days = NULL');
    await bench.moveBy(60 * DAY_MS);
    expect(await bench.alerting.follow()).toBe(0);
  });

  it('is not repeated once somebody has acknowledged it, until it gets worse', async () => {
    await acknowledge('warning');
    await bench.moveBy(8 * DAY_MS);
    expect(await bench.alerting.follow()).toBe(0);
    await bench.judge(id, hopeless('2026-08-19'));
    expect(await bench.news()).toEqual([fired, 'ops: key_result.got_worse growth']);
    await acknowledge('critical');
    await bench.moveBy(8 * DAY_MS);
    expect(await bench.alerting.follow()).toBe(0);
    await bench.judge(id, on('2026-08-27'));
    expect((await bench.news()).at(-1)).toBe(over);
  });

  it('says once that it got worse, in the transaction that made it so', async () => {
    await bench.judge(id, hopeless('2026-08-12'));
    await bench.judge(id, bad('2026-08-13'));
    await bench.judge(id, hopeless('2026-08-14'));
    expect(await bench.news()).toEqual([fired, 'ops: key_result.got_worse growth']);
  });

  it('is silent while it is snoozed, and said once when that ends and it still burns', async () => {
    await snooze(10, { keyResultId: id });
    await bench.moveBy(8 * DAY_MS);
    await bench.judge(id, hopeless('2026-08-19'));
    expect(await bench.alerting.follow()).toBe(0);
    await bench.moveBy(2 * DAY_MS + HOUR_MS);
    // What is news then is that it has got worse; that it burns on is part of it.
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.alerting.follow()).toBe(0);
    expect(await bench.news()).toEqual([fired, 'ops: key_result.got_worse growth']);
  });

  it('is said at once when somebody ends the silence early', async () => {
    const { id: silence } = await snooze(10, { kind: 'off_track' });
    await bench.moveBy(DAY_MS);
    expect(await bench.alerting.follow()).toBe(0);
    await bench.alerts.endSnooze(bench.database.workspaceId, silence);
    await bench.moveBy(60_000);
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.alerting.follow()).toBe(0);
    expect(await bench.news()).toEqual([fired, still]);
  });

  it('waits out the silence with its recovery', async () => {
    await snooze(3, { keyResultId: id });
    await bench.judge(id, on('2026-08-12'));
    expect(await bench.news()).toEqual([fired]);
    await bench.moveBy(3 * DAY_MS + HOUR_MS);
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.news()).toEqual([fired, over]);
  });

  it('is not silenced by a snooze over something else', async () => {
    const other = await bench.keyResult('other', { objective: 'keep' });
    await snooze(30, { keyResultId: other });
    await snooze(30, { objectiveId: `obj_keep_${bench.database.workspaceId}` });
    await snooze(30, { kind: 'no_data' });
    await snooze(30, { owner: 'Ben' });
    await bench.judge(id, on('2026-08-12'));
    expect(await bench.news()).toEqual([fired, over]);
  });

  it('ends without a word when the promise is changed, and a new one fires anew', async () => {
    await bench.database.pool.query('UPDATE key_result SET version = version + 1');
    await bench.judge(id, bad('2026-08-12'));
    expect(await bench.episodes()).toEqual(['growth off_track 1 closed']);
    await bench.judge(id, bad('2026-08-13'));
    expect(await bench.news()).toEqual([fired, fired]);
    expect(await bench.episodes()).toEqual(['growth off_track 1 closed', 'growth off_track 2 firing']);
  });

  it('is over when the goal is met, and that is what is said', async () => {
    await bench.judge(id, { asOfDay: '2026-08-12', status: 'achieved' });
    expect(await bench.news()).toEqual([fired, 'ops: key_result.achieved growth']);
  });

  it('ends in silence when the goal is missed, for that is its own news', async () => {
    await bench.judge(id, { asOfDay: '2026-08-12', status: 'missed' });
    expect(await bench.news()).toEqual([fired]);
    expect(await bench.episodes()).toEqual(['growth off_track 1 closed']);
  });
});

it('tells nobody of what began and ended within a silence', async () => {
  await bench.channel('ops');
  const id = await bench.keyResult('growth');
  await snooze(5, { objectiveId: `obj_grow_${bench.database.workspaceId}` });
  await bench.judge(id, bad('2026-08-11'));
  await bench.judge(id, on('2026-08-12'));
  await bench.moveBy(6 * DAY_MS);
  expect(await bench.alerting.follow()).toBe(0);
  expect(await bench.news()).toEqual([]);
});

it('tells what began within a silence when that is over', async () => {
  await bench.channel('ops');
  const id = await bench.keyResult('growth', { owner: 'Ana' });
  await snooze(5, { owner: 'Ana' });
  await bench.judge(id, bad('2026-08-11'));
  await bench.moveBy(4 * DAY_MS);
  expect(await bench.alerting.follow()).toBe(0);
  await bench.moveBy(DAY_MS + HOUR_MS);
  expect(await bench.alerting.follow()).toBe(1);
  expect(await bench.news()).toEqual(['ops: key_result.off_track growth']);
});

describe('who is told', () => {
  it('is everybody who listens to all, and the owner’s own channel', async () => {
    await bench.channel('all');
    await bench.channel('ana', { owners: ['Ana'] });
    await bench.channel('ben', { owners: ['Ben', 'Cleo'] });
    await bench.channel('plumbers', { topics: ['sources'] });
    await bench.channel('board', {}, 'mixpanel');
    await bench.judge(await bench.keyResult('growth', { owner: 'Ana' }), off('2026-08-11'));
    expect(await bench.news()).toEqual([
      'all: key_result.off_track growth',
      'ana: key_result.off_track growth',
    ]);
  });

  it('is told its end too, whoever the owner is by then, and the new owner that it burns', async () => {
    await bench.channel('ana', { owners: ['Ana'] });
    await bench.channel('ben', { owners: ['Ben'] });
    const id = await bench.keyResult('growth', { owner: 'Ana' });
    await bench.judge(id, off('2026-08-11'));
    await bench.database.pool.query(`UPDATE key_result SET owner_name = 'Ben'`);
    expect(await bench.alerting.follow()).toBe(1);
    await bench.judge(id, on('2026-08-12'));
    expect(await bench.news()).toEqual([
      'ana: key_result.off_track growth',
      'ana: key_result.recovered growth',
      'ben: key_result.off_track growth',
      'ben: key_result.recovered growth',
    ]);
  });

  it('is nobody whose channel came after it fired, neither of its beginning nor of its end', async () => {
    const id = await bench.keyResult('growth');
    await bench.judge(id, off('2026-08-11'));
    await bench.moveBy(HOUR_MS);
    await bench.channel('late');
    expect(await bench.alerting.follow()).toBe(0);
    await bench.judge(id, on('2026-08-12'));
    await bench.judge(id, off('2026-08-13'));
    expect(await bench.news()).toEqual(['late: key_result.off_track growth']);
    expect(await bench.episodes()).toEqual(['growth off_track 1 resolved', 'growth off_track 2 firing']);
  });

  it('hears when its channel is switched on again what it has missed and what is still so', async () => {
    const { workspaceId } = bench.database;
    await bench.channel('ops');
    const [id, other] = [await bench.keyResult('growth'), await bench.keyResult('other')];
    await bench.judge(other, off('2026-08-11'));
    await bench.alerts.switchChannel(workspaceId, 'ops', false, 'on holiday');
    await bench.judge(id, off('2026-08-11'));
    await bench.judge(other, on('2026-08-12'));
    expect(await bench.alerting.follow()).toBe(0);
    await bench.alerts.switchChannel(workspaceId, 'ops', true, null);
    await bench.alerting.follow();
    expect(await bench.news()).toEqual([
      'ops: key_result.off_track other',
      'ops: key_result.recovered other',
      'ops: key_result.off_track growth',
    ]);
  });

  it('is nobody of another workspace', async () => {
    await bench.database.pool.query(
      `INSERT INTO workspace (id, name, time_zone) VALUES ('wsp_other', 'Other', 'UTC')`,
    );
    await bench.database.pool.query(
      `INSERT INTO channel (id, workspace_id, key, title, kind) VALUES ('chn_other', 'wsp_other', 'theirs', 'theirs', 'webhook')`,
    );
    await bench.channel('ops');
    await bench.judge(await bench.keyResult('growth'), off('2026-08-11'));
    expect(await bench.news()).toEqual(['ops: key_result.off_track growth']);
  });
});

it('says nothing of a Key Result that was archived, or whose cycle is closed', async () => {
  await bench.channel('ops');
  const [kept, gone] = [await bench.keyResult('kept'), await bench.keyResult('gone')];
  await bench.judge(kept, off('2026-08-11'));
  await bench.judge(gone, off('2026-08-11'));
  await bench.database.pool.query('UPDATE key_result SET archived_at = app_now() WHERE id = $1', [gone]);
  await bench.moveBy(8 * DAY_MS);
  await bench.alerting.follow();
  expect((await bench.news()).filter((line) => line.includes('still'))).toEqual([
    'ops: key_result.still_off_track kept',
  ]);
});

it('leaves the numbers of the news as they were when it happened', async () => {
  await bench.channel('ops');
  const id = await bench.keyResult('growth', { owner: 'Ana' });
  await bench.judge(id, bad('2026-08-11'));
  const [row] = await bench.rows<{ item: Record<string, unknown>; group_key: string }>(
    'SELECT item, group_key FROM notice',
    [],
  );
  expect(row?.item).toMatchObject({
    event: 'key_result.off_track',
    severity: 'warning',
    sinceDay: '2026-08-11',
    subject: { kind: 'key_result', key: 'growth', owner: 'Ana', objective: { title: 'grow' } },
    numbers: { current: 5, start: 0, target: 100, progress: 0.05, expected: 0.5 },
    chance: { now: 0.2, weekAgo: null },
    rule: { by: 'chance', fireBelow: 0.25, clearAbove: 0.45, forEvaluations: 1, keepFiringEvaluations: 1 },
    data: { state: 'fresh', throughDay: '2026-08-11' },
    links: { open: 'https://okr.example.test/key-results/growth' },
  });
  expect(row?.group_key).toBe(`objective:obj_grow_${bench.database.workspaceId}`);
});
