import { type Page, pageOf } from './pages.ts';
import { searchTickets } from './query.ts';
import { invalidAttribute, invalidSearch, notAllowed, notThere } from './refusal.ts';
import { happened, secondsOf, type ZendeskRating, type ZendeskTicket, type ZendeskWorld } from './world.ts';

const MOST_OF_EXPORT = 1_000;
const MOST_OF_LIST = 100;
const TAG_DAYS = 60;
/** Ratings of the newest minute cannot be asked for. */
const END_LAG_SECONDS = 60;

/** What Zendesk says to a request below `/api/v2`, `.json` cut off. */
export function answerOf(world: ZendeskWorld, path: string, url: URL): object {
  switch (path) {
    case '/users/me':
      return { user: userOf(world) };
    case '/search/export':
      return exported(world, url);
    case '/search/count':
      return { count: searchTickets(world, queryOf(url), true).length };
    case '/tags':
      return tagsOf(world, url);
    case '/satisfaction_ratings':
      return ratingsOf(world, url);
    default:
      throw notThere();
  }
}

function userOf({ agent, email }: ZendeskWorld): object {
  const { id, name, role, ticketRestriction } = agent;
  return {
    id,
    name,
    email,
    role,
    active: true,
    verified: true,
    restricted_agent: ticketRestriction !== null,
    ticket_restriction: ticketRestriction,
  };
}

/** Whom Zendesk says to be there when nobody has signed in. */
export const anonymousUser = { user: { id: null, name: 'Anonymous user', role: 'end-user' } };

function exported(world: ZendeskWorld, url: URL): object {
  if (url.searchParams.get('filter[type]') !== 'ticket') {
    throw invalidAttribute('filter[type] must be ticket: the sandbox has nothing else');
  }
  const found = searchTickets(world, queryOf(url), false);
  const { items, links, meta } = pageOf(world, url, found, MOST_OF_EXPORT);
  return { results: items.map(ticketBody), facets: null, meta, links };
}

function queryOf(url: URL): string {
  const query = url.searchParams.get('query');
  if (query === null || query.trim() === '') throw invalidSearch('query is missing');
  return query;
}

function ticketBody(ticket: ZendeskTicket): object {
  const { channel = 'email', createdAt, followUpOf, id, requesterId, status = 'open', tags = [] } = ticket;
  const isFollowUp = followUpOf !== undefined;
  return {
    id,
    url: `https://sandbox.zendesk.com/api/v2/tickets/${id}.json`,
    result_type: 'ticket',
    subject: `Ticket ${id}`,
    created_at: createdAt,
    updated_at: createdAt,
    status,
    tags,
    requester_id: requesterId ?? null,
    organization_id: null,
    via: {
      channel,
      source: {
        from: isFollowUp ? { ticket_id: followUpOf } : {},
        to: {},
        rel: isFollowUp ? 'follow_up' : null,
      },
    },
    satisfaction_rating: null,
  };
}

/** The tags of the last sixty days, the most used first. */
function tagsOf(world: ZendeskWorld, url: URL): object {
  const since = world.nowSeconds - TAG_DAYS * 86_400;
  const counts = new Map<string, number>();
  for (const { createdAt, tags = [] } of happened(world.tickets, world.nowSeconds)) {
    if (secondsOf(createdAt) < since) continue;
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const size = Number(url.searchParams.get('page[size]') ?? MOST_OF_LIST);
  const tags = [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name, count]) => ({ name, count }));
  const has_more = tags.length > size;
  return {
    tags: tags.slice(0, size),
    meta: { has_more, after_cursor: null, before_cursor: null },
    links: { next: null, prev: null },
  };
}

function ratingsOf(world: ZendeskWorld, url: URL): object {
  if (world.agent.role !== 'admin') throw notAllowed();
  const score = url.searchParams.get('score');
  const start = Number(url.searchParams.get('start_time') ?? 0);
  const end = Number(url.searchParams.get('end_time') ?? world.nowSeconds);
  if (url.searchParams.has('end_time') && end > world.nowSeconds - END_LAG_SECONDS) {
    throw invalidAttribute('end_time must be at least one minute in the past');
  }
  const wanted = happened(world.ratings, world.nowSeconds).filter(
    (rating) =>
      hasScore(rating, score) && secondsOf(rating.createdAt) >= start && secondsOf(rating.createdAt) <= end,
  );
  const { items, links, meta }: Page<ZendeskRating> = pageOf(world, url, wanted, MOST_OF_LIST);
  const ratings = items.map(({ createdAt, id, requesterId, score: given, ticketId, updatedAt }) => ({
    id,
    ticket_id: ticketId,
    requester_id: requesterId,
    assignee_id: null,
    group_id: null,
    score: given,
    comment: null,
    created_at: createdAt,
    updated_at: updatedAt ?? createdAt,
  }));
  return { satisfaction_ratings: ratings, meta, links };
}

function hasScore({ score }: ZendeskRating, wanted: string | null): boolean {
  if (wanted === null) return true;
  return wanted === 'received' ? score === 'good' || score === 'bad' : score === wanted;
}
