import { stat } from 'node:fs/promises';
import { AppError } from '../app/errors.ts';
import type { EventSegment } from '../app/ports-events.ts';
import { digestOf } from './durable-file.ts';
import type { Layout } from './layout.ts';

export type FileChecks = {
  /**
   * Every file is there with the bytes that it was written with; those are read once a process.
   *
   * @throws AppError when one is not: of a part of the events no number may be made
   */
  check(segments: readonly EventSegment[], signal: AbortSignal): Promise<void>;
  /** This process has just worked out the digest itself. */
  known(segment: EventSegment): void;
};

export function createFileChecks(layout: Layout): FileChecks {
  const seen = new Set<string>();
  const keyOf = ({ path, sha256 }: EventSegment): string => `${path} ${sha256}`;
  return {
    async check(segments, signal) {
      for (const segment of segments) {
        const place = layout.absolute(segment.path);
        const size = await stat(place).then(
          (found) => found.size,
          () => null,
        );
        if (size === null) throw broken(segment, 'is missing');
        if (size !== segment.bytes) throw broken(segment, `has ${size} bytes and not ${segment.bytes}`);
        if (seen.has(keyOf(segment))) continue;
        const { sha256 } = await digestOf(place, signal);
        if (sha256 !== segment.sha256) throw broken(segment, 'is not the file that was written');
        seen.add(keyOf(segment));
      }
    },
    known: (segment) => seen.add(keyOf(segment)),
  };
}

function broken({ path }: EventSegment, what: string): AppError {
  return new AppError(
    'unavailable',
    'event_file_unusable',
    `The file of events "${path}" ${what}. Nothing is computed without it.`,
    'All workers must share one folder of events: mount the same folder everywhere, or restore the file from the backup.',
    { retryable: true },
  );
}
