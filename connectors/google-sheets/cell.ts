import { begunDays, type DayWindow, localDay, type MetricReading, plain } from '../sdk/index.ts';
import { amountOf, noObservation } from './amount.ts';
import { numberIn } from './cells.ts';
import { createSheetsClient, type SheetsContext } from './client.ts';
import { rangeError, shown } from './errors.ts';
import type { CellParams } from './params.ts';

/** What a cell says now, as the value of today. What it said before nobody knows. */
export async function readCell(
  context: SheetsContext,
  window: DayWindow,
  params: CellParams,
): Promise<MetricReading> {
  const today = localDay(context.now, window.timeZone);
  const { items, point } = await cellNow(context, params, today);
  const points = begunDays(window, context.now).includes(today) ? [point] : [];
  return { points, completeness: { pages: 1, items, lastPageReached: true, notes: [] } };
}

async function cellNow(context: SheetsContext, params: CellParams, day: string) {
  const id = params.spreadsheetId ?? context.config.spreadsheetId;
  const { range, values } = await createSheetsClient(context).values(id, params.cell);
  const cells = values.flat();
  if (range.includes(':') || cells.length > 1) {
    const problem = `${shown(params.cell)} is ${shown(range)}, and more than one cell.`;
    throw rangeError('many_cells', problem, 'Name one cell, such as Summary!B2.');
  }
  const number = numberIn(cells[0], range);
  const point = number === null ? noObservation(day) : { day, value: plain(amountOf(number, params)) };
  return { items: cells.length, point };
}
