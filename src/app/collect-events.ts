import { createExcerpt } from './excerpt.ts';
import { keepEvents } from './keep-events.ts';
import type { ConnectionRecord, ReadFailure, Sources } from './ports.ts';
import type { Mirrored } from './ports-billing.ts';
import type { CollectedBatch, EventFiles, EventListings } from './ports-events.ts';
import { SourceFailure } from './source-failure.ts';

export type CollectDeps = {
  sources: Pick<Sources, 'collect'>;
  files: EventFiles;
  listings: EventListings;
};

/** Which events the metrics of a connection need (null: any), and from which UTC day on. */
export type EventNeeds = { names: readonly string[] | null; startDay: string };
/** What is here of a connection's events, for whoever measures them. */
export type CollectedExtent = EventNeeds & { throughAt: string };
/** Kept with each batch: what was whole before a wider way through began stays so until that is over. */
export type ReadingState = { v: 1; complete: CollectedExtent | null; asked: EventNeeds; state: unknown };

/**
 * Brings the stored events of a connection up to date. Every batch is kept with the place to go on, so that a kill costs one
 * batch; days that are told late are read again and stand in place of what was kept of them.
 *
 * @param advanced told of each stored step that no later start has to take again
 */
export async function collectEvents(
  deps: CollectDeps,
  connection: ConnectionRecord,
  needs: EventNeeds,
  now: Date,
  signal: AbortSignal,
  advanced: () => Promise<void> = async () => {},
): Promise<Mirrored> {
  const exchanges = createExcerpt('events');
  const stored = readingStateOf(await deps.listings.readingState(connection.id));
  const asked = widened(stored?.asked ?? null, needs);
  // Whoever needs more than was asked for is read from the beginning; nothing that is whole is given up for it.
  const goesOn = stored !== null && isSame(stored.asked, asked);
  const start = { ...asked, state: goesOn ? stored.state : null };
  let complete = stored?.complete ?? null;
  let events = 0;
  let last: CollectedBatch | null = null;
  for await (const step of deps.sources.collect(connection, start, now, signal)) {
    if (!step.ok) {
      exchanges.add(step.exchanges());
      return ended(step.failure);
    }
    const { batch } = step;
    if (batch.throughAt !== null) complete = { ...asked, throughAt: batch.throughAt.toISOString() };
    const state: ReadingState = { v: 1, complete, asked, state: batch.state };
    try {
      events += await keepBatch(deps, connection, batch, state, signal);
    } catch (error) {
      exchanges.add(step.exchanges());
      if (error instanceof SourceFailure) return ended(error.failure);
      throw error;
    }
    exchanges.add(step.exchanges());
    await advanced();
    last = batch;
    signal.throwIfAborted();
  }
  return ended(null);

  function ended(failure: ReadFailure | null): Mirrored {
    const read = last === null ? [] : [`events: ${events} read, ${last.note}`];
    return {
      failure,
      lost: false,
      exchanges: exchanges.kept(),
      unlisted: exchanges.unlisted(),
      notes: [...read, ...exchanges.notes()],
    };
  }
}

async function keepBatch(
  deps: CollectDeps,
  { id }: ConnectionRecord,
  { events, firstDay, lastDay, names }: CollectedBatch,
  state: ReadingState,
  signal: AbortSignal,
): Promise<number> {
  const taken = await deps.files.stage(id, events, signal);
  if (!taken.ok) {
    const [first] = taken.refused.problems;
    throw new Error(`an event that a connector handed over is none: ${first?.problem}`);
  }
  const { rows } = taken.staged;
  const told = { delivery: null, through: null, state };
  await keepEvents(deps, id, taken.staged, { firstDay, lastDay, names }, told, signal);
  return rows;
}

/** What was asked for once is read on: a metric that is gone may come back, and its past would be torn. */
function widened(before: EventNeeds | null, needs: EventNeeds): EventNeeds {
  if (before === null) return { ...needs, names: needs.names?.toSorted() ?? null };
  const names =
    before.names === null || needs.names === null
      ? null
      : [...new Set([...before.names, ...needs.names])].toSorted();
  return { names, startDay: before.startDay < needs.startDay ? before.startDay : needs.startDay };
}

function isSame(a: EventNeeds, b: EventNeeds): boolean {
  return a.startDay === b.startDay && JSON.stringify(a.names) === JSON.stringify(b.names);
}

/** Only this module writes it; what it does not understand is read anew. */
export function readingStateOf(stored: unknown): ReadingState | null {
  const state = stored as ReadingState | null; // written by `collectEvents`, and marked with its version
  return state?.v === 1 ? state : null;
}
