import { z } from 'zod';

/** The last part of a form's address: `https://globex.typeform.com/to/u6nXL7`. */
export const formSchema = z
  .string({ error: 'Enter the id of the form, such as u6nXL7' })
  .trim()
  .regex(/^[\w-]{2,60}$/, {
    error: 'Enter the id of the form alone: the last part of its address, such as u6nXL7',
  });

export const configSchema = z.object({
  form: formSchema.describe('Id of the form, such as u6nXL7; a metric may name another one'),
  token: z
    .string({ error: 'Enter a personal token' })
    .trim()
    .min(20, { error: 'Enter the whole personal token; it begins with tfp_' })
    .regex(/^[\x21-\x7e]+$/, { error: 'A personal token has no blanks' })
    .describe('Personal token with the scopes responses:read and forms:read'),
});

export type TypeformConfig = z.infer<typeof configSchema>;

const API = 'https://api.typeform.com';

export function allowedHosts(endpoint: URL | null): string[] {
  return [endpoint === null ? new URL(API).host : endpoint.host];
}

/** Without a slash at its end. Accounts of the European data centre have `https://api.eu.typeform.com`. */
export function baseUrl(endpoint: URL | null): string {
  return endpoint === null ? API : endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
}
