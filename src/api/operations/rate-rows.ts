import type { RateRow } from '../../app/keep-rates.ts';
import { MAX_ROWS } from '../../app/refused-rows.ts';
import { isEmpty, readCell } from '../../records/cells.ts';
import type { RowFormat } from '../../records/index.ts';
import {
  type RawRow,
  type RowProblem,
  rowProblem,
  splitCsv,
  splitJsonLines,
} from '../../records/split-rows.ts';

const COLUMNS = { day: 'day', currency: 'text', rate: 'decimal' } as const;
type Column = keyof typeof COLUMNS;
const names = Object.keys(COLUMNS) as Column[]; // they are its keys

/** Exchange rates as a file or a list has them: the rows that read well, and what is wrong with the others. */
export function rateRows(text: string, format: RowFormat): { rows: RateRow[]; problems: RowProblem[] } {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const header = { known: names, required: names };
  const found = format === 'csv' ? splitCsv(clean, header) : splitJsonLines(clean, header);
  const surplus = found.rows[MAX_ROWS];
  if (surplus !== undefined) {
    const what = `there are ${found.rows.length} rows, and ${MAX_ROWS} are taken at once; divide the file`;
    return { rows: [], problems: [rowProblem(surplus.line, null, null, what)] };
  }
  const { problems } = found;
  const rows = found.rows.flatMap((raw) => {
    const read = readRow(raw);
    problems.push(...read.problems);
    return read.row === null ? [] : [read.row];
  });
  return { rows, problems };
}

function readRow({ cells, line }: RawRow): { row: RateRow | null; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const text = (column: Column): string => {
    const raw = cells.get(column);
    if (isEmpty(raw)) {
      problems.push(rowProblem(line, column, '', 'is empty; every row needs it'));
      return '';
    }
    const cell = readCell(COLUMNS[column], raw, null);
    if (!cell.ok) problems.push(rowProblem(line, column, raw, cell.problem));
    return cell.ok ? String(cell.value) : '';
  };
  const row = { line, day: text('day'), currency: text('currency'), rate: text('rate') };
  return { row: problems.length === 0 ? row : null, problems };
}
