import { AppError } from './errors.ts';
import type {
  EventFiles,
  EventListings,
  EventMerge,
  EventReplacement,
  StagedEvents,
} from './ports-events.ts';
import type { IngestOutcome } from './ports-ingest.ts';

export type KeepEventsDeps = {
  files: Pick<EventFiles, 'merge' | 'discard' | 'remove'>;
  listings: Pick<EventListings, 'current' | 'commit'>;
};
export type ToldOfEvents = Omit<Parameters<EventListings['commit']>[3], 'rows' | 'days'>;

/** Others list something meanwhile as often before a delivery is given back: each of them has got through. */
const TRIES = 8;

/**
 * Makes staged events count: files that say what the listed ones and these say together, and the listing of them. Whoever
 * has listed something in between is listened to, and the files are made again. At the end the staged file is gone, and
 * so are new files that do not count.
 *
 * @throws AppError when others were faster too many times, or the idempotency key was used for something else
 */
export async function keepEvents(
  { files, listings }: KeepEventsDeps,
  connectionId: string,
  staged: StagedEvents,
  replaces: EventReplacement | null,
  told: ToldOfEvents,
  signal: AbortSignal,
): Promise<{ outcome: IngestOutcome | 'listed'; merge: EventMerge }> {
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      signal.throwIfAborted();
      const listing = await listings.current(connectionId);
      const merge = await files.merge(connectionId, listing, staged, replaces, signal);
      const outcome = await listings.commit(connectionId, listing.version, merge, {
        ...told,
        rows: staged.rows,
        days: daysOf(staged),
      });
      const isListed = outcome !== null && (outcome === 'listed' || !outcome.replayed);
      // A commit that fails may have been heard all the same: only one that says no leaves files that nobody lists.
      if (!isListed) await files.remove(merge.added.map(({ path }) => path));
      if (outcome !== null) return { outcome, merge: isListed ? merge : NOTHING_CHANGED };
    }
    throw new AppError(
      'unavailable',
      'events_busy',
      'Other events of this connection arrived faster than these could be stored. Nothing was stored.',
      'Send them again, in fewer and larger deliveries.',
      { retryable: true },
    );
  } finally {
    await files.discard(staged);
  }
}

const NOTHING_CHANGED: EventMerge = { added: [], retired: [], changed: 0, touchedAt: null };

function daysOf({ firstAt, lastAt }: StagedEvents): { first: string; last: string } | null {
  const day = (at: Date): string => at.toISOString().slice(0, 10);
  return firstAt === null || lastAt === null ? null : { first: day(firstAt), last: day(lastAt) };
}
