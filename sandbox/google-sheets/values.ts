import type { Area } from './grid.ts';
import type { Cell } from './world.ts';

export type Rendering = { unformatted: boolean; datesAsNumbers: boolean };

const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(1899, 11, 30);

/** The filled part of an area: empty cells at the end of a row and empty rows at the end are left out. */
export function valuesIn(area: Area, rendering: Rendering): unknown[][] {
  const rows = area.sheet.rows
    .slice(area.fromRow, area.toRow)
    .map((row) =>
      withoutTail(row.slice(area.fromColumn, area.toColumn).map((cell) => shown(cell, rendering))),
    );
  const last = rows.findLastIndex((row) => row.length > 0);
  return rows.slice(0, last + 1);
}

function withoutTail(row: unknown[]): unknown[] {
  return row.slice(0, row.findLastIndex((cell) => cell !== '') + 1);
}

function shown(cell: Cell, { datesAsNumbers, unformatted }: Rendering): unknown {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'object') {
    if ('error' in cell) return cell.error;
    const wall = 'day' in cell ? `${cell.day}T00:00` : cell.wall;
    if (unformatted && datesAsNumbers) return (Date.parse(`${wall}Z`) - EPOCH_MS) / DAY_MS;
    return 'day' in cell ? written(cell.day) : `${written(cell.wall.slice(0, 10))} ${cell.wall.slice(11)}:00`;
  }
  if (unformatted) return cell;
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : cell.toLocaleString('en-US');
}

/** As the United States write a date, which is how a spreadsheet of theirs shows it. */
function written(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${month}/${date}/${year}`;
}
