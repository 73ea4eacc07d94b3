import { Decimal } from 'decimal.js';
import {
  begunDays,
  type ConnectorError,
  type DayWindow,
  minorUnits,
  type PointReading,
} from '../sdk/index.ts';
import type { Answer } from './engines/session.ts';

import type { SqlParams } from './params.ts';
import { queryError } from './words.ts';

/** Rows of an answer as points. Pure. */

/** More rows than a window has days: something else than days is coming. */
export const MOST_ROWS = 10_000;
/** Digits behind the point that are kept of an average or a quotient. */
const PLACES = 12;
/** Beyond it neighbouring whole numbers can no longer be told apart where points are compared. */
const LARGEST = 1e15;

type Parts = Pick<PointReading, 'value' | 'numerator' | 'denominator'>;

/** @throws ConnectorError that names the column, the day or the value */
export function pointsOf(answer: Answer, params: SqlParams, window: DayWindow, now: Date): PointReading[] {
  const read = readerOf(answer.columns, params);
  const found = new Map<string, Parts>();
  for (const [index, cells] of answer.rows.entries()) {
    const day = dayOf(cells[read.day] ?? null, index + 1, window);
    if (found.has(day))
      throw wrong('two_rows', `two rows for the day ${day}`, 'Group by day, so that each day has one row.');
    found.set(day, read.parts(cells, day));
  }
  const begun = new Set(begunDays(window, now));
  const ahead = [...found.keys()].find((day) => !begun.has(day));
  if (ahead !== undefined)
    throw wrong('outside', `a row for ${ahead}, which has not begun in ${window.timeZone}`, WINDOW);
  const gap: Parts = { value: params.missing === 'zero' ? '0' : null };
  return [...begun].map((day) => ({ day, ...(found.get(day) ?? gap) }));
}

const WINDOW =
  'Let it keep to the window: WHERE at >= :start AND at < :end, and cut the days in the zone :tz.';

function readerOf(columns: readonly string[], params: SqlParams) {
  checkColumns(columns, params);
  const names = columns.map((name) => name.toLowerCase());
  const at = (name: string) => names.indexOf(name);
  const parts = (cells: readonly (string | null)[], day: string): Parts => {
    const number = (name: string) => numberOf(cells[at(name)] ?? null, name, day);
    const amount = (value: Decimal | null) =>
      value === null || params.currency === undefined || params.moneyIn === undefined
        ? value
        : minorUnits(value, params.currency, params.moneyIn);
    if (params.kind !== 'ratio') return { value: written(amount(number('value'))) };
    return ratioOf(amount(number('numerator')), number('denominator'), params, day);
  };
  return { day: at('day'), parts };
}

/** @throws ConnectorError that names the columns that are there, and those that have to be */
export function checkColumns(columns: readonly string[], { kind }: SqlParams): void {
  const wanted = kind === 'ratio' ? ['day', 'numerator', 'denominator'] : ['day', 'value'];
  const names = columns.map((name) => name.toLowerCase());
  if (names.length === wanted.length && wanted.every((name) => names.includes(name))) return;
  const listed = columns
    .slice(0, 12)
    .map((name) => `"${name.slice(0, 60)}"`)
    .join(', ');
  const what = `the columns ${listed === '' ? '(none)' : listed}, and for the kind ${kind} they have to be ${wanted.join(', ')}`;
  throw wrong('columns', what, 'Name them with AS, and leave out all others.');
}

const DAY = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0+)?(Z|[+]00(?::?00)?)?)?$/;

/** A date, or a midnight that names no other zone. */
function dayOf(cell: string | null, row: number, { endDay, startDay, timeZone }: DayWindow): string {
  if (cell === null) throw wrong('day', `no day in row ${row}`, DAYS);
  const [, day, zone] = DAY.exec(cell) ?? [];
  const isUtc = ['UTC', 'Etc/UTC', 'Etc/GMT', 'GMT'].includes(timeZone);
  if (day === undefined || !isDate(day) || (zone !== undefined && !isUtc))
    throw wrong('day', `"${cell.slice(0, 40)}" as a day in row ${row}`, DAYS);
  if (day < startDay || day >= endDay) {
    const what = `a row for ${day}, outside of the window from ${startDay} up to and without ${endDay} (${timeZone})`;
    throw wrong('outside', what, WINDOW);
  }
  return day;
}

const DAYS =
  'A day is a date such as 2026-05-01: cast it to one, in the zone :tz. An instant has to be cut into days first.';

function isDate(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;

function numberOf(cell: string | null, name: string, day: string): Decimal | null {
  if (cell === null) return null;
  const text = cell.trim();
  const finite = NUMBER.test(text) ? new Decimal(text) : null;
  if (finite === null) {
    const said = `"${text.slice(0, 40)}" as ${name} of ${day}`;
    throw wrong('number', said, 'It has to be a finite number, or NULL where there is no value.');
  }
  if (finite.abs().gt(LARGEST))
    throw wrong('number', `${text.slice(0, 40)} as ${name} of ${day}`, 'A value is at most 1e15.');
  return finite;
}

function ratioOf(
  numerator: Decimal | null,
  denominator: Decimal | null,
  { unit }: SqlParams,
  day: string,
): Parts {
  if (numerator === null || denominator === null) return { value: null };
  if (denominator.isNegative() && !denominator.isZero())
    throw wrong(
      'number',
      `${denominator.toFixed()} as denominator of ${day}`,
      'It counts something, and is not negative.',
    );
  const parts = { numerator: plain(numerator), denominator: plain(denominator) };
  if (denominator.isZero()) return { value: null, ...parts };
  const quotient = numerator.div(denominator);
  return { value: plain(unit === 'money' ? quotient.round() : quotient), ...parts };
}

function written(value: Decimal | null): string | null {
  return value === null ? null : plain(value);
}

/** Zero has no sign here. */
function plain(value: Decimal): string {
  const kept = value.toDecimalPlaces(PLACES);
  return kept.isZero() ? '0' : kept.toFixed();
}

function wrong(code: string, what: string, hint: string): ConnectorError {
  return queryError(code, `The query gave ${what}.`, hint);
}
