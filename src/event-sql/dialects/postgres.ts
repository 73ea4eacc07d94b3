import { type Dialect, doubled, escaped, rowsOf, wallClock } from '../dialect.ts';

/** Marked as one with escapes when it has a backslash, so that a server's setting cannot change what it means. */
const text = (value: string) => (value.includes('\\') ? `E${escaped(value, "'")}` : doubled(value, "'"));
const name = (identifier: string) => doubled(identifier, '"');

export const postgres: Dialect = {
  name,
  text,
  instant: (ms) => `TIMESTAMPTZ '${wallClock(ms)}+00'`,
  milliseconds(column, as) {
    if (as === 'instant') return `CAST(floor(extract(epoch FROM ${column}) * 1000) AS bigint)`;
    if (as === 'milliseconds') return `CAST(${column} AS bigint)`;
    return `CAST(round(CAST(${column} AS numeric) * 1000) AS bigint)`;
  },
  quotient: (over, under) => `(${over}) / ${under}`,
  previous: (column, over, never, back = 1) => `lag(${column}, ${back}, ${never}) OVER (${over})`,
  json(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS text)';
    if (properties.kind === 'columns') return `CAST(to_json(${table}.${name(property)}) AS text)`;
    return `CAST(CAST(${table}.${name(properties.column)} AS jsonb) -> ${text(property)} AS text)`;
  },
  plain(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS text)';
    if (properties.kind === 'columns') return `CAST(${table}.${name(property)} AS text)`;
    return `(CAST(${table}.${name(properties.column)} AS jsonb) ->> ${text(property)})`;
  },
  sortable: (expression) => `CAST(${expression} AS text) COLLATE "C"`,
  matches: (value, pattern) => `${value} ~ ${text(pattern)}`,
  group: (value, pattern) => `substring(${value} FROM ${text(pattern)})`,
  digits: (value) => `coalesce(CAST(nullif(${value}, '') AS bigint), 0)`,
  relation: (columns, rows) => `(VALUES ${rowsOf(rows)}) AS listed(${columns.join(', ')})`,
};
