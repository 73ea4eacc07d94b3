import { afterEach, describe, expect, it } from 'vitest';
import { type ZendeskWorld, zendeskServer } from '../../sandbox/zendesk/server.ts';
import { startHttpServer, type TestServer } from '../connectors/support/http-server.ts';

const NOW = '2026-03-20T12:00:00Z';
const KEY = `Basic ${Buffer.from('rita@globex.example/token:a-token-of-the-sandbox').toString('base64')}`;

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const worldOf = (given: Partial<ZendeskWorld>): ZendeskWorld => ({
  nowSeconds: Date.parse(NOW) / 1_000,
  email: 'rita@globex.example',
  apiToken: 'a-token-of-the-sandbox',
  agent: { id: 7, name: 'Rita', role: 'admin', ticketRestriction: null },
  tickets: [],
  ratings: [],
  indexLagSeconds: 180,
  accountOffsetMinutes: 60,
  maxPageSize: 1_000,
  requestsPerMinute: 400,
  exportsPerMinute: 100,
  ...given,
});

/** What it says to one address after another, by its own clock. */
async function asked(given: Partial<ZendeskWorld>, paths: readonly string[], key: string | null = KEY) {
  const world = worldOf(given);
  const serve = zendeskServer(
    () => world,
    () => 0,
  );
  server = await startHttpServer(serve);
  const answers = [];
  for (const path of paths) {
    const headers = new Headers(key === null ? {} : { authorization: key });
    const response = await fetch(new URL(path, server.url), { headers });
    answers.push({
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Any,
    });
  }
  return answers;
}
// oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape are looked at
type Any = any;

const search = (query: string, more = '') =>
  `/api/v2/search/export?filter[type]=ticket&query=${encodeURIComponent(query)}${more}`;
const ids = ({ body }: { body: Any }) => (body.results as { id: number }[]).map(({ id }) => id);

describe('the sandbox’s Zendesk', () => {
  const tickets = [
    { id: 1, createdAt: '2026-02-28T22:59:59Z', tags: ['billing'] },
    { id: 2, createdAt: '2026-02-28T23:00:00Z', tags: ['billing', 'vip'] },
    { id: 3, createdAt: '2026-03-01T22:59:59Z' },
    { id: 4, createdAt: '2026-03-01T23:00:00Z', status: 'deleted' as const },
    { id: 5, createdAt: '2026-03-20T11:58:00Z' },
  ];

  it('reads a date without a time in the zone of the account, an hour before UTC', async () => {
    const [dates, instants] = await asked({ tickets }, [
      search('created>=2026-03-01 created<2026-03-02'),
      search('created>=2026-03-01T00:00:00Z created<2026-03-02T00:00:00Z'),
    ]);
    expect([dates, instants].map((each) => each && ids(each))).toEqual([[2, 3], [3]]);
  });

  it('finds by tags, shows nothing deleted, and nothing of the newest minutes', async () => {
    const answers = await asked({ tickets }, [
      search('created>=2026-01-01T00:00:00Z'),
      search('tags:billing'),
      search('tags:billing -tags:"vip"'),
      '/api/v2/search/count.json?query=type:ticket+tags:billing',
    ]);
    expect(answers.slice(0, 3).map(ids)).toEqual([[1, 2, 3], [1, 2], [1]]);
    expect(answers[3]?.body).toEqual({ count: 2 });
  });

  it('pages by cursor, oldest first, and takes no page number', async () => {
    const query = search('created>=2026-01-01T00:00:00Z', '&page[size]=2');
    const [first, numbered, tooLong] = await asked({ tickets }, [
      query,
      `${query}&page=2`,
      search('tags:billing', '&page[size]=1001'),
    ]);
    expect(first && ids(first)).toEqual([1, 2]);
    expect(first?.body.meta).toMatchObject({ has_more: true });
    expect(first?.body.links.next).toContain('page%5Bafter%5D=');
    expect([numbered?.status, tooLong?.status]).toEqual([400, 400]);
  });

  it('refuses a cursor that is an hour old', async () => {
    const world = worldOf({ tickets, maxPageSize: 1 });
    server = await startHttpServer(zendeskServer(() => world));
    const query = new URL(search('created>=2026-01-01T00:00:00Z'), server.url);
    const next = async () => {
      const response = await fetch(query, { headers: { authorization: KEY } });
      const body = (await response.json()) as Any;
      if (response.ok) query.searchParams.set('page[after]', body.meta.after_cursor as string);
      return response.status;
    };
    expect(await next()).toBe(200);
    world.nowSeconds += 3_600;
    expect(await next()).toBe(200);
    world.nowSeconds += 3_601;
    expect(await next()).toBe(400);
  });

  it('refuses what its search would not understand', async () => {
    const answers = await asked({}, [
      search('type:ticket created>=2026-01-01'),
      search('created>=yesterday'),
      search('subject:hello'),
      search('hello'),
      '/api/v2/search/export?query=tags:a',
      '/api/v2/tickets.json',
    ]);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 400, 404]);
  });

  it('shows ratings to administrators, by score, and up to a minute ago', async () => {
    const rating = (id: number, score: 'good' | 'offered') => ({
      id,
      ticketId: id,
      requesterId: null,
      score,
      createdAt: '2026-03-10T10:00:00Z',
    });
    const ratings = [rating(1, 'good'), rating(2, 'offered')];
    const now = Date.parse(NOW) / 1_000;
    const path = '/api/v2/satisfaction_ratings.json';
    const [received, all, older, tooNew] = await asked({ ratings }, [
      `${path}?score=received`,
      path,
      `${path}?end_time=${Date.parse('2026-03-10T09:59:59Z') / 1_000}`,
      `${path}?end_time=${now - 59}`,
    ]);
    const count = (each: { body: Any } | undefined) => each?.body.satisfaction_ratings.length as number;
    expect([received, all, older].map(count)).toEqual([1, 2, 0]);
    expect(tooNew?.status).toBe(400);
    await server?.close();
    const agent = { id: 7, name: 'Rita', role: 'agent' as const, ticketRestriction: 'groups' };
    const [refused, me] = await asked({ ratings, agent }, [path, '/api/v2/users/me.json']);
    expect(refused?.status).toBe(403);
    expect(me?.body.user).toMatchObject({ role: 'agent', ticket_restriction: 'groups' });
  });

  it('knows one token, and says to nobody that nobody is there', async () => {
    const [wrong] = await asked({}, ['/api/v2/users/me.json'], 'Basic bm90aGluZw==');
    expect([wrong?.status, wrong?.body]).toEqual([401, { error: "Couldn't authenticate you" }]);
    await server?.close();
    const [me, tags] = await asked({}, ['/api/v2/users/me.json', '/api/v2/tags.json'], null);
    expect([me?.status, me?.body.user.id, tags?.status]).toEqual([200, null, 401]);
  });

  it('counts requests by the minute, exports by themselves, and says how long to wait', async () => {
    const [one, two, other] = await asked({ exportsPerMinute: 1 }, [
      search('tags:a'),
      search('tags:a'),
      '/api/v2/tags.json',
    ]);
    expect([one?.status, two?.status, other?.status]).toEqual([200, 429, 200]);
    expect(two?.headers.get('retry-after')).toBe('60');
    expect(other?.headers.get('x-rate-limit-remaining')).toBe('397');
    await server?.close();
    const refused = await asked({ requestsPerMinute: 1 }, ['/api/v2/tags.json', '/api/v2/tags.json']);
    expect(refused.map(({ status }) => status)).toEqual([200, 429]);
  });

  it('lists the tags of the last sixty days, the most used first', async () => {
    const old = { id: 9, createdAt: '2025-12-01T10:00:00Z', tags: ['old'] };
    const [tags] = await asked({ tickets: [...tickets, old] }, ['/api/v2/tags.json']);
    expect(tags?.body.tags).toEqual([
      { name: 'billing', count: 2 },
      { name: 'vip', count: 1 },
    ]);
  });
});
