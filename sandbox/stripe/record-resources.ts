import { invalid } from './errors.ts';
import { API_VERSION, eventTable, renderEvent } from './events.ts';
import { ledgerOf, renderEntry } from './ledger.ts';
import { arrayOf, booleanOf } from './query.ts';
import { serve } from './resource.ts';

export const balanceTransactions = serve({
  object: 'balance_transaction',
  path: '/v1/balance_transactions',
  permission: 'rak_balance',
  table: ledgerOf,
  id: (line) => line.id,
  createdAt: (line) => line.at,
  render: (line, world) => renderEntry(line, world.now),
  filters: {
    currency: (_line, value) => value === 'usd',
    source: (line, value) => line.source === value,
    type: (line, value) => line.type === value,
  },
});

export const events = serve({
  object: 'event',
  path: '/v1/events',
  permission: 'rak_event',
  table: eventTable,
  id: (event) => String(event.id),
  createdAt: (event) => Number(event.created),
  render: (event, world) => renderEvent(event, world.eventsApiVersion ?? API_VERSION),
  filters: { delivery_success: (_event, value) => booleanOf(value, 'delivery_success') },
  otherParams: ['type', 'types'],
  also(query) {
    const one = query.values.get('type');
    const patterns = arrayOf(query, 'types') ?? (one === undefined ? null : [one]);
    if (patterns !== null && patterns.length > 20) {
      throw invalid('You may pass up to 20 event types.', { param: 'types' });
    }
    return (event) =>
      patterns === null || patterns.some((pattern) => matchesType(String(event.type), pattern));
  },
});

function matchesType(type: string, pattern: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
