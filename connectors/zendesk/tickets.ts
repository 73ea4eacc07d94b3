import type { z } from 'zod';
import { begunDays, type DayWindow, instantOfWall, shiftDay } from '../sdk/index.ts';
import { createZendeskClient, type ZendeskContext } from './client.ts';
import { EXPORT_PAGE_SIZE, type Listed, walkCursors } from './pages.ts';
import type { CountParams } from './params.ts';
import { ticketsSchema } from './schema.ts';

export type Ticket = {
  createdMs: number;
  tags: ReadonlySet<string>;
  channel: string;
  isFollowUp: boolean;
  isDeleted: boolean;
};
type Span = { fromMs: number; toMs: number };
type Per = CountParams['per'];

/** The days of a window that have a point: each that has begun, or the last day of each month among them. */
export function daysWithPoint(window: DayWindow, now: Date, per: Per): string[] {
  const days = begunDays(window, now);
  return per === 'month' ? days.filter((day) => shiftDay(day, 1).endsWith('-01')) : days;
}

/**
 * Every ticket that was created in the window, or in a month that ends in it. One walk serves all reads of the run: tags
 * are looked at here, so that it does not matter how the words of a search are taken.
 */
export function ticketsOf(context: ZendeskContext, window: DayWindow, per: Per): Promise<Listed<Ticket>> {
  const spans = [
    spanOf(window, per),
    ...context.reads
      .filter(({ metric }) => metric === 'ticket_count')
      .map((read) => spanOf(read.window, (read.params as CountParams).per)), // what `paramsSchema` made of them
  ];
  const fromMs = Math.min(...spans.map((span) => span.fromMs));
  const toMs = Math.max(...spans.map((span) => span.toMs));
  return context.shared(`zendesk-tickets:${fromMs}:${toMs}`, () => listTickets(context, { fromMs, toMs }));
}

function spanOf({ endAt, startAt, startDay, timeZone }: DayWindow, per: Per): Span {
  const firstDay = `${startDay.slice(0, 7)}-01`;
  const monthMs = instantOfWall(Date.parse(`${firstDay}T00:00:00Z`), timeZone);
  return { fromMs: per === 'month' ? monthMs : startAt.getTime(), toMs: endAt.getTime() };
}

async function listTickets(context: ZendeskContext, { fromMs, toMs }: Span): Promise<Listed<Ticket>> {
  const { completeness, items } = await walkCursors({
    pageSize: EXPORT_PAGE_SIZE,
    client: createZendeskClient(context),
    signal: context.signal,
    path: '/search/export',
    asked: 'the tickets',
    schema: ticketsSchema,
    // Whole instants: a date alone would be read in the zone of the account.
    params: { 'filter[type]': 'ticket', query: `created>=${written(fromMs)} created<${written(toMs)}` },
    itemsOf: ({ results }) => results,
    keyOf: ({ id }) => id,
  });
  return { items: items.map(ticketOf), completeness };
}

export const written = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

function ticketOf(item: z.infer<typeof ticketsSchema>['results'][number]): Ticket {
  return {
    createdMs: Date.parse(item.created_at),
    tags: new Set(item.tags.map((tag) => tag.toLowerCase())),
    channel: String(item.via.channel),
    isFollowUp: item.via.source?.rel === 'follow_up',
    isDeleted: item.status === 'deleted',
  };
}
