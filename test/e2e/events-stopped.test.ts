import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncConnection } from '../../jobs/sync-connection.ts';
import { CASES, pointsOf, type StoredPoint } from './support/events.ts';
import { type Simulation, startSimulation } from './support/simulation.ts';

// A backfill of raw events that is stopped again and again, in the middle of an answer and between two, ends in the same
// points as one that nobody disturbs.

const HOUR_MS = 3_600_000;
const STOPS = 9;
const MEASURED = CASES.filter(({ key }) => ['activation', 'shares', 'newcomers'].includes(key));
const log = { info() {}, warn() {}, error() {} };

/** Called with what has come of an export: how many bytes, since the last stop. */
type Watch = (bytes: number) => void;
let watch: Watch = () => {};
let calm: Simulation;
let disturbed: Simulation;

beforeAll(async () => {
  calm = await open();
  await calm.work();
  disturbed = await open(watched);
}, 240_000);
afterAll(async () => {
  await calm?.close();
  await disturbed?.close();
});

async function open(front?: (url: string) => Promise<{ url: string; close(): Promise<void> }>) {
  const simulation = await startSimulation({
    startAt: new Date('2026-05-20T06:30:00Z'),
    historyDays: 60,
    sandbox: { anchorDay: '2026-02-01', seed: 5, company: { dailyVisitors: 9 } },
    ...(front === undefined ? {} : { front }),
  });
  await simulation.connect('mixpanel', 'mixpanel', 24 * 60);
  for (const { key, metric, params } of MEASURED) await simulation.measure('mixpanel', key, metric, params);
  return simulation;
}

/** Stands before the sandbox, and sees what goes through. */
async function watched(sandboxUrl: string) {
  const server = createServer((asked, response) => {
    const { headers, method, url = '/' } = asked;
    const isExport = url.includes('/export');
    const forwarded = request(`${sandboxUrl}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (isExport) answer.on('data', (chunk: Buffer) => watch(chunk.length));
      answer.pipe(response);
      response.on('close', () => answer.destroy());
    });
    forwarded.on('error', () => response.destroy());
    asked.pipe(forwarded);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Starts what is due; a start is stopped after so many bytes of exports, or so many kept batches. */
async function work(stopAfter: { bytes?: number; batches?: number } | null): Promise<boolean> {
  const { runs, owner, deps } = disturbed.services;
  await runs.claimDueSlots();
  const due = await runs.takeDispatchable();
  for (const { id } of due) {
    const stop = new AbortController();
    let [bytes, batches] = [0, 0];
    watch = (more) => {
      bytes += more;
      if (bytes >= (stopAfter?.bytes ?? Number.POSITIVE_INFINITY)) stop.abort(new Error('stopped'));
    };
    const sources = {
      ...deps.connectors,
      prepare: (
        ...[connection, metrics, now, signal, advanced]: Parameters<typeof deps.connectors.prepare>
      ) =>
        deps.connectors.prepare(connection, metrics, now, signal, async () => {
          await advanced?.();
          batches += 1;
          if (batches >= (stopAfter?.batches ?? Number.POSITIVE_INFINITY)) stop.abort(new Error('stopped'));
        }),
    };
    await syncConnection.run({ v: 1, runId: id }, { runs, sources, owner }, { signal: stop.signal, log });
  }
  return due.length > 0;
}

async function readingState(): Promise<{ throughDay: string | null; complete: unknown }> {
  const { rows } = await disturbed.services.database.pool.query<{
    state: { complete: unknown; state: { throughDay: string } | null } | null;
  }>('SELECT reading_state AS state FROM event_store');
  const state = rows[0]?.state ?? null;
  return { throughDay: state?.state?.throughDay ?? null, complete: state?.complete ?? null };
}

it('ends in the same points, and never claims more than is there', { timeout: 240_000 }, async () => {
  let [stopped, hour] = [0, 0];
  // Bytes that end in the first answer, in a later one, and batches that were just kept; the seconds between them vary.
  const stops = [
    { bytes: 1 },
    { batches: 1 },
    { bytes: 20_000 },
    { bytes: 60_000 },
    { batches: 2 },
    { bytes: 9_000 },
  ];
  while (stopped < STOPS) {
    await work(stops[stopped % stops.length] ?? null);
    const { complete } = await readingState();
    stopped += 1;
    if (complete !== null) break;
    for (const { key } of MEASURED) expect(await pointsOf(disturbed, key)).toEqual([]);
  }
  expect(stopped).toBeGreaterThan(5);
  while ((await readingState()).complete === null || (await work(null))) {
    hour += 1; // the exports of an hour may be used up
    await disturbed.moveTo(hour * HOUR_MS);
    await calm.moveTo(hour * HOUR_MS);
    await work(null);
    expect(hour).toBeLessThan(5);
  }
  await calm.work();
  for (const { key } of MEASURED) {
    const points: StoredPoint[] = await pointsOf(calm, key);
    expect(points.length).toBeGreaterThan(30);
    expect(await pointsOf(disturbed, key)).toEqual(points);
  }
  const listed = await disturbed.services.database.pool.query<{ status: string; count: number }>(
    'SELECT status, count(*)::int FROM sync_run GROUP BY 1',
  );
  expect(listed.rows).toEqual([{ status: 'succeeded', count: expect.any(Number) }]);
});
