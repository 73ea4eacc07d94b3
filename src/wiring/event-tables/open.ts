import { ConnectorError } from '../../../connectors/sdk/index.ts';
import { allowedHosts, guardedAddress } from '../../../connectors/sql/engines/address.ts';
import { openBigquery } from '../../../connectors/sql/engines/bigquery.ts';
import { openClickhouse } from '../../../connectors/sql/engines/clickhouse.ts';
import { openPostgres } from '../../../connectors/sql/engines/postgres-session.ts';
import type { ConnectionRecord, ExchangeRecord, QuotaStore, Vault } from '../../app/ports.ts';
import type { Egress } from '../../egress/index.ts';
import { sharedQuota } from '../quota.ts';
import { problemsOf } from '../zod-problems.ts';
import { checkBigquery } from './bigquery-check.ts';
import { checkClickhouse } from './clickhouse-check.ts';
import { configSchema, type Engine } from './config.ts';
import { checkPostgres } from './postgres-check.ts';
import { MOST, type SessionContext, type TableFacts, type TableSession } from './session.ts';
import { tableWords } from './words.ts';

export type TableDeps = { egress: Egress; vault: Vault; quota: QuotaStore };

/** Statements of one connection under way at the same time, whichever workers run them. */
const CONCURRENT = 2;

/** Secrets are opened for the length of a run or a check, and go to the hosts of the connection alone. */
export async function openContext(
  connection: ConnectionRecord,
  { egress, quota, vault }: TableDeps,
  now: Date,
  signal: AbortSignal,
): Promise<SessionContext> {
  const secrets = await vault.open(connection.workspaceId, 'connection', connection.id);
  const parsed = configSchema.safeParse({ ...connection.config, ...secrets });
  if (!parsed.success) {
    const hint = problemsOf(parsed.error).join(' ');
    const message = `The settings of this table of events do not fit any more. ${hint}`;
    throw new ConnectorError(message, {
      errorClass: 'config',
      code: 'settings',
      remedy: { by: 'owner', hint },
    });
  }
  const hosts = allowedHosts(connection.endpoint);
  const rule = { scope: `the table of events ${connection.id}`, perHour: null, concurrent: CONCURRENT };
  const shared = sharedQuota(quota, signal);
  return {
    config: parsed.data,
    settings: parsed.data,
    words: tableWords(parsed.data),
    most: MOST,
    address: connection.endpoint === null ? null : guardedAddress(connection.endpoint),
    fetch: egress.forHosts(hosts),
    resolve: (url) => egress.resolve(hosts, url),
    signal,
    now,
    spend: (call) => shared.spend(rule, call),
  };
}

const sessions: Readonly<Record<Engine, (context: SessionContext) => TableSession | Promise<TableSession>>> =
  {
    postgres: openPostgres,
    clickhouse: openClickhouse,
    bigquery: openBigquery,
  };
const checks: Readonly<
  Record<Engine, (context: SessionContext, record: (exchange: ExchangeRecord) => void) => Promise<TableFacts>>
> = { postgres: checkPostgres, clickhouse: checkClickhouse, bigquery: checkBigquery };

export async function openSession(context: SessionContext): Promise<TableSession> {
  return sessions[context.config.engine](context);
}

export function checkTable(
  context: SessionContext,
  record: (exchange: ExchangeRecord) => void,
): Promise<TableFacts> {
  return checks[context.config.engine](context, record);
}
