import { oneLine, pad, textWidth, truncate } from './text.ts';

export type Column = {
  title: string;
  align?: 'left' | 'right';
  /** When the table is too wide, the column with the lowest number goes first. */
  priority: number;
  /** Text may be cut down to this many columns; absent: never cut, because half a number is a wrong number. */
  minWidth?: number;
};
export type Cell = string | { text: string; paint: (text: string) => string };

export type TableOptions = {
  /** Null: not a terminal, so nothing is dropped and nothing is cut. */
  columns: number | null;
  ascii?: boolean;
  /** Blanks before every line. */
  indent?: number;
  paintHeader?: (text: string) => string;
};
export type Table = { header: string; rows: string[] };

const gap = '  ';

/** Lays rows out under their titles, one line each, so that callers can put lines of their own in between. */
export function layoutTable(
  columns: readonly Column[],
  rows: readonly Cell[][],
  options: TableOptions,
): Table {
  const mark = options.ascii === true ? '...' : '…';
  const cells = rows.map((row) => row.map((cell) => oneLine(textOf(cell))));
  const natural = columns.map((column, at) =>
    Math.max(textWidth(column.title), ...cells.map((row) => textWidth(row[at] ?? ''))),
  );
  const indent = ' '.repeat(options.indent ?? 0);
  const limit = options.columns === null ? null : options.columns - indent.length;
  const kept = keptColumns(columns, natural, limit);
  const widths = shrunk(columns, natural, kept, limit);

  const line = (texts: readonly string[], paints: readonly Cell[] = []): string => {
    const parts = kept.map((at, place) => {
      const width = widths[at] ?? 0;
      const text = truncate(texts[at] ?? '', width, mark);
      const last = place === kept.length - 1 && columns[at]?.align !== 'right';
      const filled = last ? text : pad(text, width, columns[at]?.align ?? 'left');
      const cell = paints[at];
      return typeof cell === 'object' ? cell.paint(filled) : filled;
    });
    return `${indent}${parts.join(gap)}`.trimEnd();
  };
  const titles = columns.map((column) => column.title);
  const header = line(titles);
  return {
    header: options.paintHeader === undefined ? header : options.paintHeader(header),
    rows: cells.map((row, at) => line(row, rows[at])),
  };
}

/** The whole table as text. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly Cell[][],
  options: TableOptions,
): string {
  const table = layoutTable(columns, rows, options);
  return [table.header, ...table.rows].join('\n');
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function smallest(column: Column, natural: number): number {
  return Math.min(natural, column.minWidth ?? natural);
}

/** Places of the columns that fit at their smallest. At least one always stays. */
function keptColumns(columns: readonly Column[], natural: readonly number[], limit: number | null): number[] {
  let kept = columns.map((_, at) => at);
  if (limit === null) return kept;
  const least = () =>
    kept.reduce((sum, at) => sum + smallest(columns[at] as Column, natural[at] ?? 0), 0) +
    gap.length * (kept.length - 1);
  while (kept.length > 1 && least() > limit) {
    const first = kept.reduce((low, at) =>
      (columns[at]?.priority ?? 0) < (columns[low]?.priority ?? 0) ? at : low,
    );
    kept = kept.filter((at) => at !== first);
  }
  return kept;
}

/** Takes width from the columns that may be cut, the least important first, until the table fits. */
function shrunk(
  columns: readonly Column[],
  natural: readonly number[],
  kept: readonly number[],
  limit: number | null,
): number[] {
  const widths = [...natural];
  if (limit === null) return widths;
  let over = kept.reduce((sum, at) => sum + (widths[at] ?? 0), 0) + gap.length * (kept.length - 1) - limit;
  const priority = (at: number) => columns[at]?.priority ?? 0;
  const before = (at: number, other: number) =>
    priority(at) === priority(other)
      ? (widths[at] ?? 0) > (widths[other] ?? 0)
      : priority(at) < priority(other);
  while (over > 0) {
    const room = (at: number) => (widths[at] ?? 0) - smallest(columns[at] as Column, natural[at] ?? 0);
    const candidates = kept.filter((at) => room(at) > 0);
    if (candidates.length === 0) break;
    const chosen = candidates.reduce((best, at) => (before(at, best) ? at : best));
    widths[chosen] = (widths[chosen] ?? 0) - 1;
    over -= 1;
  }
  // One column that cannot shrink is all that is left: cut it rather than let the terminal wrap it.
  const only = kept[0];
  if (over > 0 && kept.length === 1 && only !== undefined) widths[only] = Math.max(1, limit);
  return widths;
}
