import type { EventListing, EventMerge, EventSegment } from '../app/ports-events.ts';
import { dayNumber } from './day-number.ts';
import type { Store } from './merge.ts';
import { FILE_ROWS, isOld, isSameMonth } from './pack-days.ts';
import { createSegmentWriter } from './segment-files.ts';
import { EVENT_COLUMNS, eventsOf } from './sql.ts';

/** Neighbours that are small enough for one file become one; a call makes one file, so that it takes a bounded time. */
export async function compactEvents(
  { checks, engine, layout }: Store,
  connectionId: string,
  listing: EventListing,
  signal: AbortSignal,
): Promise<EventMerge | null> {
  const run = smallNeighbours(listing.segments);
  if (run === null) return null;
  await checks.check(run, signal);
  return engine.session(signal, async (session) => {
    const writer = createSegmentWriter(session, layout, connectionId, checks.known, signal);
    const days = run.flatMap(({ firstDay, lastDay }) => [dayNumber(firstDay), dayNumber(lastDay)]);
    const paths = run.map(({ path }) => layout.absolute(path));
    await writer.write(
      { first: Math.min(...days), last: Math.max(...days) },
      `SELECT ${EVENT_COLUMNS} FROM ${eventsOf(paths)}`,
    );
    return { added: writer.written, retired: run.map(({ id }) => id), changed: 0, touchedAt: null };
  });
}

/** The first run of two or more, or null. */
export function smallNeighbours(segments: readonly EventSegment[]): EventSegment[] | null {
  const newest = Math.max(...segments.map(({ lastDay }) => dayNumber(lastDay)));
  let run: EventSegment[] = [];
  for (const segment of segments.toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1))) {
    if (continues(run, segment, newest)) run.push(segment);
    else if (run.length > 1) return run;
    else run = [segment];
  }
  return run.length > 1 ? run : null;
}

function continues(run: readonly EventSegment[], segment: EventSegment, newest: number): boolean {
  const [first] = run;
  if (first === undefined) return false;
  const rows = run.reduce((sum, each) => sum + each.rows, segment.rows);
  return (
    rows < FILE_ROWS &&
    isSameMonth(dayNumber(first.firstDay), dayNumber(segment.lastDay)) &&
    isOld(dayNumber(segment.lastDay), newest)
  );
}
