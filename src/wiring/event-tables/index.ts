import { allowedHosts } from '../../../connectors/sql/engines/address.ts';
import type {
  AcceptOutcome,
  ConnectionRecord,
  ExchangeRecord,
  ReadOutcome,
  Sources,
} from '../../app/ports.ts';
import type { EgressLimits } from '../../egress/index.ts';
import { checkDatabaseAddress } from '../database-address.ts';
import { givenOr } from '../sources.ts';
import { problemsOf } from '../zod-problems.ts';
import { accept } from './accept.ts';
import { configSchema, EXPERIMENTAL, SECRET_FIELDS } from './config.ts';
import { failureOf } from './failure.ts';
import { checkTableParams, EVENT_TABLE, findTableMetric, info, TITLE } from './info.ts';
import { checkTable, openContext, openSession, type TableDeps } from './open.ts';
import { readTable } from './read.ts';

/** A statement may take minutes before its first byte; the guard's usual limits are those of an API's answer. */
export const STATEMENT_LIMITS: Partial<EgressLimits> = {
  firstByteTimeoutMs: 130_000,
  totalTimeoutMs: 130_000,
};

/**
 * The connectors, and beside them tables of events that somebody already has: measured where they are.
 *
 * @param deps.egress a way out with `STATEMENT_LIMITS`
 */
export function withEventTables(sources: Sources, deps: TableDeps): Sources {
  const isOurs = (id: string) => id === EVENT_TABLE;
  return {
    ...sources,
    list: () => [...sources.list(), info],
    find: (id) => (isOurs(id) ? info : sources.find(id)),
    splitConfig: (id, config) => (isOurs(id) ? splitConfig(config) : sources.splitConfig(id, config)),
    allowedHosts: (id, endpoint, config) =>
      isOurs(id) ? allowedHosts(endpoint) : sources.allowedHosts(id, endpoint, config),
    checkEndpoint: (endpoint) => checkDatabaseAddress(endpoint, (https) => sources.checkEndpoint(https)),
    checkParams(id, key, params) {
      if (!isOurs(id)) return sources.checkParams(id, key, params);
      const found = findTableMetric(key);
      if (found === null) return { ok: false, problems: [`There is no metric "${key}".`] };
      return checkTableParams(found, params);
    },
    async check(connection, signal, secrets) {
      if (!isOurs(connection.connectorId)) return sources.check(connection, signal, secrets);
      return check(connection, { ...deps, vault: givenOr(deps.vault, secrets) }, signal);
    },
    async accept(connection, asked, now, signal): Promise<AcceptOutcome[]> {
      if (!isOurs(connection.connectorId)) return sources.accept(connection, asked, now, signal);
      return asked.map((each) => accept(connection, each, now));
    },
    async prepare(connection, collected, now, signal, advanced) {
      if (!isOurs(connection.connectorId))
        return sources.prepare(connection, collected, now, signal, advanced);
      return null;
    },
    async revenueScope(connection, asked, now) {
      return isOurs(connection.connectorId) ? null : sources.revenueScope(connection, asked, now);
    },
    async read(connection, requests, now, signal): Promise<ReadOutcome[]> {
      if (!isOurs(connection.connectorId)) return sources.read(connection, requests, now, signal);
      try {
        const context = await openContext(connection, deps, now, signal);
        const session = await openSession(context);
        try {
          return await readTable(session, context.config, requests, now);
        } finally {
          await session.close();
        }
      } catch (error) {
        const failure = failureOf(error, TITLE);
        return requests.map((): ReadOutcome => ({ ok: false, failure, exchanges: [] }));
      }
    },
  };
}

function splitConfig(config: Record<string, unknown>): ReturnType<Sources['splitConfig']> {
  const parsed = configSchema.safeParse(config);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error) };
  const names: readonly string[] = SECRET_FIELDS;
  const entries = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  const secrets = entries.flatMap(([name, value]) =>
    names.includes(name) ? [[name, String(value)] as const] : [],
  );
  const clear = entries.filter(([name]) => !names.includes(name));
  return { ok: true, config: Object.fromEntries(clear), secrets: Object.fromEntries(secrets) };
}

async function check(
  connection: ConnectionRecord,
  deps: TableDeps,
  signal: AbortSignal,
): ReturnType<Sources['check']> {
  const exchanges: ExchangeRecord[] = [];
  try {
    const context = await openContext(connection, deps, new Date(), signal);
    const { account, newestAt, warnings } = await checkTable(context, (exchange) => exchanges.push(exchange));
    const { engine } = context.config;
    const told = [
      ...(EXPERIMENTAL.includes(engine)
        ? [`${engine} is experimental: compare a few values with your own first.`]
        : []),
      ...warnings,
      ...(newestAt === null ? ['The table holds no event yet: no day has a value.'] : []),
    ];
    const newest = newestAt === null ? '' : `, newest event ${newestAt.toISOString()}`;
    // Instants are cut into days here, in the zone of each metric.
    const facts = { timeZone: null, currency: null };
    return { ok: true, account: account + newest, livemode: null, warnings: told, ...facts, exchanges };
  } catch (error) {
    return { ok: false, failure: failureOf(error, TITLE), exchanges };
  }
}
