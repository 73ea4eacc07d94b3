import { type Dialect, escaped, rowsOf, wallClock } from '../dialect.ts';

const text = (value: string) => escaped(value, "'");
const name = (identifier: string) => escaped(identifier, '`');

/**
 * Written after ClickHouse's documentation; no test runs it. Joins are on equality only, because other conditions are
 * refused by older releases, and there are no outer joins, because a missing side would be 0 instead of NULL.
 */
export const clickhouse: Dialect = {
  name,
  text,
  instant: (ms) => `toDateTime64('${wallClock(ms)}', 3, 'UTC')`,
  milliseconds(column, as) {
    if (as === 'instant') return `toUnixTimestamp64Milli(toDateTime64(${column}, 3, 'UTC'))`;
    if (as === 'milliseconds') return `toInt64(${column})`;
    return `toInt64(round(toFloat64(${column}) * 1000))`;
  },
  quotient: (over, under) => `intDiv(${over}, ${under})`,
  // lag of the standard came late here, and its older name looks no further than the frame.
  previous: (column, over, never, back = 1) =>
    `lagInFrame(${column}, ${back}, toInt64(${never})) OVER (${over} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`,
  json(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS Nullable(String))';
    if (properties.kind === 'columns') return `toJSONString(${table}.${name(property)})`;
    // A property that is not there is an empty text, which no JSON is.
    return `nullIf(JSONExtractRaw(${table}.${name(properties.column)}, ${text(property)}), '')`;
  },
  plain(properties, table, property) {
    if (properties.kind === 'none') return 'CAST(NULL AS Nullable(String))';
    if (properties.kind === 'columns') return `toString(${table}.${name(property)})`;
    const [column, key] = [`${table}.${name(properties.column)}`, text(property)];
    const raw = `JSONExtractRaw(${column}, ${key})`;
    return `if(startsWith(${raw}, '"'), JSONExtractString(${column}, ${key}), ${raw})`;
  },
  sortable: (expression) => `toString(${expression})`,
  matches: (value, pattern) => `match(ifNull(${value}, ''), ${text(pattern)})`,
  group: (value, pattern) => `extract(ifNull(${value}, ''), ${text(pattern)})`,
  digits: (value) => `toInt64OrZero(${value})`,
  relation: (columns, rows) =>
    `values('${columns.map((column) => `${column} Int64`).join(', ')}', ${rowsOf(rows)}) AS listed`,
};
