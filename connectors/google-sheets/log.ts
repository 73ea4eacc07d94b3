import { Decimal } from 'decimal.js';
import type { PointReading } from '../sdk/index.ts';
import { amountOf, noObservation, ratioPoint, sum } from './amount.ts';
import { isEmpty, numberIn, textIn } from './cells.ts';
import { byDay, type Entry, entriesOf, type Rule } from './entries.ts';
import { rangeError } from './errors.ts';
import type { Filters, RowCountParams, RowsMeanParams } from './params.ts';
import type { Sheet } from './sheet.ts';
import { columnAt, type Table } from './table.ts';

/** Logs: a row for each thing that happened. */

export function rulesOf({ exceptColumn, exceptValues = [], labelColumn, labels = [] }: Filters): Rule[] {
  return [
    ...(labelColumn === undefined
      ? []
      : [{ param: 'labelColumn', column: labelColumn, texts: labels, isWanted: true }]),
    ...(exceptColumn === undefined
      ? []
      : [{ param: 'exceptColumn', column: exceptColumn, texts: exceptValues, isWanted: false }]),
  ];
}

/** How many rows each day has. The range is whole, so a day without one has none. */
export function countPoints(
  { days, table, timeZone }: Sheet,
  params: RowCountParams,
): { points: PointReading[]; notes: string[] } {
  const { dateColumn, idColumn } = params;
  const idAt = idColumn === undefined ? null : columnAt(table, 'idColumn', idColumn);
  const needed = idAt === null ? [] : [idAt];
  const entries = entriesOf(table, { dateColumn, needed, rules: rulesOf(params) }, timeZone);
  const counts = new Map<string, number>();
  for (const { day } of idAt === null ? entries : firstOfEach(entries, idAt)) {
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const points = days.map((day) => ({ day, value: String(counts.get(day) ?? 0) }));
  return { points, notes: undatedNote(table, params) };
}

/** Of a row without a date nobody knows when it counts. Where rows are chosen by a column, one that is wanted is refused. */
function undatedNote(table: Table, { dateColumn, exceptColumn, labelColumn }: RowCountParams): string[] {
  if (labelColumn !== undefined || exceptColumn !== undefined) return [];
  const dateAt = columnAt(table, 'dateColumn', dateColumn);
  const undated = table.rows.filter(
    ({ cells }) => isEmpty(cells[dateAt]) && cells.some((each) => !isEmpty(each)),
  );
  const [first] = undated;
  if (first === undefined) return [];
  return [`${undated.length} rows without a date are not counted, the first is row ${first.number}`];
}

/** Each id once, on its first day, so that days can be added up. */
function firstOfEach(entries: readonly Entry[], idAt: number): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) {
    const id = textIn(entry.cell(idAt), entry.nameOf(idAt));
    if (id === '') {
      const problem = `${entry.nameOf(idAt)} is empty, and should tell the row from others.`;
      throw rangeError('no_id', problem, 'Enter it, or count rows without an idColumn.');
    }
    const known = first.get(id);
    if (known === undefined || entry.atMs < known.atMs) first.set(id, entry);
  }
  return [...first.values()];
}

/** The mean of each day's rows, with their sum and number: longer windows divide sum by number. */
export function meanPoints({ days, table, timeZone }: Sheet, params: RowsMeanParams): PointReading[] {
  const at = columnAt(table, 'valueColumn', params.valueColumn);
  const rules = rulesOf(params);
  const entries = entriesOf(table, { dateColumn: params.dateColumn, needed: [at], rules }, timeZone);
  const rowsOf = byDay(entries);
  return days.map((day) => {
    const rows = rowsOf.get(day) ?? [];
    const numbers = rows.flatMap((row) => numberIn(row.cell(at), row.nameOf(at)) ?? []);
    if (numbers.length === 0) return noObservation(day);
    const total = amountOf(sum(numbers), params);
    return ratioPoint(day, total, new Decimal(numbers.length), params);
  });
}
