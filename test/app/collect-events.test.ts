import { afterEach, beforeEach, expect, it } from 'vitest';
import { collectEvents, type EventNeeds, readingStateOf } from '../../src/app/collect-events.ts';
import type { ConnectionRecord, ReadFailure } from '../../src/app/ports.ts';
import type {
  CollectedBatch,
  CollectStart,
  CollectStep,
  EventListings,
  EventWrite,
} from '../../src/app/ports-events.ts';
import { SourceFailure } from '../../src/app/source-failure.ts';
import { createEventListings } from '../../src/db/events/index.ts';
import { seedSource } from '../db/support/seed.ts';
import { event, inTurn, never, openStore, type TestStore } from '../event-store/support.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let store: TestStore;
let listings: EventListings;
let connection: ConnectionRecord;
beforeEach(async () => {
  [database, store] = await Promise.all([freshDatabase(), openStore()]);
  listings = createEventListings(database);
  const { connectionId } = await seedSource(database, 'own');
  connection = { id: connectionId } as ConnectionRecord; // nothing else of it is looked at
});
afterEach(() => Promise.all([database.close(), store.close()]));

type Told = {
  days: [string, string];
  events: EventWrite[];
  names?: string[];
  through?: string;
  breaks?: ReadFailure;
};
const broken: ReadFailure = { errorClass: 'bad_payload', message: 'half a line', hint: null, afterMs: null };
const needs = (names: string[] | null, startDay = '2026-03-01'): EventNeeds => ({ names, startDay });

/** What a connector tells, and what it was asked for. */
async function collect(told: readonly Told[], wanted = needs(['a']), files = store.files) {
  const starts: CollectStart[] = [];
  async function* steps(start: CollectStart): AsyncGenerator<CollectStep> {
    starts.push(start);
    for (const [index, each] of told.entries()) {
      const batch: CollectedBatch = {
        firstDay: each.days[0],
        lastDay: each.days[1],
        names: each.names ?? start.names,
        events: breaking(each),
        throughAt: each.through === undefined ? null : new Date(each.through),
        ended: () => ({
          state: { batch: index + 1 },
          note: `${each.days.join(' to ')}, 1 of nobody left out`,
        }),
      };
      yield { ok: true, batch, exchanges: () => [] };
    }
  }
  const sources = { collect: (_connection: ConnectionRecord, start: CollectStart) => steps(start) };
  const now = new Date('2026-03-20T00:00:00Z');
  const outcome = await collectEvents({ sources, files, listings }, connection, wanted, now, never);
  return { ...outcome, start: starts[0] };
}
async function* breaking({ breaks, events }: Told): AsyncGenerator<EventWrite> {
  yield* inTurn(events);
  if (breaks !== undefined) throw new SourceFailure(breaks, null);
}
const stored = async () => {
  const rows = await store.rows(await listings.current(connection.id));
  return rows.map(({ event: name, user_id: user }) => `${user} ${name}`).toSorted();
};
const state = async () => readingStateOf(await listings.readingState(connection.id));

const on = (day: string, userId: string, name = 'a', more: Partial<EventWrite> = {}): EventWrite =>
  event(`${userId}-${name}-${day}`, `${day}T10:00:00Z`, { userId, event: name, ...more });

it('keeps each batch with the place to go on, and what breaks off costs that batch alone', async () => {
  const first = await collect([
    { days: ['2026-03-01', '2026-03-07'], events: [on('2026-03-02', 'u1')] },
    { days: ['2026-03-08', '2026-03-14'], events: [on('2026-03-09', 'u2')], breaks: broken },
  ]);
  expect(first).toMatchObject({ failure: broken, lost: false, start: { state: null, names: ['a'] } });
  expect(await stored()).toEqual(['u1 a']);
  expect(await state()).toMatchObject({ complete: null, state: { batch: 1 } });
  expect(first.notes).toEqual(['events: 1 read, 2026-03-01 to 2026-03-07, 1 of nobody left out']);
  const next = await collect([
    { days: ['2026-03-08', '2026-03-14'], events: [on('2026-03-09', 'u2')], through: '2026-03-15T00:00:00Z' },
  ]);
  expect(next).toMatchObject({ failure: null, start: { state: { batch: 1 } } });
  expect(await stored()).toEqual(['u1 a', 'u2 a']);
  expect((await state())?.complete).toMatchObject({ names: ['a'], throughAt: '2026-03-15T00:00:00.000Z' });
});

it('days that are told again stand in place of what was kept of them, of these names only', async () => {
  const days: [string, string] = ['2026-03-01', '2026-03-07'];
  await collect([{ days, names: ['a', 'b'], events: [on('2026-03-02', 'u1'), on('2026-03-03', 'u2', 'b')] }]);
  await collect([{ days, names: ['a'], events: [on('2026-03-02', 'u3')] }]);
  expect(await stored()).toEqual(['u2 b', 'u3 a']);
});

it('of two tellings of one id the later one stands, whichever came first', async () => {
  const twice = [
    on('2026-03-02', 'u1', 'a', { order: 2, properties: { plan: 'pro' } }),
    on('2026-03-02', 'u1', 'a', { order: 1, properties: { plan: 'free' } }),
  ];
  await collect([{ days: ['2026-03-01', '2026-03-07'], events: twice }]);
  const rows = await store.rows(await listings.current(connection.id));
  expect(rows.map(({ properties }) => JSON.parse(properties) as unknown)).toEqual([{ plan: 'pro' }]);
});

it('a further name is collected from the beginning, and what is whole stays so until that is over', async () => {
  const through = '2026-03-08T00:00:00Z';
  await collect([{ days: ['2026-03-01', '2026-03-07'], events: [on('2026-03-02', 'u1')], through }]);
  const half = await collect(
    [{ days: ['2026-03-01', '2026-03-03'], events: [on('2026-03-02', 'u1')] }],
    needs(['b']),
  );
  expect(half.start).toMatchObject({ names: ['a', 'b'], state: null });
  expect((await state())?.complete).toMatchObject({ names: ['a'] });
  const rest = await collect([{ days: ['2026-03-04', '2026-03-07'], events: [], through }], needs(['b']));
  expect(rest.start).toMatchObject({ names: ['a', 'b'], state: { batch: 1 } });
  expect((await state())?.complete).toMatchObject({ names: ['a', 'b'] });
  // Who needs less than was asked for goes on with all of it; who needs an earlier day begins anew.
  expect((await collect([], needs(['a'], '2026-03-05'))).start).toMatchObject({
    names: ['a', 'b'],
    state: { batch: 1 },
  });
  expect((await collect([], needs(['a'], '2026-02-01'))).start).toMatchObject({
    startDay: '2026-02-01',
    state: null,
  });
  expect((await collect([], needs(null))).start).toMatchObject({ names: null, state: null });
});

it('gives way to others that list events all the while, and reads what is there now', async () => {
  const files: typeof store.files = {
    ...store.files,
    // Each merge is overtaken before it is listed.
    async merge(...asked) {
      const merge = await store.files.merge(...asked);
      const { version } = await listings.current(connection.id);
      const nothing = { added: [], retired: [], changed: 0, touchedAt: null };
      await listings.commit(connection.id, version, nothing, { delivery: null, rows: 0, through: null });
      return merge;
    },
  };
  const events = [on('2026-03-02', 'u1')];
  const outcome = await collect([{ days: ['2026-03-01', '2026-03-07'], events }], needs(['a']), files);
  expect(outcome).toMatchObject({ failure: null, lost: true });
  expect(await stored()).toEqual([]);
});
