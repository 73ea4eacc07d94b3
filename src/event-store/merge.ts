import { rm } from 'node:fs/promises';
import type {
  EventListing,
  EventMerge,
  EventReplacement,
  EventSegment,
  StagedEvents,
} from '../app/ports-events.ts';
import type { FileChecks } from './check-files.ts';
import { afterMs, dayNumber, firstMs } from './day-number.ts';
import { compare, type Difference, idsOf, isReplaced, keepOutdated } from './difference.ts';
import type { Engine, Session } from './engine.ts';
import type { Layout } from './layout.ts';
import { type DayRows, type DaySpan, packDays } from './pack-days.ts';
import { createSegmentWriter, type SegmentWriter } from './segment-files.ts';
import { count, DAY_OF_ROW, EVENT_COLUMNS, eventsOf, literal } from './sql.ts';

export type Store = { engine: Engine; layout: Layout; checks: FileChecks };
type Merging = {
  session: Session;
  segments: readonly EventSegment[];
  staged: string;
  replaces: EventReplacement | null;
  absolute: (path: string) => string;
};

/**
 * Stored rows, without what is replaced and what is told anew, and the staged ones. Only files of days on which
 * something is different are written again; what they take to write does not depend on how much else there is.
 */
export async function mergeEvents(
  { checks, engine, layout }: Store,
  connectionId: string,
  listing: EventListing,
  staged: StagedEvents,
  replaces: EventReplacement | null,
  signal: AbortSignal,
): Promise<EventMerge> {
  const segments = listing.segments.toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
  await checks.check(segments, signal);
  const outdated = layout.absolute(await layout.staging(connectionId, '.outdated'));
  return engine.session(signal, async (session) => {
    const merging = {
      session,
      segments,
      staged: layout.absolute(staged.path),
      replaces,
      absolute: layout.absolute,
    };
    const writer = createSegmentWriter(session, layout, connectionId, checks.known, signal);
    try {
      const told = await rowsByDay(session, eventsOf([merging.staged]));
      const met = await metSegments(merging);
      const difference = met.length === 0 ? allNew(staged, told) : await differenceTo(merging, met, outdated);
      const affected = segments.filter((segment) => holdsAny(segment, difference.days));
      const newest = Math.max(
        ...told.map(({ day }) => day),
        ...segments.map(({ lastDay }) => dayNumber(lastDay)),
      );
      for (const segment of affected) {
        await rewrite(merging, segment, met.includes(segment) ? outdated : null, newest, writer);
      }
      await writeNewDays(merging, told, newest, writer);
      const { changed, touchedAt } = difference;
      return { added: writer.written, retired: affected.map(({ id }) => id), changed, touchedAt };
    } catch (error) {
      await writer.undo();
      throw error;
    } finally {
      await rm(outdated, { force: true });
    }
  });
}

/** Files with rows of which something is told: those that hold an id that was told, and those of days that are replaced. */
async function metSegments({
  absolute,
  replaces,
  segments,
  session,
  staged,
}: Merging): Promise<EventSegment[]> {
  if (segments.length === 0) return [];
  const paths = segments.map(({ path }) => absolute(path));
  const found = await session.run(
    `SELECT DISTINCT filename FROM (SELECT id, filename FROM ${eventsOf(paths, ', filename = true')})
     SEMI JOIN (${idsOf(staged)}) USING (id)`,
  );
  const holding = new Set(found.map(({ filename }) => filename));
  return segments.filter(
    (segment) =>
      holding.has(absolute(segment.path)) ||
      (replaces !== null && segment.firstDay <= replaces.lastDay && segment.lastDay >= replaces.firstDay),
  );
}

async function differenceTo(
  { absolute, replaces, session, staged }: Merging,
  met: readonly EventSegment[],
  outdated: string,
): Promise<Difference> {
  const stored = eventsOf(met.map(({ path }) => absolute(path)));
  await keepOutdated(session, stored, staged, replaces, outdated);
  return compare(session, outdated, staged);
}

function allNew(staged: StagedEvents, told: readonly DayRows[]): Difference {
  return { changed: staged.rows, touchedAt: staged.firstAt, days: new Set(told.map(({ day }) => day)) };
}

async function rewrite(
  { absolute, replaces, session, staged }: Merging,
  segment: EventSegment,
  outdated: string | null,
  newest: number,
  writer: SegmentWriter,
): Promise<void> {
  const during = `at_ms >= ${firstMs(segment.firstDay)} AND at_ms < ${afterMs(segment.lastDay)}`;
  const stored = eventsOf([absolute(segment.path)]);
  const staying =
    outdated === null
      ? stored
      : `(SELECT * FROM ${stored} AS old WHERE NOT ${isReplaced(replaces)}) ANTI JOIN (SELECT id
          FROM read_parquet(${literal(outdated)}) WHERE id IS NOT NULL AND ${during}) USING (id)`;
  const rows = `SELECT ${EVENT_COLUMNS} FROM ${staying}
    UNION ALL SELECT ${EVENT_COLUMNS} FROM ${eventsOf([staged])} WHERE ${during}`;
  const days = await rowsByDay(session, `(${rows})`);
  for (const span of packDays(days, newest, () => false)) await writer.write(span, within(span, `(${rows})`));
}

/** Days that no file holds yet, in files that no other one reaches into. */
async function writeNewDays(
  { segments, staged }: Merging,
  told: readonly DayRows[],
  newest: number,
  writer: SegmentWriter,
): Promise<void> {
  const held = segments.map((segment) => ({
    first: dayNumber(segment.firstDay),
    last: dayNumber(segment.lastDay),
  }));
  const free = told.filter(({ day }) => !held.some(({ first, last }) => first <= day && day <= last));
  const isBetween = (before: number, after: number): boolean =>
    held.some(({ first }) => before < first && first < after);
  for (const span of packDays(free, newest, isBetween)) {
    await writer.write(span, within(span, eventsOf([staged])));
  }
}

function within({ first, last }: DaySpan, rows: string): string {
  return `SELECT * FROM ${rows} WHERE at_ms >= ${first * 86_400_000} AND at_ms < ${(last + 1) * 86_400_000}`;
}

async function rowsByDay(session: Session, rows: string): Promise<DayRows[]> {
  const days = await session.run(
    `SELECT ${DAY_OF_ROW} AS day, count(*) AS n FROM ${rows} GROUP BY 1 ORDER BY 1`,
  );
  return days.map(({ day, n }) => ({ day: count(day), rows: count(n) }));
}

function holdsAny({ firstDay, lastDay }: EventSegment, days: ReadonlySet<number>): boolean {
  for (let day = dayNumber(firstDay); day <= dayNumber(lastDay); day += 1) if (days.has(day)) return true;
  return false;
}
