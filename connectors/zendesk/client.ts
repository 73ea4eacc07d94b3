import type { z } from 'zod';
import { type ConnectorContext, ConnectorError, createHttp, parseAnswer, redact } from '../sdk/index.ts';
import { baseUrl, type ZendeskConfig } from './config.ts';
import { statusError } from './errors.ts';
import { saidSchema } from './schema.ts';

export type ZendeskContext = ConnectorContext<ZendeskConfig>;
export type ZendeskClient = ReturnType<typeof createZendeskClient>;
export type Params = Record<string, string | number | undefined>;

/**
 * The export of a search is allowed 100 times a minute, and the smallest plan 200 requests of any sort. Ninety leave
 * room for people, and for what else the account has.
 */
export const limits = { requestsPerSecond: 1.5, concurrent: 1 };

/** Zendesk's REST API over plain requests: waits are the schedule's, and a walk has to see its last page. */
export function createZendeskClient(context: ZendeskContext) {
  const { config, endpoint, quota } = context;
  const pair = `${config.email}/token:${config.apiToken}`;
  const secrets = [config.apiToken, pair];
  const base = baseUrl(endpoint);
  const rule = {
    scope: `zendesk:${new URL(base).host}${new URL(base).pathname}`,
    perHour: null,
    concurrent: 1,
  };
  const http = createHttp(context, {
    provider: 'Zendesk',
    limits,
    secrets,
    requestIdHeader: 'x-zendesk-request-id',
  });
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
    'user-agent': 'tidemark',
  };

  async function send(url: URL, asked: string): Promise<Response> {
    return quota.spend(rule, async () => {
      try {
        const response = await http(url, { headers });
        if (response.ok) return response;
        throw statusError(response.status, response.headers, await saidOf(response), asked);
      } catch (error) {
        if (error instanceof ConnectorError && error.errorClass === 'rate_limited') {
          const afterMs = error.remedy.by === 'time' ? error.remedy.afterMs : undefined;
          if (afterMs !== undefined) await quota.pause(rule.scope, afterMs);
        }
        throw error;
      }
    });
  }

  async function saidOf(response: Response): Promise<string | null> {
    const body = saidSchema.safeParse(await response.json());
    if (!body.success) return null;
    const { description, error } = body.data;
    const said = typeof error === 'string' ? (description ?? error) : (error.message ?? error.title);
    return redact(said, secrets);
  }

  return {
    /** One answer below the account's address. `asked` names it in messages: "the tickets". */
    async get<T>(path: string, asked: string, schema: z.ZodType<T>, params: Params = {}): Promise<T> {
      const url = new URL(`${base}/api/v2${path}`);
      for (const [name, value] of Object.entries(params)) {
        if (value !== undefined) url.searchParams.set(name, String(value));
      }
      const response = await send(url, asked);
      return parseAnswer('Zendesk', asked, schema, await response.json());
    },
  };
}
