import { z } from 'zod';

const REGIONS = ['us', 'eu', 'in'] as const;
export type Region = (typeof REGIONS)[number];

export const configSchema = z.object({
  region: z.enum(REGIONS).default('us').describe('Where the project keeps its data: us, eu or in'),
  projectId: z
    .int({ error: 'Enter the number of the project, from Project Settings in Mixpanel' })
    .positive({ error: 'Enter the number of the project, from Project Settings in Mixpanel' })
    .describe('Number of the project'),
  serviceAccount: z
    .string({ error: 'Enter the user name of a service account, such as tidemark.1a2b3c.mp-service-account' })
    .trim()
    .min(1, { error: 'Enter the user name of a service account' })
    // Basic authentication ends the user name at the first colon.
    .regex(/^[^:\s]+$/, { error: 'The user name of a service account has neither a colon nor a blank' })
    .describe('User name of a service account'),
  serviceAccountSecret: z
    .string({ error: 'Enter the secret of the service account' })
    .trim()
    .min(8, { error: 'Enter the secret of the service account, which Mixpanel shows once' })
    .describe('Secret of the service account'),
  workspaceId: z
    .int()
    .positive()
    .optional()
    .describe('Number of the data view, when the project has data views'),
  exportDays: z
    .enum(['utc', 'project'])
    .default('utc')
    .describe('project: the project was created before 2023, so its raw export is cut in its own time zone'),
  timeZone: z
    .string()
    .refine(isZone, { error: 'Enter an IANA time zone such as Europe/Berlin' })
    .optional()
    .describe('Time zone of the project; raw events of a project created before 2023 need it'),
});

export type MixpanelConfig = z.infer<typeof configSchema>;

const QUERY_HOSTS: Record<Region, string> = {
  us: 'mixpanel.com',
  eu: 'eu.mixpanel.com',
  in: 'in.mixpanel.com',
};
const EXPORT_HOSTS: Record<Region, string> = {
  us: 'data.mixpanel.com',
  eu: 'data-eu.mixpanel.com',
  in: 'data-in.mixpanel.com',
};

/** Progress is written back here with the connection's own credentials, if its owner wants that. */
const INGESTION_HOSTS: Record<Region, string> = {
  us: 'api.mixpanel.com',
  eu: 'api-eu.mixpanel.com',
  in: 'api-in.mixpanel.com',
};

/** Every region's hosts: which one a connection uses stands in its configuration, which is not known here. */
export function allowedHosts(endpoint: URL | null): string[] {
  if (endpoint !== null) return [endpoint.host];
  return [QUERY_HOSTS, EXPORT_HOSTS, INGESTION_HOSTS].flatMap((hosts) => Object.values(hosts));
}

/** Where queries and raw exports of a connection go. An address of the owner's takes both, below its own path. */
export function baseUrls(
  { region }: MixpanelConfig,
  endpoint: URL | null,
): { query: string; export: string } {
  if (endpoint !== null) {
    const base = endpoint.origin + endpoint.pathname.replace(/\/+$/, '');
    return { query: `${base}/api/query`, export: `${base}/api/2.0/export` };
  }
  return {
    query: `https://${QUERY_HOSTS[region]}/api/query`,
    export: `https://${EXPORT_HOSTS[region]}/api/2.0/export`,
  };
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
