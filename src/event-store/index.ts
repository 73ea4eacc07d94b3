import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { EventFiles } from '../app/ports-events.ts';
import { createFileChecks } from './check-files.ts';
import { compactEvents } from './compact.ts';
import { createEngine } from './engine.ts';
import { createLayout } from './layout.ts';
import { measureEvents } from './measure.ts';
import { mergeEvents } from './merge.ts';
import { eventNames } from './names.ts';
import { stageEvents } from './stage.ts';
import { sweepFiles } from './sweep.ts';

export type EventStoreOptions = { folder: string; memoryLimitMb?: number; threads?: number };

/** Events in a folder of Parquet files, and the engine that asks them; nothing is opened before it is used. */
export function createEventFiles({
  folder,
  memoryLimitMb = 512,
  threads = 2,
}: EventStoreOptions): EventFiles {
  const place = resolve(folder);
  const layout = createLayout(place);
  const engine = createEngine({ folder: place, memoryLimitMb, threads });
  const store = { engine, layout, checks: createFileChecks(layout) };
  return {
    stage: (connectionId, input, signal) => stageEvents(engine, layout, connectionId, input, signal),
    merge: (connectionId, listing, staged, replaces, signal) =>
      mergeEvents(store, connectionId, listing, staged, replaces, signal),
    compact: (connectionId, listing, signal) => compactEvents(store, connectionId, listing, signal),
    measure: (listing, asks, signal) => measureEvents(store, listing, asks, signal),
    names: (listing, days, limit, signal) => eventNames(store, listing, days, limit, signal),
    discard: (staged) => rm(layout.absolute(staged.path), { force: true }),
    async remove(paths) {
      for (const path of paths) await rm(layout.absolute(path), { force: true });
    },
    sweep: (connectionId, listed, now) => sweepFiles(layout, connectionId, listed, now),
    close: () => engine.close(),
  };
}
