import { describe, expect, it } from 'vitest';
import { ConnectorError } from '../../../connectors/sdk/index.ts';
import type { ZendeskClient } from '../../../connectors/zendesk/client.ts';
import { walkCursors } from '../../../connectors/zendesk/pages.ts';
import { ticketsSchema } from '../../../connectors/zendesk/schema.ts';
import { planned, readAll, window } from './support/read.ts';
import { TOKEN, type World } from './support/server.ts';

const march = window('2026-03-01', '2026-03-04');

async function failureOf(world: Partial<World>, metric = 'ticket_count'): Promise<ConnectorError> {
  const outcome = await readAll(world, [planned(metric, march)]).catch((error: unknown) => error);
  if (!(outcome instanceof ConnectorError)) throw new Error('no failure');
  return outcome;
}

describe('a limit', () => {
  it('lasts a minute where Zendesk names no wait, since its limits are by the minute', async () => {
    const failure = await failureOf({ refuse: () => ({ status: 429 }) });
    expect(failure).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 60_000 } });
  });

  it('of exports lasts as long as the account says', async () => {
    const failure = await failureOf({ exportsPerMinute: 0 });
    expect(failure).toMatchObject({ errorClass: 'rate_limited', code: 'http_429' });
    expect(failure.remedy).toEqual({ by: 'time', afterMs: 60_000 });
  });

  it('holds for a 503 that names its wait, and one that names none is an outage', async () => {
    const waits = await failureOf({ refuse: () => ({ status: 503, headers: { 'retry-after': '20' } }) });
    expect(waits).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 20_000 } });
    const out = await failureOf({ refuse: () => ({ status: 503 }) });
    expect(out).toMatchObject({ errorClass: 'transient', code: 'http_503' });
  });
});

describe('a refusal', () => {
  it('of the token asks its owner, in Zendesk’s words and without the token', async () => {
    const failure = await failureOf({ apiToken: 'another-token-0123456789' });
    expect(failure).toMatchObject({ errorClass: 'auth', code: 'unauthorized', remedy: { by: 'owner' } });
    expect(failure.message).toContain("Zendesk says: Couldn't authenticate you.");
    expect(failure.message).not.toContain(TOKEN);
  });

  it('of ratings to an agent who is no administrator says so', async () => {
    const agent = { id: 7, name: 'Rita Reader', role: 'agent', ticketRestriction: null } as const;
    const failure = await failureOf({ agent }, 'csat');
    expect(failure).toMatchObject({ errorClass: 'config', code: 'forbidden', remedy: { by: 'owner' } });
    expect(failure.message).toMatch(
      /^The agent may not read the satisfaction ratings \(403\)\. Zendesk says: You do not have access .+ best an administrator\.$/,
    );
  });

  it('of the question names the parameters, and of the address the address', async () => {
    const body = { error: 'invalid', description: 'Invalid search: created is not a date' };
    const invalid = await failureOf({ refuse: () => ({ status: 422, body }) });
    expect(invalid).toMatchObject({ errorClass: 'config', code: 'http_422' });
    expect(invalid.message).toContain('Invalid search: created is not a date.');
    const elsewhere = await failureOf({
      refuse: () => ({ status: 404, body: { error: 'InvalidEndpoint', description: 'Not found' } }),
    });
    expect(elsewhere.message).toContain('Check the address of the account');
  });
});

it('a changed shape names the field and shows no value', async () => {
  const results = [{ id: 1, created_at: '2026-03-01T10:00:00Z', status: 'open', via: { channel: 'web' } }];
  const body = { results, meta: { has_more: false } };
  const failure = await failureOf({ refuse: () => ({ status: 200, body }) });
  expect(failure).toMatchObject({ errorClass: 'schema_drift', code: '/results/0/tags' });
});

it('a score that nobody knows is not left out in silence', async () => {
  const satisfaction_ratings = [
    { id: 1, ticket_id: 1, requester_id: 1, score: 'great', created_at: '2026-03-01T10:00:00Z' },
  ];
  const body = { satisfaction_ratings, meta: { has_more: false } };
  const failure = await failureOf({ refuse: () => ({ status: 200, body }) }, 'csat');
  expect(failure).toMatchObject({ errorClass: 'schema_drift', code: '/satisfaction_ratings/0/score' });
});

describe('a list', () => {
  const ticket = (id: number) => ({
    id,
    created_at: '2026-03-01T10:00:00Z',
    status: 'open',
    tags: [],
    via: { channel: 'email' },
  });
  type Answer = ReturnType<typeof ticketsSchema.parse>;

  /** A walk over pages that are told one after the other; the last is told for ever. */
  async function walked(pageOf: (number: number) => Answer) {
    let number = 0;
    // The walk asks for nothing but the next answer.
    const client = { get: async () => pageOf((number += 1)) } as unknown as ZendeskClient;
    const walk = {
      client,
      signal: new AbortController().signal,
      path: '/search/export',
      asked: 'the tickets',
      schema: ticketsSchema,
      params: {},
      itemsOf: ({ results }: Answer) => results,
      keyOf: ({ id }: Answer['results'][number]) => id,
    };
    return walkCursors(walk).catch((error: unknown) => error);
  }

  it.each([
    {
      says: 'empty_page',
      why: 'more was promised and nothing sent',
      page: () => ({ results: [], meta: { has_more: true, after_cursor: 'a' } }),
    },
    {
      says: 'cursor_missing',
      why: 'more was promised and not where',
      page: () => ({ results: [ticket(1)], meta: { has_more: true, after_cursor: null } }),
    },
    {
      says: 'repeated_page',
      why: 'it goes round in circles',
      page: (number: number) => ({ results: [ticket(number)], meta: { has_more: true, after_cursor: 'a' } }),
    },
  ])('is not believed when $why', async ({ page, says }) => {
    expect(await walked(page)).toMatchObject({ errorClass: 'bad_payload', code: says });
  });

  it('that has no end is given up', async () => {
    const page = (number: number) => ({
      results: [ticket(number)],
      meta: { has_more: true, after_cursor: `page ${number}` },
    });
    expect(await walked(page)).toMatchObject({ errorClass: 'too_large', code: 'too_many_pages' });
  });

  it('may tell a ticket twice, which is one', async () => {
    const page = (number: number) => ({
      results: [ticket(1), ticket(number + 1)],
      meta: { has_more: number < 2, after_cursor: `page ${number}` },
    });
    expect(await walked(page)).toMatchObject({ completeness: { pages: 2, items: 3 } });
  });
});
