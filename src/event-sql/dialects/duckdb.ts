import { type Dialect, doubled, rowsOf, wallClock } from '../dialect.ts';

const text = (value: string) => doubled(value, "'");
const name = (identifier: string) => doubled(identifier, '"');
/** RFC 6901, because a path of dots cannot name everything. */
const pointer = (property: string) => text(`/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`);

export const duckdb: Dialect = {
  name,
  text,
  instant: (ms) => `TIMESTAMPTZ '${wallClock(ms)}+00'`,
  milliseconds(column, as) {
    if (as === 'instant') return `epoch_ms(${column})`;
    if (as === 'milliseconds') return `CAST(${column} AS BIGINT)`;
    return `CAST(round(CAST(${column} AS DOUBLE) * 1000) AS BIGINT)`;
  },
  quotient: (over, under) => `(${over}) // ${under}`,
  previous: (column, over, never, back = 1) => `lag(${column}, ${back}, ${never}) OVER (${over})`,
  json(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS VARCHAR)';
    if (properties.kind === 'columns') return `CAST(to_json(${table}.${name(property)}) AS VARCHAR)`;
    return `CAST(json_extract(${table}.${name(properties.column)}, ${pointer(property)}) AS VARCHAR)`;
  },
  plain(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS VARCHAR)';
    if (properties.kind === 'columns') return `CAST(${table}.${name(property)} AS VARCHAR)`;
    return `json_extract_string(${table}.${name(properties.column)}, ${pointer(property)})`;
  },
  sortable: (expression) => `CAST(${expression} AS VARCHAR)`,
  matches: (value, pattern) => `regexp_matches(${value}, ${text(pattern)})`,
  group: (value, pattern) => `regexp_extract(${value}, ${text(pattern)}, 1)`,
  digits: (value) => `coalesce(TRY_CAST(${value} AS BIGINT), 0)`,
  relation: (columns, rows) => `(VALUES ${rowsOf(rows)}) AS listed(${columns.join(', ')})`,
};
