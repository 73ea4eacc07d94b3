import { inspect } from 'node:util';
import { expect } from 'vitest';
import {
  type ConnectorContext,
  ConnectorError,
  type DayWindow,
  type Exchange,
  type GuardedFetch,
  type MetricReading,
  memoryQuota,
} from '../../../../connectors/sdk/index.ts';
import type { SqlConfig } from '../../../../connectors/sql/config.ts';
import { sql } from '../../../../connectors/sql/index.ts';

/** Asks the connector as a worker would, without one. */

export type Ground = {
  config: Record<string, unknown>;
  endpoint: string | null;
  folder?: string | null;
  /** Where the engine is asked over HTTP; without it nothing is fetched. */
  fetch?: GuardedFetch;
  secrets: string[];
  now: Date;
};
export type Asked = { query: string } & Record<string, unknown>;

/** `from` up to and without `until`, in a zone; `offset` is that of both days there. */
export function windowOf(startDay: string, endDay: string, timeZone = 'UTC', offset = 'Z'): DayWindow {
  const at = (day: string) => new Date(`${day}T00:00:00${offset}`);
  return { startDay, endDay, timeZone, startAt: at(startDay), endAt: at(endDay) };
}

export function contextOf(
  {
    config,
    endpoint,
    fetch = () => Promise.reject(new Error('nothing is fetched here')),
    folder = null,
    now,
  }: Ground,
  signal = new AbortController().signal,
) {
  const exchanges: Exchange[] = [];
  const context: ConnectorContext<SqlConfig> = {
    config: sql.configSchema.parse(config),
    endpoint: endpoint === null ? null : new URL(endpoint),
    fetch,
    signal,
    now,
    shared: (_key, read) => read(),
    reads: [],
    quota: memoryQuota(),
    resolve: async ({ hostname }) => [
      { address: hostname.replace(/^\[|\]$/g, ''), family: hostname.startsWith('[') ? 6 : 4 },
    ],
    record: (exchange) => exchanges.push(exchange),
    folder,
  };
  return { context, exchanges };
}

export async function read(
  ground: Ground,
  asked: Asked,
  window: DayWindow,
  signal?: AbortSignal,
): Promise<MetricReading> {
  const { context, exchanges } = contextOf(ground, signal);
  const { query } = sql.metrics;
  if (query === undefined) throw new Error('there is no metric "query"');
  try {
    const reading = await query.read(context, window, query.paramsSchema.parse(asked));
    expectNoSecret(ground, reading, exchanges);
    return reading;
  } catch (error) {
    expectNoSecret(ground, error, exchanges);
    throw error;
  }
}

export async function valuesOf(...asked: Parameters<typeof read>): Promise<Record<string, string | null>> {
  const { points } = await read(...asked);
  return Object.fromEntries(points.map(({ day, value }) => [day, value]));
}

export async function accept(ground: Ground, asked: Asked) {
  const { context, exchanges } = contextOf(ground);
  const { query } = sql.metrics;
  if (query?.accept === undefined) throw new Error('it accepts nothing');
  const acceptance = await query.accept(context, query.paramsSchema.parse(asked));
  expectNoSecret(ground, acceptance, exchanges);
  return acceptance;
}

export async function check(ground: Ground) {
  const { context, exchanges } = contextOf(ground);
  try {
    const result = await sql.check(context);
    expectNoSecret(ground, result, exchanges);
    return result;
  } catch (error) {
    expectNoSecret(ground, error, exchanges);
    throw error;
  }
}

export async function failureOf(work: Promise<unknown>): Promise<ConnectorError> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error(`no failure: ${inspect(outcome.value, { depth: 6 })}`);
  if (!(outcome.error instanceof ConnectorError)) throw outcome.error;
  return outcome.error;
}

function expectNoSecret({ secrets }: Ground, ...told: unknown[]): void {
  // The driver's own error hangs on as the cause, and may end in a log.
  const text = inspect(told, { depth: 12, maxStringLength: null });
  for (const secret of secrets)
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
      expect(text.includes(form), 'a secret got out').toBe(false);
}
