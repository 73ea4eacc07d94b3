import { z } from 'zod';
import { ConnectorError } from './error.ts';
import { createHttp } from './http.ts';
import { parseAnswer } from './parse.ts';
import { serviceAccountOf, signedAssertion } from './service-account.ts';
import { errorFromStatus } from './status.ts';
import type { ConnectorContext } from './types.ts';

/** Also the audience of what is signed, whichever address the connection goes to. */
const TOKEN_HOME = 'https://oauth2.googleapis.com/token';
export const GOOGLE_TOKEN_HOST = new URL(TOKEN_HOME).host;
const TIMEOUT_MS = 15_000;

type Context = Pick<
  ConnectorContext<{ serviceAccountKey: string }>,
  'config' | 'endpoint' | 'fetch' | 'record' | 'shared' | 'signal'
>;
const answerSchema = z.object({ access_token: z.string().min(1), token_type: z.string() });
const refusalSchema = z.object({
  error: z.string().regex(/^[a-z_]{1,60}$/),
  error_description: z.string().default(''),
});

/**
 * A token with one scope, in exchange for what the service account signs: the way that Google documents for all of its APIs.
 * Asked for once a run. The address is Google's own, or lies below that of the connection, and never the one in the key file:
 * whoever hands over a key file must not choose where it is sent.
 *
 * @throws ConnectorError `auth` when Google does not take the key
 */
export function googleToken(context: Context, scope: string): Promise<string> {
  return context.shared(`google-token:${scope}`, async () => {
    const { config, endpoint } = context;
    const account = serviceAccountOf(config.serviceAccountKey);
    // By the computer's clock: the run may have begun long before.
    const assertion = signedAssertion(account, { audience: TOKEN_HOME, scope }, Date.now());
    const http = createHttp(context, {
      provider: 'Google',
      limits: { requestsPerSecond: 10, concurrent: 1 },
      secrets: [assertion, config.serviceAccountKey],
      timeoutMs: TIMEOUT_MS,
    });
    const answer = await http(tokenAddress(endpoint), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion,
      }).toString(),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw refusal(answer.status, answer.headers, body, account.clientEmail);
    return parseAnswer('Google', 'a token', answerSchema, body).access_token;
  });
}

function tokenAddress(endpoint: URL | null): URL {
  return endpoint === null
    ? new URL(TOKEN_HOME)
    : new URL(`${endpoint.origin}${endpoint.pathname.replace(/\/+$/, '')}/token`);
}

/** Google's words are looked at and not repeated: they quote what was sent. */
function refusal(status: number, headers: Headers, body: unknown, email: string): ConnectorError {
  const told = refusalSchema.safeParse(body);
  if (status !== 400 && status !== 401) return errorFromStatus('Google', status, headers);
  const { error, error_description: said } = told.success
    ? told.data
    : { error: 'unauthorized', error_description: '' };
  // A reason that is not the key's.
  if (/\biat\b|\bexp\b|timeframe/.test(said)) {
    const hint = 'Set the clock of the machine that runs Tidemark.';
    return failure(error, `Google finds what ${email} signed to be of another time.`, hint);
  }
  const hint =
    'Make a new JSON key for the service account (Google Cloud, IAM, Service accounts, Keys) and enter it; ' +
    'if the account was deleted or switched off, make another one.';
  return failure(error, `Google refused the key of ${email} (${error}).`, hint);
}

function failure(code: string, problem: string, hint: string): ConnectorError {
  return new ConnectorError(`${problem} ${hint}`, {
    errorClass: 'auth',
    code,
    remedy: { by: 'owner', hint },
  });
}
