import { z } from 'zod';

export const configSchema = z.object({
  token: z
    .string({ error: 'Enter an access token' })
    .trim()
    .min(16, { error: 'Enter the whole token' })
    .regex(/^[\w-]+$/, { error: 'A token has letters, digits, - and _ only' })
    .describe('Access token with the scope items:read'),
});

export type TemplateConfig = z.infer<typeof configSchema>;

const API = 'https://api.template.example';

/** The only hosts that the token may be sent to. */
export function allowedHosts(endpoint: URL | null): string[] {
  return [endpoint === null ? new URL(API).host : endpoint.host];
}

/** Without a slash at its end. An address that the owner gave may have a path: everything is asked for below it. */
export function baseUrl(endpoint: URL | null): string {
  return endpoint === null ? API : endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
}
