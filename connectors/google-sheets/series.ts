import type { Decimal } from 'decimal.js';
import { type PointReading, plain } from '../sdk/index.ts';
import { amountOf, noObservation, ratioPoint, sum } from './amount.ts';
import { numberIn } from './cells.ts';
import { byDay, type Entry, entriesOf } from './entries.ts';
import { rangeError } from './errors.ts';
import type { SeriesParams } from './params.ts';
import type { Sheet } from './sheet.ts';
import { columnAt, type Table } from './table.ts';

type What = Pick<
  SeriesParams,
  | 'dateColumn'
  | 'kind'
  | 'valueColumn'
  | 'numeratorColumn'
  | 'minusColumn'
  | 'denominatorColumn'
  | 'combine'
  | 'missing'
  | 'unit'
  | 'currency'
  | 'moneyIn'
> & {
  /** What parameters are called by whoever asks, where that is not their own name. */
  called?: Partial<Record<ColumnParam, string>>;
};

type ColumnParam = 'valueColumn' | 'numeratorColumn' | 'minusColumn' | 'denominatorColumn';

/** The days of a table with a row for each. Cells are looked at for the days that are asked for, and no others. */
export function seriesPoints({ days, table, timeZone }: Sheet, params: What): PointReading[] {
  const columns = columnsOf(table, params);
  const entries = entriesOf(table, { dateColumn: params.dateColumn, needed: columns.all }, timeZone);
  const rowsOf = byDay(entries);
  return days.map((day) => {
    const rows = rowsOf.get(day) ?? [];
    if (rows.length > 1 && params.combine === 'error') throw twice(day, rows);
    return columns.kind === 'ratio'
      ? ratioOf(day, rows, columns, params)
      : valueOf(day, rows, columns.value, params);
  });
}

type Columns =
  | { kind: 'value'; all: number[]; value: number }
  | { kind: 'ratio'; all: number[]; numerator: number; minus: number | null; denominator: number };

function columnsOf(table: Table, params: What): Columns {
  const at = (param: ColumnParam) => columnAt(table, params.called?.[param] ?? param, params[param] ?? '');
  if (params.kind !== 'ratio') {
    const value = at('valueColumn');
    return { kind: 'value', all: [value], value };
  }
  const numerator = at('numeratorColumn');
  const denominator = at('denominatorColumn');
  const minus = params.minusColumn === undefined ? null : at('minusColumn');
  const all = [numerator, denominator, ...(minus === null ? [] : [minus])];
  return { kind: 'ratio', all, numerator, minus, denominator };
}

function valueOf(day: string, rows: readonly Entry[], column: number, params: What): PointReading {
  const numbers = rows.flatMap((row) => numberIn(row.cell(column), row.nameOf(column)) ?? []);
  if (numbers.length > 0) return { day, value: plain(amountOf(sum(numbers), params)) };
  // A row with a date and nothing behind it was prepared and not filled in.
  return params.missing === 'zero' && rows.length === 0 ? { day, value: '0' } : noObservation(day);
}

/** A row with one side only is not filled in yet, and its day has no value until it is. */
function ratioOf(
  day: string,
  rows: readonly Entry[],
  { denominator, minus, numerator }: Extract<Columns, { kind: 'ratio' }>,
  params: What,
): PointReading {
  const parts = rows.map((row) => {
    const number = (column: number): Decimal | null => numberIn(row.cell(column), row.nameOf(column));
    const below = number(denominator);
    if (below?.isNegative() === true && !below.isZero()) throw negative(row.nameOf(denominator));
    const less = minus === null ? null : number(minus);
    return { above: number(numerator), less, below };
  });
  const isFilled = parts.filter(
    ({ above, below, less }) => above !== null && below !== null && (minus === null || less !== null),
  );
  if (isFilled.length < parts.length) {
    const isPrepared = parts.every(
      ({ above, below, less }) => above === null && below === null && less === null,
    );
    const flags = isPrepared ? {} : { flags: { incompleteRows: parts.length - isFilled.length } };
    return { ...noObservation(day), ...flags };
  }
  if (parts.length === 0) return noObservation(day);
  const total = (of: (part: (typeof parts)[number]) => Decimal | null) =>
    sum(parts.flatMap((part) => of(part) ?? []));
  const above = amountOf(total(({ above: each }) => each).minus(total(({ less }) => less)), params);
  return ratioPoint(
    day,
    above,
    total(({ below }) => below),
    params,
  );
}

function twice(day: string, [first, second]: readonly Entry[]) {
  const problem = `Rows ${first?.row} and ${second?.row} are both of ${day}.`;
  return rangeError('two_rows', problem, 'Leave one of them, or say combine: sum to add them up.');
}

function negative(cell: string) {
  return rangeError('negative', `${cell} is negative, and stands below the line.`, 'It counts something.');
}
