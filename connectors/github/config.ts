import { z } from 'zod';

/** `owner/name`, as in the repository's address. */
export const repositorySchema = z
  .string({ error: 'Enter a repository as owner/name, such as globex/shop' })
  .trim()
  .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, {
    error: 'Enter the repository as owner/name, such as globex/shop, without https://github.com',
  })
  .refine((name) => !name.split('/').some((part) => part === '.' || part === '..'), {
    error: 'Enter the repository as owner/name, such as globex/shop',
  });

export const configSchema = z.object({
  repository: repositorySchema.describe('Repository as owner/name; a metric may name another one'),
  token: z
    .string({ error: 'Enter a fine-grained personal access token' })
    .trim()
    .min(20, { error: 'Enter the whole token; a fine-grained one begins with github_pat_' })
    .regex(/^[\w-]+$/, { error: 'A token has letters, digits and underscores only' })
    .describe('Fine-grained personal access token with read access'),
});

export type GitHubConfig = z.infer<typeof configSchema>;

const API = 'https://api.github.com';

export function allowedHosts(endpoint: URL | null): string[] {
  return [endpoint === null ? new URL(API).host : endpoint.host];
}

/** Without a slash at its end. Of GitHub Enterprise Server it is `https://HOST/api/v3`. */
export function baseUrl(endpoint: URL | null): string {
  return endpoint === null ? API : endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
}
