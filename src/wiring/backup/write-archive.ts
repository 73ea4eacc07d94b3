import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import { createTarPacker } from 'modern-tar';
import type { Part } from './manifest.ts';

export type ArchiveWriter = {
  /** @returns what was written; `bytes` is how many there must be */
  add(name: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<Part>;
  /** The file is whole once this has resolved. */
  end(): Promise<void>;
  abort(reason: unknown): Promise<void>;
};

/** A .tar.gz that is written entry by entry, in constant memory: whoever adds waits for the disk. */
export function writeArchive(path: string, signal: AbortSignal): ArchiveWriter {
  const { controller, readable } = createTarPacker();
  const written = pipeline(
    Readable.fromWeb(readable as ReadableStream<Uint8Array>),
    createGzip(),
    // Secrets in it are sealed, but it is everything else that people keep here.
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
    { signal },
  );
  // A full disk is told by whoever adds next, or at the end.
  let failure: unknown;
  written.catch((error: unknown) => {
    failure = error;
    controller.error(error);
  });
  return {
    async add(name, bytes, content) {
      const hash = createHash('sha256');
      let seen = 0;
      const mtime = new Date(0);
      try {
        const writer = controller.add({ name, size: bytes, type: 'file', mode: 0o600, mtime }).getWriter();
        for await (const chunk of content) {
          signal.throwIfAborted();
          hash.update(chunk);
          seen += chunk.length;
          await writer.write(chunk);
        }
        await writer.close();
      } catch (error) {
        throw failure ?? error;
      }
      return { name, bytes: seen, sha256: hash.digest('hex') };
    },
    async end() {
      if (failure === undefined) controller.finalize();
      await written;
    },
    async abort(reason) {
      controller.error(reason);
      await written.catch(() => {});
    },
  };
}

/** A buffer as the content of an entry. */
export async function* contentOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
