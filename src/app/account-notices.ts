import type { Unit } from '../domain/metric.ts';
import type { Reason } from '../domain/status.ts';
import type { AccountFacts, ConnectionRecord, WorkspaceRecord } from './ports.ts';

/** Something worth knowing that stops nothing. `provider` carries the provider's own sentence, the others have one in every language. */
export type Notice = Reason;

const DAY_MS = 86_400_000;
/** Whoever looks at a connection once a month still learns of it; the audit log keeps it for good. */
const ZONE_CHANGE_SHOWN_DAYS = 30;

/** What an owner should know about the account behind a connection. */
export function connectionNotices(
  { account }: Pick<ConnectionRecord, 'account'>,
  workspace: Pick<WorkspaceRecord, 'timeZone'>,
  now: Date,
): Notice[] {
  if (account === null) return [];
  const notices = zoneNotices(account, workspace);
  const { timeZone, zoneChanged } = account;
  if (zoneChanged !== null && now.getTime() - zoneChanged.at.getTime() < ZONE_CHANGE_SHOWN_DAYS * DAY_MS) {
    const changedDay = zoneChanged.at.toISOString().slice(0, 10);
    notices.push({ code: 'zone_changed', values: { from: zoneChanged.from, to: timeZone, changedDay } });
  }
  return notices;
}

/** How the days and the money of one metric differ from what people expect who only know the other side. */
export function metricNotices(
  account: AccountFacts | null,
  metric: { unit: Unit; currency: string | null; timeZone: string },
  workspace: Pick<WorkspaceRecord, 'timeZone'>,
): Notice[] {
  if (account === null) return [];
  const notices = zoneNotices(account, workspace);
  if (account.timeZone !== null && !sameTimeZone(account.timeZone, metric.timeZone)) {
    const values = { accountZone: account.timeZone, metricZone: metric.timeZone };
    notices.push({ code: 'metric_zone_differs', values });
  }
  const [theirs, ours] = [account.currency?.toUpperCase(), metric.currency?.toUpperCase()];
  if (metric.unit === 'money' && theirs !== undefined && ours !== undefined && theirs !== ours) {
    notices.push({ code: 'currency_differs', values: { accountCurrency: theirs, metricCurrency: ours } });
  }
  return notices;
}

function zoneNotices({ timeZone }: AccountFacts, workspace: Pick<WorkspaceRecord, 'timeZone'>): Notice[] {
  if (timeZone === null || sameTimeZone(timeZone, workspace.timeZone)) return [];
  return [{ code: 'days_differ', values: { accountZone: timeZone, workspaceZone: workspace.timeZone } }];
}

/** Zones have several names, such as Asia/Kolkata and Asia/Calcutta. */
export function sameTimeZone(left: string, right: string): boolean {
  return canonical(left) === canonical(right);
}

function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone; // a zone that this machine does not know is only equal to itself
  }
}
