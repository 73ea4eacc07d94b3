import type { EventProperties, EventTimeColumn } from './types.ts';

/** What differs between engines. Everything else is written in the subset that they share. */
export type Dialect = {
  /** A quoted name, whatever is in it. */
  name(identifier: string): string;
  /** A text literal that ends where it should, whatever is in it. */
  text(value: string): string;
  /** An instant as a literal that the engine compares with its own time columns. */
  instant(ms: number): string;
  /** Whole milliseconds since 1970 of a column, given by its ready SQL; a column without a zone is in UTC. */
  milliseconds(column: string, as: EventTimeColumn['as']): string;
  /** The whole part of a quotient of two whole numbers that are not negative. */
  quotient(over: string, under: string): string;
  /** A column of the row so many before this one, `never` where there is none. */
  previous(column: string, over: string, never: string, back?: number): string;
  /** A property as JSON text; NULL or 'null' where there is none. */
  json(properties: EventProperties, table: string, property: string): string;
  /** A property that is a text or a number, as plain text. */
  plain(properties: EventProperties, table: string, property: string): string;
  /** Text in which order is the same everywhere. */
  sortable(expression: string): string;
  /** Whether a text matches a regular expression anywhere. */
  matches(text: string, pattern: string): string;
  /** The first group of a regular expression, NULL or '' where it does not match. */
  group(text: string, pattern: string): string;
  /** A text of digits as a whole number; 0 for none. */
  digits(text: string): string;
  /** A small relation of whole numbers, as something that can be selected from. */
  relation(columns: readonly string[], rows: readonly (readonly number[])[]): string;
};

/** No engine holds it in a text, and the protocols of some end there. */
const nul = '\u0000';

export function refuseNul(value: string): string {
  if (value.includes(nul)) throw new RangeError('a text with a NUL character cannot be asked for');
  return value;
}

/** SQL's own way: a quote is doubled, and nothing else means anything. */
export function doubled(value: string, quote: string): string {
  return quote + refuseNul(value).replaceAll(quote, quote + quote) + quote;
}

/** The way of engines in which a backslash starts an escape. */
export function escaped(value: string, quote: string): string {
  const safe = refuseNul(value)
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return quote + safe + quote;
}

/** `2026-03-01 00:00:00.000`, which every engine reads; years beyond four digits are told apart by the caller. */
export function wallClock(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

export function rowsOf(rows: readonly (readonly number[])[]): string {
  return rows.map((row) => `(${row.join(', ')})`).join(', ');
}
