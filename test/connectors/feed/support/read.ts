import type { IncomingMessage } from 'node:http';
import type { FeedConfig } from '../../../../connectors/feed/config.ts';
import { feed } from '../../../../connectors/feed/index.ts';
import type { DayWindow, Exchange, MetricReading } from '../../../../connectors/sdk/index.ts';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { feedServer } from '../../../../sandbox/feed/server.ts';
import { type FeedWorld, feedWorldOf } from '../../../../sandbox/feed/world.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { startHttpServer } from '../../support/http-server.ts';

export const TOKEN = 'kEpt0utOfSight';
export const PUBLIC = feed.configSchema.parse({ access: 'public' });

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export type FeedHost = KitServer & { asked: URL[]; headers: IncomingMessage['headers'][] };

/** What the host sends by hand, in place of the sandbox's documents. */
export type Made = {
  body: string | Uint8Array;
  type?: string;
  status?: number;
  headers?: Record<string, string>;
};
export type Answers = Partial<FeedWorld> | { made(url: URL): Made };

/** Below `prefix` there is the sandbox's blog, and nothing anywhere else. */
export async function startFeed(answers: Answers, prefix = ''): Promise<FeedHost> {
  const asked: URL[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  const world = 'made' in answers ? feedWorldOf() : feedWorldOf(answers);
  const blog = feedServer(() => world);
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    asked.push(url);
    headers.push(request.headers);
    if (fault === 'changed_shape') {
      const undated =
        '<rss version="2.0"><channel><title>Blog</title><item><guid>1</guid></item></channel></rss>';
      return void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(undated);
    }
    if (fault !== null) {
      return playFault(fault, request, response, { error: (message) => ({ message }), changedShape: {} });
    }
    if ('made' in answers) {
      const { body, headers: more = {}, status = 200, type = 'application/rss+xml' } = answers.made(url);
      return void response.writeHead(status, { 'content-type': type, ...more }).end(body);
    }
    if (!url.pathname.startsWith(prefix)) return void response.writeHead(500).end();
    request.url = (request.url ?? '').slice(prefix.length);
    return blog(request, response);
  });
  return {
    endpoint: new URL(`${server.url.origin}${prefix}${world.access.kind === 'token' ? '' : world.path}`),
    asked,
    headers,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}

export type Read = {
  reading: MetricReading;
  host: FeedHost;
  exchanges: Exchange[];
  values: Record<string, string | null>;
};

/** One reading of the posts; the world's clock is that of the run. */
export async function read(
  answers: Answers,
  days: DayWindow,
  options: { config?: FeedConfig; params?: unknown; now?: string; prefix?: string } = {},
): Promise<Read> {
  const now = new Date(options.now ?? '2026-03-20T12:00:00Z');
  const given = 'made' in answers ? answers : { nowSeconds: now.getTime() / 1_000, ...answers };
  const host = await startFeed(given, options.prefix);
  try {
    const { context, exchanges } = testContext(options.config ?? PUBLIC, host.endpoint, now);
    const metric = feed.metrics['post_count'];
    if (metric === undefined) throw new Error('the feed has no posts');
    const params: unknown = metric.paramsSchema.parse(options.params ?? {});
    const reads = [{ metric: 'post_count', params, window: days }];
    const reading = await metric.read({ ...context, reads }, days, params);
    const values = Object.fromEntries(reading.points.map(({ day, value }) => [day, value]));
    return { reading, host, exchanges, values };
  } finally {
    await host.close();
  }
}

/** A post at noon of a day, unless it is said when. */
export const post = (id: string, day: string, more: object = {}) => ({
  id,
  title: `Post ${id}`,
  categories: [],
  publishedAt: `${day}T12:00:00Z`,
  ...more,
});
