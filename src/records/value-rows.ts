import type { Column } from './row-kinds.ts';
import { type RowProblem, rowProblem } from './split-rows.ts';

/**
 * One day of a metric as somebody wrote it down. Numbers are decimal text of at most 15 digits, exactly as given.
 * `value` is null where numerator and denominator say it: their quotient, and none over a denominator of zero.
 */
export type ValueRow = {
  line: number;
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unit: string | null;
  note: string | null;
  key: string | null;
};

export const valueColumns: Record<string, Column> = {
  day: { type: 'day', required: true },
  value: { type: 'decimal' },
  numerator: { type: 'decimal' },
  denominator: { type: 'decimal' },
  unit: { type: 'text' },
  note: { type: 'text' },
  key: { type: 'text' },
};

/** A row of checked cells, or what it lacks. @param today the last day that can have a value */
export function readValue(
  line: number,
  fields: Readonly<Record<string, unknown>>,
  today: string | null,
): { row: ValueRow; problems: RowProblem[] } {
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' ? value : null;
  };
  const row: ValueRow = {
    line,
    day: text('day') ?? '',
    value: text('value'),
    numerator: text('numerator'),
    denominator: text('denominator'),
    unit: text('unit'),
    note: text('note'),
    key: text('key'),
  };
  const problems: RowProblem[] = [];
  const tell = (column: string, value: string | null, what: string) =>
    problems.push(rowProblem(line, column, value, what));
  if (today !== null && row.day > today) {
    tell('day', row.day, `lies in the future, and today is ${today}; leave it out until it is over`);
  }
  if ((row.numerator === null) !== (row.denominator === null)) {
    const [there, missing] =
      row.numerator === null ? ['denominator', 'numerator'] : ['numerator', 'denominator'];
    tell(missing, '', `is empty beside a ${there}; give both or neither`);
  } else if (row.value === null && row.numerator === null) {
    tell('value', '', 'is empty; write 0 if 0 was measured, or leave the row out if nothing was');
  }
  if (row.denominator !== null && row.denominator.startsWith('-')) {
    tell('denominator', row.denominator, 'is below zero; it counts something');
  }
  return { row, problems };
}
