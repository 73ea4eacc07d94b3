import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../app/errors.ts';
import type { EventUploads } from '../app/ports-events.ts';

/** Files that are on their way in, below the folder of events, where the engine may read them. */
export function createEventUploads(folder: string, maxBytes: number): EventUploads {
  const uploads = join(folder, 'uploads');
  return {
    async receive(chunks, signal) {
      const path = join(uploads, `${randomUUID()}.upload`);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const hash = createHash('sha256');
      const file = await open(path, 'wx', 0o600);
      let bytes = 0;
      try {
        for await (const chunk of chunks) {
          signal.throwIfAborted();
          bytes += chunk.byteLength;
          if (bytes > maxBytes) throw tooLarge(maxBytes);
          hash.update(chunk);
          await file.write(chunk);
        }
        if (bytes === 0) throw nothing();
        await file.close();
      } catch (error) {
        await file.close();
        await rm(path, { force: true });
        throw error;
      }
      return { path, sha256: hash.digest('hex'), bytes };
    },
    forget: (path) => rm(path, { force: true }),
  };
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(
    'invalid',
    'body_too_large',
    `The file is larger than ${maxBytes} bytes, which are taken at once.`,
    'Divide it by days, and send the parts one after the other, or send it as Parquet.',
  );
}

function nothing(): AppError {
  return new AppError('invalid', 'file_empty', 'The file is empty.', 'Name a file that holds events.');
}
