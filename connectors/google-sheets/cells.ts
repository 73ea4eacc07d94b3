import { Decimal } from 'decimal.js';
import { instantOfWall, localDay } from '../sdk/index.ts';
import { loadingError, rangeError, shown } from './errors.ts';
import type { Cell } from './schema.ts';

/** One cell as what it has to be. Each function names the cell when it is something else. */

/** What a formula shows that came to nothing. */
const FORMULA_ERROR = /^#(?:N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|ERROR!|SPILL!|CALC!)$/;
const LOADING = /^Loading\.{3}$/;
/** Beyond it neighbouring whole numbers can no longer be told apart. */
const LARGEST = 1e15;
const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
/** 1 January 1950 and 1 January 2100: other numbers are no days, such as 2026 or 20260301. */
const EARLIEST_SERIAL = 18_264;
const LATEST_SERIAL = 73_051;

const NUMBER_HINT = 'Enter a plain number, and let Format, Number show it as you like.';
const DAY_HINT = 'Enter a date (Format, Number, Date), or write it as 2026-05-01.';

export function isEmpty(cell: Cell | undefined): boolean {
  return cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');
}

/** Null: the cell is empty. */
export function numberIn(cell: Cell | undefined, name: string): Decimal | null {
  if (cell === undefined || cell === null || isEmpty(cell)) return null;
  refuseError(cell, name);
  if (typeof cell !== 'number') {
    const what = typeof cell === 'string' ? `the text ${shown(cell)}` : String(cell).toUpperCase();
    throw rangeError('no_number', `${name} holds ${what} and no number.`, NUMBER_HINT);
  }
  if (Math.abs(cell) > LARGEST)
    throw rangeError('number_too_large', `${name} holds ${cell}. A value is at most 1e15.`, NUMBER_HINT);
  return new Decimal(cell);
}

/** What a cell says, as text, without the blanks around it; empty when it is empty. */
export function textIn(cell: Cell | undefined, name: string): string {
  if (cell === undefined || cell === null) return '';
  refuseError(cell, name);
  return String(cell).trim();
}

/** A day, and the instant by which two entries of it are put in order. */
export type When = { day: string; atMs: number };

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * The day of a date or a point in time. What names no zone is of the clock on the spreadsheet's wall.
 *
 * @returns null when the cell is empty
 */
export function dayIn(cell: Cell | undefined, name: string, timeZone: string): When | null {
  if (cell === undefined || cell === null || isEmpty(cell)) return null;
  refuseError(cell, name);
  if (typeof cell === 'number') {
    if (cell < EARLIEST_SERIAL || cell >= LATEST_SERIAL)
      throw rangeError('no_day', `${name} holds the number ${cell} and no date.`, DAY_HINT);
    return onWall(EPOCH_MS + Math.round(cell * DAY_MS), timeZone);
  }
  const [, date = '', time = '00:00', offset] = ISO.exec(String(cell).trim()) ?? [];
  const wallMs = Date.parse(`${date}T${time}Z`);
  // A date that no month has, such as 2026-02-30, would be taken for one of the next.
  const isDate = Number.isFinite(wallMs) && new Date(wallMs).toISOString().startsWith(date);
  if (date === '' || !isDate)
    throw rangeError('no_day', `${name} holds ${shown(String(cell))} and no date.`, DAY_HINT);
  if (offset === undefined) return onWall(wallMs, timeZone);
  const atMs = Date.parse(`${date}T${time}${offset}`);
  return { day: localDay(atMs, timeZone), atMs };
}

function onWall(wallMs: number, timeZone: string): When {
  return { day: new Date(wallMs).toISOString().slice(0, 10), atMs: instantOfWall(wallMs, timeZone) };
}

function refuseError(cell: Cell, name: string): void {
  if (typeof cell !== 'string') return;
  const text = cell.trim();
  if (LOADING.test(text)) throw loadingError(name);
  if (!FORMULA_ERROR.test(text)) return;
  throw rangeError('formula_error', `The formula in ${name} comes to ${text}.`, 'Mend the formula.');
}
