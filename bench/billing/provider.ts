import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Refusal, tooMany } from '../../sandbox/stripe/errors.ts';
import { answer } from './answer.ts';
import { changesOf } from './changes.ts';
import type { Company } from './company.ts';
import { LISTS } from './happenings.ts';

export type ProviderOptions = {
  /** Requests that are answered in a second; beyond, the provider says that there are too many. */
  perSecond: number;
  /** Whole seconds. */
  nowAt: () => number;
};

/** Answers for a company as Stripe does; below `/bench/`, what the bench itself wants to know or to happen. */
export function providerServer(company: Company, { perSecond, nowAt }: ProviderOptions): Server {
  const builtAt = nowAt();
  const asked = new Map<string, number>();
  const mayPass = bucket(perSecond);
  const count = (name: string) => asked.set(name, (asked.get(name) ?? 0) + 1);

  function provider({ pathname, search }: URL): string {
    if (!mayPass()) {
      count('refused');
      throw tooMany();
    }
    const [, , collection = '', id] = pathname.split('/');
    count(id === undefined ? collection : `${collection}/:id`);
    return answer(company, pathname, search);
  }

  function bench({ method }: IncomingMessage, { pathname, searchParams }: URL): unknown {
    if (pathname === '/bench/usage') return Object.fromEntries(asked);
    if (pathname === '/bench/company')
      return Object.fromEntries(LISTS.map((list) => [list, company.count(list)]));
    if (pathname !== '/bench/change' || method !== 'POST') throw new Refusal(404, { message: pathname });
    const untilAt = nowAt();
    const sinceAt = Math.max(builtAt, Number(searchParams.get('since')));
    const fates = changesOf(company, Number(searchParams.get('count')), sinceAt, untilAt);
    company.change(fates, untilAt);
    return { changes: fates.size };
  }

  const server = createServer((request, response) => {
    request.resume();
    const url = new URL(request.url ?? '/', 'http://bench');
    let status = 200;
    let text: string;
    let headers: Record<string, string> = {};
    try {
      text = url.pathname.startsWith('/bench/') ? JSON.stringify(bench(request, url)) : provider(url);
    } catch (thrown) {
      const error = thrown instanceof RangeError ? new Refusal(400, { message: thrown.message }) : thrown;
      if (!(error instanceof Refusal)) throw error;
      status = error.status;
      headers = error.headers;
      text = JSON.stringify({ error: error.error });
    }
    const bytes = Buffer.from(text);
    const common = {
      'content-type': 'application/json',
      'request-id': 'req_bench',
      'content-length': bytes.length,
    };
    response.writeHead(status, { ...common, ...headers }).end(bytes);
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

/** As many at once as in a second, and as many more each second. */
function bucket(perSecond: number): () => boolean {
  let tokens = perSecond;
  let filledMs = performance.now();
  return () => {
    const nowMs = performance.now();
    tokens = Math.min(perSecond, tokens + ((nowMs - filledMs) / 1_000) * perSecond);
    filledMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
