import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createTarDecoder } from 'modern-tar';
import { FORMAT, MANIFEST, type Manifest, manifestSchema, type Part, partsIn, VERSION } from './manifest.ts';

/** One entry. Its content has to be read to the end before the next one comes. */
export type ArchivePart = { name: string; bytes: number; content: AsyncIterable<Uint8Array> };

/** The entries of a .tar.gz in their order, in constant memory. */
export async function* partsOf(path: string, signal: AbortSignal): AsyncGenerator<ArchivePart> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const unzipped = createGunzip();
  const reading = pipeline(file, unzipped, { signal });
  reading.catch(() => {}); // told by whoever reads what comes out of it
  try {
    const entries = Readable.toWeb(unzipped).pipeThrough(createTarDecoder({ strict: true }));
    for await (const { body, header } of entries) {
      yield { name: header.name, bytes: header.size, content: body as AsyncIterable<Uint8Array> };
    }
    await reading;
  } finally {
    file.destroy();
    unzipped.destroy();
  }
}

/** A file that cannot be restored: the sentence names it and says what to do. */
export class BrokenBackup extends Error {
  override name = 'BrokenBackup';
}

const MAX_MANIFEST_BYTES = 64 * 1024 ** 2;

/**
 * Reads the whole file and compares every entry with what its manifest says of it.
 *
 * @throws BrokenBackup when it is cut off, changed, or no backup at all
 */
export async function verifyArchive(path: string, signal: AbortSignal): Promise<Manifest> {
  const seen: Part[] = [];
  let last: Buffer | null = null;
  try {
    for await (const { bytes, content, name } of partsOf(path, signal)) {
      if (last !== null) throw new BrokenBackup(unusable(path, 'something follows its manifest'));
      if (name === MANIFEST && bytes > MAX_MANIFEST_BYTES) throw new Error('its manifest is too large');
      const kept: Uint8Array[] = [];
      const hash = createHash('sha256');
      for await (const chunk of content) {
        hash.update(chunk);
        if (name === MANIFEST) kept.push(chunk);
      }
      if (name === MANIFEST) last = Buffer.concat(kept);
      else seen.push({ name, bytes, sha256: hash.digest('hex') });
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof BrokenBackup
      ? error
      : new BrokenBackup(unusable(path, whatIsWrong(error)), { cause: error });
  }
  if (last === null) throw new BrokenBackup(unusable(path, 'it has no manifest at its end'));
  const manifest = manifestOf(path, last);
  const told = partsIn(manifest);
  const wrong = told.find((part, index) => !isSame(part, seen[index])) ?? seen[told.length];
  if (wrong !== undefined) throw new BrokenBackup(unusable(path, `"${wrong.name}" is not what was saved`));
  return manifest;
}

export function isSame(a: Part, b: Part | undefined): boolean {
  return b !== undefined && a.name === b.name && a.bytes === b.bytes && a.sha256 === b.sha256;
}

function manifestOf(path: string, text: Buffer): Manifest {
  let read: unknown;
  try {
    read = JSON.parse(text.toString('utf8'));
  } catch {
    read = null;
  }
  const told = read as { format?: unknown; version?: unknown } | null;
  if (told?.format === FORMAT && typeof told.version === 'number' && told.version > VERSION) {
    throw new BrokenBackup(
      `The backup ${path} was made by a newer version of Tidemark, so nothing was restored. Restore it with that version.`,
    );
  }
  const parsed = manifestSchema.safeParse(read);
  if (!parsed.success) throw new BrokenBackup(unusable(path, 'its manifest is not one of Tidemark'));
  return parsed.data;
}

function whatIsWrong(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'Z_BUF_ERROR') return 'it is cut off before its end';
  if (code?.startsWith('Z_') === true) return 'it is damaged, or no .tar.gz at all';
  return message ?? 'it cannot be read';
}

export function unusable(path: string, why: string): string {
  return `The backup ${path} cannot be used: ${why}. Nothing was changed; take another copy of it, or another backup.`;
}
