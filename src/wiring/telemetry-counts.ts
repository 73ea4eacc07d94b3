import type { Counter, Histogram } from 'prom-client';
import type { ExchangeRecord, Sources } from '../app/ports.ts';
import type { RunEngine } from '../app/run-outcome.ts';

type OfRuns = {
  runs: Counter<'connector' | 'outcome'>;
  seconds: Histogram<'connector' | 'outcome'>;
  points: Counter<'connector'>;
};

/** Counts runs by what their connection is read with, which only the middle of a run knows. */
export function countRuns({ points, runs, seconds }: OfRuns) {
  const begun = new Map<string, { connector: string; startedAt: number }>();
  return {
    stored(runId: string, pointsChanged: number): void {
      points.labels(begun.get(runId)?.connector ?? 'unknown').inc(pointsChanged);
    },
    watch: (engine: RunEngine): RunEngine => ({
      ...engine,
      async context(run) {
        const context = await engine.context(run);
        if (context !== null && !begun.has(run.id)) {
          begun.set(run.id, { connector: context.connection.connectorId, startedAt: performance.now() });
        }
        return context;
      },
      async release(run) {
        begun.delete(run.id);
        await engine.release(run);
      },
      async finish(run, outcomes, ending, error, unlisted) {
        let outcome = 'not_written'; // whoever finds the lost lease does it again
        try {
          const written = await engine.finish(run, outcomes, ending, error, unlisted);
          outcome = !written ? 'lease_lost' : ending.status === 'queued' ? 'retried' : ending.status;
          return written;
        } finally {
          const { connector, startedAt } = begun.get(run.id) ?? { connector: 'unknown', startedAt: null };
          begun.delete(run.id);
          runs.labels(connector, outcome).inc();
          if (startedAt !== null)
            seconds.labels(connector, outcome).observe((performance.now() - startedAt) / 1_000);
        }
      },
    }),
  };
}

/** Counts what goes out to providers by how it was answered. */
export function countExchanges(sources: Sources, counter: Counter<'connector' | 'outcome'>): Sources {
  const count = (connector: string, exchanges: readonly ExchangeRecord[], unlisted = 0): void => {
    // What several metrics were read from together is evidence of each, and was asked once.
    for (const exchange of new Set(exchanges)) counter.labels(connector, outcomeOf(exchange)).inc();
    // A mirror reads thousands of pages and keeps the evidence of some; those that are left out arrived.
    if (unlisted > 0) counter.labels(connector, '2xx').inc(unlisted);
  };
  const countAll = (connector: string, outcomes: readonly { exchanges: readonly ExchangeRecord[] }[]) =>
    count(
      connector,
      outcomes.flatMap(({ exchanges }) => exchanges),
    );
  return {
    ...sources,
    async check(connection, signal, secrets) {
      const answer = await sources.check(connection, signal, secrets);
      count(connection.connectorId, answer.exchanges);
      return answer;
    },
    async accept(connection, asked, now, signal) {
      const outcomes = await sources.accept(connection, asked, now, signal);
      countAll(connection.connectorId, outcomes);
      return outcomes;
    },
    async read(connection, asked, now, signal) {
      const outcomes = await sources.read(connection, asked, now, signal);
      countAll(connection.connectorId, outcomes);
      return outcomes;
    },
    async prepare(connection, metrics, now, signal, advanced) {
      const mirrored = await sources.prepare(connection, metrics, now, signal, advanced);
      if (mirrored !== null) count(connection.connectorId, mirrored.exchanges, mirrored.unlisted);
      return mirrored;
    },
  };
}

function outcomeOf({ error, status }: ExchangeRecord): string {
  if (status !== null) return `${Math.trunc(status / 100)}xx`;
  return error === undefined ? 'ok' : 'error';
}
