import { openClickhouse } from '../../../connectors/sql/engines/clickhouse.ts';
import { ownersError } from '../../../connectors/sql/engines/failure.ts';
import type { ExchangeRecord } from '../../app/ports.ts';
import type { EventRow } from '../../event-sql/index.ts';
import { columnWarnings } from './columns.ts';
import { newestAt } from './newest.ts';
import type { SessionContext, TableFacts } from './session.ts';
import { dialects } from './table.ts';

/** Proves that the table can be read as it was described. */
export async function checkClickhouse(
  context: SessionContext,
  record: (exchange: ExchangeRecord) => void,
): Promise<TableFacts> {
  const session = openClickhouse(context);
  const { config, now } = context;
  const { text } = dialects.clickhouse;
  const [table = '', database] = config.table.split('.').toReversed();
  const within = database === undefined ? 'currentDatabase()' : text(database);
  const rows = await session.ask(
    `SELECT name, type, is_in_sorting_key AS sorted, is_in_partition_key AS parted
FROM system.columns WHERE database = ${within} AND table = ${text(table)}`,
    record,
  );
  if (rows.length === 0) {
    const hint = 'Correct the setting "table", or grant SELECT on it.';
    throw ownersError('config', '60', `There is no table ${config.table}, or the user may not see it.`, hint);
  }
  const columns = rows.map((row) => ({ name: textIn(row, 'name'), type: plainType(textIn(row, 'type')) }));
  const warnings = columnWarnings(config, columns);
  const time = rows.find((row) => row['name'] === config.timeColumn);
  if (Number(time?.['sorted'] ?? 0) === 0 && Number(time?.['parted'] ?? 0) === 0) {
    warnings.push(
      `"${config.timeColumn}" is neither in the sorting key nor in the partition key of ${config.table}: every statement reads all of it.`,
    );
  }
  const newest = await newestAt(session, config, now, record);
  const [server] = await session.ask('SELECT version() AS version', record);
  const account = `ClickHouse ${textIn(server, 'version')}, table ${config.table}, as ${config.user}`;
  return { account, warnings, newestAt: newest };
}

/** `LowCardinality(Nullable(String))` holds strings. */
function plainType(type: string): string {
  const inner = /^(?:LowCardinality|Nullable)\((.*)\)$/.exec(type)?.[1];
  return inner === undefined ? type.toLowerCase() : plainType(inner);
}

function textIn(row: EventRow | undefined, name: string): string {
  const value = row?.[name];
  return typeof value === 'string' ? value : '';
}
