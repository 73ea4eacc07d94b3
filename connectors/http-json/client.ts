import {
  badPayload,
  ConnectorError,
  createHttp,
  errorFromStatus,
  payloadProblem,
  redact,
  redactUrl,
} from '../sdk/index.ts';
import type { AnyContext, Api } from './api.ts';
import { secretsOf, signedUrl } from './auth.ts';
import { reportedError, settingError, statusError } from './errors.ts';
import { parseExactJson } from './exact-json.ts';
import { pickOf } from './pick.ts';

/** One request as it goes out, but for the key. */
export type Asked = { method: 'GET' | 'POST'; url: URL; body?: unknown };
export type Answer = { json: unknown; headers: Headers; text: string };

/** Below what the way out and most proxies accept. */
const MAX_URL_LENGTH = 2_000;
const MAX_BODY_LENGTH = 65_536;

/** JSON goes by other names, too: Apple's lookup calls it JavaScript. It has to be JSON all the same. */
const CALLED_OTHERWISE = /^\s*(?:text\/(?:javascript|json|plain)|application\/(?:x-)?javascript)\b/i;
const AS_JSON = new Headers({ 'content-type': 'application/json' });

export type Client = {
  secrets: readonly string[];
  /** The address below the connection's own, which may have a path itself. */
  address(path: string): URL;
  /**
   * One request and its answer.
   *
   * @throws ConnectorError for every answer but a success in JSON, and for one that holds an error at `errorsAt`
   */
  ask(asked: Asked, errorsAt: readonly string[]): Promise<Answer>;
};

export function createClient(context: AnyContext, api: Api): Client {
  const { auth, base, provider } = api;
  const secrets = secretsOf(auth);
  const bodyProblem = (headers: Headers, body: Uint8Array) =>
    payloadProblem(
      provider,
      CALLED_OTHERWISE.test(headers.get('content-type') ?? '') ? AS_JSON : headers,
      body,
    );
  const http = createHttp(context, { provider, limits: api.limits, secrets, bodyProblem });
  return {
    secrets,
    address(path) {
      const url = new URL(
        base.origin + base.pathname.replace(/\/+$/, '') + (path.startsWith('/') ? path : `/${path}`),
      );
      for (const [name, value] of base.searchParams) url.searchParams.append(name, value);
      return url;
    },
    async ask(asked, errorsAt) {
      const url = sameHost(api, asked.url);
      const headers: Record<string, string> = { accept: 'application/json', ...api.headers };
      const signed = await signedUrl(context, api, http, url, headers);
      if (signed.href.length > MAX_URL_LENGTH) {
        const problem = `The address for ${provider} is longer than ${MAX_URL_LENGTH} characters.`;
        throw settingError('url_too_long', problem, 'Shorten the path or the parameters of this metric.');
      }
      const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
      if ((body?.length ?? 0) > MAX_BODY_LENGTH) {
        const problem = `The body for ${provider} is longer than ${MAX_BODY_LENGTH} characters.`;
        throw settingError('body_too_long', problem, 'Shorten the body of this metric.');
      }
      if (body !== undefined) headers['content-type'] = 'application/json';
      const response = await send(api, () =>
        http(signed, { method: asked.method, headers, ...(body === undefined ? {} : { body }) }),
      );
      const text = await response.text();
      const json = exact(provider, text);
      if (!response.ok) throw statusError(api, response.status, response.headers, json, secrets);
      for (const at of errorsAt) {
        const [found] = pickOf(at).all(json);
        if (isError(found)) throw reportedError(provider, json, found, secrets);
      }
      return { json, headers: response.headers, text };
    },
  };
}

/** Whether something stands where errors are told: an empty list or text is none. */
function isError(found: unknown): boolean {
  if (found === undefined || found === null || found === false || found === '') return false;
  return !(Array.isArray(found) && found.length === 0);
}

/** An error answer that was no JSON has been judged by its status alone; this provider's may mean something else. */
async function send({ provider, throttled = [] }: Api, go: () => Promise<Response>): Promise<Response> {
  try {
    return await go();
  } catch (error) {
    const status = error instanceof ConnectorError ? /^http_(\d{3})$/.exec(error.code)?.[1] : undefined;
    if (status !== undefined && throttled.includes(Number(status)))
      throw errorFromStatus(provider, 429, new Headers());
    throw error;
  }
}

/** The key goes to the host of the connection and to nobody else: also not where an answer's "next" leads. */
function sameHost({ base, provider }: Api, url: URL): URL {
  if (url.origin === base.origin && url.username === '' && url.password === '') return url;
  const message = `${provider} leads to ${url.origin}, which is not the address of this connection. Nothing was sent there.`;
  throw new ConnectorError(message, {
    errorClass: 'bad_payload',
    code: 'other_host',
    remedy: { by: 'owner', hint: `Use a connection whose address is ${url.origin}.` },
  });
}

function exact(provider: string, text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    throw badPayload(provider, 'invalid_json', 'sent JSON that cannot be parsed', error);
  }
}

/** A request as people may read it: neither key nor host. */
export function told({ method, url }: Pick<Asked, 'method' | 'url'>, secrets: readonly string[]): string {
  const clean = redactUrl(url, secrets);
  const text = redact(clean.slice(url.origin.length), secrets);
  return `${method} ${text.length > 120 ? `${text.slice(0, 120)}…` : text}`;
}
