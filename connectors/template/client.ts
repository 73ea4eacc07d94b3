import type { z } from 'zod';
import {
  afterTime,
  type ConnectorContext,
  ConnectorError,
  createHttp,
  parseAnswer,
  redact,
  retryAfterMs,
  statusClass,
} from '../sdk/index.ts';
import { baseUrl, type TemplateConfig } from './config.ts';
import { refusalSchema } from './schema.ts';

export type TemplateContext = ConnectorContext<TemplateConfig>;

/** As the provider writes them: 10 requests a second, and one at a time is polite. */
export const limits = { requestsPerSecond: 10, concurrent: 1 };

export const PROVIDER = 'New Provider';

/** Asks the provider, and believes no answer before its schema has seen it. */
export function createTemplateClient(context: TemplateContext) {
  const { config, endpoint } = context;
  const secrets = [config.token];
  const http = createHttp(context, { provider: PROVIDER, limits, secrets });
  const headers = { accept: 'application/json', authorization: `Bearer ${config.token}` };

  /** @param asked names it in messages: "the items" */
  async function get<T>(
    path: string,
    params: Record<string, string>,
    asked: string,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const url = new URL(baseUrl(endpoint) + path);
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
    const response = await http(url, { headers });
    const body: unknown = await response.json();
    if (response.ok) return parseAnswer(PROVIDER, asked, schema, body);
    const said = refusalSchema.safeParse(body);
    throw refusal(response, asked, said.success ? redact(said.data.error.message, secrets) : null);
  }

  return { get };
}

const TOKEN_HINT = 'Make a new token with the scope items:read and enter it.';
const SETTING_HINT = 'Check the address and the settings of this connection.';

/** What an error answer means, and who has to act. `said` is the provider's own text without secrets. */
function refusal({ headers, status }: Response, asked: string, said: string | null): ConnectorError {
  const waitMs = retryAfterMs(headers.get('retry-after'));
  const errorClass = statusClass(status, waitMs);
  const text = `${PROVIDER} did not give ${asked} (${status}).${said === null ? '' : ` It says: ${said}`}`;
  const code = `http_${status}`;
  if (errorClass === 'rate_limited' || errorClass === 'transient') {
    return new ConnectorError(`${text} It is asked again later.`, {
      errorClass,
      code,
      remedy: afterTime(waitMs),
    });
  }
  const hint = errorClass === 'auth' ? TOKEN_HINT : SETTING_HINT;
  return new ConnectorError(`${text} ${hint}`, { errorClass, code, remedy: { by: 'owner', hint } });
}
