import { z } from 'zod';
import { GOOGLE_TOKEN_HOST, serviceAccountKey } from '../sdk/index.ts';

const BUCKET_HELP =
  'Copy the Cloud Storage URI of Play Console, Download reports: gs://pubsite_prod_rev_ and digits';

export const configSchema = z.object({
  bucket: z
    .string({ error: BUCKET_HELP })
    .trim()
    // What the button copies has a path behind the name.
    .transform((text) => text.replace(/^gs:\/\//, '').replace(/\/.*$/s, ''))
    .pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, { error: BUCKET_HELP }))
    .describe('Bucket with the reports, such as gs://pubsite_prod_rev_01234567890987654321'),
  packageName: z
    .string({ error: 'Enter the package name of the app, such as com.example.app' })
    .trim()
    .regex(/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/, {
      error: 'Enter the package name of the app, such as com.example.app',
    })
    .describe('Package name of the app'),
  serviceAccountKey: serviceAccountKey(
    'The JSON key file of a service account that was invited to the Play Console',
  ),
});
export type PlayConfig = z.output<typeof configSchema>;

const API = 'https://storage.googleapis.com';

export function allowedHosts(endpoint: URL | null): string[] {
  return endpoint === null ? [new URL(API).host, GOOGLE_TOKEN_HOST] : [endpoint.host];
}

/** Without a slash at its end. */
export function baseUrl(endpoint: URL | null): string {
  return endpoint === null ? API : endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
}
