import { z } from 'zod';
import { settingError } from './errors.ts';

export const configSchema = z.object({
  email: z
    .email({ error: 'Enter the e-mail address of the account that made the token' })
    .describe('E-mail address of the account that made the API token'),
  apiToken: z
    .string({ error: 'Enter an API token of an Atlassian account' })
    .trim()
    .min(16, { error: 'Enter the whole API token, which Atlassian shows once' })
    .regex(/^[\x21-\x7e]+$/, { error: 'An API token has no blanks' })
    .describe('API token; with scopes it also needs the id of the cloud'),
  cloudId: z
    .uuid({ error: 'Enter the id of the cloud as SITE.atlassian.net/_edge/tenant_info shows it' })
    .optional()
    .describe(
      'Id of the cloud, for a token with scopes; without one the address of the connection is the site',
    ),
});

export type JiraConfig = z.infer<typeof configSchema>;

const GATEWAY = 'https://api.atlassian.com';

/** A site of its own is the address of the connection; tokens with scopes go through Atlassian's gateway. */
export function allowedHosts(endpoint: URL | null): string[] {
  return [endpoint === null ? new URL(GATEWAY).host : endpoint.host];
}

/**
 * Where the API is, without a slash at its end.
 *
 * @throws ConnectorError when neither a site nor a cloud was named
 */
export function baseUrl({ cloudId }: Pick<JiraConfig, 'cloudId'>, endpoint: URL | null): string {
  if (endpoint !== null) return endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
  if (cloudId !== undefined) return `${GATEWAY}/ex/jira/${cloudId}`;
  const hint =
    'Enter the address of the site, such as https://SITE.atlassian.net, or the id of its cloud (cloudId).';
  throw settingError('no_site', 'This connection does not say which Jira site is meant.', hint);
}
