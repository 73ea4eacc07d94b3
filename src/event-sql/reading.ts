import type { Dialect } from './dialect.ts';
import type { WrittenBy } from './instant-text.ts';
import { isAnyOf, type Named } from './named.ts';
import type { Part } from './statement.ts';
import type { EventTable } from './types.ts';

/** What a metric looks at. A property is named where its value matters. */
export type Scope = {
  fromMs: number | null;
  untilMs: number;
  several: readonly Named[];
  property?: string;
  /** Also events of nobody known, where something else than people is counted. */
  ofNobody?: true;
};

/** Expressions over one event, to be selected under names of one's own. */
export type EventColumns = {
  user: string;
  event: string;
  ms: string;
  json: string;
  plain: string;
  /** Who wrote the text of the property. */
  written: WrittenBy;
};

export type Reading = {
  columns: EventColumns;
  /** Relations that have to stand before the first reading. */
  parts: Part[];
  /** Events of the scope that are of any of some names. */
  select(columns: readonly string[], several: readonly Named[], where?: string): string;
};

const dayMs = 86_400_000;
/** Years that the time types of all engines have. */
const earliestMs = Date.UTC(1900, 0, 2);
const latestMs = Date.UTC(2299, 11, 30);

/**
 * The table of events as the statements read it. Each reading asks for what it needs alone, which engines that hold
 * columns answer from those columns, and from the parts of the table that the bounds leave.
 */
export function readingOf(table: EventTable, scope: Scope, dialect: Dialect): Reading {
  return table.columns.id === null ? plainReading(table, scope, dialect) : onceReading(table, scope, dialect);
}

function plainReading(table: EventTable, scope: Scope, dialect: Dialect): Reading {
  const columns = columnsOf(table, scope, dialect);
  const bounds = boundsOf(table, scope.fromMs, scope.untilMs, dialect);
  return {
    columns,
    parts: [],
    select: (wanted, several, where) =>
      selectOf(wanted, `${table.from} AS src`, [
        ...ofSomebody(columns.user, scope),
        ...bounds,
        isAnyOf(columns.event, several, dialect),
        ...(where === undefined ? [] : [where]),
      ]),
  };
}

/**
 * Of several tellings of an id the earliest stands, also when it lies before the scope or is of another name. So all
 * of the table up to the scope's end takes part.
 */
function onceReading(table: EventTable, scope: Scope, dialect: Dialect): Reading {
  const told = columnsOf(table, scope, dialect);
  const id = `src.${dialect.name(table.columns.id ?? '')}`;
  const bounds = [...ofSomebody(told.user, scope), ...boundsOf(table, null, scope.untilMs, dialect)];
  const value =
    scope.property === undefined ? [] : [`${told.json} AS json_value`, `${told.plain} AS plain_value`];
  const shared = [`${told.user} AS u`, `${told.event} AS e`, `${told.ms} AS ms`, ...value];
  const order = [
    'ms',
    dialect.sortable('u'),
    dialect.sortable('e'),
    ...(scope.property === undefined ? [] : [dialect.sortable("coalesce(json_value, '~')")]),
  ];
  const names = ['u', 'e', 'ms', ...(scope.property === undefined ? [] : ['json_value', 'plain_value'])];
  const columns: EventColumns = {
    user: 'src.u',
    event: 'src.e',
    ms: 'src.ms',
    json: 'src.json_value',
    plain: 'src.plain_value',
    written: told.written,
  };
  return {
    columns,
    parts: [
      [
        'told',
        selectOf([`${id} AS id`, ...shared], `${table.from} AS src`, [...bounds, `${id} IS NOT NULL`]),
      ],
      [
        'ranked',
        `SELECT ${names.join(', ')}, row_number() OVER (PARTITION BY id ORDER BY ${order.join(', ')}) AS telling\nFROM told`,
      ],
      [
        'once',
        `SELECT ${names.join(', ')}\nFROM ranked\nWHERE telling = 1\nUNION ALL\n${selectOf(shared, `${table.from} AS src`, [...bounds, `${id} IS NULL`])}`,
      ],
    ],
    select: (wanted, several, where) =>
      selectOf(wanted, 'once AS src', [
        ...(scope.fromMs === null ? [] : [`src.ms >= ${scope.fromMs}`]),
        isAnyOf(columns.event, several, dialect),
        ...(where === undefined ? [] : [where]),
      ]),
  };
}

function ofSomebody(user: string, { ofNobody }: Scope): string[] {
  return ofNobody === true ? [] : [`${user} IS NOT NULL`];
}

function columnsOf({ columns }: EventTable, { property }: Scope, dialect: Dialect): EventColumns {
  const { at, event, properties, user } = columns;
  return {
    user: `src.${dialect.name(user)}`,
    event: `src.${dialect.name(event)}`,
    ms: dialect.milliseconds(`src.${dialect.name(at.name)}`, at.as),
    json: property === undefined ? 'NULL' : dialect.json(properties, 'src', property),
    plain: property === undefined ? 'NULL' : dialect.plain(properties, 'src', property),
    written: properties.kind === 'columns' ? 'engine' : 'source',
  };
}

/**
 * Bounds in the column's own type, so that an engine can leave out parts of the table. They are no limits of meaning,
 * and a day wider than those: a column without a zone may be compared in the zone of the session.
 */
function boundsOf(
  { columns: { at } }: EventTable,
  fromMs: number | null,
  untilMs: number,
  dialect: Dialect,
): string[] {
  const column = `src.${dialect.name(at.name)}`;
  const literal = (ms: number) => {
    if (at.as === 'instant') return dialect.instant(ms);
    return String(at.as === 'seconds' ? Math.floor(ms / 1000) : ms);
  };
  return [
    ...(fromMs === null || fromMs - dayMs < earliestMs ? [] : [`${column} >= ${literal(fromMs - dayMs)}`]),
    ...(untilMs + dayMs > latestMs ? [] : [`${column} < ${literal(untilMs + dayMs)}`]),
  ];
}

function selectOf(columns: readonly string[], from: string, conditions: readonly string[]): string {
  return `SELECT ${columns.join(', ')}\nFROM ${from}\nWHERE ${conditions.join('\n  AND ')}`;
}
