import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../../sandbox/index.ts';
import type { ReadRequest } from '../../../src/app/ports.ts';
import { computeMetric, definitionOf } from '../../../src/domain/catalog/index.ts';
import { addDays, eachDay } from '../../../src/domain/day.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { checkRecordsParams, findRecordsMetric } from '../../../src/wiring/records-metrics.ts';
import { windowOn } from '../../../src/wiring/records-points.ts';
import { postgresTable, request, type TestTable, valuesOf } from './support/table.ts';

/** The domain's own functions over the records in memory: another way than a statement in a database. */
function truth(asked: ReadRequest, events: readonly ProductEvent[], throughDay: string, now: Date) {
  const found = findRecordsMetric(asked.metric);
  if (found === null) throw new Error(asked.metric);
  const checked = checkRecordsParams(found.metric, asked.params);
  if (!checked.ok) throw new Error(checked.problems.join(' '));
  const definition = definitionOf(found.metric, checked.params, checked.window, asked.timeZone);
  const per = found.metric.unit.storedPer;
  const days = eachDay(asked.startDay, addDays(throughDay, 1)).flatMap((day) => {
    const window = windowOn(definition, day, throughDay, now);
    if (window === null) return [];
    const { value } = computeMetric(asked.metric, checked.params, window, { events });
    return [[day, value === null ? null : value * per] as const];
  });
  return Object.fromEntries(days);
}

async function expectTruth(
  table: TestTable,
  asked: readonly ReadRequest[],
  events: readonly ProductEvent[],
  throughDay: string,
  now: Date,
  more: Record<string, unknown> = {},
): Promise<void> {
  const outcomes = await table.sources.read(
    table.connection(more),
    [...asked],
    now,
    new AbortController().signal,
  );
  for (const [index, each] of asked.entries()) {
    const wanted = truth(each, events, throughDay, now);
    const got = valuesOf(outcomes[index]);
    expect(Object.keys(got), each.metric).toEqual(Object.keys(wanted));
    for (const [day, value] of Object.entries(wanted)) {
      const told = got[day] ?? null;
      if (value === null) expect(told, `${each.metric} ${day}`).toBeNull();
      else expect(Number(told), `${each.metric} ${day}`).toBeCloseTo(value, 9);
    }
  }
}

const now = new Date('2026-06-01T08:00:00Z');

/** Everything that people did with the sandbox company's product in five weeks, some of it told twice. */
function sandboxEvents(): ProductEvent[] {
  const nowSeconds = now.getTime() / 1000;
  const { activity } = buildModel({ seed: 7, anchorDay: '2026-04-27' }, nowSeconds);
  return activity.flatMap((each): ProductEvent[] =>
    each.kind !== 'event' || each.at > nowSeconds
      ? []
      : [
          {
            id: each.insertId,
            userId: each.personId,
            event: each.name,
            at: new Date(each.at * 1000),
            properties: each.properties,
          },
        ],
  );
}
let events: readonly ProductEvent[] = [];
beforeAll(() => {
  events = sandboxEvents();
});

const columnTypes = [
  { type: 'timestamptz', more: {}, written: (ms: number) => `to_timestamp(${ms / 1000})` },
  { type: 'timestamp', more: {}, written: (ms: number) => `to_timestamp(${ms / 1000}) AT TIME ZONE 'UTC'` },
  { type: 'bigint', more: { timeAs: 'milliseconds' }, written: (ms: number) => String(ms) },
  { type: 'double precision', more: { timeAs: 'seconds' }, written: (ms: number) => String(ms / 1000) },
];

describe.each(columnTypes)('events whose time is a $type $more', ({ more, type, written }) => {
  let table: TestTable;
  beforeAll(async () => {
    table = await postgresTable(type);
    await table.load(events, written);
  });
  afterAll(() => table.close());

  it('gives metrics of the sandbox company the values that the definitions have over the same events', {
    timeout: 120_000,
  }, async () => {
    expect(events.length).toBeGreaterThan(2_000);
    const zone = 'Europe/Berlin';
    const recent = { startDay: '2026-05-25', endDay: '2026-06-01', timeZone: zone };
    const asked = [
      request('active_users', { window: '7d' }, recent),
      request('new_users', { signupEvent: 'Sign Up', window: 'day' }, recent),
      request('stickiness', { window: '7d', passiveEvents: ['Page Viewed'] }, recent),
      request('frequency_rate', { window: '14d', minDays: 2 }, recent),
      request('share_rate', { shareEvent: 'Report Shared', window: '7d' }, recent),
      request('session_count', { window: 'day' }, recent),
      request('funnel_conversion', { steps: ['Sign Up', 'Project Created'], window: '7d' }, recent),
      request(
        'activation_rate',
        { signupEvent: 'Sign Up', event: 'Project Created', withinDays: 5, window: '7d' },
        recent,
      ),
      request('retention', { startEvent: 'Sign Up', bracketDays: [1, 7], window: '7d' }, recent),
    ];
    await expectTruth(table, asked, events, '2026-05-31', now, more);
  });
});

it('gives the same over events of any order, told twice and at the edges of days', {
  timeout: 120_000,
}, async () => {
  const table = await postgresTable();
  const noon = new Date('2026-03-31T12:00:00Z');
  const event = fc.record({
    id: fc.option(fc.constantFrom('e1', 'e2', 'e3'), { nil: null }),
    userId: fc.constantFrom('a', 'b', "c'd", 'ä'),
    event: fc.constantFrom('sign_up', 'open', 'share'),
    // Quarters of an hour over five days around the night in which Berlin's clocks go forward.
    at: fc
      .integer({ min: 0, max: 5 * 96 })
      .map((step) => new Date(Date.UTC(2026, 2, 27) + step * 900_000 - 1)),
    properties: fc.constantFrom({}, { p: 1 }),
  });
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 60 }), async (drawn) => {
        // The load is alive: somebody was there an hour ago.
        const some = [
          ...drawn,
          { id: null, userId: 'z', event: 'open', at: new Date(noon.getTime() - 3_600_000), properties: {} },
        ];
        await table.load(some);
        const days = { startDay: '2026-03-27', endDay: '2026-04-01', timeZone: 'Europe/Berlin' };
        const asked = [
          request('active_users', { window: '2d' }, days),
          request('session_count', { window: 'day' }, days),
          request('new_users', { signupEvent: 'sign_up', window: 'day' }, days),
        ];
        await expectTruth(table, asked, some, '2026-03-30', noon);
      }),
      { numRuns: 8 },
    );
  } finally {
    await table.close();
  }
});

describe('which days have a value', () => {
  let table: TestTable;
  const noon = new Date('2026-05-10T12:00:00Z');
  const days = { startDay: '2026-05-05', endDay: '2026-05-11' };
  const at = (text: string, userId = 'a'): ProductEvent => ({
    id: null,
    userId,
    event: 'open',
    at: new Date(text),
    properties: {},
  });
  const read = async (zone = 'UTC') => {
    const asked = request('active_users', { window: 'day' }, { ...days, timeZone: zone });
    const [outcome] = await table.sources.read(
      table.connection(),
      [asked],
      noon,
      new AbortController().signal,
    );
    if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
    return { values: valuesOf(outcome), notes: outcome.reading.completeness.notes.join('\n'), outcome };
  };
  beforeAll(async () => {
    table = await postgresTable();
  });
  afterAll(() => table.close());

  it('counts a quiet day as a zero and never the running day', async () => {
    await table.load([
      at('2026-05-06T10:00:00Z'),
      at('2026-05-06T11:00:00Z', 'b'),
      at('2026-05-10T09:00:00Z'),
    ]);
    // Two people on the 6th, nobody on the other whole days; the 10th still runs.
    const { notes, outcome, values } = await read();
    expect(values).toEqual({
      '2026-05-05': '0',
      '2026-05-06': '2',
      '2026-05-07': '0',
      '2026-05-08': '0',
      '2026-05-09': '0',
    });
    expect(notes).toContain('days through 2026-05-09');
    expect(outcome.reading.completeness).toMatchObject({ items: 2, lastPageReached: true });
  });

  it('has no value for the days after a load that has stopped, and says so', async () => {
    await table.load([at('2026-05-06T10:00:00Z'), at('2026-05-08T15:00:00Z')]);
    const { notes, values } = await read();
    // The 8th may be half loaded: the 7th is the last day of which all is known.
    expect(values).toEqual({ '2026-05-05': '0', '2026-05-06': '1', '2026-05-07': '0' });
    expect(notes).toContain('the newest event is of 2026-05-08T15:00:00.000Z');
    expect(notes).toContain('days after 2026-05-07 have no value');
  });

  it('has no value at all where the table is empty, or holds the future alone', async () => {
    await table.load([]);
    expect((await read()).values).toEqual({});
    await table.load([at('2026-05-12T00:00:00Z')]);
    const { notes, values } = await read();
    expect(values).toEqual({});
    expect(notes).toContain('no event that has happened yet');
  });

  it('cuts days where the zone of the metric has them', async () => {
    // 22:30 UTC is half past midnight of the next day in Berlin.
    await table.load([at('2026-05-06T22:30:00Z'), at('2026-05-10T11:00:00Z')]);
    expect((await read('Europe/Berlin')).values).toMatchObject({ '2026-05-06': '0', '2026-05-07': '1' });
  });

  it('shows in the evidence what ran: the statement with its digest, the table, and no secret', async () => {
    await table.load([at('2026-05-06T10:00:00Z'), at('2026-05-10T11:00:00Z')]);
    const { notes, outcome } = await read();
    expect(notes).toMatch(/statement 1 of 1, sha256 [0-9a-f]{64}:\nWITH /);
    expect(notes).toContain('"product"."events"');
    expect(outcome.exchanges.length).toBeGreaterThanOrEqual(3);
    for (const each of outcome.exchanges) {
      expect(each.url).toMatch(
        /^postgresql:\/\/127\.0\.0\.1:\d+\/t_[0-9a-f]+\/product\.events\?statement=[0-9a-f]{16}$/,
      );
      expect(each.responseSha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(JSON.stringify(outcome)).not.toContain(table.password);
  });

  it('measures years of days, several statements one after the other', async () => {
    await table.load([at('2026-01-03T10:00:00Z'), at('2026-05-10T11:00:00Z')]);
    const asked = request(
      'active_users',
      { window: 'day' },
      { startDay: '2024-01-01', endDay: '2026-05-11' },
    );
    const [outcome] = await table.sources.read(
      table.connection(),
      [asked],
      noon,
      new AbortController().signal,
    );
    const values = valuesOf(outcome);
    // 366 + 365 days, and 31 + 28 + 31 + 30 + 9 of 2026: three statements of at most 400.
    expect(Object.keys(values)).toHaveLength(860);
    expect(values['2026-01-03']).toBe('1');
    expect(outcome).toMatchObject({ reading: { completeness: { pages: 3, items: 1 } } });
  });
});
