import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { openSnapshot, type SavedFile, type SavedTable, type Snapshot } from '../../db/backup/index.ts';
import { packageVersion } from '../../project.ts';
import type { Config } from '../config.ts';
import { hideForever, passwordsOf } from '../log.ts';
import { FORMAT, MANIFEST, type Manifest, type Part, VERSION } from './manifest.ts';
import { type ArchiveWriter, contentOf, writeArchive } from './write-archive.ts';

/** Rows are written in pieces of about this size: an entry says its size before its content. */
const PART_BYTES = 4 * 1024 ** 2;

export type BackedUp = {
  file: string;
  bytes: number;
  takenAt: string;
  tables: number;
  rows: number;
  eventFiles: number;
  /** Ids of the master keys without which its secrets cannot be read. They are not in it. */
  masterKids: string[];
};

/**
 * Saves the database and the files of events as of one moment in one file, while everything runs on. The file has its
 * name only when it is whole.
 *
 * @throws Error in one sentence; nothing is left behind then
 */
export async function backUp(
  { eventsDir }: Pick<Config, 'eventsDir'>,
  databaseUrl: string,
  path: string,
  signal: AbortSignal,
): Promise<BackedUp> {
  hideForever(...passwordsOf(databaseUrl));
  const file = resolve(path);
  if (await exists(file)) {
    throw new Error(`The file ${file} is there already, and was left alone. Give another name.`);
  }
  const partial = join(dirname(file), `.${randomBytes(6).toString('hex')}.partial`);
  const snapshot = await openSnapshot(databaseUrl);
  try {
    const archive = writeArchive(partial, signal);
    let manifest: Manifest;
    try {
      manifest = await fillArchive(archive, snapshot, eventsDir);
      await archive.end();
    } catch (error) {
      await archive.abort(error);
      throw error;
    }
    await rename(partial, file);
    await syncFolder(dirname(file));
    return {
      file,
      bytes: (await stat(file)).size,
      takenAt: manifest.facts.takenAt,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      eventFiles: manifest.files.length,
      masterKids: manifest.facts.masterKids,
    };
  } catch (error) {
    await rm(partial, { force: true });
    signal.throwIfAborted();
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new Error(
      `The backup could not be written to ${file} (${code}). Free space, or name another place.`,
      {
        cause: error,
      },
    );
  } finally {
    await snapshot.close().catch(() => {});
  }
}

async function fillArchive(archive: ArchiveWriter, snapshot: Snapshot, eventsDir: string): Promise<Manifest> {
  // Files first: one that is retired from now on stays for an hour, and tables may take longer.
  const files: Manifest['files'] = [];
  for (const each of snapshot.files) files.push(await addFile(archive, each, eventsDir));
  const tables: Manifest['tables'] = [];
  for (const table of snapshot.tables) tables.push(await addTable(archive, table, snapshot.rows(table)));
  const manifest: Manifest = {
    format: FORMAT,
    version: VERSION,
    tidemark: packageVersion(),
    facts: snapshot.facts,
    files,
    tables,
    sequences: await snapshot.sequences(),
  };
  const text = Buffer.from(JSON.stringify(manifest, null, 1));
  await archive.add(MANIFEST, text.length, contentOf(text));
  return manifest;
}

async function addFile(
  archive: ArchiveWriter,
  { bytes, path, sha256 }: SavedFile,
  eventsDir: string,
): Promise<Manifest['files'][number]> {
  const place = join(eventsDir, path);
  const size = await stat(place).then(
    (found) => found.size,
    () => null,
  );
  const part = size === bytes ? await archive.add(`events/${path}`, bytes, createReadStream(place)) : null;
  if (part === null || part.sha256 !== sha256) {
    throw new Error(
      `The file of events ${place} ${size === null ? 'is missing' : 'is not the one that was written'}, so no backup was made. Check TIDEMARK_EVENTS_DIR, or restore the file from an earlier backup.`,
    );
  }
  return { ...part, path };
}

async function addTable(
  archive: ArchiveWriter,
  { columns, name }: SavedTable,
  content: AsyncIterable<Buffer>,
): Promise<Manifest['tables'][number]> {
  const parts: Part[] = [];
  let rows = 0;
  let held: Buffer[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (bytes === 0) return;
    const number = String(parts.length + 1).padStart(6, '0');
    parts.push(await archive.add(`tables/${name}/${number}.copy`, bytes, contentOf(...held)));
    held = [];
    bytes = 0;
  };
  for await (const chunk of content) {
    rows += linesIn(chunk);
    held.push(chunk);
    bytes += chunk.length;
    if (bytes >= PART_BYTES) await flush();
  }
  await flush();
  return { name, columns, rows, parts };
}

/** In this format a line break inside a value is written with a backslash: one byte 10 is one row. */
function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
