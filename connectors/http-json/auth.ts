import { z } from 'zod';
import { type HttpFetch, parseAnswer } from '../sdk/index.ts';
import type { AnyContext, Api, Auth } from './api.ts';
import { statusError } from './errors.ts';

/** The address with what the key adds to it; what belongs into headers is put there. */
export async function signedUrl(
  context: AnyContext,
  api: Api,
  http: HttpFetch,
  url: URL,
  headers: Record<string, string>,
): Promise<URL> {
  const { auth } = api;
  const signed = new URL(url);
  if (auth.kind === 'bearer') headers['authorization'] = `Bearer ${auth.secret}`;
  if (auth.kind === 'basic') headers['authorization'] = basic(auth.user, auth.secret);
  if (auth.kind === 'basic_key') headers['authorization'] = basic(auth.secret, '');
  if (auth.kind === 'header') headers[auth.name.toLowerCase()] = auth.secret;
  if (auth.kind === 'query') signed.searchParams.set(auth.name, auth.secret);
  if (auth.kind === 'oauth2')
    headers['authorization'] = `Bearer ${await accessToken(context, api, http, auth)}`;
  return signed;
}

const tokenSchema = z.object({ access_token: z.string().min(1) });

/** A token for the length of a run (RFC 6749, section 4.4): it is asked for once, and never written down. */
async function accessToken(
  context: AnyContext,
  api: Api,
  http: HttpFetch,
  auth: Extract<Auth, { kind: 'oauth2' }>,
): Promise<string> {
  return context.shared(`oauth2:${auth.tokenUrl.href}:${auth.clientId}:${auth.scope ?? ''}`, async () => {
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (auth.scope !== undefined) form.set('scope', auth.scope);
    const response = await http(auth.tokenUrl, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: basic(encodeURIComponent(auth.clientId), encodeURIComponent(auth.secret)),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form.toString(),
    });
    const answer: unknown = await response.json();
    if (!response.ok) {
      // A refused client is told with 400 (RFC 6749, section 5.2), which elsewhere means a wrong request.
      const status = response.status === 400 ? 401 : response.status;
      throw statusError(api, status, response.headers, answer, secretsOf(auth));
    }
    return parseAnswer(api.provider, 'the access token', tokenSchema, answer).access_token;
  });
}

function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}

/** Every form of the key that must never be written down. */
export function secretsOf(auth: Auth): string[] {
  if (auth.kind === 'none') return [];
  if (auth.kind === 'basic') return [auth.secret, `${auth.user}:${auth.secret}`];
  if (auth.kind !== 'oauth2') return [auth.secret];
  const escaped = `${encodeURIComponent(auth.clientId)}:${encodeURIComponent(auth.secret)}`;
  return [auth.secret, `${auth.clientId}:${auth.secret}`, escaped];
}
