import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where things lie below the folder of events. Paths that are kept are relative to it: each worker may mount it elsewhere. */
export type Layout = {
  /** The place of a path that is kept. */
  absolute(path: string): string;
  /** A name for a new file of these days. */
  segmentPath(connectionId: string, firstDay: string): string;
  /** A name for something on its way, of this connection; its folder is there. */
  staging(connectionId: string, ending: string): Promise<string>;
};

export function createLayout(folder: string): Layout {
  // The engine reads these as patterns, and would find other files than the ones that were named.
  if (/[*?[\]]/.test(folder)) {
    throw new RangeError(`The folder of events cannot have one of * ? [ ] in its path: ${folder}`);
  }
  return {
    absolute: (path) => join(folder, path),
    segmentPath: (connectionId, firstDay) =>
      join(partOf(connectionId), `${firstDay}-${randomBytes(8).toString('hex')}.parquet`),
    async staging(connectionId, ending) {
      const path = join(stagingOf(connectionId), `${randomBytes(12).toString('hex')}${ending}`);
      await mkdir(join(folder, stagingOf(connectionId)), { recursive: true, mode: 0o700 });
      return path;
    },
  };
}

export function stagingOf(connectionId: string): string {
  return join(partOf(connectionId), 'staging');
}

/** Ids are ours; one that could lead out of the folder is a bug, and goes no further. */
export function partOf(connectionId: string): string {
  if (!/^[\w-]+$/.test(connectionId)) throw new RangeError(`"${connectionId}" is no id of a connection`);
  return connectionId;
}
