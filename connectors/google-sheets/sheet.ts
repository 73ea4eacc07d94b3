import { begunDays, type DayWindow, type MetricReading, type PointReading } from '../sdk/index.ts';
import { createSheetsClient, type SheetsContext } from './client.ts';
import { type Table, tableOf } from './table.ts';
import { wallZone } from './zone.ts';

export type Place = { range: string; spreadsheetId?: string | undefined };

/** A table as it is now, with the days that are asked for and the zone of its clock. */
export type Sheet = { table: Table; days: readonly string[]; timeZone: string };

/**
 * Reads a range, and makes points of it. Sheets has no pages: one answer holds all of the range, so a day without rows is
 * known to have none.
 *
 * @throws ConnectorError as every read does, and what `make` finds wrong in the cells
 */
export async function readSheet(
  context: SheetsContext,
  place: Place,
  window: DayWindow,
  make: (sheet: Sheet) => { points: PointReading[]; notes?: string[] },
): Promise<MetricReading> {
  const client = createSheetsClient(context);
  const id = place.spreadsheetId ?? context.config.spreadsheetId;
  const timeZone = wallZone(await client.facts(id), window);
  const table = tableOf(await client.values(id, place.range), place.range);
  const { notes = [], points } = make({ table, days: begunDays(window, context.now), timeZone });
  return {
    points,
    completeness: {
      pages: 1,
      items: table.rows.length,
      lastPageReached: true,
      notes: [...notes, ...cutNote(table, place.range)],
    },
  };
}

/** A range that ends in the middle of a log stops counting one day, and nobody would notice. */
export function cutNote({ cutAtRow }: Table, range: string): string[] {
  if (cutAtRow === null) return [];
  return [
    `The range ${range} ends with row ${cutAtRow}, which is filled: rows below it are not read. Without a last row, as in Log!A:D, it grows by itself.`,
  ];
}
