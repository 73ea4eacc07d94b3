import type { EpochSeconds } from '../model/time.ts';
import type { Twisted } from '../spoil.ts';
import type { Fault } from '../state.ts';
import { badToken, exhausted, internal, noAccess } from './errors.ts';
import type { Quota } from './quota.ts';

/** The faults that answer with an error of the provider's own. @throws Refusal */
export function refuseByFault(fault: Fault | null, quota: Quota, now: EpochSeconds): void {
  switch (fault?.kind) {
    case 'rate_limit':
      throw exhausted('concurrent');
    case 'rate_limit_retry_after':
      throw exhausted('concurrent', fault.retryAfterSeconds ?? 30);
    case 'quota':
      throw exhausted('projectHour');
    case 'server_error':
      quota.countServerError(now);
      throw internal();
    case 'revoked':
      throw badToken();
    case 'forbidden':
      throw noAccess();
    default:
  }
}

/** What a changed shape calls the fields that readers rely on most. */
const RENAMED: Readonly<Record<string, string>> = {
  metricHeaders: 'metricColumns',
  apiName: 'fieldName',
  compatibility: 'verdict',
};
const EMPTIED = ['rows', 'rowCount', 'totals', 'maximums', 'minimums', 'dimensions', 'metrics'];

/** What a spoiled answer of GA4's looks like, over either transport: gRPC drops the fields that it does not know. */
export const twisted: Twisted = { emptied, renamed };

function emptied(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const kept = Object.entries(body).filter(([field]) => !EMPTIED.includes(field));
  return Object.fromEntries(
    kept.map(([field, value]) => {
      if (field === 'reports' && Array.isArray(value)) return [field, value.map(emptied)];
      return [field, field.startsWith('funnel') ? emptied(value) : value];
    }),
  );
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [RENAMED[field] ?? field, renamed(inner)]),
  );
}
