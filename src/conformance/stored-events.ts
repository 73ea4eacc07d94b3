import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventWrite } from '../app/ports-events.ts';
import { checkParams, findMetric, type Measurement, type MetricWindow } from '../domain/catalog/index.ts';
import type { ProductEvent } from '../domain/events/records.ts';
import { createEventFiles } from '../event-store/index.ts';

/** Measures over events in the way of the workers: written into the event store, and asked there. */
export type StoredEvents = {
  measure(
    metric: string,
    params: Readonly<Record<string, unknown>>,
    window: MetricWindow,
    events: readonly ProductEvent[],
  ): Promise<Measurement>;
  close(): Promise<void>;
};

/** A store in a folder of its own, which is gone when it is closed. */
export function openStoredEvents(): StoredEvents {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-events-'));
  const files = createEventFiles({ folder });
  const { signal } = new AbortController();
  let count = 0;
  return {
    async measure(metric, params, window, events) {
      const found = findMetric(metric);
      const checked = found === null ? null : checkParams(found, params);
      if (checked === null || !checked.ok)
        throw new RangeError(checked?.problems.map(({ problem }) => problem).join(' ') ?? metric);
      count += 1;
      const id = `vector-${count}`;
      const nothing = { version: 0, segments: [] };
      const taken = await files.stage(id, writesOf(events), signal);
      if (!taken.ok) throw new RangeError(taken.refused.problems.map(({ problem }) => problem).join(' '));
      const { added } = await files.merge(id, nothing, taken.staged, null, signal);
      const listing = { version: 1, segments: added };
      const ask = { metric, params: checked.params, windows: [window] };
      const [[measured] = []] = await files.measure(listing, [ask], signal);
      if (measured === undefined) throw new RangeError(`${metric} was not measured`);
      return measured;
    },
    async close() {
      await files.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function* writesOf(events: readonly ProductEvent[]): AsyncGenerator<EventWrite> {
  yield* events;
}
