import type { Twisted } from '../spoil.ts';
import type { Fault } from '../state.ts';
import {
  badCredentials,
  exportLimit,
  importRefusal,
  noRole,
  queryLimit,
  Refusal,
  serverPage,
} from './errors.ts';

/** What was knocked at: reports, raw events, `/import`, or `/track` and its like. */
export type Kind = 'query' | 'export' | 'import' | 'send';

type Knock = { kind: Kind; projectId: number; request: string };

/** The faults that answer with an error of the provider's own. @throws Refusal */
export function refuseByFault(fault: Fault | null, knock: Knock): void {
  switch (fault?.kind) {
    case 'rate_limit':
      throw tooMany(knock, 61);
    case 'rate_limit_retry_after':
      throw tooMany(knock, 61, { 'retry-after': String(fault.retryAfterSeconds ?? 30) });
    case 'quota':
      throw tooMany(knock, 60);
    case 'server_error':
      throw serverPage();
    case 'revoked':
      throw knock.kind === 'import' ? importRefusal(401, 'Invalid credentials') : badCredentials();
    case 'forbidden':
      throw knock.kind === 'import' ? importRefusal(403, 'Forbidden') : noRole();
    default:
  }
}

function tooMany(
  { kind, projectId, request }: Knock,
  inLastHour: number,
  headers: Record<string, string> = {},
) {
  const slower = 'Project exceeded rate limits. Please retry the request with exponential backoff.';
  switch (kind) {
    case 'query':
      return queryLimit(request, { projectId, atOnce: 1, inLastHour }, headers);
    case 'export':
      return exportLimit(headers);
    case 'import':
      return importRefusal(429, slower, {}, headers);
    case 'send':
      return new Refusal(429, { error: slower, status: 'error' }, headers);
    default:
      return kind satisfies never;
  }
}

/** What a changed shape calls the fields that readers rely on most. */
const RENAMED: Record<string, string> = {
  data: 'dataset',
  results: 'records',
  values: 'points',
  counts: 'tally',
  series: 'lines',
};

/** What a spoiled answer of Mixpanel's looks like. */
export const twisted: Twisted = { emptied, renamed };

/** The same answer as for a project in which nothing ever happened. */
function emptied(body: unknown): unknown {
  if (Array.isArray(body)) return [];
  if (typeof body !== 'object' || body === null) return body;
  const fields = Object.entries(body).filter(([name]) => !/^\d{4}-\d\d-\d\d/.test(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, EMPTIED[name]?.(value) ?? value]));
}

const EMPTIED: Record<string, (value: unknown) => unknown> = {
  data: (value) =>
    typeof value === 'object' && value !== null && 'series' in value ? { series: [], values: {} } : {},
  meta: () => ({ dates: [] }),
  results: (value) => (Array.isArray(value) ? [] : {}),
  series: () => ({}),
  events: () => [],
  legend_size: () => 0,
  total: () => 0,
};

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [RENAMED[name] ?? name, renamed(inner)]),
  );
}
