import type { Dialect } from './dialect.ts';

/** A small relation of whole numbers; one without rows too, which no list of values can be. */
export function relation(
  columns: readonly string[],
  rows: readonly (readonly number[])[],
  dialect: Dialect,
): string {
  if (rows.length > 0) return `SELECT ${columns.join(', ')} FROM ${dialect.relation(columns, rows)}`;
  const none = dialect.relation(columns, [columns.map(() => 0)]);
  return `SELECT ${columns.join(', ')} FROM ${none} WHERE 1 = 0`;
}
