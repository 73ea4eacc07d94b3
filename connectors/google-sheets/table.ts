import { driftError, nearNames } from '../sdk/index.ts';
import { PROVIDER, rangeError, shown } from './errors.ts';
import type { Cell, Values } from './schema.ts';

/** A range whose first row names its columns. Rows may be shorter than it. */
export type Table = {
  header: readonly string[];
  rows: readonly Row[];
  /** "Log!C14": where a cell stands, for messages. */
  nameOf(row: Row, column: number): string;
  /** The row in which the range ends, where it ends in the middle of what is written; else null. */
  cutAtRow: number | null;
};
export type Row = { number: number; cells: readonly Cell[] };

const CORNERS = /^(.*!)?([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?$/s;

/** @throws ConnectorError when the range is empty, or where it lies is not told */
export function tableOf(values: Values, range: string): Table {
  const { column, lastRow, row, sheet } = cornersOf(values);
  const [first, ...rest] = values.values;
  const header = (first ?? []).map((cell) => String(cell ?? '').trim());
  if (header.every((name) => name === '')) {
    const hint = 'Let the range begin with the row that names the columns.';
    throw rangeError('no_header', `The first row of ${shown(range)} is empty.`, hint);
  }
  const isFull = lastRow !== null && values.values.length === lastRow - row + 1;
  const isCut = isFull && !growsItself(range, sheet);
  return {
    header,
    rows: rest.map((cells, index) => ({ number: row + 1 + index, cells })),
    nameOf: ({ number }, at) => `${sheet}${lettersOf(column + at)}${number}`,
    cutAtRow: isCut ? lastRow : null,
  };
}

/** Columns without a last row, and whole sheets. Of a named range it is not known. */
function growsItself(range: string, sheet: string): boolean {
  const unquoted = (text: string) => text.replace(/^'(.*)'$/s, '$1');
  return /:\s*\$?[A-Za-z]{1,3}$/.test(range) || unquoted(range) === unquoted(sheet.replace(/!$/, ''));
}

/** The upper left cell of what came, and its last row. Google says it of named ranges and whole sheets, too. */
export function cornersOf({ range }: Values): {
  sheet: string;
  column: number;
  row: number;
  lastRow: number | null;
} {
  const found = CORNERS.exec(range);
  if (found === null) throw driftError(PROVIDER, 'the place of a range: /range', '/range');
  const [, sheet = '', letters = '', row = '', , lastRow] = found;
  return {
    sheet,
    column: numberOf(letters),
    row: Number(row),
    lastRow: lastRow === undefined ? null : Number(lastRow),
  };
}

/**
 * Where a column stands. Blanks around its name do not matter, and case only where two differ in nothing else.
 *
 * @param param the parameter that names it, for messages
 * @throws ConnectorError that names the near ones
 */
export function columnAt({ header }: Pick<Table, 'header'>, param: string, name: string): number {
  const found = columnsNamed(header, name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1) {
    const problem = `${param}: ${found.length} columns are named ${shown(name)}.`;
    throw rangeError('column_twice', problem, 'Give each column a name of its own.');
  }
  const hint = 'Correct the name, or what stands above the column.';
  throw rangeError('no_column', `${param}: ${missingColumn(header, name)}`, hint);
}

function missingColumn(header: readonly string[], name: string): string {
  const named = header.filter((each) => each !== '');
  const near = nearNames(named, name);
  const offered = (near.length > 0 ? near : named.slice(0, 12)).map(shown).join(', ');
  const missing = `the table has no column ${shown(name)}.`;
  return near.length > 0 ? `${missing} Did you mean ${offered}?` : `${missing} There are ${offered}.`;
}

function columnsNamed(header: readonly string[], name: string): number[] {
  const places = (fits: (each: string) => boolean) =>
    header.flatMap((each, index) => (fits(each) ? [index] : []));
  const wanted = name.trim();
  const exact = places((each) => each === wanted);
  return exact.length > 0 ? exact : places((each) => each.toLowerCase() === wanted.toLowerCase());
}

function numberOf(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function lettersOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest === 0 ? '' : lettersOf(rest)) + String.fromCharCode(65 + ((column - 1) % 26));
}
