import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventMetrics } from '../../src/domain/events/catalog.ts';
import { compiledMetrics, type EventTable } from '../../src/event-sql/index.ts';
import { askable, asksNear, eventsNear, places } from './support/asks.ts';
import { eventTable, openDuckdb, openPostgres } from './support/engines.ts';
import { expectAgreement, type NamedEngine } from './support/expect-agreement.ts';

/**
 * The domain says what every metric means, event by event; the statements have to come to the same, whatever happened.
 */
const engines: NamedEngine[] = [];
beforeAll(async () => {
  engines.push({ dialect: 'duckdb', engine: await openDuckdb() });
  engines.push({ dialect: 'postgres', engine: await openPostgres() });
});
afterAll(() => Promise.all(engines.map(({ engine }) => engine.close())));

it('every metric that reads events alone or cuts its sessions from them can be asked of a table', () => {
  const fromEvents = eventMetrics.filter(({ records }) => records.includes('events')).map(({ key }) => key);
  expect([...compiledMetrics].toSorted()).toEqual(fromEvents.toSorted());
  expect(Object.keys(askable).toSorted()).toEqual(fromEvents.toSorted());
});

/** Times as instants or as milliseconds; each event once by its id, or all of them where a table has no ids. */
const tables = [
  eventTable,
  { ...eventTable, columns: { ...eventTable.columns, id: null } },
  {
    ...eventTable,
    columns: { ...eventTable.columns, id: null, at: { name: 'ms', as: 'milliseconds' } },
  },
] as const satisfies readonly EventTable[];

// Without the usual bias towards the smallest of everything, which here is nobody doing nothing.
const history = fc.noBias(
  fc.constantFrom(...places).chain((place) =>
    fc.record({
      events: eventsNear(place),
      asks: asksNear(place),
      table: fc.constantFrom<EventTable[]>(...tables),
    }),
  ),
);

it.each(['first', 'second', 'third'])(
  'DuckDB, PostgreSQL and the domain agree on whatever happened, the %s time',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ asks, events, table }) => {
        const told = table.columns.id === null ? events.map((event) => ({ ...event, id: null })) : events;
        await Promise.all(engines.map(({ engine }) => engine.hold(events)));
        await expectAgreement(asks, told, table, engines);
      }),
      { numRuns: 12 },
    );
  },
);
