import type { EventFiles, EventListings } from './ports-events.ts';

export type TidyEventsDeps = {
  files: Pick<EventFiles, 'compact' | 'remove' | 'sweep'>;
  listings: Pick<EventListings, 'current' | 'commit' | 'forgetRetired' | 'paths'>;
};
export type Tidied = { compacted: number; forgotten: number; swept: number };

/** Whoever has begun to read a file has ended by then. */
const READ_MS = 3_600_000;
/** A month of single days is one file after one step; the rest waits for the next time. */
const STEPS = 12;

/** Small files become larger ones, and what nobody reads any more is deleted. What is measured stays the same. */
export async function tidyEvents(
  { files, listings }: TidyEventsDeps,
  connectionId: string,
  now: Date,
  signal: AbortSignal,
): Promise<Tidied> {
  let compacted = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const listing = await listings.current(connectionId);
    const merge = await files.compact(connectionId, listing, signal);
    if (merge === null) break;
    const told = { delivery: null, rows: 0, through: null };
    const outcome = await listings.commit(connectionId, listing.version, merge, told);
    if (outcome === null) await files.remove(merge.added.map(({ path }) => path));
    else compacted += merge.retired.length;
  }
  const forgotten = await listings.forgetRetired(connectionId, new Date(now.getTime() - READ_MS));
  await files.remove(forgotten);
  const swept = await files.sweep(connectionId, await listings.paths(connectionId), now);
  return { compacted, forgotten: forgotten.length, swept };
}
