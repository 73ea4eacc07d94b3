import {
  begunDays,
  byLocalDay,
  type DayWindow,
  instantOfWall,
  type MetricReading,
  type SurveyAnswer,
  sharePoint,
  shiftDay,
  trailingDays,
} from '../sdk/index.ts';
import { createZendeskClient, type ZendeskContext } from './client.ts';
import { type Listed, walkCursors } from './pages.ts';
import type { CsatParams } from './params.ts';
import { ratingsSchema } from './schema.ts';

type Rating = SurveyAnswer<'good' | 'bad'> & { ticketId: number };

/** Good ratings by good and bad ones that were given in the days up to each day. */
export async function readCsat(
  context: ZendeskContext,
  window: DayWindow,
  params: CsatParams,
): Promise<MetricReading> {
  const { completeness, items } = await ratingsOf(context, window, params);
  const given = byLocalDay(items, ({ atMs }) => atMs, window.timeZone);
  const points = begunDays(window, context.now).map((day) => {
    const ratings = latestOfTickets(given(trailingDays(day, params.days)));
    return sharePoint(day, ratings, params, (score) => score === 'good');
  });
  return { points, completeness };
}

function ratingsOf(context: ZendeskContext, window: DayWindow, params: CsatParams): Promise<Listed<Rating>> {
  const starts = context.reads
    .filter(({ metric }) => metric === 'csat')
    .map((read) => startOf(read.window, read.params as CsatParams)); // what `paramsSchema` made of them
  const fromMs = Math.min(startOf(window, params), ...starts);
  return context.shared(`zendesk-ratings:${fromMs}`, () => listRatings(context, fromMs));
}

function startOf({ startDay, timeZone }: DayWindow, { days }: CsatParams): number {
  return instantOfWall(Date.parse(`${shiftDay(startDay, 1 - days)}T00:00:00Z`), timeZone);
}

/** Without an end: Zendesk refuses one that is not in the past, and nothing is rated in the future. */
async function listRatings(context: ZendeskContext, fromMs: number): Promise<Listed<Rating>> {
  const { completeness, items } = await walkCursors({
    client: createZendeskClient(context),
    signal: context.signal,
    path: '/satisfaction_ratings',
    asked: 'the satisfaction ratings',
    schema: ratingsSchema,
    params: { score: 'received', start_time: Math.floor(fromMs / 1_000) },
    itemsOf: (answer) => answer.satisfaction_ratings,
    keyOf: ({ id }) => id,
  });
  const ratings = items.flatMap(({ created_at, id, requester_id, score, ticket_id }): Rating[] =>
    score === 'good' || score === 'bad'
      ? [
          {
            id: String(id).padStart(20, '0'),
            ticketId: ticket_id,
            respondent: requester_id === null ? null : String(requester_id),
            atMs: Date.parse(created_at),
            score,
          },
        ]
      : [],
  );
  return { items: ratings, completeness };
}

/** Who rates a ticket anew has changed an opinion, and is not asked twice. */
function latestOfTickets(ratings: readonly Rating[]): Rating[] {
  const latest = new Map<number, Rating>();
  for (const rating of ratings) {
    const known = latest.get(rating.ticketId);
    if (
      known === undefined ||
      rating.atMs > known.atMs ||
      (rating.atMs === known.atMs && rating.id > known.id)
    )
      latest.set(rating.ticketId, rating);
  }
  return [...latest.values()];
}
