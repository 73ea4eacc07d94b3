import { noValue, quotient } from '../activities/quotient.ts';
import { spanOf } from '../catalog/span.ts';
import type { CatalogMetric } from '../catalog/types.ts';
import { requestsIn } from './requests.ts';

/**
 * Requests that carry a tag. The bare count rises with the number of users, so it can be asked for per thousand of
 * the window's active users; that number is a quotient and may not be summed over windows.
 */
export const taggedTicketCount: CatalogMetric = {
  key: 'tagged_ticket_count',
  stage: 'satisfaction',
  kind: 'flow',
  unit: { name: 'tickets', storedAs: 'count', storedPer: 1 },
  windows: ['period'],
  usualWindow: { kind: 'day' },
  params: {
    tag: { type: 'text', required: true },
    perThousandActive: { type: 'flag', default: false },
  },
  // Per thousand active users it is a quotient over distinct people, and days of it are never combined.
  kindOf: ({ perThousandActive }) => (perThousandActive === true ? 'distinct' : 'flow'),
  records: ['tickets', 'activeUsers'],
  sources: ['zendesk', 'intercom', 'sheet', 'csv', 'sql', 'push'],
  compute(params, window, { tickets, activeUsers }) {
    if (tickets === undefined) return noValue('no_observation');
    const tagged = requestsIn(tickets, spanOf(window)).filter((ticket) =>
      ticket.tags.includes(String(params.tag)),
    ).length;
    if (params.perThousandActive !== true) return { value: tagged };
    if (activeUsers === undefined) return noValue('no_observation');
    return quotient(1_000 * tagged, activeUsers, { beside: { tickets: tagged, activeUsers } });
  },
};
