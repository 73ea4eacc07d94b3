import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, expect, it } from 'vitest';
import { instantOfWall } from '../../../connectors/sdk/index.ts';
import { type Asked, closeEgress, collect } from './support/collect.ts';
import { EXPORT, line, lines, startMixpanel } from './support/server.ts';

// Projects from before 2023 cut the export in their own days, and write local times as if they were those of UTC.

afterAll(closeEgress);

async function read(walls: readonly string[], asked: Partial<Asked> & { timeZone?: string; now: string }) {
  const ranges: string[] = [];
  const server = await startMixpanel({
    [EXPORT](query) {
      const [from, to] = [query.get('from_date') ?? '', query.get('to_date') ?? ''];
      ranges.push(`${from} to ${to}`);
      const within = walls.filter((wall) => from <= wall.slice(0, 10) && wall.slice(0, 10) <= to);
      return lines(...within.map((wall) => line('Sign Up', 'u1', `${wall}Z`)));
    },
  });
  const { timeZone, ...more } = asked;
  const config = { exportDays: 'project' as const, ...(timeZone === undefined ? {} : { timeZone }) };
  try {
    const outcome = await collect(server.endpoint, {
      startDay: '2026-03-01',
      names: ['Sign Up'],
      ...more,
      config,
    });
    const at = outcome.taken.flatMap(({ events }) => events.map((event) => event.at.toISOString()));
    return { ...outcome, at, ranges };
  } finally {
    await server.close();
  }
}

it('asks for the project’s days around those of UTC, and takes the events of the latter', async () => {
  const walls = ['2026-03-01T00:30:00', '2026-03-01T01:30:00', '2026-03-05T00:59:59', '2026-03-05T01:00:00'];
  const { at, ranges } = await read(walls, { now: '2026-03-05T10:00:00Z', timeZone: 'Europe/Berlin' });
  expect(ranges).toEqual(['2026-02-28 to 2026-03-05']);
  // Berlin is an hour ahead: the first is still February in UTC, the last is 5 March, which is not over.
  expect(at).toEqual(['2026-03-01T00:30:00.000Z', '2026-03-04T23:59:59.000Z']);
});

it('asks for no day that has not begun in the project’s zone', async () => {
  const walls = ['2026-03-04T15:59:59'];
  const { at, ranges } = await read(walls, { now: '2026-03-05T00:15:00Z', timeZone: 'America/Los_Angeles' });
  expect(ranges).toEqual(['2026-02-28 to 2026-03-04']);
  expect(at).toEqual(['2026-03-04T23:59:59.000Z']);
});

it.each([
  // 8 March 2026 in New York: 02:00 becomes 03:00, five hours behind UTC become four.
  { wall: '2026-03-08T01:59:59', at: '2026-03-08T06:59:59.000Z', why: 'before the change' },
  { wall: '2026-03-08T03:00:00', at: '2026-03-08T07:00:00.000Z', why: 'after it' },
  {
    wall: '2026-03-08T02:30:00',
    at: '2026-03-08T07:30:00.000Z',
    why: 'a time that no clock showed is as far after it',
  },
])('keeps its instants over a clock change in spring: $why', async ({ at, wall }) => {
  const outcome = await read([wall], { now: '2026-03-11T10:00:00Z', timeZone: 'America/New_York' });
  expect(outcome.at).toEqual([at]);
});

it('takes the earlier of the two hours that a clock shows in autumn', async () => {
  const asked = { now: '2025-11-04T10:00:00Z', startDay: '2025-11-01', timeZone: 'America/New_York' };
  // 2 November 2025: 01:30 comes at 05:30Z and again at 06:30Z.
  expect((await read(['2025-11-02T01:30:00', '2025-11-02T02:30:00'], asked)).at).toEqual([
    '2025-11-02T05:30:00.000Z',
    '2025-11-02T07:30:00.000Z',
  ]);
});

it('says that it needs the zone, and does not guess', async () => {
  const { failure, ranges } = await read(['2026-03-02T10:00:00'], { now: '2026-03-05T10:00:00Z' });
  expect(failure).toMatchObject({ errorClass: 'config', code: 'time_zone_missing', remedy: { by: 'owner' } });
  expect(ranges).toEqual([]);
});

it('tells the instant of a wall clock as the calendar library does, also around changes', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'Australia/Lord_Howe', // changes by half an hour
    'Pacific/Apia', // skipped a whole day at the end of 2011
    'Africa/Casablanca',
    'Asia/Kolkata',
    'UTC',
  );
  const changes = fc
    .tuple(zones, fc.integer({ min: 2005, max: 2030 }), fc.integer({ min: -200, max: 200 }))
    .map(([zone, year, minutes]) => {
      const start = Temporal.ZonedDateTime.from(`${year}-01-01T00:00[${zone}]`);
      const at = start.getTimeZoneTransition('next') ?? start;
      return { zone, wall: at.toPlainDateTime().add({ minutes }) };
    });
  const anywhen = fc
    .tuple(zones, fc.integer({ min: 1_000_000, max: 1_900_000_000 }))
    .map(([zone, seconds]) => ({
      zone,
      wall: Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime(),
    }));
  fc.assert(
    fc.property(fc.oneof(changes, anywhen), ({ wall, zone }) => {
      const asUtc = wall.toZonedDateTime('UTC').epochMilliseconds;
      const truth = wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
      expect(instantOfWall(asUtc, zone)).toBe(truth);
    }),
    { numRuns: 500 },
  );
});
