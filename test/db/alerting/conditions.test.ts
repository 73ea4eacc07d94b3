import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJudge } from '../../../src/app/evaluate-key-result.ts';
import { newId } from '../../../src/app/ids.ts';
import { createAlerting } from '../../../src/db/alerting/index.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { createEvaluator } from '../../../src/db/evaluate.ts';
import { addDays } from '../../../src/domain/day.ts';
import { createForecaster } from '../../../src/forecast/create-forecaster.ts';
import { type Bench, DAY_MS, HOUR_MS, openBench, rules } from './support/bench.ts';
import { addSource } from './support/source.ts';

// Stories begin on 1 August and go on from there. Key Results run from 1 July to 30 September: 92 days, so that "reach 100 from 0" expects 45.7 % of the way
// at the end of 11 August. They are judged by the product's own judge.
let bench: Bench;
beforeEach(async () => {
  bench = await openBench(new Date('2026-08-01T00:00:00Z'), createJudge(createForecaster()));
});
afterEach(() => bench.close());

/** The days from the first to the last, each with that value. */
function days(first: string, last: string, value: number): Record<string, number> {
  const found: Record<string, number> = {};
  for (let day = first; day <= last; day = addDays(day, 1)) found[day] = value;
  return found;
}
const evaluate = (ids: string[]) => createEvaluator(bench.database, bench.evaluate).evaluate(ids);
const state = async (id: string) =>
  (
    await bench.rows<Record<string, unknown>>(
      `SELECT status, data_state AS data, last_known_status AS "lastKnown", last_known_day AS "lastKnownDay"
       FROM key_result_state WHERE key_result_id = $1`,
      [id],
    )
  )[0];

describe('a connection that fails', () => {
  beforeEach(async () => {
    await bench.channel('all');
    await bench.channel('ben', { owners: ['Ben'] });
  });

  it('is its owner’s business from the third failure in a row on, and over with the first success', async () => {
    const shop = await addSource(bench, 'shop', 'Ben');
    await shop.fails();
    await shop.fails();
    expect(await bench.alerting.follow()).toBe(0);
    await shop.fails();
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.alerting.follow()).toBe(0);
    await shop.fails();
    expect(await bench.alerting.follow()).toBe(0);
    await shop.brings({});
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.news()).toEqual(['ben: connection.failing shop', 'ben: connection.working shop']);
    expect(await bench.episodes()).toEqual(['shop error 1 resolved']);
  });

  it('counts failures anew after a success', async () => {
    const shop = await addSource(bench, 'shop');
    for (const _ of [1, 2]) {
      await shop.fails();
      await shop.fails();
      await shop.brings({});
    }
    expect(await bench.alerting.follow()).toBe(0);
  });

  it('is told to everybody’s channel where it has no owner, or the owner no channel', async () => {
    const [shop, lab] = [await addSource(bench, 'shop'), await addSource(bench, 'lab', 'Cleo')];
    for (const source of [shop, lab]) await source.gives('misconfigured', 'config');
    await bench.alerting.follow();
    expect(await bench.news()).toEqual(['all: connection.failing shop', 'all: connection.failing lab']);
  });

  it.each([
    { connectionState: 'needs_reauth', errorClass: 'auth' },
    { connectionState: 'misconfigured', errorClass: 'config' },
  ] as const)('is one at once where only its owner can help: $connectionState', async (refused) => {
    const shop = await addSource(bench, 'shop', 'Ben');
    await shop.gives(refused.connectionState, refused.errorClass);
    expect(await bench.alerting.follow()).toBe(1);
    const [row] = await bench.rows<{ item: Record<string, unknown> }>('SELECT item FROM notice', []);
    expect(row?.item).toMatchObject({
      event: 'connection.failing',
      reason: { code: 'data_needs_owner', values: { connectionState: refused.connectionState } },
      subject: { kind: 'connection', key: 'shop', owner: 'Ben' },
    });
  });

  it('is none while it is held back by a limit, however long', async () => {
    const shop = await addSource(bench, 'shop', 'Ben');
    for (let failure = 0; failure < 10; failure += 1) await shop.fails('rate_limited');
    await shop.gives('quota_exhausted', 'quota_exhausted');
    expect(await bench.alerting.follow()).toBe(0);
    expect(await bench.episodes()).toEqual([]);
  });

  it('is said again daily while nobody acknowledges it', async () => {
    const shop = await addSource(bench, 'shop', 'Ben');
    await shop.gives('needs_reauth', 'auth');
    await bench.alerting.follow();
    await bench.moveBy(DAY_MS + HOUR_MS);
    expect(await bench.alerting.follow()).toBe(1);
    const [alert] = await bench.alerts.listAlerts(bench.database.workspaceId, { open: true });
    await bench.alerts.acknowledge(alert?.id ?? '', { severity: 'warning', by: 'Ben', at: '', note: '' });
    await bench.moveBy(3 * DAY_MS);
    expect(await bench.alerting.follow()).toBe(0);
  });

  it('that its owner pauses or archives is over without a word', async () => {
    const [shop, lab] = [await addSource(bench, 'shop'), await addSource(bench, 'lab')];
    for (const source of [shop, lab]) await source.gives('needs_reauth', 'auth');
    await bench.alerting.follow();
    const before = await bench.news();
    await bench.database.pool.query(`UPDATE connection SET state = 'paused' WHERE key = 'shop'`);
    await bench.database.pool.query(`UPDATE connection SET archived_at = app_now() WHERE key = 'lab'`);
    await bench.alerting.follow();
    expect(await bench.news()).toEqual(before);
    expect(await bench.episodes()).toEqual(['lab error 1 closed', 'shop error 1 closed']);
  });

  it('opens one alert, however many workers look at once', async () => {
    const shop = await addSource(bench, 'shop', 'Ben');
    await shop.gives('needs_reauth', 'auth');
    const wide = Array.from({ length: 8 }, () => openDatabase(bench.database.url, 2));
    const said = await Promise.all(wide.map((database) => createAlerting(database, rules).follow()));
    expect(said.reduce((sum, count) => sum + count, 0)).toBe(1);
    await shop.brings({});
    await Promise.all(wide.map((database) => createAlerting(database, rules).follow()));
    expect(await bench.news()).toEqual(['ben: connection.failing shop', 'ben: connection.working shop']);
    await Promise.all(wide.map((database) => database.close()));
  });
});

describe('C13: a source that is down for 4 days, of a metric that is stale after 3', () => {
  /** Far behind since 9 August: on the evening of the 8th the last good day has settled. */
  async function story() {
    await bench.rule(1, 1, 2);
    await bench.channel('all', { topics: ['key_results', 'check_ins'] });
    await bench.channel('ana', { owners: ['Ana'] });
    await bench.channel('ben', { owners: ['Ben'] });
    const shop = await addSource(bench, 'shop', 'Ben');
    const options = { owner: 'Ana', metricVersionId: shop.metric.versionId };
    const id = await bench.keyResult('growth', options);
    await bench.moveTo(new Date('2026-08-09T06:00:00Z'));
    await shop.brings(days('2026-08-01', '2026-08-08', 1));
    await bench.alerting.follow();
    return { shop, id };
  }
  const fired = ['all: key_result.off_track growth', 'ana: key_result.off_track growth'];

  it('makes the status unknown with the last one and its day, and is news for the connection’s owner alone', async () => {
    const { id, shop } = await story();
    expect(await bench.news()).toEqual(fired);
    expect(await state(id)).toMatchObject({ status: 'off_track', data: 'fresh' });
    // It answers, and has nothing: no error, and four days later no data either. The day that is due at 6 is the day before.
    for (let day = 10; day <= 12; day += 1) {
      await bench.moveTo(new Date(`2026-08-${day}T06:30:00Z`));
      await shop.brings({});
      await bench.alerting.follow();
    }
    expect(await state(id)).toMatchObject({ status: 'off_track', data: 'late' });
    await bench.moveTo(new Date('2026-08-13T06:30:00Z'));
    await shop.brings({});
    await bench.alerting.follow();
    expect(await state(id)).toEqual({
      status: 'unknown',
      data: 'stale',
      lastKnown: 'off_track',
      lastKnownDay: '2026-08-08',
    });
    const news = await bench.news();
    expect(news.filter((line) => line.includes('connection'))).toEqual(['ben: connection.no_data shop']);
    // After 2 days it would be said again; the last time was on the 11th, while the status still stood on a settled day.
    await bench.moveTo(new Date('2026-08-14T06:30:00Z'));
    await bench.alerting.follow();
    expect((await bench.news()).filter((line) => line.includes('still_off_track'))).toEqual([
      'all: key_result.still_off_track growth',
      'ana: key_result.still_off_track growth',
    ]);
    expect(await bench.episodes()).toEqual(['shop no_data 1 firing', 'growth off_track 1 firing']);
  });

  it('is one piece of news when it fails as well: that it fails, which its owner can mend', async () => {
    const { shop } = await story();
    for (let day = 10; day <= 13; day += 1) {
      // A minute later each day, so that a day is a day and not a moment less.
      await bench.moveTo(new Date(`2026-08-${day}T06:${20 + day}:00Z`));
      await shop.fails();
      await bench.alerting.follow();
    }
    const news = await bench.news();
    // From the first failure on the Key Result is silent; the source is told on the third day and, as it goes on, daily.
    expect(news.filter((line) => !fired.includes(line))).toEqual([
      'ben: connection.failing shop',
      'ben: connection.failing shop',
    ]);
    expect(await bench.episodes()).toEqual([
      'shop error 1 firing',
      'shop no_data 1 firing',
      'growth off_track 1 firing',
    ]);
  });

  it('says that the data are back, and goes on from there', async () => {
    const { id, shop } = await story();
    await bench.moveTo(new Date('2026-08-13T06:30:00Z'));
    await shop.brings({});
    await bench.alerting.follow();
    await bench.moveTo(new Date('2026-08-14T06:30:00Z'));
    await shop.brings(days('2026-08-09', '2026-08-13', 60));
    await bench.alerting.follow();
    expect(await state(id)).toMatchObject({ status: 'on_track', data: 'fresh' });
    expect((await bench.news()).filter((line) => line.startsWith('ben'))).toEqual([
      'ben: connection.no_data shop',
      'ben: connection.data_back shop',
    ]);
    expect(await bench.news()).toContain('ana: key_result.recovered growth');
  });

  it('is said once for a connection, however many Key Results look at it, and names them', async () => {
    const { shop } = await story();
    for (let index = 0; index < 12; index += 1)
      await bench.keyResult(`more-${String(index).padStart(2, '0')}`, {
        metricVersionId: shop.metric.versionId,
      });
    await bench.moveTo(new Date('2026-08-13T06:30:00Z'));
    await shop.brings({});
    await bench.alerting.follow();
    const [row] = await bench.rows<{ item: { subject: { keyResults: unknown[]; keyResultCount: number } } }>(
      `SELECT item FROM notice WHERE event = 'connection.no_data'`,
      [],
    );
    expect(row?.item.subject.keyResultCount).toBe(13);
    expect(row?.item.subject.keyResults).toHaveLength(10);
    expect(row?.item).toMatchObject({ reason: { code: 'data_stale', values: { behindDays: 4 } } });
  });

  it('is over without a word where nobody looks at the data any more', async () => {
    const { id, shop } = await story();
    await bench.moveTo(new Date('2026-08-13T06:30:00Z'));
    await shop.brings({});
    await bench.alerting.follow();
    const before = await bench.news();
    await bench.database.pool.query('UPDATE key_result SET archived_at = app_now() WHERE id = $1', [id]);
    await bench.alerting.follow();
    expect(await bench.news()).toEqual(before);
    expect(await bench.episodes()).toEqual(['shop no_data 1 closed', 'growth off_track 1 firing']);
  });
});

it('says of what is pushed to us that nothing comes any more to the owner of the Key Result', async () => {
  await bench.channel('all');
  await bench.channel('ana', { owners: ['Ana'] });
  await bench.channel('ben', { owners: ['Ben'] });
  const id = await bench.keyResult('growth', { owner: 'Ana' });
  await bench.moveTo(new Date('2026-08-12T12:00:00Z'));
  await bench.database.pool.query(
    `INSERT INTO metric_point (metric_version_id, day, value, origin, run_seq, fetched_at, believed_from)
     SELECT metric_version_id, '2026-08-07', 50, 'push', 1, '2026-08-08', '2026-08-08' FROM key_result WHERE id = $1`,
    [id],
  );
  await evaluate([id]);
  await bench.alerting.follow();
  expect(await state(id)).toMatchObject({ data: 'stale' });
  expect(await bench.news()).toEqual(['ana: key_result.no_data growth']);
});

it('dates what happens to a source by the workspace’s own day', async () => {
  await bench.database.pool.query(`UPDATE workspace SET time_zone = 'Pacific/Auckland'`);
  const shop = await addSource(bench, 'shop');
  // 12 August, 20:00 in UTC, is the morning of the 13th in Auckland.
  await bench.moveTo(new Date('2026-08-12T20:00:00Z'));
  await shop.gives('needs_reauth', 'auth');
  await bench.alerting.follow();
  await shop.brings({});
  await bench.alerting.follow();
  const rows = await bench.rows('SELECT fired_day AS fired, resolved_day AS resolved FROM alert', []);
  expect(rows).toEqual([{ fired: '2026-08-13', resolved: '2026-08-13' }]);
});

describe('C28: a check-in that is due', () => {
  const due = 'ops: key_result.check_in_due';
  const checkIn = (keyResultId: string, day: string) =>
    bench.database.pool.query(
      'INSERT INTO check_in (id, workspace_id, key_result_id, day, value) VALUES ($1, $2, $3, $4, 10)',
      [newId('chk'), bench.database.workspaceId, keyResultId, day],
    );
  const manual = (key: string, change: Parameters<Bench['keyResult']>[1] = {}) =>
    bench.keyResult(key, { metricVersionId: null, startDay: '2026-08-01', ...change });
  const at = (day: string) => bench.moveTo(new Date(`${day}T12:00:00Z`));
  beforeEach(() => bench.channel('ops'));

  it('is asked for when two weeks are over, and again a week later, until somebody has checked in', async () => {
    const id = await manual('interviews');
    // The cycle began on the 1st: the 15th is 14 days later and still in time.
    await at('2026-08-15');
    expect(await bench.alerting.follow()).toBe(0);
    await at('2026-08-16');
    expect(await bench.alerting.follow()).toBe(1);
    await at('2026-08-22');
    expect(await bench.alerting.follow()).toBe(0);
    await bench.moveTo(new Date('2026-08-23T13:00:00Z'));
    expect(await bench.alerting.follow()).toBe(1);
    await checkIn(id, '2026-08-23');
    await bench.moveTo(new Date('2026-08-30T14:00:00Z'));
    expect(await bench.alerting.follow()).toBe(0);
    expect(await bench.news()).toEqual([`${due} interviews`, `${due} interviews`]);
    expect(await bench.episodes()).toEqual(['interviews check_in_due 1 closed']);
    // 14 days after the 23rd is 6 September.
    await at('2026-09-07');
    expect(await bench.alerting.follow()).toBe(1);
    expect(await bench.episodes()).toEqual([
      'interviews check_in_due 1 closed',
      'interviews check_in_due 2 firing',
    ]);
  });

  it('keeps to the Key Result’s own cadence', async () => {
    const id = await manual('weekly', { checkInEveryDays: 7 });
    await manual('monthly', { checkInEveryDays: 30 });
    await checkIn(id, '2026-08-03');
    await at('2026-08-10');
    expect(await bench.alerting.follow()).toBe(0);
    await at('2026-08-11');
    await bench.alerting.follow();
    expect(await bench.news()).toEqual([`${due} weekly`]);
    await at('2026-09-01');
    await bench.alerting.follow();
    expect((await bench.news()).filter((line) => line.endsWith('monthly'))).toEqual([`${due} monthly`]);
  });

  it('is asked of nobody whose number a system knows, before the cycle, after it, or when all is decided', async () => {
    const shop = await addSource(bench, 'shop');
    await bench.keyResult('measured', { metricVersionId: shop.metric.versionId, startDay: '2026-07-01' });
    await bench.keyResult('pushed', { startDay: '2026-07-01' });
    await manual('early', { startDay: '2026-09-01', endDay: '2026-12-01' });
    await manual('ended', { startDay: '2026-04-01', endDay: '2026-07-01' });
    const decided = await manual('decided');
    await at('2026-08-20');
    await bench.database.pool.query(
      `INSERT INTO key_result_state (key_result_id, status, status_reason, data_state, data_reason, computed_at)
       VALUES ($1, 'achieved', '{}', 'fresh', '{}', app_now())`,
      [decided],
    );
    expect(await bench.alerting.follow()).toBe(0);
  });

  it('goes to channels that want to be reminded', async () => {
    await bench.channel('news-only', { topics: ['key_results', 'sources'] });
    await bench.channel('ana', { owners: ['Ana'] });
    await manual('interviews', { owner: 'Ana' });
    await at('2026-08-20');
    await bench.alerting.follow();
    expect(await bench.news()).toEqual([
      'ana: key_result.check_in_due interviews',
      'ops: key_result.check_in_due interviews',
    ]);
  });
});

describe('a history that comes at once', () => {
  it('fires no alert, however bad and however often it is read; three bad days of its own do', async () => {
    await bench.rule(3, 5);
    await bench.channel('ops');
    const shop = await addSource(bench, 'shop');
    const id = await bench.keyResult('growth', { metricVersionId: shop.metric.versionId });
    await bench.moveTo(new Date('2026-08-12T12:00:00Z'));
    await shop.brings(days('2026-06-01', '2026-08-11', 0));
    await shop.brings(days('2026-06-01', '2026-08-11', 0));
    for (let again = 0; again < 5; again += 1) await evaluate([id]);
    await bench.alerting.follow();
    expect(await state(id)).toMatchObject({ status: 'off_track' });
    expect(await bench.news()).toEqual([]);
    expect(await bench.episodes()).toEqual(['growth off_track 1 pending']);
    for (const day of ['2026-08-12', '2026-08-13']) {
      await bench.moveTo(new Date(`${addDays(day, 1)}T12:00:00Z`));
      await shop.brings({ [day]: 0 });
      if (day === '2026-08-12') expect(await bench.news()).toEqual([]);
    }
    expect(await bench.news()).toEqual(['ops: key_result.off_track growth']);
  });

  it('fires none when it refills a gap: counting begins again with the day that is there', async () => {
    await bench.rule(3, 5);
    await bench.channel('ops');
    const shop = await addSource(bench, 'shop');
    await bench.keyResult('growth', { metricVersionId: shop.metric.versionId });
    // Two bad days are counted, then the source is away for a week.
    await bench.moveTo(new Date('2026-08-02T12:00:00Z'));
    await shop.brings(days('2026-07-15', '2026-08-01', 0));
    await bench.moveTo(new Date('2026-08-03T12:00:00Z'));
    await shop.brings({ '2026-08-02': 0 });
    await bench.moveTo(new Date('2026-08-10T12:00:00Z'));
    await shop.brings({});
    await shop.brings(days('2026-08-03', '2026-08-09', 0));
    expect(await bench.news()).toEqual([]);
    await bench.moveTo(new Date('2026-08-11T12:00:00Z'));
    await shop.brings({ '2026-08-10': 0 });
    expect(await bench.news()).toEqual([]);
    await bench.moveTo(new Date('2026-08-12T12:00:00Z'));
    await shop.brings({ '2026-08-11': 0 });
    expect(await bench.news()).toEqual(['ops: key_result.off_track growth']);
  });
});
