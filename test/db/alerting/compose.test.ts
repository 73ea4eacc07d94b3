import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { News } from '../../../src/app/news.ts';
import { composeFor } from '../../../src/db/alerting/compose.ts';
import { createAlerting } from '../../../src/db/alerting/index.ts';
import { inTransaction, openDatabase } from '../../../src/db/database.ts';
import { claimMessages, settleMessage } from '../../../src/db/outbox.ts';
import type { ChannelSettings } from '../../../src/domain/channel-settings.ts';
import { type Bench, DAY_MS, HOUR_MS, openBench, rules, type Verdict } from './support/bench.ts';

// A Wednesday, 09:00 in UTC: people are spoken to from 7 to 20 on weekdays, news of a group waits 10 minutes for others,
// the next message about the group comes 4 hours after the last, five messages a day, a digest at 8.
const MINUTE_MS = 60_000;
let bench: Bench;
beforeEach(async () => {
  bench = await openBench(new Date('2026-08-12T09:00:00Z'));
  await bench.rule();
});
afterEach(() => bench.close());

const off = (asOfDay = '2026-08-11'): Verdict => ({ asOfDay, status: 'off_track' });
const on = (asOfDay = '2026-08-12'): Verdict => ({ asOfDay, status: 'on_track' });
const hopeless = (asOfDay = '2026-08-11'): Verdict => ({ asOfDay, status: 'off_track', chance: 0.05 });
const people = (key: string, settings: Partial<ChannelSettings> = {}) =>
  bench.channel(key, settings, 'slack');
const compose = () => bench.alerting.compose();

async function begun(...keys: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const key of keys) {
    const id = await bench.keyResult(key);
    await bench.judge(id, off());
    ids.push(id);
  }
  return ids;
}
async function newest(): Promise<News> {
  const [row] = await bench.rows<{ payload: News }>(
    'SELECT payload FROM outbox ORDER BY id DESC LIMIT 1',
    [],
  );
  if (row === undefined) throw new Error('there is no message');
  return row.payload;
}
/** What the newest message names. */
async function named(): Promise<string[]> {
  const news = await newest();
  if (news.type === 'test') throw new Error('a test message names nothing');
  const items = news.type === 'news' ? news.items : news.sections.flatMap((section) => section.items);
  return items.map(({ event, subject }) => `${event} ${subject.key}`);
}
/** The relay has tried everything that is due, and nobody answered. */
async function tryInVain(): Promise<void> {
  for (const held of await claimMessages(bench.database.pool, 'relay', 50)) {
    const retry = { status: 'retry', delayMs: HOUR_MS, errorClass: 'transient', httpStatus: 503 } as const;
    await settleMessage(bench.database.pool, 'relay', held, retry, 5);
  }
}

describe('news of one objective', () => {
  it('waits ten minutes for others and travels in one message', async () => {
    await people('team');
    await begun('growth');
    expect(await compose()).toBe(0);
    await bench.moveBy(9 * MINUTE_MS);
    await begun('churn');
    expect(await compose()).toBe(0);
    await bench.moveBy(2 * MINUTE_MS);
    expect(await compose()).toBe(1);
    expect(await compose()).toBe(0);
    expect(await named()).toEqual(['key_result.off_track growth', 'key_result.off_track churn']);
    expect(await newest()).toMatchObject({ type: 'news', workspace: 'Test', more: 0 });
  });

  it('comes again four hours after the last message, and not after one that was replaced', async () => {
    await people('team');
    const [growth = ''] = await begun('growth');
    await bench.moveBy(11 * MINUTE_MS);
    await compose();
    const first = await claimMessages(bench.database.pool, 'relay', 5);
    for (const held of first)
      await settleMessage(bench.database.pool, 'relay', held, { status: 'delivered', httpStatus: 200 }, 5);
    await bench.judge(growth, on());
    await bench.moveBy(3 * HOUR_MS);
    expect(await compose()).toBe(0);
    await bench.moveBy(HOUR_MS + MINUTE_MS);
    expect(await compose()).toBe(1);
    expect(await bench.messages()).toEqual([
      'team: key_result.off_track delivered',
      'team: key_result.recovered pending',
    ]);
  });

  it('goes to a program at once and one by one', async () => {
    await bench.channel('ops');
    await begun('growth', 'churn');
    expect(await compose()).toBe(2);
    expect(await bench.messages()).toEqual([
      'ops: key_result.off_track pending',
      'ops: key_result.off_track pending',
    ]);
  });

  it('does not go to a program again because another has come', async () => {
    await bench.channel('ops');
    await begun('growth');
    await compose();
    await begun('churn');
    expect(await compose()).toBe(1);
    // Nothing is lost either: both wait to be sent.
    expect(await bench.messages()).toEqual([
      'ops: key_result.off_track pending',
      'ops: key_result.off_track pending',
    ]);
  });

  it('waits out the night and the weekend', async () => {
    await people('team');
    await bench.moveTo(new Date('2026-08-14T19:55:00Z')); // a Friday
    await begun('growth');
    await bench.moveTo(new Date('2026-08-16T12:00:00Z'));
    expect(await compose()).toBe(0);
    await bench.moveTo(new Date('2026-08-17T07:01:00Z'));
    expect(await compose()).toBe(1);
  });
});

it('makes one message of each piece of news, however many composers are at it', async () => {
  await bench.channel('ops');
  await people('team', { groupWaitMinutes: 0 });
  await begun('a', 'b', 'c');
  const wide = Array.from({ length: 8 }, () => openDatabase(bench.database.url, 2));
  const made = await Promise.all(
    wide.map(async (database) => {
      const { compose: composeHere } = createAlerting(database, rules);
      return (await composeHere()) + (await composeHere());
    }),
  );
  await Promise.all(wide.map((database) => database.close()));
  expect(made.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(await bench.messages()).toHaveLength(4);
});

it('holds up no evaluation while the messages of a channel are composed', async () => {
  const channelId = await bench.channel('ops');
  const [growth = ''] = await begun('growth');
  await inTransaction(bench.database.pool, async (tx) => {
    expect(await composeFor(tx, channelId, rules)).toBe(1);
    // Another connection writes news for the same channel; were it locked, this would end with the lock timeout.
    await bench.judge(growth, hopeless('2026-08-12'));
  });
  expect(await bench.news()).toEqual([
    'ops: key_result.off_track growth',
    'ops: key_result.got_worse growth',
  ]);
});

describe('what has not been sent', () => {
  it('is not sent any more when it is over before anybody was told', async () => {
    await bench.channel('ops');
    const [growth = ''] = await begun('growth');
    await compose();
    await bench.judge(growth, on());
    await compose();
    expect(await bench.messages()).toEqual(['ops: key_result.off_track superseded']);
    expect(await claimMessages(bench.database.pool, 'relay', 5)).toEqual([]);
  });

  it('is replaced by what has become of it when it was tried in vain', async () => {
    await bench.channel('ops');
    const [growth = ''] = await begun('growth');
    await compose();
    await tryInVain();
    await bench.judge(growth, on());
    await compose();
    expect(await bench.messages()).toEqual([
      'ops: key_result.off_track superseded',
      'ops: key_result.recovered pending',
    ]);
  });

  it('is left alone while a relay is sending it, and its end comes after it', async () => {
    await bench.channel('ops');
    const [growth = ''] = await begun('growth');
    await compose();
    const [held] = await claimMessages(bench.database.pool, 'relay', 5);
    await bench.judge(growth, on());
    await compose();
    expect(await bench.messages()).toEqual([
      'ops: key_result.off_track pending',
      'ops: key_result.recovered pending',
    ]);
    expect(await claimMessages(bench.database.pool, 'other', 5)).toEqual([]);
    if (held === undefined) throw new Error('nothing was claimed');
    await settleMessage(bench.database.pool, 'relay', held, { status: 'delivered', httpStatus: 200 }, 5);
    expect(await claimMessages(bench.database.pool, 'other', 5)).toMatchObject([
      { kind: 'key_result.recovered' },
    ]);
  });

  it('says the rest anew when a part of it is over, and loses none of it', async () => {
    await people('team', { groupWaitMinutes: 0, groupIntervalMinutes: 0 });
    const [growth = ''] = await begun('growth', 'churn');
    await compose();
    expect(await named()).toEqual(['key_result.off_track growth', 'key_result.off_track churn']);
    await bench.judge(growth, on());
    await compose();
    expect(await named()).toEqual(['key_result.off_track churn']);
    const [again = ''] = await begun('growth-again');
    await compose();
    expect(await named()).toEqual(['key_result.off_track churn', 'key_result.off_track growth-again']);
    // The same words as before, once more: a message of its own all the same.
    await bench.judge(again, on());
    await compose();
    expect(await named()).toEqual(['key_result.off_track churn']);
    expect(await bench.messages()).toEqual([
      'team: news superseded',
      'team: key_result.off_track superseded',
      'team: news superseded',
      'team: key_result.off_track pending',
    ]);
  });

  it('is taken back when the promise was changed, and what else it says is said anew', async () => {
    await people('team', { groupWaitMinutes: 0 });
    const [growth = ''] = await begun('growth', 'churn');
    await compose();
    await bench.database.pool.query('UPDATE key_result SET version = version + 1 WHERE id = $1', [growth]);
    await bench.judge(growth, off('2026-08-12'));
    expect(await compose()).toBe(1);
    expect(await named()).toEqual(['key_result.off_track churn']);
    expect(await bench.messages()).toEqual(['team: news superseded', 'team: key_result.off_track pending']);
  });

  it('is dropped when somebody has checked in before the reminder came', async () => {
    await people('team');
    const id = await bench.keyResult('interviews', { metricVersionId: null, startDay: '2026-07-01' });
    await bench.alerting.follow();
    await bench.database.pool.query(
      `INSERT INTO check_in (id, workspace_id, key_result_id, day) VALUES ('chk_1', $1, $2, '2026-08-12')`,
      [bench.database.workspaceId, id],
    );
    await bench.alerting.follow();
    await bench.moveTo(new Date('2026-08-13T08:01:00Z'));
    expect(await compose()).toBe(0);
    expect(await bench.messages()).toEqual([]);
  });

  it('is dropped when a reminder to a program is unsent and somebody has checked in', async () => {
    await bench.channel('ops');
    const id = await bench.keyResult('interviews', { metricVersionId: null, startDay: '2026-07-01' });
    await bench.alerting.follow();
    await compose();
    await tryInVain();
    await bench.database.pool.query(
      `INSERT INTO check_in (id, workspace_id, key_result_id, day) VALUES ('chk_1', $1, $2, '2026-08-12')`,
      [bench.database.workspaceId, id],
    );
    await bench.alerting.follow();
    await compose();
    expect(await bench.messages()).toEqual(['ops: key_result.check_in_due superseded']);
  });

  it('waits while it is snoozed, and is dropped when it is over by then', async () => {
    await people('team');
    const [growth = '', churn = ''] = await begun('growth', 'churn');
    await bench.alerts.createSnooze({
      workspaceId: bench.database.workspaceId,
      keyResultId: growth,
      objectiveId: null,
      connectionId: null,
      owner: null,
      kind: null,
      reason: 'known',
      author: 'Ana',
      until: new Date('2026-08-13T09:00:00Z'),
    });
    await bench.moveBy(11 * MINUTE_MS);
    await compose();
    expect(await named()).toEqual(['key_result.off_track churn']);
    await bench.judge(growth, on());
    await bench.judge(churn, hopeless('2026-08-12'));
    await bench.moveTo(new Date('2026-08-13T10:00:00Z'));
    await bench.alerting.follow();
    await bench.moveBy(11 * MINUTE_MS);
    await compose();
    const said = await bench.rows<{ keys: string[] }>(
      `SELECT array_agg(DISTINCT item->'subject'->>'key') AS keys FROM notice WHERE state = 'composed'`,
      [],
    );
    expect(said).toEqual([{ keys: ['churn'] }]);
  });
});

describe('limits', () => {
  it('lets five messages a day through, the critical beyond them, and tells the rest in the digest', async () => {
    await people('team', { groupWaitMinutes: 0 });
    for (let index = 0; index < 7; index += 1) {
      const id = await bench.keyResult(`kr-${index}`, { objective: `objective-${index}` });
      await bench.judge(id, index === 6 ? hopeless() : off());
    }
    await compose();
    expect(await bench.messages()).toHaveLength(6);
    expect(await named()).toEqual(['key_result.off_track kr-6']);
    await bench.moveTo(new Date('2026-08-13T08:01:00Z'));
    await compose();
    expect(await newest()).toMatchObject({ type: 'digest', fromDay: '2026-08-12', throughDay: '2026-08-12' });
    expect((await named())[0]).toBe('key_result.off_track kr-5');
  });

  it('counts no message that was replaced', async () => {
    await people('team', { groupWaitMinutes: 0, groupIntervalMinutes: 0, immediatePerDay: 2 });
    for (const key of ['a', 'b', 'c', 'd']) {
      await begun(key); // of one objective: each message replaces the unsent one before
      await compose();
    }
    expect((await bench.messages()).filter((line) => line.endsWith('pending'))).toEqual([
      'team: news pending',
    ]);
    expect(await named()).toHaveLength(4);
  });

  it('makes at most thirty an hour, and the others in the next', async () => {
    await bench.channel('ops');
    await begun(...Array.from({ length: 34 }, (_, index) => `kr-${index}`));
    expect(await compose()).toBe(30);
    expect(await compose()).toBe(0);
    await bench.moveBy(HOUR_MS + MINUTE_MS);
    expect(await compose()).toBe(4);
  });
});

describe('the digest', () => {
  it('comes at its time also to a channel that is new, and leaves idle channels alone before', async () => {
    await bench.moveTo(new Date('2026-08-12T07:50:00Z'));
    await people('team', { warnings: 'digest' });
    await begun('growth');
    expect(await compose()).toBe(0);
    await bench.moveTo(new Date('2026-08-12T08:00:30Z'));
    expect(await compose()).toBe(1);
    expect(await named()).toEqual(['key_result.off_track growth']);
    expect(await compose()).toBe(0);
  });

  it('comes once when no worker ran for days, and says since when', async () => {
    await people('team', { warnings: 'digest' });
    await begun('growth');
    await bench.moveTo(new Date('2026-08-13T08:01:00Z')); // a Thursday
    expect(await compose()).toBe(1);
    await begun('churn');
    await bench.moveTo(new Date('2026-08-19T10:00:00Z')); // the Wednesday after: the 14th, 17th and 18th were missed
    expect(await compose()).toBe(1);
    expect(await newest()).toMatchObject({ fromDay: '2026-08-13', throughDay: '2026-08-18', missed: 3 });
    expect(await compose()).toBe(0);
  });

  it('looks at another time as if it were due, for the days that it would have covered', async () => {
    const channelId = await people('team', { warnings: 'digest' });
    await bench.moveTo(new Date('2026-08-13T08:01:00Z'));
    await compose();
    await begun('growth');
    await bench.moveTo(new Date('2026-08-13T15:00:00Z'));
    const preview = await bench.alerting.previewDigest(channelId);
    expect(preview).toMatchObject({ fromDay: '2026-08-12', throughDay: '2026-08-12' });
    expect(preview).not.toHaveProperty('missed');
  });

  it('says what still burns and what was decided, each to those whom it is for', async () => {
    await people('all', { warnings: 'digest' });
    await people('ben', { warnings: 'digest', owners: ['Ben'] });
    await people('plumbers', { warnings: 'digest', topics: ['sources'] });
    const mine = await bench.keyResult('mine', { owner: 'Ben' });
    const theirs = await bench.keyResult('theirs', { owner: 'Ana' });
    const burning = await bench.keyResult('burning', { owner: 'Ana' });
    await bench.judge(burning, off());
    await bench.judge(mine, { asOfDay: '2026-08-11', status: 'achieved' });
    await bench.judge(theirs, { asOfDay: '2026-08-11', status: 'missed' });
    await bench.moveTo(new Date('2026-08-13T08:01:00Z'));
    expect(await compose()).toBe(2);
    const rows = await bench.rows<{ key: string; payload: Extract<News, { type: 'digest' }> }>(
      'SELECT c.key, o.payload FROM outbox o JOIN channel c ON c.id = o.channel_id ORDER BY c.key',
      [],
    );
    const told = rows.map(({ key, payload }) => [
      key,
      payload.sections.map(
        ({ items, section }) => `${section}: ${items.map(({ subject }) => subject.key).join(' ')}`,
      ),
    ]);
    expect(told).toEqual([
      ['all', ['newly_off_track: burning', 'missed: theirs', 'achieved: mine']],
      ['ben', ['achieved: mine']],
    ]);
    // The day after only what goes on is left, which is no reason to write.
    await bench.moveBy(DAY_MS);
    expect(await compose()).toBe(0);
  });

  it('comes weekly for what merely goes on', async () => {
    await people('team', { warnings: 'digest', digest: { period: 'weekly', at: '09:00', weekday: 1 } });
    await begun('growth');
    await bench.moveTo(new Date('2026-08-17T09:01:00Z')); // the Monday
    expect(await compose()).toBe(1);
    await bench.moveTo(new Date('2026-08-24T09:01:00Z'));
    expect(await compose()).toBe(1);
    expect(await newest()).toMatchObject({
      period: 'weekly',
      fromDay: '2026-08-17',
      throughDay: '2026-08-23',
    });
    expect(await named()).toEqual(['key_result.still_off_track growth']);
  });
});

it('C22: a channel that is down keeps its news, shows why, and tries again; the other has it already', async () => {
  await bench.channel('slack-team', { groupWaitMinutes: 0 }, 'slack');
  await bench.channel('mail', { groupWaitMinutes: 0 }, 'email');
  await begun('growth');
  await compose();
  for (const held of await claimMessages(bench.database.pool, 'relay', 5)) {
    const isDown = held.channelKind === 'slack';
    const retry = { status: 'retry', delayMs: 5_000, errorClass: 'transient', httpStatus: 503 } as const;
    const end = isDown ? retry : ({ status: 'delivered', httpStatus: 250 } as const);
    await settleMessage(bench.database.pool, 'relay', held, end, 12);
  }
  const log = await bench.alerts.listDeliveries(bench.database.workspaceId, 10);
  expect(
    log
      .map(({ attempts, channelKey, lastError, status, tries }) => ({
        line: `${channelKey} ${status} ${attempts} ${lastError}`,
        tries: tries.map(({ errorClass, httpStatus, ok }) => `${ok} ${errorClass} ${httpStatus}`),
      }))
      .toSorted((a, b) => (a.line < b.line ? -1 : 1)),
  ).toEqual([
    { line: 'mail delivered 1 null', tries: ['true null 250'] },
    { line: 'slack-team pending 1 transient (503)', tries: ['false transient 503'] },
  ]);
  await bench.moveBy(6_000);
  expect(await claimMessages(bench.database.pool, 'relay', 5)).toMatchObject([
    { channelKind: 'slack', attempts: 1 },
  ]);
});
