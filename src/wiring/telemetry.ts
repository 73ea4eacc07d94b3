import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueDepth } from '../../jobs/schedule.ts';
import type { Sources } from '../app/ports.ts';
import type { RunEngine } from '../app/run-outcome.ts';
import { countExchanges, countRuns } from './telemetry-counts.ts';
import { watchPool, watchQueue, watchVitals } from './telemetry-gauges.ts';

export type Telemetry = ReturnType<typeof createTelemetry>;

const PREFIX = 'tidemark_';
/** A board is milliseconds, a preview asks a provider. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const RUN_SECONDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800];

/**
 * The counters of this process. Labels are of a small, known number: connector, queue, kind, outcome, the pattern of a
 * route. Never an id, a name or a workspace.
 */
export function createTelemetry({ pool, version }: { pool: pg.Pool; version: string }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const named = (name: string, help: string) => ({ registers: [registry], name: PREFIX + name, help });
  const build = new Gauge({
    ...named('build_info', 'The version that runs; always 1.'),
    labelNames: ['version', 'node'] as const,
  });
  build.labels(version, process.version).set(1);
  const requests = new Counter({
    ...named('http_requests_total', 'Requests that were answered.'),
    labelNames: ['method', 'route', 'status'] as const,
  });
  const requestSeconds = new Histogram({
    ...named('http_request_duration_seconds', 'From the first byte of a request until its answer is sent.'),
    labelNames: ['method', 'route'] as const,
    buckets: REQUEST_SECONDS,
  });
  const provider = new Counter({
    ...named('provider_requests_total', 'Requests that connectors sent.'),
    labelNames: ['connector', 'outcome'] as const,
  });
  const deliveries = new Counter({
    ...named('deliveries_total', 'Attempts to deliver a message.'),
    labelNames: ['channel', 'outcome'] as const,
  });
  const deliverySeconds = new Histogram({
    ...named('delivery_duration_seconds', 'How long an attempt to deliver a message took.'),
    labelNames: ['channel'] as const,
    buckets: REQUEST_SECONDS,
  });
  const runs = countRuns({
    runs: new Counter({
      ...named('sync_runs_total', 'Attempts of sync runs that ended; retried: another one follows.'),
      labelNames: ['connector', 'outcome'] as const,
    }),
    seconds: new Histogram({
      ...named('sync_run_duration_seconds', 'How long an attempt of a sync run took.'),
      labelNames: ['connector', 'outcome'] as const,
      buckets: RUN_SECONDS,
    }),
    points: new Counter({
      ...named('metric_points_stored_total', 'Metric points that sync runs added or changed.'),
      labelNames: ['connector'] as const,
    }),
  });
  watchPool(pool, named);
  watchVitals(pool, named);
  return {
    /** What `/metrics` answers. */
    async render(): Promise<{ type: string; text: string }> {
      return { type: registry.contentType, text: await registry.metrics() };
    },
    /** `route` is the pattern, not the address. */
    request(method: string, route: string, status: number, seconds: number): void {
      requests.labels(method, route, `${Math.trunc(status / 100)}xx`).inc();
      requestSeconds.labels(method, route).observe(seconds);
    },
    delivery(channel: string, outcome: string, seconds: number): void {
      deliveries.labels(channel, outcome).inc();
      deliverySeconds.labels(channel).observe(seconds);
    },
    /** The queue is known where the scheduler runs. */
    watchQueue: (depth: () => Promise<QueueDepth[]>): void => watchQueue(depth, named),
    /** What one of the runs below has written. */
    stored: runs.stored,
    /** Counts the runs that this process works on. */
    runs: (engine: RunEngine): RunEngine => runs.watch(engine),
    /** Counts what the connectors send, whoever asks. */
    sources: (sources: Sources): Sources => countExchanges(sources, provider),
  };
}
