import type { ValueRow } from '../../app/check-values.ts';
import { decimalText } from '../../app/decimal-text.ts';
import type { LineProblem } from '../../app/refused-rows.ts';

const NUMBERS = ['value', 'numerator', 'denominator'] as const;
const TEXTS = ['day', 'unit', 'currency', 'note'] as const;
const FIELDS: readonly string[] = [...NUMBERS, ...TEXTS];
const MAX_TEXT = 2_000;

/** The rows of a pushed body: the n-th value is line n. What is wrong with their shape is told line by line. */
export function pushedRows(values: readonly Record<string, unknown>[]): {
  rows: ValueRow[];
  problems: LineProblem[];
} {
  const problems: LineProblem[] = [];
  const rows = values.map((raw, index): ValueRow => {
    const line = index + 1;
    const no = (column: string, what: string): null => {
      problems.push({ line, column, problem: `Line ${line}, column "${column}": ${what}.` });
      return null;
    };
    for (const field of Object.keys(raw)) {
      if (!FIELDS.includes(field)) no(field, `is not known; use ${FIELDS.join(', ')}, or leave it out`);
    }
    const number = (field: (typeof NUMBERS)[number]): string | null => {
      const value = raw[field] ?? null;
      if (value === null) return null;
      if (typeof value === 'number') return decimalText(value);
      return typeof value === 'string' ? value.trim() : no(field, 'is no number; write it like 12.5');
    };
    const text = (field: (typeof TEXTS)[number]): string | null => {
      const value = raw[field] ?? null;
      if (value === null) return null;
      if (typeof value !== 'string') return no(field, 'is no text; write it in quotes');
      return value.length > MAX_TEXT ? no(field, `is longer than ${MAX_TEXT} characters; shorten it`) : value;
    };
    return {
      line,
      day: text('day') ?? '',
      value: number('value'),
      numerator: number('numerator'),
      denominator: number('denominator'),
      unit: text('unit'),
      currency: text('currency'),
      note: text('note'),
      key: null,
    };
  });
  return { rows, problems };
}
