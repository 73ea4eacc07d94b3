/** A Zendesk account as it is now. Plain data: whoever serves it says what has happened. Instants are ISO 8601 in UTC. */
export type ZendeskWorld = {
  nowSeconds: number;
  /** The one agent, and the token that opens the API for them. */
  email: string;
  apiToken: string;
  agent: {
    id: number;
    name: string;
    role: 'admin' | 'agent';
    /** The tickets that the agent sees, such as `groups`; null: all. What is not seen is not in `tickets`. */
    ticketRestriction: string | null;
  };
  tickets: readonly ZendeskTicket[];
  ratings: readonly ZendeskRating[];
  /** A search does not show what is younger. */
  indexLagSeconds: number;
  /** How far the account's zone is from UTC: dates without a time are read in it. */
  accountOffsetMinutes: number;
  /** No page is longer; the provider's own is 1,000 for an export and 100 for lists. */
  maxPageSize: number;
  requestsPerMinute: number;
  exportsPerMinute: number;
};

export type ZendeskTicket = {
  id: number;
  createdAt: string;
  status?: 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed' | 'deleted';
  tags?: readonly string[];
  channel?: string;
  requesterId?: number;
  /** The closed ticket that this one goes on with. */
  followUpOf?: number;
};

export type ZendeskRating = {
  id: number;
  ticketId: number;
  requesterId: number | null;
  score: 'good' | 'bad' | 'offered' | 'unoffered';
  createdAt: string;
  updatedAt?: string;
};

/** What of a list has happened by now. */
export function happened<Thing extends { createdAt: string }>(
  things: readonly Thing[],
  nowSeconds: number,
): Thing[] {
  return things.filter(({ createdAt }) => secondsOf(createdAt) <= nowSeconds);
}

export const secondsOf = (instant: string): number => Date.parse(instant) / 1_000;
