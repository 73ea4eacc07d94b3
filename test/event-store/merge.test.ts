import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventListing, EventReplacement, EventWrite } from '../../src/app/ports-events.ts';
import {
  CONNECTION,
  EMPTY,
  event,
  never,
  openStore,
  query,
  type StoredRow,
  type TestStore,
} from './support.ts';

let store: TestStore;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

const saying = (rows: readonly StoredRow[]) =>
  rows.map(
    ({ at_ms, event: name, id, user_id }) =>
      `${new Date(at_ms).toISOString().slice(0, 13)} ${user_id} ${name} ${id ?? '-'}`,
  );

it('keeps events of many days in files of whole days: the newest seven alone, older ones by month', async () => {
  const days = Array.from({ length: 40 }, (_, index) =>
    new Date(Date.UTC(2026, 0, 20 + index, 12)).toISOString(),
  );
  const { listing, merge } = await store.tell(
    EMPTY,
    days.map((at) => event(at, at)),
  );
  // 20 January and 39 days: 28 February. Alone: 22 to 28 February.
  expect(merge.added.map(({ firstDay, lastDay, rows }) => [firstDay, lastDay, rows])).toEqual([
    ['2026-01-20', '2026-01-31', 12],
    ['2026-02-01', '2026-02-21', 21],
    ...['22', '23', '24', '25', '26', '27', '28'].map((day) => [`2026-02-${day}`, `2026-02-${day}`, 1]),
  ]);
  expect(merge).toMatchObject({ retired: [], changed: 40, touchedAt: new Date('2026-01-20T12:00:00Z') });
  expect(await store.rows(listing)).toHaveLength(40);
});

it('writes only the file of the day again that a late event belongs to', async () => {
  const { listing } = await store.tell(EMPTY, [
    event('1', '2026-03-01T10:00:00Z'),
    event('2', '2026-03-02T10:00:00Z'),
    event('3', '2026-03-03T10:00:00Z'),
  ]);
  const late = await store.tell(listing, [event('4', '2026-03-02T09:00:00Z')]);
  expect(late.merge.added).toMatchObject([{ firstDay: '2026-03-02', lastDay: '2026-03-02', rows: 2 }]);
  expect(late.merge.retired).toEqual(
    listing.segments.filter(({ firstDay }) => firstDay === '2026-03-02').map(({ id }) => id),
  );
  expect(late.merge).toMatchObject({ changed: 1, touchedAt: new Date('2026-03-02T09:00:00Z') });
  expect(saying(await store.rows(late.listing))).toEqual([
    '2026-03-01T10 ada open 1',
    '2026-03-02T09 ada open 4',
    '2026-03-02T10 ada open 2',
    '2026-03-03T10 ada open 3',
  ]);
});

it('changes nothing when the same is told again', async () => {
  const events = [
    event('1', '2026-03-01T10:00:00Z'),
    event('2', '2026-03-02T10:00:00Z', { properties: { plan: 'pro' } }),
  ];
  const { listing } = await store.tell(EMPTY, events);
  const again = await store.tell(listing, events.toReversed());
  expect(again.merge).toEqual({ added: [], retired: [], changed: 0, touchedAt: null });
});

it('moves an event to another day when it is told anew, and says from when on something is different', async () => {
  const { listing } = await store.tell(EMPTY, [
    event('1', '2026-03-05T10:00:00Z'),
    event('2', '2026-03-05T11:00:00Z'),
  ]);
  const moved = await store.tell(listing, [
    event('1', '2026-03-09T10:00:00Z'),
    event('2', '2026-03-05T11:00:00Z'),
  ]);
  expect(moved.merge).toMatchObject({ changed: 1, touchedAt: new Date('2026-03-05T10:00:00Z') });
  expect(saying(await store.rows(moved.listing))).toEqual([
    '2026-03-05T11 ada open 2',
    '2026-03-09T10 ada open 1',
  ]);
  const emptied = await store.tell(moved.listing, [event('2', '2026-03-01T00:00:00Z')]);
  // The fifth has no event left, and so no file.
  expect(emptied.listing.segments.map(({ firstDay }) => firstDay).toSorted()).toEqual([
    '2026-03-01',
    '2026-03-09',
  ]);
});

it('replaces the days and names that a delivery tells completely, and nothing else', async () => {
  const { listing } = await store.tell(EMPTY, [
    event('before', '2026-03-01T23:59:59.999Z'),
    event('gone', '2026-03-02T00:00:00Z'),
    event('kept', '2026-03-02T10:00:00Z'),
    event('other', '2026-03-02T11:00:00Z', { event: 'close' }),
    event('late', '2026-03-03T23:59:59.999Z'),
    event('after', '2026-03-04T00:00:00Z'),
  ]);
  const region: EventReplacement = { firstDay: '2026-03-02', lastDay: '2026-03-03', names: ['open'] };
  const told = await store.tell(listing, [event('kept', '2026-03-02T10:00:00Z')], region);
  expect(told.merge).toMatchObject({ changed: 2, touchedAt: new Date('2026-03-02T00:00:00Z') });
  expect((await store.rows(told.listing)).map(({ id }) => id)).toEqual(['before', 'kept', 'other', 'after']);
  const cleared = await store.tell(told.listing, [], { ...region, names: null });
  expect((await store.rows(cleared.listing)).map(({ id }) => id)).toEqual(['before', 'after']);
  expect((await store.tell(cleared.listing, [], { ...region, names: [] })).merge.changed).toBe(0);
});

it('adds events without an id each time, unless their days are replaced', async () => {
  const nameless = [event(null, '2026-03-01T10:00:00Z'), event(null, '2026-03-01T10:00:00Z')];
  const once = await store.tell(EMPTY, nameless);
  const twice = await store.tell(once.listing, nameless);
  expect(twice.merge.changed).toBe(2);
  expect(await store.rows(twice.listing)).toHaveLength(4);
  const region: EventReplacement = { firstDay: '2026-03-01', lastDay: '2026-03-01', names: null };
  const back = await store.tell(twice.listing, nameless, region);
  expect(back.merge.changed).toBe(2); // two of four are gone
  expect(await store.rows(back.listing)).toHaveLength(2);
  const same = await store.tell(back.listing, nameless, region);
  expect(same.merge).toEqual({ added: [], retired: [], changed: 0, touchedAt: null });
});

it('keeps rows of a file by event, then person, then time, so that a few names are read without the rest', async () => {
  const events = Array.from({ length: 500 }, (_, index) =>
    event(`${index}`, new Date(Date.UTC(2026, 2, 1) + ((index * 7919) % 500) * 1000).toISOString(), {
      userId: `user-${index % 7}`,
      event: ['open', 'close', 'share'][index % 3] as string,
    }),
  );
  const { listing } = await store.tell(EMPTY, events);
  const [segment] = listing.segments;
  const rows = await query(
    `SELECT event, user_id, at_ms FROM read_parquet('${join(store.folder, segment?.path ?? '')}', file_row_number = true)
     ORDER BY file_row_number`,
  );
  const keys = rows.map((row) => [row.event, row.user_id, row.at_ms].map(String).join(' '));
  expect(keys).toEqual(keys.toSorted());
});

it('leaves no file behind when a merge is stopped, and tells why', async () => {
  const { listing } = await store.tell(EMPTY, [event('1', '2026-03-01T10:00:00Z')]);
  const staged = await store.stage([event('2', '2026-03-01T10:00:00Z')]);
  const stopped = AbortSignal.abort(new Error('the worker is stopping'));
  await expect(store.files.merge(CONNECTION, listing, staged, null, stopped)).rejects.toThrow(
    'the worker is stopping',
  );
  const files = await readdir(join(store.folder, CONNECTION));
  expect(files.filter((name) => name.endsWith('.parquet'))).toHaveLength(1);
});

// ---- the same rules once more, over a list in memory --------------------------------------------------------------

type Told = { events: EventWrite[]; replaces: EventReplacement | null };

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const isIn = (region: EventReplacement | null, row: EventWrite): boolean =>
  region !== null &&
  dayOf(row.at) >= region.firstDay &&
  dayOf(row.at) <= region.lastDay &&
  (region.names === null || region.names.includes(row.event));
const say = (row: EventWrite): string =>
  JSON.stringify([row.at.getTime(), row.userId, row.event, row.properties]);

function standing(events: readonly EventWrite[]): EventWrite[] {
  const named = new Map<string, EventWrite>();
  for (const row of events.filter(({ id }) => id !== null)) {
    const rank = (each: EventWrite): string =>
      `${String(1000 - (each.order ?? 0)).padStart(4, '0')} ${String(each.at.getTime()).padStart(15, '0')} ${each.userId} ${each.event} ${JSON.stringify(each.properties)}`;
    const other = named.get(row.id ?? '');
    if (other === undefined || rank(row) < rank(other)) named.set(row.id ?? '', row);
  }
  return [...named.values(), ...events.filter(({ id }) => id === null)];
}

function afterTelling(rows: readonly EventWrite[], { events, replaces }: Told): EventWrite[] {
  const told = standing(events);
  const ids = new Set(told.flatMap(({ id }) => (id === null ? [] : [id])));
  return [...rows.filter((row) => !isIn(replaces, row) && !ids.has(row.id ?? '')), ...told];
}

/** Ids whose row is another one or gone, and events without an id that are more or fewer than before. */
function changesBetween(
  before: readonly EventWrite[],
  after: readonly EventWrite[],
): { count: number; firstMs: number | null } {
  const instants: number[] = [];
  let count = 0;
  const ids = new Set([...before, ...after].flatMap(({ id }) => (id === null ? [] : [id])));
  for (const id of ids) {
    const [old] = before.filter((row) => row.id === id);
    const [now] = after.filter((row) => row.id === id);
    if (old !== undefined && now !== undefined && say(old) === say(now)) continue;
    count += 1;
    instants.push(...[old, now].flatMap((row) => (row === undefined ? [] : [row.at.getTime()])));
  }
  const nameless = (rows: readonly EventWrite[]) => rows.filter(({ id }) => id === null);
  for (const text of new Set([...nameless(before), ...nameless(after)].map(say))) {
    const copies = (rows: readonly EventWrite[]) => nameless(rows).filter((row) => say(row) === text);
    const apart = Math.abs(copies(before).length - copies(after).length);
    count += apart;
    if (apart > 0) instants.push(JSON.parse(text)[0]);
  }
  return { count, firstMs: instants.length === 0 ? null : Math.min(...instants) };
}

const days = [
  '2026-02-10',
  '2026-02-11',
  '2026-02-27',
  '2026-02-28',
  '2026-03-01',
  '2026-03-02',
  '2026-03-08',
];
const anyEvent: fc.Arbitrary<EventWrite> = fc.record(
  {
    id: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { freq: 3 }),
    userId: fc.constantFrom('ada', 'bob'),
    event: fc.constantFrom('open', 'close'),
    at: fc
      .tuple(fc.constantFrom(...days), fc.constantFrom('00:00:00.000', '12:00:00.000', '23:59:59.999'))
      .map(([day, time]) => new Date(`${day}T${time}Z`)),
    properties: fc.constantFrom({}, { plan: 'pro' }),
    order: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['id', 'userId', 'event', 'at', 'properties'] },
);
const anyReplacement: fc.Arbitrary<EventReplacement> = fc
  .tuple(
    fc.constantFrom(...days),
    fc.constantFrom(...days),
    fc.constantFrom(null, ['open'], ['open', 'close']),
  )
  .map(([a, b, names]) => ({ firstDay: a < b ? a : b, lastDay: a < b ? b : a, names }));
const anyTold: fc.Arbitrary<Told> = fc.record({
  events: fc.array(anyEvent, { maxLength: 8 }),
  replaces: fc.option(anyReplacement),
});

it('ends with the same events as a list in memory, however they are delivered, and says exactly what changed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyTold, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (deliveries, compacts) => {
        let listing: EventListing = EMPTY;
        let model: EventWrite[] = [];
        for (const { events, replaces } of deliveries) {
          const next = afterTelling(model, { events, replaces });
          const told = await store.tell(listing, events, replaces);
          const expected = changesBetween(model, next);
          expect(told.merge.changed).toBe(expected.count);
          expect(told.merge.touchedAt?.getTime() ?? null).toBe(expected.firstMs);
          if (expected.count === 0) expect([told.merge.added, told.merge.retired]).toEqual([[], []]);
          ({ listing } = told);
          model = next;
          const compacted = compacts ? await store.files.compact(CONNECTION, listing, never) : null;
          if (compacted !== null) listing = store.apply(listing, compacted);
        }
        const stored = await store.rows(listing);
        const asText = stored.map(
          (row) => `${row.id} ${JSON.stringify([row.at_ms, row.user_id, row.event])} ${row.properties}`,
        );
        const wanted = model.map(
          (row) =>
            `${row.id} ${JSON.stringify([row.at.getTime(), row.userId, row.event])} ${JSON.stringify(row.properties)}`,
        );
        expect(asText.toSorted()).toEqual(wanted.toSorted());
        const spans = listing.segments
          .map(({ firstDay, lastDay }) => ({ firstDay, lastDay }))
          .toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
        spans.forEach((span, index) => expect(span.firstDay > (spans[index - 1]?.lastDay ?? '')).toBe(true));
        expect(listing.segments.reduce((sum, { rows }) => sum + rows, 0)).toBe(model.length);
      },
    ),
    { numRuns: 12 },
  );
}, 240_000);
