import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { startHttpServer } from '../../support/http-server.ts';
import type { Thing } from './objects.ts';

export type StripeData = {
  charges?: Thing[];
  refunds?: Thing[];
  disputes?: Thing[];
  subscriptions?: Thing[];
  prices?: Thing[];
  coupons?: Thing[];
  customers?: Thing[];
  invoices?: Thing[];
  account?: Thing;
};

export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; text?: string };
export type StripeServer = KitServer & {
  /** Paths with their query, decoded, in the order of asking. */
  asked: string[];
  /** Answers of a path (without query) other than the data; null gives it back. */
  answer(path: string, how: ((query: URLSearchParams) => Answer) | null): void;
};

const NESTED = 10;

/** The part of Stripe's API that the connector reads, over objects of a test. Pages hold `pageSize` at most. */
export async function startStripe(data: StripeData, pageSize = 100): Promise<StripeServer> {
  const asked: string[] = [];
  const special = new Map<string, (query: URLSearchParams) => Answer>();
  let fault: Fault | null = null;

  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stripe.test');
    asked.push(decodeURIComponent(url.pathname + url.search));
    if (fault !== null) {
      playFault(fault, request, response, {
        error: (message) => ({ error: { type: 'invalid_request_error', message } }),
        changedShape: { object: 'list', url: url.pathname, entries: [] },
      });
      return;
    }
    const how = special.get(url.pathname);
    send(response, how === undefined ? respond(data, pageSize, url, request) : how(url.searchParams));
  });
  return {
    endpoint: server.url,
    asked,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    answer: (path, how) => (how === null ? special.delete(path) : special.set(path, how)),
    close: server.close,
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body, text }: Answer): void {
  const type = text === undefined ? 'application/json' : 'text/html';
  response.writeHead(status, { 'content-type': type, 'request-id': 'req_test', ...headers });
  response.end(text ?? JSON.stringify(body));
}

function respond(data: StripeData, pageSize: number, url: URL, request: IncomingMessage): Answer {
  if (request.headers['stripe-version'] === undefined) return notFound('no Stripe-Version');
  const { pathname, searchParams: query } = url;
  const [, , resource = '', id, part] = pathname.split('/');
  if (resource === 'account') return { body: data.account ?? { id: 'acct_test', object: 'account' } };
  if (resource === 'subscription_items') return items(data, pageSize, id, query);
  const all = data[resource as keyof StripeData] ?? [];
  if (!Array.isArray(all)) return notFound(pathname);
  if (part === 'lines') {
    const owner = all.find((thing) => thing.id === id);
    return { body: page((owner?.lines as { data: Thing[] } | undefined)?.data ?? [], pageSize, query) };
  }
  if (id !== undefined) {
    const found = all.find((thing) => thing.id === id);
    return found === undefined ? notFound(id) : { body: found };
  }
  return {
    body: page(
      all
        .filter(createdWithin(query))
        .filter(shown(query))
        .map((thing) => folded(data, thing, query)),
      pageSize,
      query,
    ),
  };
}

function items(data: StripeData, pageSize: number, id: string | undefined, query: URLSearchParams): Answer {
  const lists = new Map(
    (data.subscriptions ?? []).map((owner) => [owner.id, (owner.items as { data: Thing[] }).data]),
  );
  if (id === undefined)
    return { body: page(lists.get(query.get('subscription') ?? '') ?? [], pageSize, query) };
  const found = [...lists.values()].flat().find((thing) => thing.id === id);
  return found === undefined ? notFound(id) : { body: found };
}

function page(all: Thing[], pageSize: number, query: URLSearchParams): unknown {
  const after = query.get('starting_after');
  const from = after === null ? 0 : all.findIndex((thing) => thing.id === after) + 1;
  const to = from + Math.min(pageSize, Number(query.get('limit') ?? 10));
  return { object: 'list', data: all.slice(from, to), has_more: to < all.length, url: '/v1/test' };
}

function createdWithin(query: URLSearchParams): (thing: Thing) => boolean {
  const gte = Number(query.get('created[gte]') ?? Number.NEGATIVE_INFINITY);
  const lt = Number(query.get('created[lt]') ?? Number.POSITIVE_INFINITY);
  return ({ created }) => typeof created !== 'number' || (gte <= created && created < lt);
}

/** Canceled subscriptions are listed only where all are asked for. */
function shown(query: URLSearchParams): (thing: Thing) => boolean {
  return ({ object, status }) =>
    object !== 'subscription' || status !== 'canceled' || query.get('status') === 'all';
}

/** Shows ten items and lines at most, tiers and customers only where asked for. */
function folded(data: StripeData, thing: Thing, query: URLSearchParams): Thing {
  const expand = [...query].filter(([name]) => name.startsWith('expand')).map(([, path]) => path);
  if (thing.object === 'price') return expand.includes('data.tiers') ? thing : { ...thing, tiers: undefined };
  if (thing.object === 'invoice') {
    const { data: lines } = thing.lines as { data: Thing[] };
    return { ...thing, lines: { data: lines.slice(0, NESTED), has_more: lines.length > NESTED } };
  }
  if (thing.object !== 'subscription') return thing;
  const list = thing.items as { data: Thing[] };
  const customer = data.customers?.find(({ id }) => id === thing.customer) ?? {
    id: thing.customer,
    discount: null,
  };
  return {
    ...thing,
    ...(expand.includes('data.customer') ? { customer } : {}),
    items: { ...list, data: list.data.slice(0, NESTED), has_more: list.data.length > NESTED },
  };
}

function notFound(what: string): Answer {
  const message = `No such thing: '${what}'`;
  return {
    status: 404,
    body: { error: { type: 'invalid_request_error', code: 'resource_missing', message } },
  };
}
