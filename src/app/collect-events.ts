import { AppError } from './errors.ts';
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
export type ReadingState = {
  v: 1;
  complete: CollectedExtent | null;
  asked: EventNeeds;
  state: unknown;
  /** When the way through began that brought the last of it. */
  readAt?: string;
};

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
  if (goesOn && isRecent(stored, now))
    return { ...NOTHING_READ, notes: [`events: read at ${stored.readAt}`] };
  const start = { ...asked, state: goesOn ? stored.state : null };
  let complete = stored?.complete ?? null;
  let events = 0;
  const notes: string[] = [];
  for await (const step of deps.sources.collect(connection, start, now, signal)) {
    if (!step.ok) {
      exchanges.add(step.exchanges());
      return ended(step.failure);
    }
    const { batch } = step;
    if (batch.throughAt !== null) complete = { ...asked, throughAt: batch.throughAt.toISOString() };
    const stateAfter = (state: unknown): ReadingState => ({
      v: 1,
      complete,
      asked,
      state,
      ...(batch.throughAt === null ? {} : { readAt: now.toISOString() }),
    });
    try {
      const { note, rows } = await keepBatch(deps, connection, batch, stateAfter, signal);
      events += rows;
      notes.push(note);
    } catch (error) {
      exchanges.add(step.exchanges());
      if (error instanceof SourceFailure) return ended(error.failure);
      // Others have listed events all the while: what is here now is read from there.
      if (error instanceof AppError && error.code === 'events_busy') return { ...ended(null), lost: true };
      throw error;
    }
    exchanges.add(step.exchanges());
    await advanced();
    signal.throwIfAborted();
  }
  return ended(null);

  function ended(failure: ReadFailure | null): Mirrored {
    const read = notes.length === 0 ? [] : [`events: ${events} read, ${excerptOf(notes)}`];
    return {
      failure,
      lost: false,
      exchanges: exchanges.kept(),
      unlisted: exchanges.unlisted(),
      notes: [...read, ...exchanges.notes()],
    };
  }
}

const NOTHING_READ: Mirrored = { exchanges: [], unlisted: 0, notes: [], failure: null, lost: false };
/** Whole days are read: between two midnights only what is told late is new, and an export of days is no small answer. */
const AGAIN_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;

/** All days that are over were read, and not long ago. */
function isRecent({ complete, readAt }: ReadingState, now: Date): boolean {
  if (complete === null || readAt === undefined) return false;
  const sinceMs = now.getTime() - Date.parse(readAt);
  const todayMs = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return sinceMs >= 0 && sinceMs < AGAIN_MS && Date.parse(complete.throughAt) >= todayMs;
}

async function keepBatch(
  deps: CollectDeps,
  { id }: ConnectionRecord,
  { ended, events, firstDay, lastDay, names }: CollectedBatch,
  stateAfter: (state: unknown) => ReadingState,
  signal: AbortSignal,
): Promise<{ rows: number; note: string }> {
  const taken = await deps.files.stage(id, events, signal);
  if (!taken.ok) {
    const [first] = taken.refused.problems;
    throw new Error(`an event that a connector handed over is none: ${first?.problem}`);
  }
  const { rows } = taken.staged;
  const { note, state } = ended();
  const told = { delivery: null, through: null, state: stateAfter(state) };
  await keepEvents(deps, id, taken.staged, { firstDay, lastDay, names }, told, signal);
  return { rows, note };
}

/** A backfill takes many batches: the first and the last tell what there is to tell. */
function excerptOf(notes: readonly string[]): string {
  return notes.length <= 2 ? notes.join('; ') : `${notes[0]}; …; ${notes.at(-1)}`;
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
