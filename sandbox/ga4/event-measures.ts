import { KEY_EVENTS } from '../model/activity.ts';
import { type Hit, PAGE_VIEW } from './hits.ts';
import { exact, takingsOf } from './revenue.ts';
import { activeUsers, named, share, sum, type Tally } from './tally.ts';

export function ofEvents(tally: Tally, name: string, event: string | null): number | null {
  const { events, visits } = tally;
  switch (name) {
    case 'eventCount':
      return events.length;
    case 'eventCountPerUser':
      return share(events.length, activeUsers(tally));
    case 'eventsPerSession':
      return share(events.length, visits.size);
    case 'eventValue':
      return sumOf(events, 'value');
    case 'screenPageViews':
      return named(events, PAGE_VIEW).length;
    case 'screenPageViewsPerSession':
      return share(named(events, PAGE_VIEW).length, visits.size);
    case 'screenPageViewsPerUser':
      return share(named(events, PAGE_VIEW).length, activeUsers(tally));
    case 'keyEvents':
      return events.filter((hit) => isKeyEvent(hit, event)).length;
    case 'ecommercePurchases':
    case 'itemsPurchased': // everything is sold one by one
      return named(events, 'purchase').length;
    case 'transactions':
      return transactions(tally);
    case 'addToCarts':
      return named(events, 'add_to_cart').length;
    case 'checkouts':
      return named(events, 'begin_checkout').length;
    case 'itemsViewed':
      return named(events, 'view_item').length;
    default:
      return null;
  }
}

export function ofMoney(tally: Tally, name: string, currencyCode: string): number | null {
  if (name === 'advertiserAdCost') return 0;
  const { gross, refunded } = takingsOf(tally.events, currencyCode);
  const net = exact(gross - refunded);
  switch (name) {
    case 'totalRevenue':
    case 'purchaseRevenue':
      return net;
    case 'grossPurchaseRevenue':
      return gross;
    case 'refundAmount':
      return refunded;
    case 'averagePurchaseRevenue':
      return share(gross, transactions(tally));
    case 'averageRevenuePerUser':
      return share(net, activeUsers(tally));
    default:
      return null;
  }
}

/** @param event one key event, or null for any */
export function isKeyEvent({ eventName }: Hit, event: string | null): boolean {
  if (eventName === null) return false;
  return event === null ? KEY_EVENTS.includes(eventName) : eventName === event;
}

/** A purchase without a number of its own is a transaction by itself. */
function transactions({ events }: Tally): number {
  const bought = named(events, 'purchase');
  return new Set(bought.map(({ event }) => String(event?.properties['transaction_id'] ?? event?.insertId)))
    .size;
}

export function didBy({ events }: Tally, name: string): Set<string> {
  return new Set(named(events, name).map(({ deviceId }) => deviceId));
}

/** What is no number does not add anything. */
export function sumOf(events: readonly Hit[], parameter: string): number {
  return exact(sum(events.map(({ event }) => numberOf(event?.properties[parameter]))));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
