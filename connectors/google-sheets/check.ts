import { type CheckResult } from '../sdk/index.ts';
import { createSheetsClient, type SheetsContext } from './client.ts';
import { shown } from './errors.ts';
import { zoneOf } from './zone.ts';

/**
 * The spreadsheet, and the zone in which it cuts its days.
 *
 * @throws ConnectorError as every read does
 */
export async function checkSheets(context: SheetsContext): Promise<CheckResult> {
  const facts = await createSheetsClient(context).facts(context.config.spreadsheetId);
  const { timeZone: told, title } = facts.properties;
  const timeZone = zoneOf(facts);
  const sheets = facts.sheets.map(({ properties }) => properties.title);
  const warnings =
    timeZone === null
      ? [`The spreadsheet's time zone ${told} is no place: choose one in File, Settings.`]
      : [`Days are those of ${timeZone}, the spreadsheet's own zone: metrics of this connection need it.`];
  return {
    account: `Spreadsheet ${shown(title)} (${sheets.slice(0, 5).join(', ')}${sheets.length > 5 ? ', …' : ''})`,
    livemode: null,
    timeZone,
    warnings,
  };
}
