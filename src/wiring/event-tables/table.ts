import type { Dialect } from '../../event-sql/dialect.ts';
import { bigquery } from '../../event-sql/dialects/bigquery.ts';
import { clickhouse } from '../../event-sql/dialects/clickhouse.ts';
import { postgres } from '../../event-sql/dialects/postgres.ts';
import type { EventTable } from '../../event-sql/index.ts';
import { isAnyOf } from '../../event-sql/named.ts';
import type { Engine, TableConfig } from './config.ts';

export const dialects: Readonly<Record<Engine, Dialect>> = { postgres, clickhouse, bigquery };

/** The table of a connection, every name quoted in the way of its engine. */
export function eventTableOf(config: TableConfig): EventTable {
  const { name } = dialects[config.engine];
  const properties = config.propertyColumns
    ? ({ kind: 'columns' } as const)
    : config.propertiesColumn === undefined
      ? ({ kind: 'none' } as const)
      : ({ kind: 'json', column: config.propertiesColumn } as const);
  return {
    from: config.table.split('.').map(name).join('.'),
    columns: {
      user: config.userColumn,
      event: config.eventColumn,
      at: { name: config.timeColumn, as: config.timeAs },
      id: config.idColumn ?? null,
      properties,
    },
  };
}

/** Rows between two instants, of some names or of any. */
export type Stretch = { fromMs: number | null; untilMs: number; names: readonly string[] | null };

/** The newest event of a stretch, in milliseconds; NULL (ClickHouse: 0) where there is none. */
export function newestSql(config: TableConfig, stretch: Omit<Stretch, 'names'>): string {
  const { dialect, from, time } = partsOf(config);
  const newest = dialect.milliseconds(`max(${time})`, config.timeAs);
  return `SELECT ${newest} AS newest\nFROM ${from} AS t\nWHERE ${boundsOf(config, stretch).join('\n  AND ')}\n`;
}

/** How many rows a stretch has: what a measurement has looked at. */
export function countSql(config: TableConfig, stretch: Stretch): string {
  const { dialect, from } = partsOf(config);
  const event = `t.${dialect.name(config.eventColumn)}`;
  const named = stretch.names === null ? [] : [isAnyOf(event, [{ only: stretch.names }], dialect)];
  const conditions = [...boundsOf(config, stretch), ...named].join('\n  AND ');
  return `SELECT count(*) AS looked_at\nFROM ${from} AS t\nWHERE ${conditions}\n`;
}

/** Years that the time types of all engines have. */
const earliestMs = Date.UTC(1900, 0, 2);

export function boundsOf(config: TableConfig, { fromMs, untilMs }: Omit<Stretch, 'names'>): string[] {
  const { dialect, time } = partsOf(config);
  const literal = (ms: number): string => {
    if (config.timeAs === 'instant') return dialect.instant(ms);
    return String(config.timeAs === 'seconds' ? Math.floor(ms / 1_000) : Math.floor(ms));
  };
  return [
    ...(fromMs === null || fromMs < earliestMs ? [] : [`${time} >= ${literal(fromMs)}`]),
    `${time} < ${literal(untilMs)}`,
  ];
}

function partsOf(config: TableConfig) {
  const dialect = dialects[config.engine];
  return { dialect, from: eventTableOf(config).from, time: `t.${dialect.name(config.timeColumn)}` };
}
