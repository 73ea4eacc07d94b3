import type { z } from 'zod';
import {
  type Budget,
  type ConnectorContext,
  ConnectorError,
  createHttp,
  googleRefusal,
  googleToken,
  parseAnswer,
  readServiceAccount,
  serviceAccountOf,
} from '../sdk/index.ts';
import { baseUrl, type SheetsConfig } from './config.ts';
import { PROVIDER, sheetsError, shown } from './errors.ts';
import { type Facts, factsSchema, type Values, valuesSchema } from './schema.ts';

export type SheetsContext = ConnectorContext<SheetsConfig>;

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets.readonly';
/** Google allows 60 reads a minute and account; half of them are left to others who use it. */
const READS = { perHour: 1_800, concurrent: 1 };
export const limits = { requestsPerSecond: 5, concurrent: 1 };
/** Google gives up itself after three minutes; a sheet that takes one is no source of daily numbers. */
const TIMEOUT_MS = 60_000;
const FACTS = 'properties(title,timeZone),sheets(properties(title)),namedRanges(name)';

/** Google counts by the account that asks, whichever spreadsheet it looks at. */
function scopeOf({ serviceAccountKey }: SheetsConfig, endpoint: URL | null): string {
  const account = readServiceAccount(serviceAccountKey);
  const email = 'problem' in account ? '' : account.clientEmail;
  return `google_sheets:${endpoint?.host ?? 'sheets.googleapis.com'}:${email}`;
}

export function budgets(config: SheetsConfig, endpoint: URL | null): Budget[] {
  return [{ name: 'reads', scope: scopeOf(config, endpoint), counts: 'calls', limit: READS.perHour }];
}

/**
 * The two readings that are needed of Sheets v4, over plain requests: Google's own client brings a sign-in of its own and
 * retries by itself. Each is asked once a run.
 */
export function createSheetsClient(context: SheetsContext) {
  const { config, endpoint, quota } = context;
  const rule = { scope: scopeOf(config, endpoint), ...READS };

  async function get<T>(path: string, what: string, asked: string, schema: z.ZodType<T>): Promise<T> {
    const token = await googleToken(context, SCOPE);
    const http = createHttp(context, {
      provider: PROVIDER,
      limits,
      secrets: [token, config.serviceAccountKey],
      timeoutMs: TIMEOUT_MS,
    });
    return quota.spend(rule, async () => {
      try {
        const answer = await http(`${baseUrl(endpoint)}/v4/spreadsheets/${path}`, {
          headers: { accept: 'application/json', authorization: `Bearer ${token}` },
        });
        const body: unknown = await answer.json();
        if (answer.ok) return parseAnswer(PROVIDER, what, schema, body);
        const email = serviceAccountOf(config.serviceAccountKey).clientEmail;
        throw sheetsError(answer.status, answer.headers, googleRefusal(body), { asked, email });
      } catch (error) {
        await heedLimit(error);
        throw error;
      }
    });
  }

  async function heedLimit(error: unknown): Promise<void> {
    if (!(error instanceof ConnectorError) || error.errorClass !== 'rate_limited') return;
    const afterMs = error.remedy.by === 'time' ? error.remedy.afterMs : undefined;
    if (afterMs !== undefined) await quota.pause(rule.scope, afterMs);
  }

  return {
    /** Its title, zone, sheets and named ranges. */
    facts(id: string): Promise<Facts> {
      return context.shared(`google-sheets-facts:${id}`, () =>
        get(
          `${id}?fields=${encodeURIComponent(FACTS)}`,
          'what is in a spreadsheet',
          `the spreadsheet ${id}`,
          factsSchema,
        ),
      );
    },
    /** A range with numbers as numbers, and days as numbers too: as text they would be in the words of a country. */
    values(id: string, range: string): Promise<Values> {
      const options = 'valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=SERIAL_NUMBER';
      return context.shared(`google-sheets-values:${JSON.stringify([id, range])}`, () =>
        get(
          `${id}/values/${encodeURIComponent(range)}?majorDimension=ROWS&${options}`,
          'the values of a range',
          `the range ${shown(range)}`,
          valuesSchema,
        ),
      );
    },
  };
}
