import { z } from 'zod';
import type { Api, Auth } from './api.ts';
import { settingError } from './errors.ts';
import { pickText } from './pick.ts';

const AUTH_KINDS = ['none', 'bearer', 'basic', 'header', 'query', 'oauth2'] as const;
const MAX_HEADERS = 20;
const MAX_HEADERS_LENGTH = 4_096;

/** Names that only the way out sets, and those that carry a key: a key belongs into the field that is encrypted. */
const RESERVED =
  /^(host|content-length|content-type|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|cookie|http2-settings|proxy-.*|authorization|accept-encoding)$/i;

export const configSchema = z
  .object({
    auth: z
      .enum(AUTH_KINDS, { error: `Say how the API takes its key: ${AUTH_KINDS.join(', ')}` })
      .describe(
        'How the API takes its key: none, bearer, basic, header, query or oauth2 (client credentials)',
      ),
    secret: z
      .string()
      .trim()
      .min(1)
      .max(4_096)
      .regex(/^[\x20-\x7e]*$/, { error: 'The key has a line break or a character outside ASCII' })
      .optional()
      .describe('The token, password, value of the header or parameter, or client secret'),
    name: z
      .string()
      .trim()
      .max(200)
      .optional()
      .describe('basic: user name; header or query: name of the header or parameter; oauth2: client id'),
    tokenUrl: z
      .url({ protocol: /^https?$/, error: 'Enter the whole address of the token endpoint' })
      .max(1_000)
      .optional()
      .describe('oauth2: address of the token endpoint'),
    scope: z.string().trim().max(500).optional().describe('oauth2: scopes to ask for'),
    headers: z
      .string()
      .max(MAX_HEADERS_LENGTH)
      .superRefine((text, context) => {
        for (const message of headerProblems(text)) context.addIssue({ code: 'custom', message });
      })
      .optional()
      .describe(
        'More headers, one a line, such as X-Scope-OrgID: team. They are stored in clear: no keys here',
      ),
    checkPath: z
      .string()
      .max(1_000)
      .default('')
      .describe('A path below the address that answers in JSON to the key; the address itself if left out'),
    accountAt: pickText.optional().describe('Where that answer names the account, such as /data/name'),
  })
  .superRefine((config, context) => {
    for (const [field, message] of missingFields(config))
      context.addIssue({ code: 'custom', path: [field], message });
  });
export type HttpJsonConfig = z.infer<typeof configSchema>;

function missingFields(config: {
  auth: (typeof AUTH_KINDS)[number];
  secret?: string | undefined;
  name?: string | undefined;
  tokenUrl?: string | undefined;
}): [string, string][] {
  const { auth, name = '', secret, tokenUrl } = config;
  const problems: [string, string][] = [];
  if (auth === 'none') {
    if (secret !== undefined)
      problems.push(['secret', 'A key is given, and auth is none. Say how the API takes it']);
    return problems;
  }
  if (secret === undefined) problems.push(['secret', 'Enter the key']);
  const named = {
    bearer: null,
    basic: 'the user name',
    header: 'the name of the header',
    query: 'the name of the parameter',
    oauth2: 'the client id',
  }[auth];
  if (named !== null && name === '') problems.push(['name', `Enter ${named}`]);
  if (auth === 'basic' && name.includes(':')) problems.push(['name', 'A user name has no colon']);
  if (
    auth === 'header' &&
    (!/^[A-Za-z0-9_-]*$/.test(name) || (RESERVED.test(name) && !/^authorization$/i.test(name)))
  )
    problems.push(['name', `"${name.slice(0, 60)}" cannot be the header of a key`]);
  if (auth === 'oauth2' && tokenUrl === undefined)
    problems.push(['tokenUrl', 'Enter the address of the token endpoint']);
  return problems;
}

function headerProblems(text: string): string[] {
  const lines = linesOf(text);
  if (lines.length > MAX_HEADERS) return [`At most ${MAX_HEADERS} headers are sent`];
  return lines.flatMap((line) => {
    const [, name = '', value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (value === undefined || !/^[\t\x20-\x7e]*$/.test(value))
      return [`"${line.slice(0, 40)}" is no header such as X-Scope-OrgID: team`];
    return RESERVED.test(name) ? [`The header ${name} cannot be set here`] : [];
  });
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * Where the key may be sent: the address of the connection, and that of the token endpoint it names. Without an address
 * there is no host, and the name here never resolves (RFC 2606).
 */
export function allowedHosts(endpoint: URL | null, config?: Partial<HttpJsonConfig>): string[] {
  const own = endpoint === null ? 'address-missing.invalid' : endpoint.host;
  // Asked of settings that nobody has checked yet, too.
  const tokenUrl = config?.auth === 'oauth2' ? String(config.tokenUrl) : '';
  return !URL.canParse(tokenUrl) ? [own] : [...new Set([own, new URL(tokenUrl).host])];
}

export const limits = { requestsPerSecond: 5, concurrent: 2 };

/** @throws ConnectorError `config` when the connection has no address */
export function apiOf(config: HttpJsonConfig, endpoint: URL | null): Api {
  if (endpoint === null) {
    const hint = 'Enter the address of the API, such as https://api.example.com.';
    throw settingError('no_address', 'This connection has no address.', hint);
  }
  const headers = Object.fromEntries(
    linesOf(config.headers ?? '').map((line) => {
      const [name = '', ...rest] = line.split(':');
      return [name.trim().toLowerCase(), rest.join(':').trim()];
    }),
  );
  return {
    provider: endpoint.host,
    base: endpoint,
    auth: authOf(config),
    headers,
    limits,
    keyHint: 'Check the key of this connection, how the API takes it, and its rights.',
  };
}

function authOf({ auth, name = '', scope, secret = '', tokenUrl }: HttpJsonConfig): Auth {
  switch (auth) {
    case 'none':
      return { kind: 'none' };
    case 'bearer':
      return { kind: 'bearer', secret };
    case 'basic':
      return { kind: 'basic', user: name, secret };
    case 'header':
      return { kind: 'header', name, secret };
    case 'query':
      return { kind: 'query', name, secret };
    case 'oauth2':
      return {
        kind: 'oauth2',
        tokenUrl: new URL(tokenUrl ?? ''),
        clientId: name,
        secret,
        ...(scope === undefined ? {} : { scope }),
      };
  }
}
