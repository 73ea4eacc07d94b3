import { googleSheets } from '../../../../connectors/google-sheets/index.ts';
import type { Acceptance, DayWindow, MetricReading } from '../../../../connectors/sdk/index.ts';
import { googleSheetsServer } from '../../../../sandbox/google-sheets/server.ts';
import type { Cell, GoogleSheetsWorld, Spreadsheet } from '../../../../sandbox/google-sheets/world.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { EMAIL, type GoogleServer, newAccount, startGoogle } from '../../support/google-account.ts';

export const { account, key: KEY } = newAccount();
export const ID = '1aBcDeFgHiJkLmNoPqRsTuVwXyZ_-0123456789';
export const CONFIG = googleSheets.configSchema.parse({ spreadsheetId: ID, serviceAccountKey: KEY });
export const NOW = new Date('2026-03-20T12:00:00Z');

export const day = (date: string): Cell => ({ day: date });
export const wall = (at: string): Cell => ({ wall: at });

/** A spreadsheet whose first sheet is "Log". */
export function book(rows: readonly (readonly Cell[])[], given: Partial<Spreadsheet> = {}): Spreadsheet {
  return {
    id: ID,
    title: 'Team numbers',
    timeZone: 'Etc/UTC',
    sheets: [{ title: 'Log', rows }],
    namedRanges: [],
    sharedWith: [EMAIL],
    ...given,
  };
}

export function worldOf(given: Partial<GoogleSheetsWorld> = {}): GoogleSheetsWorld {
  return {
    account,
    nowSeconds: NOW.getTime() / 1_000,
    spreadsheets: [],
    isEnabled: true,
    readsPerMinute: 60,
    ...given,
  };
}

export const startSheets = (world: GoogleSheetsWorld, prefix = ''): Promise<GoogleServer> =>
  startGoogle(
    googleSheetsServer(() => world),
    prefix,
  );

export const window = (startDay: string, endDay: string, timeZone = 'Etc/UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export function definitionOf(metric: string) {
  const definition = googleSheets.metrics[metric];
  if (definition === undefined) throw new Error(`Sheets has no metric ${metric}`);
  return definition;
}

export type Asked = { metric: string; params: Record<string, unknown>; window: DayWindow; now?: Date };

/** One reading of one world. */
export async function readOne(
  world: GoogleSheetsWorld,
  { metric, now = NOW, params, window: days }: Asked,
): Promise<{ reading: MetricReading; server: GoogleServer }> {
  const server = await startSheets(world);
  try {
    const { context } = testContext(CONFIG, server.endpoint, now);
    const definition = definitionOf(metric);
    const reading = await definition.read(context, days, definition.paramsSchema.parse(params));
    return { reading, server };
  } finally {
    await server.close();
  }
}

/** Values by day of a table in the sheet "Log". */
export async function valuesOf(
  rows: readonly (readonly Cell[])[],
  asked: Asked,
  given: Partial<Spreadsheet> = {},
) {
  const { reading } = await readOne(worldOf({ spreadsheets: [book(rows, given)] }), asked);
  return Object.fromEntries(reading.points.map(({ day: each, value }) => [each, value]));
}

export async function accepted(
  world: GoogleSheetsWorld,
  metric: string,
  params: Record<string, unknown>,
): Promise<Acceptance> {
  const server = await startSheets(world);
  try {
    const { context } = testContext(CONFIG, server.endpoint, NOW);
    const definition = definitionOf(metric);
    if (definition.accept === undefined) throw new Error(`${metric} asks nobody`);
    return await definition.accept(context, definition.paramsSchema.parse(params));
  } finally {
    await server.close();
  }
}
