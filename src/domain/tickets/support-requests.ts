import { noValue, quotient } from '../activities/quotient.ts';
import { spanOf } from '../catalog/span.ts';
import type { CatalogMetric, MetricWindow } from '../catalog/types.ts';
import { daysBetween } from '../day.ts';
import { requestsIn } from './requests.ts';

/**
 * Requests for help of one active user in one month. Both sides are of the same window. A calendar month is a month,
 * however long; `normalise: 30d` rescales any window to thirty days instead.
 */
export const supportRequestsPerUserMonth: CatalogMetric = {
  key: 'support_requests_per_user_month',
  stage: 'satisfaction',
  kind: 'ratio',
  unit: { name: 'requests', storedAs: 'count', storedPer: 1 },
  windows: ['period'],
  usualWindow: { kind: 'month' },
  params: { normalise: { type: 'choice', of: ['none', '30d'], default: 'none' } },
  records: ['tickets', 'activeUsers'],
  sources: ['zendesk', 'intercom', 'sheet', 'csv', 'sql', 'push', 'ga4', 'mixpanel', 'posthog'],
  compute(params, window, { tickets, activeUsers }) {
    if (tickets === undefined || activeUsers === undefined) return noValue('no_observation');
    const requests = requestsIn(tickets, spanOf(window)).length;
    const perMonth = params.normalise === '30d' ? (requests * 30) / daysOf(window) : requests;
    return quotient(perMonth, activeUsers, { beside: { requests, activeUsers } });
  },
};

function daysOf(window: MetricWindow): number {
  return window.kind === 'period' ? daysBetween(window.startDay, window.endDay) : 0;
}
