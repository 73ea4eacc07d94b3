import type { Sheet, Spreadsheet } from './world.ts';

/** A rectangle of a sheet, rows and columns counted from 0, ends not included. */
export type Area = {
  sheet: Sheet;
  fromRow: number;
  toRow: number;
  fromColumn: number;
  toColumn: number;
};

export const rowsOf = ({ rowCount, rows }: Sheet): number => rowCount ?? Math.max(1_000, rows.length);
export const columnsOf = ({ columnCount, rows }: Sheet): number =>
  columnCount ?? Math.max(26, ...rows.map((row) => row.length));

const CELLS = /^\$?([A-Za-z]{1,3})?\$?(\d+)?(?::\$?([A-Za-z]{1,3})?\$?(\d+)?)?$/;

/**
 * What a range means, in the order in which Google looks: a named range, a sheet with or without cells, cells of the first
 * sheet. Null where nothing of that name exists.
 */
export function areaOf(spreadsheet: Spreadsheet, range: string): Area | null {
  const named = spreadsheet.namedRanges.find(({ name }) => name.toLowerCase() === range.toLowerCase());
  if (named !== undefined) return areaOf({ ...spreadsheet, namedRanges: [] }, named.range);
  const whole = spreadsheet.sheets.find(({ title }) => title === unquoted(range));
  if (whole !== undefined) return cellsOf(whole, '');
  const [, title, cells = ''] = /^(?:(.+)!)?([^!]+)$/.exec(range) ?? [];
  const sheet =
    title === undefined
      ? spreadsheet.sheets[0]
      : spreadsheet.sheets.find((each) => each.title === unquoted(title));
  return sheet === undefined ? null : cellsOf(sheet, cells);
}

function unquoted(title: string): string {
  const [, inside] = /^'(.*)'$/s.exec(title) ?? [];
  return inside === undefined ? title : inside.replaceAll("''", "'");
}

function cellsOf(sheet: Sheet, cells: string): Area | null {
  const rows = rowsOf(sheet);
  const columns = columnsOf(sheet);
  if (cells === '') return { sheet, fromRow: 0, toRow: rows, fromColumn: 0, toColumn: columns };
  const found = CELLS.exec(cells);
  if (found === null) return null;
  const [, left, top, right, bottom] = found;
  if (left === undefined && top === undefined) return null;
  const isOne = !cells.includes(':');
  const fromColumn = left === undefined ? 0 : numberOf(left) - 1;
  const fromRow = top === undefined ? 0 : Number(top) - 1;
  const toColumn = isOne ? fromColumn + 1 : right === undefined ? columns : numberOf(right);
  const toRow = isOne ? fromRow + 1 : bottom === undefined ? rows : Number(bottom);
  if (isOne && (left === undefined || top === undefined)) return null;
  if (fromRow >= rows || fromColumn >= columns) return null;
  return {
    sheet,
    fromRow,
    toRow: Math.min(toRow, rows),
    fromColumn,
    toColumn: Math.min(toColumn, columns),
  };
}

/** The area as Google names it in its answer: with its sheet, both corners, and quotes where the title needs them. */
export function nameOf({ fromColumn, fromRow, sheet, toColumn, toRow }: Area): string {
  const title = /^\w+$/.test(sheet.title) ? sheet.title : `'${sheet.title.replaceAll("'", "''")}'`;
  const from = `${lettersOf(fromColumn)}${fromRow + 1}`;
  const to = `${lettersOf(toColumn - 1)}${toRow}`;
  return `${title}!${from === to ? from : `${from}:${to}`}`;
}

function numberOf(letters: string): number {
  return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function lettersOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : lettersOf(rest - 1)) + String.fromCharCode(65 + (column % 26));
}
