import { afterEach, beforeEach, expect, it } from 'vitest';
import type { News } from '../../../src/app/news.ts';
import { claimMessages, settleMessage } from '../../../src/db/outbox.ts';
import type { ChannelSettings } from '../../../src/domain/channel-settings.ts';
import { type Bench, DAY_MS, HOUR_MS, openBench } from './support/bench.ts';

// A Wednesday within working hours; news waits for nobody and for no other news.
let bench: Bench;
beforeEach(async () => {
  bench = await openBench(new Date('2026-08-12T09:00:00Z'));
  await bench.rule();
});
afterEach(() => bench.close());

const people = (key: string, settings: Partial<ChannelSettings> = {}) =>
  bench.channel(key, { groupWaitMinutes: 0, groupIntervalMinutes: 0, ...settings }, 'slack');

async function off(key: string): Promise<string> {
  const id = await bench.keyResult(key);
  await bench.judge(id, { asOfDay: '2026-08-11', status: 'off_track' });
  return id;
}
const recovers = (id: string) => bench.judge(id, { asOfDay: '2026-08-12', status: 'on_track' });

async function snooze(keyResultId: string | null, hours = 24): Promise<void> {
  await bench.alerts.createSnooze({
    workspaceId: bench.database.workspaceId,
    keyResultId,
    objectiveId: null,
    connectionId: null,
    owner: null,
    kind: null,
    reason: 'known',
    author: 'Ana',
    until: new Date(bench.now().getTime() + hours * HOUR_MS),
  });
}
async function work(): Promise<void> {
  await bench.alerting.follow();
  await bench.alerting.compose();
}
/** What a relay gets hold of, with what each message says. */
async function take(owner = 'relay') {
  const held = await claimMessages(bench.database.pool, owner, 50);
  const said = held.flatMap(({ payload }) => {
    const news = payload as News;
    if (news.type === 'test') return [];
    const items = news.type === 'news' ? news.items : news.sections.flatMap((section) => section.items);
    return items.map(({ event, subject }) => `${event} ${subject.key}`);
  });
  return { held, said };
}
async function settle(held: Awaited<ReturnType<typeof take>>['held'], arrived: boolean, owner = 'relay') {
  const retry = { status: 'retry', delayMs: HOUR_MS, errorClass: 'transient', httpStatus: 503 } as const;
  const end = arrived ? ({ status: 'delivered', httpStatus: 200 } as const) : retry;
  for (const message of held) await settleMessage(bench.database.pool, owner, message, end, 5);
}

it('sends nothing of what is snoozed that lay unsent, and tells it under the same id when it still burns then', async () => {
  await bench.channel('ops');
  const growth = await off('growth');
  await work();
  const [before] = await bench.rows<{ delivery_id: string }>('SELECT delivery_id FROM outbox', []);
  await snooze(growth);
  expect((await take()).said).toEqual([]);
  await bench.moveBy(23 * HOUR_MS);
  await work();
  expect((await take()).said).toEqual([]);
  // Somebody takes care of it: at the end of the silence nothing is said again, but this was never said.
  await bench.database.pool.query(
    `UPDATE alert SET acknowledged = '{"severity":"critical","by":"Ana","at":"2026-08-12T10:00:00Z","note":""}'`,
  );
  await bench.moveBy(2 * HOUR_MS);
  await work();
  const { held, said } = await take();
  expect(said).toEqual(['key_result.off_track growth']);
  expect(held[0]?.deliveryId).toBe(before?.delivery_id);
});

it('says once that it still burns when the silence ends, also where a first attempt had failed', async () => {
  await bench.channel('ops');
  const growth = await off('growth');
  await work();
  await settle((await take()).held, false);
  await snooze(growth);
  await bench.moveBy(5 * HOUR_MS);
  await work();
  expect((await take()).said).toEqual([]);
  await bench.moveBy(20 * HOUR_MS);
  await work();
  const { held, said } = await take();
  expect(said).toEqual(['key_result.still_off_track growth']);
  await settle(held, true);
  await bench.moveBy(DAY_MS);
  await work();
  expect((await take()).said).toEqual([]);
});

it('tells neither the beginning nor the end of what was over before the silence was', async () => {
  await bench.channel('ops');
  const growth = await off('growth');
  await work();
  await settle((await take()).held, false);
  await snooze(growth);
  await recovers(growth);
  await bench.moveBy(2 * DAY_MS);
  await work();
  expect((await take()).said).toEqual([]);
  expect(await bench.messages()).toEqual(['ops: key_result.off_track superseded']);
});

it.each([{ tried: false }, { tried: true }])(
  'leaves in a message what nobody has snoozed (tried in vain before: $tried)',
  async ({ tried }) => {
    await people('team', { digest: null });
    const growth = await off('growth');
    await off('churn');
    await work();
    if (tried) {
      await settle((await take()).held, false);
      await bench.moveBy(2 * HOUR_MS);
    }
    await snooze(growth);
    const { held, said } = await take();
    expect(said).toEqual(['key_result.off_track churn']);
    await settle(held, true);
    await bench.moveBy(25 * HOUR_MS);
    await work();
    expect((await take()).said).toEqual(['key_result.still_off_track growth']);
  },
);

it('does not send again what was on its way when it was snoozed and did not arrive', async () => {
  await bench.channel('ops');
  const growth = await off('growth');
  await off('churn');
  await work();
  const { held, said } = await take();
  expect(said).toHaveLength(2);
  await snooze(growth);
  await settle(held, false);
  await bench.moveBy(2 * HOUR_MS);
  // Even before anything is composed anew.
  const again = await take('other');
  expect(again.said).toEqual(['key_result.off_track churn']);
  await settle(again.held, true, 'other');
  await work();
  expect(await bench.messages()).toEqual([
    'ops: key_result.off_track superseded',
    'ops: key_result.off_track delivered',
  ]);
});

it('is kept by the digest too: by one that lies unsent, and by the next', async () => {
  await people('team', { warnings: 'digest' });
  const growth = await off('growth');
  await off('churn');
  await bench.moveTo(new Date('2026-08-13T08:01:00Z'));
  await work();
  await snooze(growth, 48);
  const { held, said } = await take();
  expect(said).toEqual(['key_result.off_track churn']);
  await settle(held, true);
  // Another one gives the next digest a reason; it names what still burns, and is silent about what is snoozed.
  await off('referrals');
  await bench.moveTo(new Date('2026-08-14T08:01:00Z'));
  await work();
  expect((await take()).said).toEqual(['key_result.off_track referrals', 'key_result.still_off_track churn']);
});

it('silences everything when everything is snoozed', async () => {
  await people('team');
  await bench.channel('ops');
  await off('growth');
  await off('churn');
  await work();
  await snooze(null);
  expect((await take()).said).toEqual([]);
  expect(await bench.rows('SELECT DISTINCT state FROM notice', [])).toEqual([{ state: 'waiting' }]);
});
