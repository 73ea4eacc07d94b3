import { CsvError, parse } from 'csv-parse/sync';
import { columnName } from './row-kinds.ts';

/** A row as it stands in the file: its line, counted from 1, and its cells by column. */
export type RawRow = { line: number; cells: ReadonlyMap<string, unknown> };
/** What is wrong where, as one sentence with the next step. Line 1 also stands for the file as a whole. */
export type RowProblem = { line: number; column: string | null; value: string | null; problem: string };
export type SplitRows = { rows: RawRow[]; problems: RowProblem[] };

/** The columns that a file may have, and those that it must have. */
export type Header = { known: readonly string[]; required: readonly string[] };

export function rowProblem(line: number, column: string | null, value: unknown, what: string): RowProblem {
  const shown = value === null || value === undefined ? null : written(value);
  const place = column === null ? `Line ${line}` : `Line ${line}, column "${column}"`;
  return {
    line,
    column,
    value: shown,
    problem: `${place}: ${shown === null ? '' : `"${shown}" `}${what}.`,
  };
}

function written(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The rows of a CSV file with a header line. Divided by commas, semicolons or tabs: whichever the header has most of. */
export function splitCsv(text: string, header: Header): SplitRows {
  let records: CsvRecord[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true, // told below, row by row, with all the others
      skip_empty_lines: true,
      // `info` gives this shape, which the parser's types do not know.
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 1);
    const what = 'has a quotation mark that does not fit; quote whole cells, and double a mark inside of one';
    return { rows: [], problems: [rowProblem(line, null, null, what)] };
  }
  const [first, ...rest] = records;
  if (first === undefined) return { rows: [], problems: [emptyFile(1, header)] };
  const columns = first.record.map(columnName);
  const problems = checkHeader(columns, header, lineOf(first));
  if (problems.length > 0) return { rows: [], problems };
  if (rest.length === 0) return { rows: [], problems: [emptyFile(lineOf(first), header)] };
  const rows = rest.map((found) => {
    const line = lineOf(found);
    if (found.record.length !== columns.length) {
      const what = `has ${found.record.length} cells and the header has ${columns.length}; quote cells that hold the dividing sign`;
      problems.push(rowProblem(line, null, null, what));
    }
    return { line, cells: new Map(columns.map((column, index) => [column, found.record[index]])) };
  });
  return { rows, problems };
}

type CsvRecord = { record: string[]; info: { lines: number } };

/** The parser tells the line on which a record ends; quoted cells may have begun it earlier. */
function lineOf({ info, record }: CsvRecord): number {
  return info.lines - record.join('').split('\n').length + 1;
}

function delimiterOf(text: string): string {
  const [head = ''] = text.trimStart().split('\n', 1);
  const count = (sign: string) => head.split(sign).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

function emptyFile(line: number, { required }: Header): RowProblem {
  const what = `no rows follow; give a header line with ${list(required)} and at least one row`;
  return rowProblem(line, null, null, what);
}

function checkHeader(columns: readonly string[], header: Header, line: number): RowProblem[] {
  const twice = columns.filter((column, index) => columns.indexOf(column) !== index);
  const unknown = columns.filter((column) => !header.known.includes(column));
  const missing = header.required.filter((column) => !columns.includes(column));
  return [
    ...twice.map((column) => rowProblem(line, column, null, 'is named twice; leave one of them out')),
    ...unknown.map((column) => rowProblem(line, column, null, unknownColumn(header))),
    ...missing.map((column) => rowProblem(line, column, null, 'is missing; add it to the header')),
  ];
}

function unknownColumn({ known }: Header): string {
  return `is not a known column; use ${list(known)}, or leave it out`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** The rows of a file with one JSON object a line. */
export function splitJsonLines(text: string, header: Header): SplitRows {
  const rows: RawRow[] = [];
  const problems: RowProblem[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    if (content.trim() === '') continue;
    const line = index + 1;
    const object = jsonObject(content);
    if (object === null) {
      problems.push(rowProblem(line, null, content.trim(), 'is no JSON object; write one {…} a line'));
      continue;
    }
    const cells = new Map(Object.entries(object).map(([name, value]) => [columnName(name), value]));
    for (const column of cells.keys()) {
      if (!header.known.includes(column))
        problems.push(rowProblem(line, column, null, unknownColumn(header)));
    }
    rows.push({ line, cells });
  }
  return rows.length + problems.length === 0
    ? { rows, problems: [rowProblem(1, null, null, 'the file has no rows; give one JSON object a line')] }
    : { rows, problems };
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    // An object, as just seen; its fields are what is read next.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
