import {
  type Acceptance,
  ConnectorError,
  type DayWindow,
  instantOfWall,
  localDay,
  type MetricReading,
  nearNames,
  shiftDay,
} from '../sdk/index.ts';
import { createSheetsClient, type SheetsContext } from './client.ts';
import { shown } from './errors.ts';
import type { Facts } from './schema.ts';
import { zoneOf } from './zone.ts';

/** So far back a definition is tried, so that a mistake in a cell is found before the metric is made. */
const TRIED_DAYS = 92;

/**
 * Reads as the metric will, over the newest days. What is wrong with the range, its columns or its cells is a problem; so is a
 * spreadsheet of another zone than that of the connection, whose days are cut otherwise.
 *
 * @throws ConnectorError when Google could not be asked, or refuses the key
 */
export async function acceptReading(
  context: SheetsContext,
  {
    param,
    place,
    spreadsheetId,
  }: { param: 'range' | 'cell'; place: string; spreadsheetId: string | undefined },
  read: (window: DayWindow) => Promise<MetricReading>,
): Promise<Acceptance> {
  const client = createSheetsClient(context);
  const own = context.config.spreadsheetId;
  let facts: Facts;
  try {
    facts = await client.facts(spreadsheetId ?? own);
  } catch (error) {
    return problem(error, spreadsheetId === undefined ? '' : 'spreadsheetId: ');
  }
  const timeZone = zoneOf(facts);
  if (spreadsheetId !== undefined && spreadsheetId !== own) {
    const connected = zoneOf(await client.facts(own));
    if (connected !== null && timeZone !== null && connected !== timeZone) {
      const said = `spreadsheetId: its time zone is ${timeZone}, and that of the connection's spreadsheet ${connected}.`;
      return refused(`${said} Make a connection of its own for it.`);
    }
  }
  try {
    const { completeness, points } = await read(newestDays(context.now, timeZone ?? 'UTC'));
    const isEmpty = points.every(({ value }) => value === null);
    const warnings = isEmpty ? [`${shown(place)} holds no value for the last ${TRIED_DAYS} days.`] : [];
    return { problems: [], warnings: [...warnings, ...completeness.notes], timeZone, currency: null };
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'no_range')
      return refused(`${param}: ${missing(facts, place)}`);
    return problem(error, '');
  }
}

function newestDays(now: Date, timeZone: string): DayWindow {
  const endDay = shiftDay(localDay(now, timeZone), 1);
  const startDay = shiftDay(endDay, -TRIED_DAYS);
  const at = (day: string) => new Date(instantOfWall(Date.parse(`${day}T00:00:00Z`), timeZone));
  return { startDay, endDay, timeZone, startAt: at(startDay), endAt: at(endDay) };
}

/** What only the owner can mend is a problem of the definition; a refused key, or no answer, is none. */
function problem(error: unknown, about: string): Acceptance {
  const isTheirs = error instanceof ConnectorError && error.errorClass === 'config';
  if (!isTheirs || error.code === 'SERVICE_DISABLED') throw error;
  return refused(`${about}${error.message}`);
}

function refused(text: string): Acceptance {
  return { problems: [text], warnings: [], timeZone: null, currency: null };
}

function missing({ namedRanges, sheets }: Facts, place: string): string {
  const titles = sheets.map(({ properties }) => properties.title);
  const names = [...titles, ...namedRanges.map(({ name }) => name)];
  const wanted = place.replace(/![^!]*$/, '').replace(/^'(.*)'$/s, '$1');
  const near = nearNames(names, wanted);
  const offered = near.length > 0 ? near : names.slice(0, 12);
  const said = near.length > 0 ? 'Did you mean' : 'There are the sheets and named ranges';
  const end = near.length > 0 ? '?' : '.';
  return `the spreadsheet has no ${shown(place)}. ${said} ${offered.map(shown).join(', ')}${end}`;
}
