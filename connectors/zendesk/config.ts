import { z } from 'zod';
import { settingError } from './errors.ts';

export const configSchema = z.object({
  email: z
    .email({ error: 'Enter the e-mail address of the agent that the token is used with' })
    .describe('E-mail address of the agent that the API token is used with'),
  apiToken: z
    .string({ error: 'Enter an API token of Zendesk' })
    .trim()
    .min(16, { error: 'Enter the whole API token, which Zendesk shows once' })
    .regex(/^[\x21-\x7e]+$/, { error: 'An API token has no blanks' })
    .describe('API token of the Admin Center'),
});

export type ZendeskConfig = z.infer<typeof configSchema>;

/** Every account has a host of its own: without one there is nothing that the token may be sent to. */
export function allowedHosts(endpoint: URL | null): string[] {
  return [endpoint === null ? 'address-missing.invalid' : endpoint.host];
}

/**
 * Where the account is, without a slash at its end. Who pastes the address of the API means the same.
 *
 * @throws ConnectorError when no address was given
 */
export function baseUrl(endpoint: URL | null): string {
  if (endpoint !== null) {
    return endpoint.origin + endpoint.pathname.replace(/\/+$/, '').replace(/\/api\/v2$/, '');
  }
  const hint =
    'Enter the address of the account, such as https://SUBDOMAIN.zendesk.com, as the address of the connection.';
  throw settingError('no_account', 'This connection does not say which Zendesk account is meant.', hint);
}
