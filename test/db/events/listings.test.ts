import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventListings, EventMerge, EventSegment } from '../../../src/app/ports-events.ts';
import type { Delivery } from '../../../src/app/ports-ingest.ts';
import { createEventListings } from '../../../src/db/events/index.ts';
import { createRecordStore } from '../../../src/db/record-store.ts';
import { createSourceStore } from '../../../src/db/source-store.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { seedSource } from '../support/seed.ts';

let database: TestDatabase;
let listings: EventListings;
let connectionId: string;
let versionId: string;
beforeEach(async () => {
  database = await freshDatabase();
  listings = createEventListings(database);
  const seeded = await seedSource(database, 'own');
  ({ connectionId } = seeded);
  ({ versionId } = seeded.metric);
});
afterEach(() => database.close());

const segment = (firstDay: string, lastDay = firstDay): EventSegment => {
  const id = randomUUID();
  return {
    id,
    path: `${connectionId}/${id}.parquet`,
    sha256: 'a'.repeat(64),
    bytes: 5_000_000_000,
    rows: 3,
    firstDay,
    lastDay,
  };
};
const merge = (change: Partial<EventMerge>): EventMerge => ({
  added: [],
  retired: [],
  changed: 0,
  touchedAt: null,
  ...change,
});
const delivery = (change: Partial<Delivery> = {}): Delivery => ({
  workspaceId: database.workspaceId,
  via: 'upload',
  format: 'jsonl',
  digest: 'digest',
  idempotencyKey: 'key',
  actor: 'test',
  note: null,
  ...change,
});
const unsent = { delivery: null, rows: 0, through: null };
const through = (day: string, timeZone = 'UTC') => ({ day, exactly: false, timeZone });
const cursor = async () => (await createSourceStore(database).metricOfVersion(versionId))?.cursorDay;
const readTo = (day: string) => database.pool.query('UPDATE metric_version SET cursor_day = $1', [day]);

it('lists nothing at first, then what was committed, by day', async () => {
  expect(await listings.current(connectionId)).toEqual({ version: 0, segments: [] });
  const [first, second] = [segment('2026-03-01', '2026-03-31'), segment('2026-04-01')];
  expect(await listings.commit(connectionId, 0, merge({ added: [second, first], changed: 6 }), unsent)).toBe(
    'listed',
  );
  expect(await listings.current(connectionId)).toEqual({ version: 1, segments: [first, second] });
  const third = segment('2026-04-01');
  await listings.commit(connectionId, 1, merge({ added: [third], retired: [second.id], changed: 1 }), unsent);
  expect(await listings.current(connectionId)).toEqual({ version: 2, segments: [first, third] });
});

it('lets exactly one of several win that have looked at the same version, and writes nothing of the others', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      listings.commit(connectionId, 0, merge({ added: [segment(`2026-03-0${index + 1}`)], changed: 1 }), {
        delivery: delivery({ idempotencyKey: `key ${index}` }),
        rows: 1,
        through: through('2026-03-01'),
      }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
  const { segments, version } = await listings.current(connectionId);
  expect([version, segments.length]).toEqual([1, 1]);
  const ingests = await database.pool.query('SELECT 1 FROM ingest');
  expect(ingests.rowCount).toBe(1);
});

it('takes the same delivery once, and lists nothing when it comes again', async () => {
  const told = {
    delivery: delivery(),
    rows: 3,
    days: { first: '2026-03-01', last: '2026-03-02' },
    through: null,
  };
  const first = await listings.commit(
    connectionId,
    0,
    merge({ added: [segment('2026-03-01')], changed: 2 }),
    told,
  );
  expect(first).toMatchObject({
    replayed: false,
    ingest: { rows: 3, changed: 2, firstDay: '2026-03-01', lastDay: '2026-03-02' },
  });
  const again = await listings.commit(
    connectionId,
    1,
    merge({ added: [segment('2026-03-05')], changed: 3 }),
    told,
  );
  expect(again).toMatchObject({ replayed: true, ingest: { changed: 2 } });
  expect((await listings.current(connectionId)).version).toBe(1);
  const other = { ...told, delivery: delivery({ digest: 'something else' }) };
  await expect(listings.commit(connectionId, 1, merge({ changed: 1 }), other)).rejects.toMatchObject({
    code: 'idempotency_conflict',
  });
});

it('says up to which day events are told, and never takes that back unless it is asked to', async () => {
  const covered = async () =>
    (await createRecordStore(database).coverage(connectionId)).map(({ kind, throughDay }) => [
      kind,
      throughDay,
    ]);
  await listings.commit(connectionId, 0, merge({}), { ...unsent, through: through('2026-03-10') });
  expect(await covered()).toEqual([['events', '2026-03-10']]);
  await listings.commit(connectionId, 1, merge({}), { ...unsent, through: through('2026-03-05') });
  expect(await covered()).toEqual([['events', '2026-03-10']]);
  await listings.commit(connectionId, 2, merge({}), {
    ...unsent,
    through: { ...through('2026-03-05'), exactly: true },
  });
  expect(await covered()).toEqual([['events', '2026-03-05']]);
});

it('has the days read again that an event touches, and leaves them alone when files are only put together', async () => {
  await readTo('2026-03-20');
  const touched = merge({
    added: [segment('2026-03-05')],
    changed: 1,
    touchedAt: new Date('2026-03-05T10:00:00Z'),
  });
  await listings.commit(connectionId, 0, touched, unsent);
  expect(await cursor()).toBe('2026-03-03'); // the day, less one that another zone may call it, less one to be read after
  await readTo('2026-03-20');
  const [old] = (await listings.current(connectionId)).segments;
  await listings.commit(
    connectionId,
    1,
    merge({ added: [segment('2026-03-05')], retired: [old?.id ?? ''] }),
    unsent,
  );
  expect(await cursor()).toBe('2026-03-20');
});

it('has the days read again that had not been told, and every day when nothing had been', async () => {
  await readTo('2026-03-20');
  await listings.commit(connectionId, 0, merge({}), { ...unsent, through: through('2026-03-10') });
  expect(await cursor()).toBeNull();
  await readTo('2026-03-20');
  await listings.commit(connectionId, 1, merge({}), { ...unsent, through: through('2026-03-15') });
  expect(await cursor()).toBe('2026-03-09'); // 11 March was the first one that was not told, less two
});

it('keeps where a connector goes on reading with what it has read, and as it is when nothing is said of it', async () => {
  expect(await listings.readingState(connectionId)).toBeNull();
  await listings.commit(connectionId, 0, merge({}), { ...unsent, state: { through: '2026-03-01' } });
  expect(await listings.readingState(connectionId)).toEqual({ through: '2026-03-01' });
  await listings.commit(connectionId, 1, merge({}), unsent);
  expect(await listings.readingState(connectionId)).toEqual({ through: '2026-03-01' });
  await listings.commit(connectionId, 2, merge({}), { ...unsent, state: null });
  expect(await listings.readingState(connectionId)).toBeNull();
});

it('keeps retired files until nobody reads them any more', async () => {
  const first = segment('2026-03-01');
  const second = segment('2026-03-01');
  await listings.commit(connectionId, 0, merge({ added: [first] }), unsent);
  await listings.commit(connectionId, 1, merge({ added: [second], retired: [first.id] }), unsent);
  const now = Date.now();
  expect(await listings.forgetRetired(connectionId, new Date(now - 3_600_000))).toEqual([]);
  expect(await listings.paths(connectionId)).toEqual(new Set([first.path, second.path]));
  expect(await listings.forgetRetired(connectionId, new Date(now + 60_000))).toEqual([first.path]);
  expect(await listings.paths(connectionId)).toEqual(new Set([second.path]));
});

it('refuses to retire a file that is not listed, and two that begin on the same day', async () => {
  await expect(listings.commit(connectionId, 0, merge({ retired: [randomUUID()] }), unsent)).rejects.toThrow(
    '0 are listed',
  );
  const twice = merge({ added: [segment('2026-03-01'), segment('2026-03-01', '2026-03-02')] });
  await expect(listings.commit(connectionId, 0, twice, unsent)).rejects.toThrow(
    'event_segment_first_day_idx',
  );
  expect(await listings.current(connectionId)).toEqual({ version: 0, segments: [] });
});

it('shows a connection nothing of another one', async () => {
  const other = await seedSource(database, 'other');
  await listings.commit(connectionId, 0, merge({ added: [segment('2026-03-01')] }), { ...unsent, state: 1 });
  expect(await listings.current(other.connectionId)).toEqual({ version: 0, segments: [] });
  expect(await listings.paths(other.connectionId)).toEqual(new Set());
  expect(await listings.readingState(other.connectionId)).toBeNull();
});
