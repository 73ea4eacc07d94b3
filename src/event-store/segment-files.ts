import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EventSegment } from '../app/ports-events.ts';
import { dayText } from './day-number.ts';
import { digestOf, putInPlace } from './durable-file.ts';
import type { Session } from './engine.ts';
import type { Layout } from './layout.ts';
import type { DaySpan } from './pack-days.ts';
import { copyTo, count, EVENT_COLUMNS, ROW_ORDER } from './sql.ts';

export type SegmentWriter = {
  /** Writes rows of these days as a file with a name; it counts once it is listed. */
  write(days: DaySpan, rows: string): Promise<void>;
  readonly written: readonly EventSegment[];
  /** Takes all of it back. */
  undo(): Promise<void>;
};

/** @param known told of each file that is written, whose digest need not be worked out again */
export function createSegmentWriter(
  session: Session,
  layout: Layout,
  connectionId: string,
  known: (segment: EventSegment) => void,
  signal: AbortSignal,
): SegmentWriter {
  const written: EventSegment[] = [];
  return {
    written,
    async write({ first, last }, rows) {
      const path = layout.segmentPath(connectionId, dayText(first));
      const place = layout.absolute(path);
      const unnamed = layout.absolute(await layout.staging(connectionId, '.unnamed'));
      try {
        const [answer] = await session.run(
          copyTo(unnamed, `SELECT ${EVENT_COLUMNS} FROM (${rows}) ORDER BY ${ROW_ORDER}`),
        );
        const digest = await digestOf(unnamed, signal);
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        await putInPlace(unnamed, place);
        const segment = {
          id: randomUUID(),
          path,
          ...digest,
          rows: count(answer?.Count),
          firstDay: dayText(first),
          lastDay: dayText(last),
        };
        written.push(segment);
        known(segment);
      } finally {
        await rm(unnamed, { force: true });
      }
    },
    async undo() {
      await Promise.all(written.map(({ path }) => rm(layout.absolute(path), { force: true })));
    },
  };
}
