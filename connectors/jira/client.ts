import type { z } from 'zod';
import { type ConnectorContext, ConnectorError, createHttp, parseAnswer, redact } from '../sdk/index.ts';
import { baseUrl, type JiraConfig } from './config.ts';
import { anonymousError, statusError } from './errors.ts';
import { saidSchema } from './schema.ts';

export type JiraContext = ConnectorContext<JiraConfig>;
export type JiraClient = ReturnType<typeof createJiraClient>;
export type Params = Record<string, string | number | undefined>;

/** API tokens have no budget by the hour; bursts are limited for each address. */
export const limits = { requestsPerSecond: 5, concurrent: 1 };
const UNKNOWN = /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/;

/** Jira Cloud's REST API over plain requests. No client that runs on Node 20 and is kept knows the present search. */
export function createJiraClient(context: JiraContext) {
  const { config, endpoint, quota } = context;
  const pair = `${config.email}:${config.apiToken}`;
  const secrets = [config.apiToken, pair];
  const base = baseUrl(config, endpoint);
  const rule = { scope: `jira:${new URL(base).host}${new URL(base).pathname}`, perHour: null, concurrent: 1 };
  const http = createHttp(context, { provider: 'Jira', limits, secrets, requestIdHeader: 'atl-traceid' });
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
    'user-agent': 'tidemark',
  };

  async function send(url: URL, asked: string, init: RequestInit): Promise<Response> {
    return quota.spend(rule, async () => {
      try {
        const response = await http(url, init);
        if (!response.ok) throw await refusal(response, asked);
        if (UNKNOWN.test(response.headers.get('x-seraph-loginreason') ?? '')) throw anonymousError(asked);
        return response;
      } catch (error) {
        if (error instanceof ConnectorError && error.errorClass === 'rate_limited') {
          const afterMs = error.remedy.by === 'time' ? error.remedy.afterMs : undefined;
          if (afterMs !== undefined) await quota.pause(rule.scope, afterMs);
        }
        throw error;
      }
    });
  }

  async function refusal(response: Response, asked: string): Promise<ConnectorError> {
    const body = saidSchema.safeParse(await response.json());
    const { errorMessages = [], errors = {}, message = null } = body.success ? body.data : {};
    const texts = [...errorMessages, ...Object.values(errors), ...(message === null ? [] : [message])];
    const said = texts.length === 0 ? null : redact(texts.join(' '), secrets);
    return statusError(response.status, response.headers, said, asked);
  }

  return {
    /** One answer below the site's address. `asked` names it in messages: "board 12". */
    async get<T>(path: string, asked: string, schema: z.ZodType<T>, params: Params = {}): Promise<T> {
      const url = new URL(base + path);
      for (const [name, value] of Object.entries(params)) {
        if (value !== undefined) url.searchParams.set(name, String(value));
      }
      const response = await send(url, asked, { headers });
      return parseAnswer('Jira', asked, schema, await response.json());
    },

    /** A question that is too long for an address. Changes nothing. */
    async ask<T>(path: string, asked: string, schema: z.ZodType<T>, question: object): Promise<T> {
      const init = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(question),
      };
      const response = await send(new URL(base + path), asked, init);
      return parseAnswer('Jira', asked, schema, await response.json());
    },
  };
}
