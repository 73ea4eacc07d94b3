import { isInside, type Span } from '../catalog/span.ts';
import type { Ticket } from './records.ts';

const notRequests: ReadonlySet<string> = new Set(['spam', 'deleted']);

/**
 * The tickets that are requests of their own and were made inside the span. Left out: spam, what was deleted, what was
 * merged into another ticket, and a follow-up, which goes on with an older one. A re-opened ticket is one ticket and
 * was created once.
 */
export function requestsIn(tickets: readonly Ticket[], span: Span): Ticket[] {
  return tickets.filter(
    (ticket) =>
      isInside(ticket.createdAt, span) &&
      !notRequests.has(ticket.status) &&
      ticket.mergedInto === null &&
      (ticket.followUpOf ?? null) === null,
  );
}
