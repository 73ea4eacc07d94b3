import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from './manifest.ts';

export type StagedFiles = {
  keep(file: Manifest['files'][number], content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Gives all of them their names; nobody reads them before the database lists them. */
  place(): Promise<void>;
  /** Takes away what was not placed, and with `isUndone` also what was. */
  close(isUndone: boolean): Promise<void>;
};

/** Files of events on their way into the folder: below it, so that a rename puts them in place. */
export function stageFiles(eventsDir: string): StagedFiles {
  const folder = join(eventsDir, `.restore-${randomBytes(6).toString('hex')}`);
  const kept: string[] = [];
  const placed: string[] = [];
  return {
    async keep({ path }, content) {
      const to = join(folder, path);
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await pipeline(
        Readable.from(content, { objectMode: false }),
        createWriteStream(to, { mode: 0o600, flush: true }),
      );
      kept.push(path);
    },
    async place() {
      for (const path of kept) {
        const to = join(eventsDir, path);
        // A name belongs to one content for ever: what is there is the same, unless it was damaged.
        if (!existsSync(to)) placed.push(path);
        await mkdir(dirname(to), { recursive: true, mode: 0o700 });
        await rename(join(folder, path), to);
      }
    },
    async close(isUndone) {
      if (isUndone) for (const path of placed) await rm(join(eventsDir, path), { force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
