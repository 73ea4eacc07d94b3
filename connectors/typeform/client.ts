import type { z } from 'zod';
import { type ConnectorContext, ConnectorError, createHttp, parseAnswer, redact } from '../sdk/index.ts';
import { baseUrl, type TypeformConfig } from './config.ts';
import { type Said, statusError } from './errors.ts';
import { saidSchema } from './schema.ts';

export type TypeformContext = ConnectorContext<TypeformConfig>;
export type TypeformClient = ReturnType<typeof createTypeformClient>;
export type Params = Record<string, string | number | undefined>;

/** Two requests a second are allowed. Half of them: on a busy machine two that left apart arrive together. */
export const limits = { requestsPerSecond: 1, concurrent: 1 };

/** Typeform's API over plain requests: the official client for this Node retries inside the process. */
export function createTypeformClient(context: TypeformContext) {
  const { config, endpoint, quota } = context;
  const secrets = [config.token];
  const base = baseUrl(endpoint);
  const scope = `typeform:${new URL(base).host}${new URL(base).pathname}:${config.form}`;
  const rule = { scope, perHour: null, concurrent: 1 };
  const http = createHttp(context, { provider: 'Typeform', limits, secrets });
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${config.token}`,
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

  async function saidOf(response: Response): Promise<Said> {
    const body = saidSchema.safeParse(await response.json());
    if (!body.success) return { code: null, text: null };
    const { code = null, description = null } = body.data;
    return { code, text: description === null ? null : redact(description, secrets) };
  }

  return {
    /** One answer below the API's address. `asked` names it in messages: "the responses of u6nXL7". */
    async get<T>(path: string, asked: string, schema: z.ZodType<T>, params: Params = {}): Promise<T> {
      const url = new URL(base + path);
      for (const [name, value] of Object.entries(params)) {
        if (value !== undefined) url.searchParams.set(name, String(value));
      }
      const response = await send(url, asked);
      return parseAnswer('Typeform', asked, schema, await response.json());
    },
  };
}
