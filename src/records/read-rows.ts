import type { RecordSets } from '../domain/catalog/record-sets.ts';
import { isEmpty, readCell } from './cells.ts';
import { type Column, columnName, fieldName, type RecordKind, type RowKind, rowKinds } from './row-kinds.ts';
import {
  type RawRow,
  type RowProblem,
  rowProblem,
  type SplitRows,
  splitCsv,
  splitJsonLines,
} from './split-rows.ts';
import { readValue, type ValueRow, valueColumns } from './value-rows.ts';

export type RowFormat = 'csv' | 'jsonl';
/** `values` are points of a metric, a day each; everything else is a list of records. */
export type UploadKind = 'values' | RecordKind;
export type RowOf<Kind extends UploadKind> = Kind extends RecordKind
  ? NonNullable<RecordSets[Kind]>[number]
  : ValueRow;
export type RowLimits = { maxRows?: number; maxLineChars?: number; maxChars?: number };
export type RowOptions = RowLimits & {
  /** Today where the metric is measured; a later day is refused. Without it no day is too late. */
  today?: string;
  /** Where a day stands for an instant, its start in this zone is meant. Without it a bare day is refused. */
  timeZone?: string;
};
/** All rows, or what is wrong: at most `MAX_PROBLEMS` of it, and whether there is `more`. */
export type ReadRows<Row> =
  | { ok: true; rows: Row[] }
  /** `good` are the rows without a problem of their own, so that what else is wrong with them can be told too. */
  | { ok: false; problems: RowProblem[]; more: boolean; good: Row[] };

export const MAX_PROBLEMS = 20;
const MAX_ROWS = 10_000;
const MAX_LINE_CHARS = 100_000;
const MAX_CHARS = 10_000_000;

/**
 * The rows of an uploaded file. Nothing of it is taken when anything is wrong: half a file looks like a whole one
 * afterwards.
 */
export function readRows<Kind extends UploadKind>(
  text: string,
  format: RowFormat,
  kind: Kind,
  options: RowOptions = {},
): ReadRows<RowOf<Kind>> {
  const columns = columnsOf(kind);
  const { problems, rows } = split(text, format, columns, options);
  if (problems.length > 0) return refuse(problems, []);
  const seen = new Map<string, number>();
  const results: unknown[] = [];
  for (const row of rows) {
    const read = readRow(row, kind, columns, options, seen);
    problems.push(...read.problems);
    if (read.problems.length === 0) results.push(read.row);
    if (problems.length > MAX_PROBLEMS) break;
  }
  // Each row has just been made by the kind's own schema, which the compiler cannot follow through the table.
  const good = results as RowOf<Kind>[];
  return problems.length > 0 ? refuse(problems, good) : { ok: true, rows: good };
}

function columnsOf(kind: UploadKind): Record<string, Column> {
  return kind === 'values' ? valueColumns : rowKinds[kind].columns;
}

/** The rows with their cells as they stand, none of them read yet; or what is wrong with the file as a whole. */
function split(
  text: string,
  format: RowFormat,
  columns: Record<string, Column>,
  limits: RowLimits,
): SplitRows {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const tooMuch = overLimits(clean, limits);
  if (tooMuch !== null) return { rows: [], problems: [tooMuch] };
  const known = Object.keys(columns);
  const header = { known, required: known.filter((column) => columns[column]?.required === true) };
  const found = format === 'csv' ? splitCsv(clean, header) : splitJsonLines(clean, header);
  const { maxRows = MAX_ROWS } = limits;
  const surplus = found.rows[maxRows];
  if (surplus === undefined) return found;
  const what = `there are ${found.rows.length} rows, and ${maxRows} are taken at once; divide the file`;
  return { rows: [], problems: [rowProblem(surplus.line, null, null, what)] };
}

function refuse<Row>(problems: RowProblem[], good: Row[]): ReadRows<Row> {
  const inOrder = problems.toSorted((a, b) => a.line - b.line);
  const more = problems.length > MAX_PROBLEMS;
  return { ok: false, problems: inOrder.slice(0, MAX_PROBLEMS), more, good };
}

function overLimits(text: string, limits: RowLimits): RowProblem | null {
  const { maxChars = MAX_CHARS, maxLineChars = MAX_LINE_CHARS } = limits;
  if (text.length > maxChars) {
    const what = `the file has ${text.length} characters, and ${maxChars} are taken at once; divide it`;
    return rowProblem(1, null, null, what);
  }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > maxLineChars) {
      const what = `has ${line.length} characters, and a line may have ${maxLineChars}; check that it is the right file`;
      return rowProblem(index + 1, null, null, what);
    }
    if (line.includes('\u0000'))
      return rowProblem(index + 1, null, null, 'holds a NUL; save it as UTF-8 text');
  }
  return null;
}

type ReadRow = { row: unknown; problems: RowProblem[] };

function readRow(
  raw: RawRow,
  kind: UploadKind,
  columns: Record<string, Column>,
  options: RowOptions,
  seen: Map<string, number>,
): ReadRow {
  const { fields, problems } = readCells(raw, columns, options.timeZone ?? null);
  if (problems.length > 0) return { row: null, problems };
  if (kind === 'values') {
    const read = readValue(raw.line, fields, options.today ?? null);
    if (read.problems.length > 0) return { row: null, problems: read.problems };
    const { day, key } = read.row;
    const named = key === null ? day : `${day} of ${key}`;
    const repeated = repeatedAt(seen, named, raw.line, 'day', 'one day has one value');
    return { row: read.row, problems: repeated };
  }
  const { schema, unique }: RowKind = rowKinds[kind];
  const parsed = schema.safeParse(fields);
  if (!parsed.success) {
    const told = parsed.error.issues.map(({ message, path }) => {
      const column = typeof path[0] === 'string' ? columnName(path[0]) : null;
      const within = path.length > 1 ? ` at ${path.slice(1).map(String).join('.')}` : '';
      const value = column === null ? null : raw.cells.get(column);
      return rowProblem(raw.line, column, value, `cannot be used${within}: ${lowerFirst(message)}`);
    });
    return { row: null, problems: told };
  }
  const identity = unique === null ? undefined : fields[fieldName(unique)];
  if (unique === null || typeof identity !== 'string') return { row: parsed.data, problems: [] };
  const repeated = repeatedAt(seen, identity, raw.line, unique, 'each may be there once');
  return { row: parsed.data, problems: repeated };
}

/** The cells by their JSON field. One that is empty is left out, or told when every row needs it. */
function readCells(raw: RawRow, columns: Record<string, Column>, timeZone: string | null) {
  const fields: Record<string, unknown> = {};
  const problems: RowProblem[] = [];
  for (const [column, { required, type }] of Object.entries(columns)) {
    const value = raw.cells.get(column);
    if (isEmpty(value)) {
      if (required) problems.push(rowProblem(raw.line, column, '', 'is empty; every row needs it'));
      continue;
    }
    const cell = readCell(type, value, timeZone);
    if (cell.ok) fields[fieldName(column)] = cell.value;
    else problems.push(rowProblem(raw.line, column, value, cell.problem));
  }
  return { fields, problems };
}

/** The problem of something that was on an earlier line already; else it is remembered. */
function repeatedAt(
  seen: Map<string, number>,
  identity: string,
  line: number,
  column: string,
  why: string,
): RowProblem[] {
  const first = seen.get(identity);
  if (first === undefined) {
    seen.set(identity, line);
    return [];
  }
  const what = `is on line ${first} and on line ${line}; ${why}, so leave one of them out`;
  return [rowProblem(line, column, identity, what)];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
