import { DuckDBInstance } from '@duckdb/node-api';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import type { EventRow, EventTable } from '../../../src/event-sql/index.ts';
import { freshDatabase } from '../../support/database.ts';

/** An engine with a table of events in it, which can be filled anew. */
export type Engine = {
  hold(events: readonly ProductEvent[]): Promise<void>;
  rows(sql: string): Promise<readonly EventRow[]>;
  close(): Promise<void>;
};

/** Names that need quoting, as tables of other people have them; one of each kind of quote. */
export const tableName = `Events of "them"`;
const quoted = `"Events of ""them"""`;
export const eventTable: EventTable = {
  from: quoted,
  columns: {
    user: 'person id',
    event: 'event',
    at: { name: 'when', as: 'instant' },
    id: 'insert "id"',
    properties: { kind: 'json', column: 'properties' },
  },
};
const columns = (time: string, json: string) =>
  `"person id" text, event text, "when" ${time}, ms bigint, "insert ""id""" text, properties ${json}`;

export async function openDuckdb(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE ${quoted} (${columns('timestamptz', 'json')})`);
  // A session's zone must not matter.
  await connection.run(`SET TimeZone = 'America/Los_Angeles'`);
  return {
    async hold(events) {
      await connection.run(`DELETE FROM ${quoted}`);
      if (events.length === 0) return;
      const told = JSON.stringify(events.map(asRow)).replaceAll("'", "''");
      await connection.run(
        `INSERT INTO ${quoted} SELECT e->>'u', e->>'e', make_timestamptz(CAST(e->>'ms' AS BIGINT) * 1000), CAST(e->>'ms' AS BIGINT), e->>'id', CAST(e->>'p' AS JSON)
         FROM (SELECT unnest(json_extract('${told}', '$[*]')) AS e)`,
      );
    },
    async rows(sql) {
      return (await connection.runAndReadAll(sql)).getRowObjectsJS();
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export async function openPostgres(): Promise<Engine> {
  const database = await freshDatabase();
  const { pool } = database;
  await pool.query(`CREATE TABLE ${quoted} (${columns('timestamptz', 'jsonb')})`);
  return {
    async hold(events) {
      await pool.query(`TRUNCATE ${quoted}`);
      await pool.query(
        `INSERT INTO ${quoted} SELECT u, e, to_timestamp(ms / 1000.0), ms, id, CAST(p AS jsonb)
         FROM json_to_recordset($1) AS told(u text, e text, ms bigint, id text, p text)`,
        [JSON.stringify(events.map(asRow))],
      );
    },
    rows: async (sql) => (await pool.query(sql)).rows as EventRow[],
    close: () => database.close(),
  };
}

function asRow({ at, event, id, properties, userId }: ProductEvent) {
  return { u: userId, e: event, ms: at.getTime(), id, p: JSON.stringify(properties) };
}
