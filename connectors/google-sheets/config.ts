import { z } from 'zod';
import { GOOGLE_TOKEN_HOST, serviceAccountKey } from '../sdk/index.ts';

export type SheetsConfig = { spreadsheetId: string; serviceAccountKey: string };

const ID_HELP =
  'Paste the address of the spreadsheet (https://docs.google.com/spreadsheets/d/…), or the long id in it';

/** The id, or the whole address as the browser shows it. */
export const spreadsheetIdSchema = z
  .string({ error: ID_HELP })
  .trim()
  .transform((text) => /\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]+)/.exec(text)?.[1] ?? text)
  .pipe(z.string().regex(/^[\w-]{20,120}$/, { error: ID_HELP }));

export const configSchema = z.object({
  spreadsheetId: spreadsheetIdSchema.describe('Spreadsheet, by its address or id; a metric may name another'),
  serviceAccountKey: serviceAccountKey(
    'The JSON key file of a service account that the spreadsheet is shared with',
  ),
});

const API = 'https://sheets.googleapis.com';

export function allowedHosts(endpoint: URL | null): string[] {
  return endpoint === null ? [new URL(API).host, GOOGLE_TOKEN_HOST] : [endpoint.host];
}

/** Without a slash at its end. */
export function baseUrl(endpoint: URL | null): string {
  return endpoint === null ? API : endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
}
