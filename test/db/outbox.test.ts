import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../../src/app/ids.ts';
import { openDatabase } from '../../src/db/database.ts';
import { deliveryIdOf } from '../../src/db/delivery-id.ts';
import { claimMessages, returnMessages, settleMessage } from '../../src/db/outbox.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { seedKeyResult, seedSource } from './support/seed.ts';

let database: TestDatabase;
let channelId: string;
beforeEach(async () => {
  database = await freshDatabase();
  channelId = await channel('inbox');
});
afterEach(() => database.close());

async function channel(key: string): Promise<string> {
  const id = newId('chn');
  await database.pool.query(
    `INSERT INTO channel (id, workspace_id, key, title, kind) VALUES ($1, $2, $3, $3, 'webhook')`,
    [id, database.workspaceId, key],
  );
  return id;
}

async function message(eventKey: string, keyResultId: string | null = null, to = channelId): Promise<void> {
  await database.pool.query(
    `INSERT INTO outbox (workspace_id, event_key, channel_id, delivery_id, key_result_id, kind, payload)
     VALUES ($1, $2, $3, $4, $5, 'off_track', '{}')`,
    [database.workspaceId, eventKey, to, deliveryIdOf(eventKey, to), keyResultId],
  );
}

const claim = (owner: string, limit = 5) => claimMessages(database.pool, owner, limit);
const rows = async () =>
  (
    await database.pool.query<{ event_key: string; status: string; attempts: number }>(
      'SELECT event_key, status, attempts FROM outbox ORDER BY id',
    )
  ).rows;

it('keeps the order of messages about one Key Result on one channel, and of nothing else', async () => {
  const { metric } = await seedSource(database, 'shop');
  const [growth, churn] = [
    await seedKeyResult(database, metric, 'growth'),
    await seedKeyResult(database, metric, 'churn'),
  ];
  const other = await channel('other');
  await message('growth:fired', growth);
  await message('growth:resolved', growth);
  await message('churn:fired', churn);
  await message('growth:fired', growth, other);
  const first = await claim('relay-a');
  expect(first.map(({ deliveryId }) => deliveryId).toSorted()).toEqual(
    [
      deliveryIdOf('growth:fired', channelId),
      deliveryIdOf('churn:fired', channelId),
      deliveryIdOf('growth:fired', other),
    ].toSorted(),
  );
  expect(await claim('relay-b')).toEqual([]);
  const blocking = first.find(({ deliveryId }) => deliveryId === deliveryIdOf('growth:fired', channelId));
  if (blocking === undefined) throw new Error('the first message was not claimed');
  await settleMessage(database.pool, 'relay-a', blocking, { status: 'delivered', httpStatus: 200 }, 5);
  expect((await claim('relay-b')).map(({ deliveryId }) => deliveryId)).toEqual([
    deliveryIdOf('growth:resolved', channelId),
  ]);
});

it('keeps the order within a group of a channel alone: what waits there is in no other group’s way', async () => {
  const grouped = async (eventKey: string, groupKey: string): Promise<void> => {
    await message(eventKey);
    await database.pool.query('UPDATE outbox SET group_key = $2 WHERE event_key = $1', [eventKey, groupKey]);
  };
  await grouped('shop:1', 'shop');
  const [held] = await claim('relay');
  if (held === undefined) throw new Error('nothing was claimed');
  const later = { status: 'retry', delayMs: 3_600_000, errorClass: 'transient', httpStatus: 503 } as const;
  await settleMessage(database.pool, 'relay', held, later, 5);
  await grouped('shop:2', 'shop');
  await grouped('mail:1', 'mail');
  await grouped('mail:2', 'mail');
  // By now they have piled up: one at a time, at most one a second.
  await moveClock(database.pool, 120_000);
  const turns: string[] = [];
  for (let second = 0; second < 4; second += 1) {
    for (const next of await claim('relay')) {
      turns.push(next.deliveryId);
      await settleMessage(database.pool, 'relay', next, { status: 'delivered', httpStatus: 200 }, 5);
    }
    await moveClock(database.pool, 122_000 + second * 2_000);
  }
  expect(turns).toEqual([deliveryIdOf('mail:1', channelId), deliveryIdOf('mail:2', channelId)]);
});

it('hands each message to one of several relays', async () => {
  for (let index = 0; index < 40; index += 1) await message(`event-${index}`);
  const wide = openDatabase(database.url, 8);
  const drain = async (owner: string): Promise<string[]> => {
    const claimed = await claimMessages(wide.pool, owner, 5);
    const ids = claimed.map(({ deliveryId }) => deliveryId);
    return ids.length === 0 ? [] : [...ids, ...(await drain(owner))];
  };
  const taken = (await Promise.all(['a', 'b', 'c', 'd'].map(drain))).flat();
  await wide.close();
  expect(taken).toHaveLength(40);
  expect(new Set(taken).size).toBe(40);
});

it('gives a dead relay’s message to another one after two minutes, under the same id', async () => {
  await message('fired');
  const [held] = await claim('relay-a');
  await moveClock(database.pool, 119_000);
  expect(await claim('relay-b')).toEqual([]);
  await moveClock(database.pool, 121_000);
  const [again] = await claim('relay-b');
  expect(again?.deliveryId).toBe(held?.deliveryId);
  // The first relay was only slow; what it has to say about the message comes too late.
  if (held === undefined) throw new Error('nothing was claimed');
  await settleMessage(
    database.pool,
    'relay-a',
    held,
    {
      status: 'dead',
      errorClass: 'gone',
      httpStatus: 410,
      disableChannel: null,
    },
    5,
  );
  expect((await rows())[0]).toMatchObject({ status: 'pending', attempts: 0 });
});

it('C22: one channel that is down holds up no other, shows what it failed with, and is tried again', async () => {
  const mail = await channel('mail');
  await message('fired');
  await message('fired', null, mail);
  const claimed = await claim('relay');
  expect(claimed).toHaveLength(2);
  for (const held of claimed) {
    const down = held.deliveryId === deliveryIdOf('fired', channelId);
    await settleMessage(
      database.pool,
      'relay',
      held,
      down
        ? { status: 'retry', delayMs: 30_000, errorClass: 'transient', httpStatus: 503 }
        : { status: 'delivered', httpStatus: 200 },
      5,
    );
  }
  const seen = await database.pool.query<{ line: string }>(
    `SELECT c.key || ' ' || o.status || ' ' || o.attempts || ' ' || COALESCE(o.last_error_class, '-') AS line
     FROM outbox o JOIN channel c ON c.id = o.channel_id ORDER BY c.key`,
  );
  expect(seen.rows.map(({ line }) => line)).toEqual(['inbox pending 1 transient', 'mail delivered 1 -']);
  await moveClock(database.pool, 31_000);
  expect((await claim('relay')).map(({ deliveryId }) => deliveryId)).toEqual([
    deliveryIdOf('fired', channelId),
  ]);
});

it('waits as long as it was told before the next attempt', async () => {
  await message('fired');
  const [held] = await claim('relay');
  if (held === undefined) throw new Error('nothing was claimed');
  await settleMessage(
    database.pool,
    'relay',
    held,
    {
      status: 'retry',
      delayMs: 30_000,
      errorClass: 'transient',
      httpStatus: 503,
    },
    5,
  );
  await moveClock(database.pool, 29_000);
  expect(await claim('relay')).toEqual([]);
  await moveClock(database.pool, 31_000);
  expect(await claim('relay')).toMatchObject([{ deliveryId: held.deliveryId, attempts: 1 }]);
});

it('switches a channel off when its receiver wants no more messages', async () => {
  await message('fired');
  const [held] = await claim('relay');
  if (held === undefined) throw new Error('nothing was claimed');
  const disableChannel = 'The receiver answered 410: it wants no more messages.';
  await settleMessage(
    database.pool,
    'relay',
    held,
    {
      status: 'dead',
      errorClass: 'gone',
      httpStatus: 410,
      disableChannel,
    },
    5,
  );
  expect(await rows()).toEqual([{ event_key: 'fired', status: 'dead', attempts: 1 }]);
  const channels = await database.pool.query('SELECT enabled, disabled_reason FROM channel');
  expect(channels.rows).toEqual([{ enabled: false, disabled_reason: disableChannel }]);
});

it('does not switch a channel off on the word of a relay that no longer holds the message', async () => {
  await message('fired');
  const [held] = await claim('relay-a');
  if (held === undefined) throw new Error('nothing was claimed');
  await moveClock(database.pool, 121_000);
  await claim('relay-b');
  await settleMessage(
    database.pool,
    'relay-a',
    held,
    {
      status: 'dead',
      errorClass: 'gone',
      httpStatus: 410,
      disableChannel: 'gone',
    },
    5,
  );
  expect((await database.pool.query('SELECT enabled FROM channel')).rows).toEqual([{ enabled: true }]);
});

it('returns what it holds when it stops, and nothing of another relay', async () => {
  await message('one');
  const [kept] = await claim('relay-b', 1);
  await message('two');
  await claim('relay-a');
  await returnMessages(database.pool, 'relay-a');
  expect((await claim('relay-c')).map(({ deliveryId }) => deliveryId)).toEqual([
    deliveryIdOf('two', channelId),
  ]);
  expect(kept?.deliveryId).toBe(deliveryIdOf('one', channelId));
});

it('stores one message an event and channel, however often it is written', async () => {
  await message('fired');
  await expect(message('fired')).rejects.toMatchObject({ code: '23505' });
});
