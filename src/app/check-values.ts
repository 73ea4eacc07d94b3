import { addMonths, isDay, localDay, maxDay } from '../domain/day.ts';
import type { MetricRecord } from './ports.ts';
import type { ValueWrite } from './ports-ingest.ts';
import { MAX_ROWS, type RowProblem, rowProblem } from './refused-rows.ts';

/** One day as somebody wrote it down: numbers are decimal text, `line` is where it stands in what was sent. */
export type ValueRow = {
  line: number;
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unit: string | null;
  currency: string | null;
  note: string | null;
  /** The metric that the row says it is of. */
  key: string | null;
};

/** What decides whether a row can be of a metric. */
type Measured = Pick<MetricRecord, 'id' | 'key' | 'kind' | 'unit' | 'currency' | 'timeZone'>;

/** No value is larger: see the constraint of the points. */
const MAX_VALUE = 1e15;
const MAX_NUMBER_CHARS = 60;
const YEARS_BACK = 10;
const FIRST_DAY = '1970-01-01';
/** A value beside its parts is their quotient, as far as people round. */
const ROUNDED = 0.005;

/** The days that the rows come to, and everything that is wrong with them: see `refuseRows`. */
export function checkValues(
  metric: Measured,
  rows: readonly ValueRow[],
  now: Date,
): { values: ValueWrite[]; problems: RowProblem[] } {
  if (rows.length === 0) {
    return {
      values: [],
      problems: [rowProblem(1, null, 'there is no row; send at least one day with its value')],
    };
  }
  const surplus = rows[MAX_ROWS];
  if (surplus !== undefined) {
    const what = `there are ${rows.length} rows, and ${MAX_ROWS} are taken at once; divide them`;
    return { values: [], problems: [rowProblem(surplus.line, null, what)] };
  }
  const today = localDay(now, metric.timeZone);
  const problems: RowProblem[] = [];
  const seen = new Map<string, number>();
  const values = rows.map((row) => {
    problems.push(
      ...dayProblems(row, today, seen),
      ...measureProblems(row, metric),
      ...numberProblems(row, metric),
    );
    return { day: row.day, ...numbersOf(row), note: row.note };
  });
  return { values, problems };
}

function dayProblems({ day, line }: ValueRow, today: string, seen: Map<string, number>): RowProblem[] {
  const no = (what: string) => [rowProblem(line, 'day', what)];
  if (!isDay(day))
    return no(`"${day}" is not a day of the calendar; write it YYYY-MM-DD, such as 2026-03-31`);
  if (day > today) {
    return no(`${day} lies in the future, and today is ${today}; leave it out until it has come`);
  }
  const oldest = maxDay(FIRST_DAY, addMonths(today, -12 * YEARS_BACK));
  if (day < oldest) return no(`${day} is too long ago; days from ${oldest} on are kept`);
  const first = seen.get(day);
  if (first !== undefined) {
    return no(`${day} is on line ${first} already; one day has one value, so leave one of them out`);
  }
  seen.set(day, line);
  return [];
}

/** A value in another unit would be a wrong number that looks like a right one. */
function measureProblems({ currency, key, line, unit }: ValueRow, metric: Measured): RowProblem[] {
  const problems: RowProblem[] = [];
  if (key !== null && key !== metric.key && key !== metric.id) {
    problems.push(
      rowProblem(
        line,
        'key',
        `the row is of "${key}", and "${metric.key}" was named; send it to that metric`,
      ),
    );
  }
  const counted = metric.currency === null ? metric.unit : `${metric.unit} ${metric.currency.toUpperCase()}`;
  const instead = `"${metric.key}" counts in ${counted}; convert the value, or leave the unit out`;
  if (unit !== null && !isUnitOf(unit, metric))
    problems.push(rowProblem(line, 'unit', `the unit is "${unit}", and ${instead}`));
  if (currency !== null && currency.toUpperCase() !== metric.currency?.toUpperCase()) {
    problems.push(rowProblem(line, 'currency', `the currency is "${currency}", and ${instead}`));
  }
  return problems;
}

function isUnitOf(given: string, { unit, currency }: Measured): boolean {
  const words = [unit, unit.replace(/^custom:/, ''), ...(currency === null ? [] : [currency])];
  return words.some((word) => word.toLowerCase() === given.trim().toLowerCase());
}

function numberProblems(row: ValueRow, metric: Measured): RowProblem[] {
  const problems: RowProblem[] = [];
  const no = (column: string, what: string) => problems.push(rowProblem(row.line, column, what));
  for (const column of ['value', 'numerator', 'denominator'] as const) {
    const what = numberProblem(row[column]);
    if (what !== null) no(column, what);
  }
  if (problems.length > 0) return problems;
  const { denominator, numerator, value } = row;
  const isQuotient = metric.kind === 'ratio' || metric.kind === 'distribution';
  if ((numerator === null) !== (denominator === null)) {
    no(
      numerator === null ? 'numerator' : 'denominator',
      'a numerator and a denominator belong together; give both or neither',
    );
  } else if (numerator !== null && !isQuotient) {
    no('numerator', `"${metric.key}" is a ${metric.kind} and no quotient; give its value`);
  } else if (value === null && numerator === null) {
    no('value', 'there is no value; write 0 if 0 was measured, and leave the day out if nothing was');
  }
  if (numerator === null || denominator === null || problems.length > 0) return problems;
  if (Number(denominator) < 0) no('denominator', `${denominator} is below zero, and it counts something`);
  else if (Number(denominator) === 0 && (Number(numerator) !== 0 || value !== null)) {
    no('denominator', 'nothing can be divided by zero; of nobody there is a numerator of zero and no value');
  } else if (value !== null && !isQuotientOf(value, numerator, denominator)) {
    no(
      'value',
      `${value} is not ${numerator} divided by ${denominator}; leave the value out, or correct the parts`,
    );
  }
  return problems;
}

function numberProblem(text: string | null): string | null {
  if (text === null) return null;
  if (!/^-?\d+(\.\d+)?$/.test(text) || text.length > MAX_NUMBER_CHARS) {
    return `"${text.slice(0, MAX_NUMBER_CHARS)}" is no number; write digits and a decimal point, such as 12.5`;
  }
  return Math.abs(Number(text)) > MAX_VALUE ? `${text} is too large; a value is at most ${MAX_VALUE}` : null;
}

function isQuotientOf(value: string, numerator: string, denominator: string): boolean {
  const quotient = Number(numerator) / Number(denominator);
  return Math.abs(Number(value) - quotient) <= ROUNDED * Math.max(1, Math.abs(quotient));
}

/** With its parts given, a quotient is computed from them: the value beside them may be rounded. */
function numbersOf({
  denominator,
  numerator,
  value,
}: ValueRow): Pick<ValueWrite, 'value' | 'numerator' | 'denominator'> {
  if (numerator === null || denominator === null) return { value, numerator: null, denominator: null };
  const quotient = Number(numerator) / Number(denominator);
  return { value: Number.isFinite(quotient) ? String(quotient) : null, numerator, denominator };
}
