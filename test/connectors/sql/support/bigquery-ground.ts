import { type Answer } from '../../../../sandbox/google/answer.ts';
import { newAccount } from '../../support/google-account.ts';
import type { Ground } from './ask.ts';
import {
  type BigQueryServer,
  type BigQueryWorld,
  type Given,
  type Result,
  startBigquery,
} from './bigquery.ts';

/** A connection to a BigQuery of a test. */

export const { account, key: KEY } = newAccount('reader@shop-1.iam.gserviceaccount.com');
export const NOW = new Date('2026-03-20T12:00:00Z');
export const CONFIG = { engine: 'bigquery', project: 'shop-1', serviceAccountKey: KEY, maxGigabytes: 2 };
export const PER_DAY =
  'SELECT DATE(at, :tz) AS day, COUNT(*) AS value FROM shop.orders WHERE at >= :start AND at < :end GROUP BY day';

export function worldOf(given: Partial<BigQueryWorld> = {}): BigQueryWorld {
  return {
    account,
    nowSeconds: NOW.getTime() / 1_000,
    project: 'shop-1',
    location: 'europe-west3',
    run: () => rowsOf({ day: 'DATE', value: 'INTEGER' }, []),
    bytes: 1_500_000_000,
    billed: 1_510_000_000,
    pageRows: 1_000,
    unfinished: 0,
    refuse: () => null,
    ...given,
  };
}

export const rowsOf = (columns: Record<string, string>, rows: unknown[][]): Result => ({ columns, rows });

/** What `PER_DAY` gives over a table with an order at each of these instants; a check asks something else. */
export function ordersAt(instants: readonly string[]) {
  return ({ end = '', start = '', tz = 'UTC' }: Given, sql: string): Result => {
    if (!sql.includes('shop.orders')) return rowsOf({ one: 'INTEGER' }, [['1']]);
    const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: tz, dateStyle: 'short' });
    const counts = new Map<string, number>();
    for (const at of instants.map(Date.parse)) {
      const day = dayOf.format(at);
      if (at >= Date.parse(start) && at < Date.parse(end)) counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    // Numbers of 64 bits come as texts, and rows in no order.
    const rows = [...counts].map(([day, count]) => [day, String(count)]).toReversed();
    return rowsOf({ day: 'DATE', value: 'INTEGER' }, rows);
  };
}

/** Runs some work on a connection to a BigQuery, below a prefix as behind a gateway. */
export async function onBigquery<T>(
  given: Partial<BigQueryWorld>,
  work: (ground: Ground, server: BigQueryServer) => Promise<T>,
  config: Record<string, unknown> = {},
): Promise<T> {
  const server = await startBigquery(worldOf(given), '/gateway');
  const lines = account.privateKey.split('\n').filter((line) => line.length > 40);
  const ground: Ground = {
    config: { ...CONFIG, ...config },
    endpoint: server.endpoint.href,
    fetch: (input, init) => fetch(input, { ...init, redirect: 'manual' }),
    secrets: [KEY, ...lines],
    now: NOW,
  };
  try {
    return await work(ground, server);
  } finally {
    await server.close();
  }
}

export const refusing = (at: string, answer: Answer): Partial<BigQueryWorld> => ({
  refuse: (stage) => (stage === at ? answer : null),
});
