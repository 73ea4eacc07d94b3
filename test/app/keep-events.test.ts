import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepEvents } from '../../src/app/keep-events.ts';
import type { EventListings, EventReplacement, EventWrite } from '../../src/app/ports-events.ts';
import type { Delivery } from '../../src/app/ports-ingest.ts';
import { tidyEvents } from '../../src/app/tidy-events.ts';
import { createEventListings } from '../../src/db/events/index.ts';
import { createEventFiles } from '../../src/event-store/index.ts';
import { seedSource } from '../db/support/seed.ts';
import { event, inTurn, never, openStore, type TestStore } from '../event-store/support.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let store: TestStore;
let listings: EventListings;
let connectionId: string;
beforeEach(async () => {
  [database, store] = await Promise.all([freshDatabase(), openStore()]);
  listings = createEventListings(database);
  ({ connectionId } = await seedSource(database, 'own'));
});
afterEach(async () => {
  await Promise.all([database.close(), store.close()]);
});

const delivery = (key: string | null): Delivery => ({
  workspaceId: database.workspaceId,
  via: 'push',
  format: 'json',
  digest: 'digest',
  idempotencyKey: key,
  actor: 'test',
  note: null,
});
async function stage(events: EventWrite[], files = store.files) {
  const taken = await files.stage(connectionId, inTurn(events), never);
  if (!taken.ok) throw new Error('refused');
  return taken.staged;
}
async function keep(
  events: EventWrite[],
  {
    files = store.files,
    key = null,
    replaces = null,
  }: { files?: typeof store.files; key?: string | null; replaces?: EventReplacement | null } = {},
) {
  const told = { delivery: delivery(key), through: null };
  return keepEvents({ files, listings }, connectionId, await stage(events, files), replaces, told, never);
}
const stored = async () => (await store.rows(await listings.current(connectionId))).map(({ id }) => id);
const onDisk = async (): Promise<string[]> => {
  const names = await readdir(join(store.folder, connectionId), { recursive: true });
  return names.filter((name) => name.endsWith('.parquet'));
};
const listedFiles = async () => (await listings.current(connectionId)).segments.length;

it('keeps what is told, says what changed, and leaves no staged file behind', async () => {
  const { outcome } = await keep([event('1', '2026-03-01T10:00:00Z'), event('2', '2026-03-02T10:00:00Z')]);
  expect(outcome).toMatchObject({
    replayed: false,
    ingest: { rows: 2, changed: 2, firstDay: '2026-03-01', lastDay: '2026-03-02' },
  });
  expect(await stored()).toEqual(['1', '2']);
  expect(await onDisk()).toHaveLength(2);
});

it('a delivery that is sent again under its key changes nothing, also where events have no id', async () => {
  const events = [event(null, '2026-03-01T10:00:00Z')];
  await keep(events, { key: 'k' });
  const again = await keep(events, { key: 'k' });
  expect(again.outcome).toMatchObject({ replayed: true, ingest: { changed: 1 } });
  expect(again.merge).toEqual({ added: [], retired: [], changed: 0, touchedAt: null });
  expect(await stored()).toEqual([null]);
  expect(await onDisk()).toHaveLength(1); // the file that said it twice is gone
});

it('several workers that tell of the same day at once all get through, and nothing of any is lost', async () => {
  const workers = Array.from({ length: 4 }, () =>
    createEventFiles({ folder: store.folder, memoryLimitMb: 128, threads: 1 }),
  );
  const ids = workers.map((_, index) => `from-${index}`);
  await Promise.all(
    workers.map((files, index) => keep([event(ids[index] ?? '', '2026-03-01T10:00:00Z')], { files })),
  );
  expect(new Set(await stored())).toEqual(new Set(ids));
  expect(await stored()).toHaveLength(4);
  const { version } = await listings.current(connectionId);
  expect(version).toBe(4);
  await Promise.all(workers.map((files) => files.close()));
});

it('gives a delivery back when others are always faster, and leaves nothing behind', async () => {
  const slow = { current: listings.current, commit: () => Promise.resolve(null) };
  const staged = await stage([event('1', '2026-03-01T10:00:00Z')]);
  const told = { delivery: delivery(null), through: null };
  await expect(
    keepEvents({ files: store.files, listings: slow }, connectionId, staged, null, told, never),
  ).rejects.toMatchObject({
    code: 'events_busy',
    retryable: true,
  });
  expect(await onDisk()).toEqual([]);
});

it('leaves files alone when it cannot know whether they were listed', async () => {
  const unheard: EventListings['commit'] = async (...what) => {
    await listings.commit(...what);
    throw new Error('the connection was lost on the way back');
  };
  const staged = await stage([event('1', '2026-03-01T10:00:00Z')]);
  const deps = { files: store.files, listings: { current: listings.current, commit: unheard } };
  const told = { delivery: delivery(null), through: null };
  await expect(keepEvents(deps, connectionId, staged, null, told, never)).rejects.toThrow(
    'lost on the way back',
  );
  expect(await stored()).toEqual(['1']);
});

it('a kill before the listing leaves files that do not count, and are swept; what is told again then counts once', async () => {
  await keep([event('1', '2026-03-01T10:00:00Z')]);
  const dying = createEventFiles({ folder: store.folder, memoryLimitMb: 128, threads: 1 });
  const staged = await stage([event('2', '2026-03-01T11:00:00Z')], dying);
  await dying.merge(connectionId, await listings.current(connectionId), staged, null, never);
  await dying.close(); // the process ends here: staged and merged, and not listed
  expect(await stored()).toEqual(['1']);
  expect(await onDisk()).toHaveLength(3);
  await keep([event('2', '2026-03-01T11:00:00Z')]);
  expect(await stored()).toEqual(['1', '2']);
  await age();
  const tidied = await tidyEvents({ files: store.files, listings }, connectionId, new Date(), never);
  expect(tidied.swept).toBe(2);
  expect(await stored()).toEqual(['1', '2']);
});

it('a kill between forgetting files and deleting them leaves nothing for long', async () => {
  await keep([event('1', '2026-03-01T10:00:00Z')]);
  await keep([event('2', '2026-03-01T11:00:00Z')]);
  expect(await listings.forgetRetired(connectionId, new Date(Date.now() + 60_000))).toHaveLength(1);
  await age(); // the process ended here
  expect(await onDisk()).toHaveLength(2);
  expect(await tidyEvents({ files: store.files, listings }, connectionId, new Date(), never)).toMatchObject({
    swept: 1,
  });
  expect(await onDisk()).toHaveLength(1);
  expect(await stored()).toEqual(['1', '2']);
});

it('tidies: small files become one, and the old ones go when nobody reads them any more', async () => {
  const days = ['01', '02', '03', '04', '05', '20'].map((day) => `2026-03-${day}T10:00:00Z`);
  for (const at of days) await keep([event(at, at)]);
  const before = await stored();
  expect(await listedFiles()).toBe(6);
  const tidied = await tidyEvents({ files: store.files, listings }, connectionId, new Date(), never);
  expect(tidied).toEqual({ compacted: 5, forgotten: 0, swept: 0 });
  expect(await listedFiles()).toBe(2);
  expect(await onDisk()).toHaveLength(7); // whoever has begun to read them goes on
  const later = new Date(Date.now() + 2 * 3_600_000);
  expect(await tidyEvents({ files: store.files, listings }, connectionId, later, never)).toMatchObject({
    compacted: 0,
    forgotten: 5,
  });
  expect(await onDisk()).toHaveLength(2);
  expect(await stored()).toEqual(before);
});

/** Every file was written a day ago. */
async function age(): Promise<void> {
  const then = new Date(Date.now() - 86_400_000);
  for (const name of await onDisk()) await utimes(join(store.folder, connectionId, name), then, then);
}
