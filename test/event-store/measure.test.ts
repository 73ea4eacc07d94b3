import { appendFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventListing } from '../../src/app/ports-events.ts';
import type { MetricWindow } from '../../src/domain/catalog/types.ts';
import { createEngine } from '../../src/event-store/engine.ts';
import { createEventFiles } from '../../src/event-store/index.ts';
import { eventsOf } from '../../src/event-store/sql.ts';
import { createTurns } from '../../src/event-store/turns.ts';
import { CONNECTION, EMPTY, event, never, openStore, type TestStore } from './support.ts';

let store: TestStore;
let listing: EventListing;
beforeEach(async () => {
  store = await openStore();
  ({ listing } = await store.tell(EMPTY, [
    event('1', '2026-03-01T10:00:00Z', { userId: 'ada' }),
    event('2', '2026-03-02T10:00:00Z', { userId: 'ada' }),
    event('3', '2026-03-02T11:00:00Z', { userId: 'bob', event: 'close' }),
    event('4', '2026-03-04T10:00:00Z', { userId: 'cleo' }),
  ]));
});
afterEach(() => store.close());

const day = (startDay: string, endDay: string): MetricWindow => ({
  kind: 'period',
  startDay,
  endDay,
  timeZone: 'UTC',
});
const ask = (windows: MetricWindow[], name = '*') => [
  { metric: 'active_users', params: { activeEvent: name, passiveEvents: [] }, windows },
];
const pathOf = (firstDay: string) =>
  join(store.folder, listing.segments.find((segment) => segment.firstDay === firstDay)?.path ?? '');

it('measures every window over the files of its days', async () => {
  const windows = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map((each) =>
    day(each, `2026-03-0${Number(each.slice(-1)) + 1}`),
  );
  const [measured] = await store.files.measure(listing, ask(windows), never);
  expect(measured?.map(({ value }) => value)).toEqual([1, 2, 0, 1]);
});

it('measures more windows than fit into one statement, and several questions, in the order of asking', async () => {
  const windows = Array.from({ length: 130 }, () => day('2026-03-01', '2026-03-05'));
  const asks = [...ask(windows), ...ask([day('2026-03-01', '2026-03-05')], 'close')];
  const [all, closes] = await store.files.measure(listing, asks, never);
  expect(all).toHaveLength(130);
  expect(new Set(all?.map(({ value }) => value))).toEqual(new Set([3]));
  expect(closes?.map(({ value }) => value)).toEqual([1]);
});

it('measures nothing over no files: who has been told nothing is for others to know', async () => {
  const [measured] = await store.files.measure(EMPTY, ask([day('2026-03-01', '2026-03-02')]), never);
  expect(measured?.map(({ value }) => value)).toEqual([0]);
});

it.each([
  ['is missing', (path: string) => rm(path)],
  ['has 10 bytes and not', (path: string) => truncate(path, 10)],
  ['has', (path: string) => appendFile(path, 'x')],
])('never makes a number of a part of the events: a file that %s', async (what, spoil) => {
  await spoil(pathOf('2026-03-02'));
  const { path } = listing.segments.find(({ firstDay }) => firstDay === '2026-03-02') ?? {};
  const measuring = store.files.measure(listing, ask([day('2026-03-01', '2026-03-05')]), never);
  await expect(measuring).rejects.toThrow(`The file of events "${path}" ${what}`);
  await expect(measuring).rejects.toMatchObject({ fix: expect.stringContaining('share one folder') });
  // What does not reach the file is not held up by it.
  const [other] = await store.files.measure(listing, ask([day('2026-03-04', '2026-03-05')]), never);
  expect(other?.map(({ value }) => value)).toEqual([1]);
});

it('a process that has just started finds a file whose bytes are other ones of the same number', async () => {
  const path = pathOf('2026-03-02');
  const { bytes } = listing.segments.find(({ firstDay }) => firstDay === '2026-03-02') ?? { bytes: 0 };
  await writeFile(path, Buffer.alloc(bytes));
  const files = createEventFiles({ folder: store.folder, memoryLimitMb: 128, threads: 1 });
  await expect(files.measure(listing, ask([day('2026-03-01', '2026-03-05')]), never)).rejects.toThrow(
    'is not the file that was written',
  );
  await files.close();
});

it('counts events by name, the most frequent first', async () => {
  const days = { startDay: '2026-03-01', endDay: '2026-03-03' };
  expect(await store.files.names(listing, days, 10, never)).toEqual([
    { event: 'open', count: 2, users: 1 },
    { event: 'close', count: 1, users: 1 },
  ]);
  expect(await store.files.names(listing, days, 1, never)).toHaveLength(1);
  expect(await store.files.names(EMPTY, days, 1, never)).toEqual([]);
});

it('the engine reads no file outside of the folder, and reaches no network', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('a\n1\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const secret = await store.file('secret.csv', 'a\n1\n');
  const link = join(store.folder, 'link.csv');
  await symlink(secret, link);
  const engine = createEngine({ folder: store.folder, memoryLimitMb: 128, threads: 1 });
  const tries = [
    `SELECT * FROM read_csv('${secret}')`,
    `SELECT * FROM read_csv('${store.folder}/../secret.csv')`,
    `SELECT * FROM read_csv('${link}')`,
    `SELECT * FROM read_text('/etc/hostname')`,
    `SELECT * FROM read_csv('http://127.0.0.1:${(server.address() as AddressInfo).port}/a.csv')`, // it listens: it has one
    `COPY (SELECT 1) TO '${secret}.out'`,
    `ATTACH '${secret}.db'`,
    'INSTALL httpfs',
    'LOAD httpfs',
    `SET allowed_directories = ['/']`,
    'SET enable_external_access = true',
    'SET lock_configuration = false',
  ];
  await engine.session(never, async (session) => {
    for (const sql of tries)
      await expect(session.run(sql), sql).rejects.toThrow(
        /^(Permission|Invalid Input|Catalog|IO) Error|cannot/i,
      );
    expect(await session.run(`SELECT count(*) AS n FROM ${eventsOf([pathOf('2026-03-02')])}`)).toEqual([
      { n: 2n },
    ]);
  });
  await engine.close();
  expect(asked).toEqual([]);
  await new Promise((closed) => server.close(closed));
});

it('a statement ends when whoever asked for it gives up, and the next one runs', async () => {
  const engine = createEngine({ folder: store.folder, memoryLimitMb: 128, threads: 1 });
  const gaveUp = new AbortController();
  const endless = engine.session(gaveUp.signal, (session) =>
    session.run('SELECT count(*) FROM range(10000000000000) AS a'),
  );
  const waiting = engine.session(never, (session) => session.run('SELECT 1 AS one'));
  gaveUp.abort(new Error('nobody waits for it'));
  await expect(endless).rejects.toThrow('nobody waits for it');
  expect(await waiting).toEqual([{ one: 1 }]);
  await engine.close();
});

it('takes turns in the order of asking; who gives up while waiting is passed over', async () => {
  const turns = createTurns();
  const order: string[] = [];
  const gaveUp = new AbortController();
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = turns.take(never, async () => {
    await held;
    order.push('first');
  });
  const second = turns.take(gaveUp.signal, async () => void order.push('second'));
  const third = turns.take(never, async () => void order.push('third'));
  gaveUp.abort(new Error('gave up'));
  await expect(second).rejects.toThrow('gave up');
  release();
  await Promise.all([first, third]);
  await turns.idle();
  expect(order).toEqual(['first', 'third']);
});

it('makes one file of small neighbours of a month, and measures the same over it', async () => {
  let days = listing;
  for (let each = 5; each <= 31; each += 1) {
    const at = `2026-03-${String(each).padStart(2, '0')}T10:00:00Z`;
    ({ listing: days } = await store.tell(days, [event(at, at, { userId: `user-${each % 5}` })]));
  }
  const windows = [day('2026-03-01', '2026-04-01'), day('2026-03-02', '2026-03-20')];
  const before = await store.files.measure(days, ask(windows), never);
  const merge = await store.files.compact(CONNECTION, days, never);
  if (merge === null) throw new Error('nothing was compacted');
  // The newest day is the 31st: the 25th to the 31st stay alone.
  expect(merge).toMatchObject({
    changed: 0,
    touchedAt: null,
    added: [{ firstDay: '2026-03-01', lastDay: '2026-03-24' }],
  });
  const compacted = store.apply(days, merge);
  expect(await store.rows(compacted)).toEqual(await store.rows(days));
  expect(await store.files.measure(compacted, ask(windows), never)).toEqual(before);
  expect(await store.files.compact(CONNECTION, compacted, never)).toBeNull();
});

it('sweeps files that nobody lists once they are old, and no others', async () => {
  const listed = new Set(
    listing.segments.map(({ path }) => path).filter((path) => !path.includes('2026-03-01')),
  );
  await store.stage([event('5', '2026-03-05T10:00:00Z')]); // staged for nothing
  expect(await store.files.sweep(CONNECTION, listed, new Date())).toBe(0); // they may be on their way
  const tomorrow = new Date(Date.now() + 86_400_000);
  expect(await store.files.sweep(CONNECTION, listed, tomorrow)).toBe(2);
  await expect(store.files.measure(listing, ask([day('2026-03-01', '2026-03-02')]), never)).rejects.toThrow(
    'is missing',
  );
  const [kept] = await store.files.measure(listing, ask([day('2026-03-02', '2026-03-05')]), never);
  expect(kept?.map(({ value }) => value)).toEqual([3]);
});
