import { randomBytes } from 'node:crypto';
import type { ConnectionRecord, ReadOutcome, ReadRequest, Sources } from '../../../../src/app/ports.ts';
import { createQuotaStore } from '../../../../src/db/quota.ts';
import type { ProductEvent } from '../../../../src/domain/events/records.ts';
import { createEgress, type Egress } from '../../../../src/egress/index.ts';
import { STATEMENT_LIMITS, withEventTables } from '../../../../src/wiring/event-tables/index.ts';
import { freshDatabase, type TestDatabase } from '../../../support/database.ts';

/** Stands where the connectors would: whatever is not a table of events must not come here. */
const none = {
  list: () => [],
  find: () => null,
  checkEndpoint: () => ({ ok: true }),
} as unknown as Sources; // only what the wrapped part is asked for in these tests

export function sourcesOf(
  egress: Egress,
  database: TestDatabase | null,
  secrets: Record<string, string>,
): Sources {
  const vault = {
    open: async () => secrets,
    seal: () => Promise.reject(new Error('nothing is sealed here')),
  };
  const free = {
    take: async () => ({ ok: true, id: '1' }) as const,
    renew: async () => {},
    done: async () => {},
  };
  const quota =
    database === null
      ? {
          ...free,
          pause: async () => {},
          untilOldestExpiresMs: async () => 0,
          look: async () => ({ now: new Date(0), calls: 0, oldestAt: null, pausedUntil: null, book: null }),
          changeBook: () => Promise.reject(new Error('tables count no tokens')),
          costs: async () => ({}),
          learnCost: async () => {},
        }
      : createQuotaStore(database.pool);
  return withEventTables(none, { egress, vault, quota });
}

export function connectionOf(endpoint: string | null, config: Record<string, unknown>): ConnectionRecord {
  return {
    id: 'con_1',
    workspaceId: 'wsp_1',
    key: 'product',
    title: 'Product',
    connectorId: 'event_table',
    environment: 'live',
    endpoint,
    config,
    state: 'active',
    stateReason: null,
    blockedUntil: null,
    circuitUntil: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    owner: null,
    schedule: null,
    account: null,
  };
}

export const USUAL_COLUMNS = {
  userColumn: 'user_id',
  eventColumn: 'event',
  timeColumn: 'at',
  propertiesColumn: 'properties',
};

export type TestTable = Awaited<ReturnType<typeof postgresTable>>;

/** A table of events in a real PostgreSQL, and a user of its own that may only read it. */
export async function postgresTable(timeType = 'timestamptz', idColumn: 'id' | null = 'id') {
  const database = await freshDatabase();
  const url = new URL(database.url);
  const role = `reader_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  const admin = database.pool;
  await admin.query('CREATE SCHEMA product');
  await admin.query(
    `CREATE TABLE product.events (id text, user_id text, event text, at ${timeType}, properties jsonb)`,
  );
  await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  await admin.query(`GRANT USAGE ON SCHEMA product TO ${role}`);
  await admin.query(`GRANT SELECT ON product.events TO ${role}`);
  const host = `${url.hostname}:${url.port}`;
  const egress = createEgress({
    allow: [{ kind: 'host', host: url.hostname, port: Number(url.port) }],
    limits: STATEMENT_LIMITS,
  });
  const config = {
    engine: 'postgres',
    database: url.pathname.slice(1),
    user: role,
    table: 'product.events',
    ...USUAL_COLUMNS,
    ...(idColumn === null ? {} : { idColumn }),
  };
  const endpoint = `postgresql://${host}`;
  const sources = sourcesOf(egress, database, { password });
  return {
    admin,
    database,
    egress,
    endpoint,
    config,
    password,
    role,
    sources,
    connection: (more: Record<string, unknown> = {}) => connectionOf(endpoint, { ...config, ...more }),
    async load(
      events: readonly ProductEvent[],
      written = (ms: number): string => `to_timestamp(${ms / 1000})`,
    ) {
      await admin.query('TRUNCATE product.events');
      for (let from = 0; from < events.length; from += 2_000) {
        const part = events.slice(from, from + 2_000);
        const rows = part.map(
          ({ at }, index) =>
            `($${index * 4 + 1}, $${index * 4 + 2}, $${index * 4 + 3}, ${written(at.getTime())}, $${index * 4 + 4}::jsonb)`,
        );
        await admin.query(
          `INSERT INTO product.events (id, user_id, event, at, properties) VALUES ${rows.join(', ')}`,
          part.flatMap(({ event, id, properties, userId }) => [
            id,
            userId,
            event,
            JSON.stringify(properties),
          ]),
        );
      }
    },
    async close() {
      await egress.close();
      await admin.query(`DROP OWNED BY ${role}`).catch(() => {});
      await database.close();
    },
  };
}

export function request(
  metric: string,
  params: Record<string, unknown>,
  days: { startDay: string; endDay: string; timeZone?: string },
): ReadRequest {
  return { metric, params, timeZone: 'UTC', ...days };
}

export function valuesOf(outcome: ReadOutcome | undefined): Record<string, string | null> {
  if (outcome?.ok !== true) throw new Error(JSON.stringify(outcome));
  return Object.fromEntries(outcome.reading.points.map(({ day, value }) => [day, value]));
}

export function failureIn(outcome: { ok: boolean } | undefined) {
  if (outcome === undefined || outcome.ok || !('failure' in outcome))
    throw new Error(JSON.stringify(outcome));
  return outcome.failure as { errorClass: string; message: string; hint: string | null; concerns?: string };
}
