import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { startHttpServer } from '../../support/http-server.ts';

export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; text?: string };
export type Answers = Record<string, (query: URLSearchParams) => Answer>;
export type Asked = { path: string; query: Record<string, string>; authorization: string | undefined };
export type MixpanelServer = KitServer & { asked: Asked[] };

export const EVENTS = '/api/query/events';
export const SEGMENTATION = '/api/query/segmentation';
export const NAMES = '/api/query/events/names';
export const FUNNELS = '/api/query/funnels';
export const RETENTION = '/api/query/retention';
export const ADDICTION = '/api/query/retention/addiction';
export const SUM = '/api/query/segmentation/sum';
export const PROPERTIES = '/api/query/events/properties/top';
export const FUNNEL_LIST = '/api/query/funnels/list';
export const INSIGHTS = '/api/query/insights';
export const EXPORT = '/api/2.0/export';

/** The part of Mixpanel that the connector reads: each path answers as its test says, anything else is not found. */
export async function startMixpanel(answers: Answers): Promise<MixpanelServer> {
  const asked: Asked[] = [];
  let fault: Fault | null = null;
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://mixpanel.test');
    const query = Object.fromEntries(url.searchParams);
    asked.push({ path: url.pathname, query, authorization: request.headers.authorization });
    if (fault !== null) {
      playFault(fault, request, response, {
        error: (error) => ({ error, status: 'error' }),
        changedShape: { rows: [] },
      });
      return;
    }
    const { status, headers, body, text } = answers[url.pathname]?.(url.searchParams) ?? {
      status: 404,
      body: { error: `no ${url.pathname}`, status: 'error' },
    };
    const type = text === undefined ? 'application/json' : 'text/plain';
    response.writeHead(status ?? 200, { 'content-type': type, ...headers }).end(text ?? JSON.stringify(body));
  });
  return {
    endpoint: server.url,
    asked,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}

/** An answer of `/events` or `/segmentation`: `values` by name and day, for these days. */
export function series(days: string[], values: Record<string, Record<string, number>>): Answer {
  return { body: { data: { series: days, values }, legend_size: Object.keys(values).length } };
}

/** Lines of the raw export. */
export function lines(...events: object[]): Answer {
  return { text: events.map((event) => `${JSON.stringify(event)}\n`).join('') };
}

/** One line; `at` is in UTC. */
export function line(event: string, distinctId: string | null, at: string, properties: object = {}) {
  const time = Date.parse(at) / 1_000;
  const insertId = `${distinctId}-${time}`;
  return { event, properties: { time, distinct_id: distinctId, $insert_id: insertId, ...properties } };
}
