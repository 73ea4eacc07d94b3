import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, bodyOf, refusal, send } from '../google/answer.ts';
import { bearerOf, grantToken } from '../google/token.ts';
import { areaOf, columnsOf, nameOf, rowsOf } from './grid.ts';
import { valuesIn } from './values.ts';
import type { GoogleSheetsWorld, Spreadsheet } from './world.ts';

export type { GoogleSheetsWorld } from './world.ts';

const SCOPES = ['spreadsheets.readonly', 'spreadsheets', 'drive.readonly', 'drive'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);
const MINUTE_SECONDS = 60;

/** The token endpoint and the reading half of the Sheets API v4, over spreadsheets as they are now. */
export function googleSheetsServer(
  look: () => GoogleSheetsWorld,
): (request: IncomingMessage, response: ServerResponse) => void {
  const reads: number[] = [];
  return (request, response) => {
    void respond(look(), reads, request).then(
      (answer) => send(response, answer),
      () => send(response, refusal(500, 'Internal error encountered.')),
    );
  };
}

async function respond(world: GoogleSheetsWorld, reads: number[], request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
  if (url.pathname === '/token') {
    if (request.method !== 'POST') return refusal(404, 'Not found.');
    return grantToken(await bodyOf(request), world.account, world.nowSeconds);
  }
  const [, id = '', values] = /^\/v4\/spreadsheets\/([^/]+)(?:\/values\/([^/]+))?$/.exec(url.pathname) ?? [];
  if (id === '' || request.method !== 'GET') return refusal(404, 'Not found.');
  const refused = refusalOf(world, request) ?? limitOf(world, reads);
  if (refused !== null) return refused;
  const spreadsheet = world.spreadsheets.find((each) => each.id === decodeURIComponent(id));
  if (spreadsheet === undefined) return refusal(404, 'Requested entity was not found.');
  if (!spreadsheet.sharedWith.includes(world.account.clientEmail)) {
    return refusal(403, 'The caller does not have permission');
  }
  if (spreadsheet.isExcelFile === true) {
    return refusal(
      400,
      'This operation is not supported for this document',
      undefined,
      'FAILED_PRECONDITION',
    );
  }
  return values === undefined
    ? { status: 200, body: factsOf(spreadsheet) }
    : rangeAnswer(spreadsheet, decodeURIComponent(values), url.searchParams);
}

function refusalOf(world: GoogleSheetsWorld, { headers }: IncomingMessage): Answer | null {
  switch (bearerOf(headers.authorization, world.account, SCOPES, world.nowSeconds)) {
    case 'missing':
      return refusal(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
      );
    case 'bad':
      return refusal(
        401,
        'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
        'ACCESS_TOKEN_EXPIRED',
      );
    case 'narrow':
      return refusal(
        403,
        'Request had insufficient authentication scopes.',
        'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
      );
    default:
      return world.isEnabled
        ? null
        : refusal(
            403,
            'Google Sheets API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123 then retry.',
            'SERVICE_DISABLED',
          );
  }
}

/** So many reads in any minute. Google names no wait. */
function limitOf({ nowSeconds, readsPerMinute }: GoogleSheetsWorld, reads: number[]): Answer | null {
  const kept = reads.filter((at) => at > nowSeconds - MINUTE_SECONDS && at <= nowSeconds);
  reads.splice(0, reads.length, ...kept);
  if (kept.length >= readsPerMinute) {
    return refusal(
      429,
      "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:123'.",
      'RATE_LIMIT_EXCEEDED',
    );
  }
  reads.push(nowSeconds);
  return null;
}

function factsOf({ id, namedRanges, sheets, timeZone, title }: Spreadsheet): unknown {
  return {
    spreadsheetId: id,
    properties: { title, locale: 'en_US', timeZone },
    sheets: sheets.map((sheet, index) => ({
      properties: {
        sheetId: index,
        title: sheet.title,
        index,
        sheetType: 'GRID',
        gridProperties: { rowCount: rowsOf(sheet), columnCount: columnsOf(sheet) },
      },
    })),
    // As everywhere in this API, a list without members is left out.
    ...(namedRanges.length === 0
      ? {}
      : { namedRanges: namedRanges.map(({ name }, index) => ({ namedRangeId: String(index), name })) }),
  };
}

function rangeAnswer(spreadsheet: Spreadsheet, range: string, asked: URLSearchParams): Answer {
  const area = areaOf(spreadsheet, range);
  if (area === null) return refusal(400, `Unable to parse range: ${range}`);
  const values = valuesIn(area, {
    unformatted: asked.get('valueRenderOption') === 'UNFORMATTED_VALUE',
    datesAsNumbers: asked.get('dateTimeRenderOption') !== 'FORMATTED_STRING',
  });
  const body = { range: nameOf(area), majorDimension: 'ROWS' };
  return { status: 200, body: values.length === 0 ? body : { ...body, values } };
}
