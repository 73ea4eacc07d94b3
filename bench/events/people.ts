import type { EventWrite } from '../../src/app/ports-events.ts';
import { chance } from '../billing/chance.ts';

/** What everybody does, and how often beside the others; two in a hundred events are steps of the funnel. */
export const FUNNEL = ['sign_up', 'project_created', 'report_shared'] as const;
const OTHERS = ['app_opened', 'page_viewed', 'file_saved', 'search_done', 'message_read', 'mail_received'];

export const DAYS = 120;
export const FIRST_DAY = '2026-01-05'; // a Monday
const DAY_MS = 86_400_000;
const EVENTS_OF_ONE = 50;

export const firstMs = Date.parse(`${FIRST_DAY}T00:00:00Z`);

/** A product with as many events, oldest day first, as an export gives them; the same every time. */
export async function* eventsOf(count: number, fromDay: number, days: number): AsyncGenerator<EventWrite> {
  const perDay = Math.floor(count / DAYS);
  const people = Math.max(1, Math.floor(count / EVENTS_OF_ONE));
  for (let day = fromDay; day < fromDay + days; day += 1) {
    for (let n = 0; n < perDay; n += 1) {
      const key = day * perDay + n;
      const atMs = firstMs + day * DAY_MS + Math.floor((n / perDay) * DAY_MS);
      // Whoever comes on a day is one of those who have come to the product by then.
      const known = Math.max(1, Math.floor((people * (day + 1)) / DAYS));
      const person = Math.floor(chance(key, 1) * known);
      yield {
        id: `e${key.toString(36)}`,
        userId: `u${person.toString(36)}`,
        event: nameOf(chance(key, 2)),
        at: new Date(atMs),
        properties: { plan: person % 3 === 0 ? 'pro' : 'free', screen: `s${key % 40}` },
      };
    }
  }
}

function nameOf(drawn: number): string {
  if (drawn < 0.01) return FUNNEL[0];
  if (drawn < 0.016) return FUNNEL[1];
  if (drawn < 0.02) return FUNNEL[2];
  return OTHERS[Math.floor(((drawn - 0.02) / 0.98) * OTHERS.length)] ?? 'app_opened';
}
