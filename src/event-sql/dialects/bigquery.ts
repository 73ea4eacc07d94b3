import { type Dialect, escaped, rowsOf, wallClock } from '../dialect.ts';

const text = (value: string) => escaped(value, "'");
const name = (identifier: string) => escaped(identifier, '`');

/** @throws RangeError for a name that no JSONPath of this engine can say */
function path(property: string): string {
  if (/["\\]/.test(property)) {
    throw new RangeError(`BigQuery cannot look up a property with a quote or a backslash: "${property}"`);
  }
  return text(`$."${property}"`);
}

/** Written after BigQuery's documentation (GoogleSQL); no test runs it. A JSON column holds text there. */
export const bigquery: Dialect = {
  name,
  text,
  instant: (ms) => `TIMESTAMP '${wallClock(ms)}+00'`,
  milliseconds(column, as) {
    if (as === 'instant') return `UNIX_MILLIS(${column})`;
    if (as === 'milliseconds') return `CAST(${column} AS INT64)`;
    return `CAST(ROUND(CAST(${column} AS FLOAT64) * 1000) AS INT64)`;
  },
  quotient: (over, under) => `DIV(${over}, ${under})`,
  previous: (column, over, never, back = 1) => `LAG(${column}, ${back}, ${never}) OVER (${over})`,
  json(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS STRING)';
    if (properties.kind === 'columns') return `TO_JSON_STRING(${table}.${name(property)})`;
    return `JSON_QUERY(${table}.${name(properties.column)}, ${path(property)})`;
  },
  plain(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS STRING)';
    if (properties.kind === 'columns') return `CAST(${table}.${name(property)} AS STRING)`;
    return `JSON_VALUE(${table}.${name(properties.column)}, ${path(property)})`;
  },
  sortable: (expression) => `CAST(${expression} AS STRING)`,
  matches: (value, pattern) => `REGEXP_CONTAINS(${value}, ${text(pattern)})`,
  group: (value, pattern) => `REGEXP_EXTRACT(${value}, ${text(pattern)})`,
  digits: (value) => `COALESCE(SAFE_CAST(${value} AS INT64), 0)`,
  relation: (columns, rows) =>
    `UNNEST(ARRAY<STRUCT<${columns.map((column) => `${column} INT64`).join(', ')}>>[${rowsOf(rows)}]) AS listed`,
};
