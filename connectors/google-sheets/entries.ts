import { dayIn, isEmpty, textIn, type When } from './cells.ts';
import { rangeError } from './errors.ts';
import type { Cell } from './schema.ts';
import { columnAt, type Row, type Table } from './table.ts';

/** A row that belongs to a day, and how its other cells are looked at. */
export type Entry = When & {
  row: number;
  cell(column: number): Cell | undefined;
  nameOf(column: number): string;
};

/** Texts that a row needs in a column, or must not have. */
export type Rule = { param: string; column: string; texts: readonly string[]; isWanted: boolean };

/**
 * The rows with a date, as far as they pass the rules. A row in which none of the needed cells holds anything is no row: sheets
 * have empty ones. What does not pass is not looked at any further, so that a mistake in it stops nothing.
 *
 * @param needed the columns beside the date without which a row says nothing
 * @throws ConnectorError that names the cell: no date where the row holds something, or a date that is none
 */
export function entriesOf(
  table: Table,
  {
    dateColumn,
    needed,
    rules = [],
  }: { dateColumn: string; needed: readonly number[]; rules?: readonly Rule[] },
  timeZone: string,
): Entry[] {
  const dateAt = columnAt(table, 'dateColumn', dateColumn);
  const ruled = rules.map(({ column, isWanted, param, texts }) => ({
    at: columnAt(table, param, column),
    texts: new Set(texts.map(plain)),
    isWanted,
  }));
  const looked = [dateAt, ...needed, ...ruled.map(({ at }) => at)];
  return table.rows.flatMap((row): Entry[] => {
    if (looked.every((at) => isEmpty(row.cells[at]))) return [];
    const passes = ruled.every(
      ({ at, isWanted, texts }) =>
        texts.has(plain(textIn(row.cells[at], table.nameOf(row, at)))) === isWanted,
    );
    if (!passes) return [];
    const when = dayIn(row.cells[dateAt], table.nameOf(row, dateAt), timeZone);
    if (when === null) throw undated(table, row, dateAt);
    return [
      {
        ...when,
        row: row.number,
        cell: (column) => row.cells[column],
        nameOf: (column) => table.nameOf(row, column),
      },
    ];
  });
}

/** Entries by their day, in the order of the rows. */
export function byDay(entries: readonly Entry[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = days.get(entry.day);
    if (known === undefined) days.set(entry.day, [entry]);
    else known.push(entry);
  }
  return days;
}

const plain = (text: string): string => text.trim().toLowerCase();

function undated(table: Table, row: Row, dateAt: number) {
  const problem = `Row ${row.number} holds something, and its date in ${table.nameOf(row, dateAt)} is empty.`;
  return rangeError('no_day', problem, 'Enter the date, or empty the row.');
}
