import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the provider knows as of now. */
export type TemplateWorld = {
  nowSeconds: number;
  account: string;
  /** The one token that is good, and what it may do. */
  token: string;
  scopes: readonly string[];
  items: readonly { id: string; createdSeconds: number }[];
  /** An item is listed this long after it was made. */
  lateSeconds: number;
  /** No page is longer, however many are asked for. */
  pageSize: number;
  /** Not null: the limit is used up, and this is how long to wait. */
  retryAfterSeconds: number | null;
};

type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A fake of New Provider over plain data. It is no easier than the provider: keys, scopes, pages and limits are those of its API. */
export function templateServer(
  look: () => TemplateWorld,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const world = look();
    const url = new URL(request.url ?? '/', 'http://sandbox.invalid');
    const { body, headers, status } = answer(world, url, request.headers.authorization ?? '');
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

function answer(world: TemplateWorld, url: URL, authorization: string): Answer {
  if (authorization !== `Bearer ${world.token}`) return refused(401, 'The token is not valid.');
  if (world.retryAfterSeconds !== null) {
    return {
      ...refused(429, 'Too many requests.'),
      headers: { 'retry-after': String(world.retryAfterSeconds) },
    };
  }
  if (url.pathname === '/v1/account') return { status: 200, body: { name: world.account } };
  if (url.pathname !== '/v1/items') return refused(404, 'There is no such address.');
  if (!world.scopes.includes('items:read')) return refused(403, 'The token lacks the scope items:read.');
  return list(world, url.searchParams);
}

/** Oldest first; the cursor is the id of the last item of the page before. */
function list(world: TemplateWorld, query: URLSearchParams): Answer {
  const fromMs = Date.parse(query.get('created_from') ?? '');
  const toMs = Date.parse(query.get('created_to') ?? '');
  const limit = Number(query.get('limit') ?? 20);
  if (Number.isNaN(fromMs) || Number.isNaN(toMs) || !(limit >= 1 && limit <= 100)) {
    return refused(422, 'created_from and created_to are needed, and limit is 1 to 100.');
  }
  const found = world.items
    .filter(({ createdSeconds }) => createdSeconds * 1_000 >= fromMs && createdSeconds * 1_000 < toMs)
    .filter(({ createdSeconds }) => createdSeconds + world.lateSeconds <= world.nowSeconds)
    .toSorted((a, b) => a.createdSeconds - b.createdSeconds || a.id.localeCompare(b.id));
  const cursor = query.get('cursor');
  const start = cursor === null ? 0 : found.findIndex(({ id }) => id === cursor) + 1;
  if (cursor !== null && start === 0) return refused(422, 'The cursor is not known.');
  const page = found.slice(start, start + Math.min(limit, world.pageSize));
  const isLast = start + page.length >= found.length;
  const items = page.map(({ createdSeconds, id }) => ({
    id,
    created_at: new Date(createdSeconds * 1_000).toISOString(),
  }));
  return { status: 200, body: { items, next_cursor: isLast ? null : (page.at(-1)?.id ?? null) } };
}

function refused(status: number, message: string): Answer {
  return { status, body: { error: { message } } };
}
