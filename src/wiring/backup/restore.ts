import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkMigration, restoreDatabase, type Settled } from '../../db/backup/index.ts';
import { projectRoot } from '../../project.ts';
import { masterKidOf, parseMasterKeys, readMasterKeyFile } from '../../secrets/index.ts';
import type { Config } from '../config.ts';
import { takeDataFolder } from '../data-folder.ts';
import { hideForever, passwordsOf } from '../log.ts';
import { masterKeyFileOf } from '../master-key.ts';
import { startAlone } from '../operator.ts';
import { probeDatabase } from '../probe.ts';
import { digested } from './digested.ts';
import { stageFiles } from './event-files.ts';
import { MANIFEST, type Manifest, type Part } from './manifest.ts';
import { type ArchivePart, BrokenBackup, isSame, partsOf, unusable, verifyArchive } from './read-archive.ts';

export type Restored = Settled & { file: string; takenAt: string; rows: number; eventFiles: number };

type RestoreConfig = Pick<Config, 'databaseUrl' | 'dataDir' | 'eventsDir' | 'masterKey'>;

/**
 * Puts a backup in the place of what is there. The file is read and compared as a whole before anything is touched, and
 * everything happens in one transaction: a restore that fails leaves all as it was.
 *
 * @throws Error in one sentence that says what to do
 */
export async function restoreBackup(
  config: RestoreConfig,
  path: string,
  replace: boolean,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Restored> {
  const file = resolve(path);
  const manifest = await verifyArchive(file, signal);
  checkMigration(projectRoot(), manifest.facts.migration);
  await checkMasterKeys(config, manifest.facts);
  const database = await takeDatabase(config, say);
  try {
    hideForever(...passwordsOf(database.url));
    const settled = await load(config, database.url, file, manifest, replace, signal);
    return {
      ...settled,
      file,
      takenAt: manifest.facts.takenAt,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      eventFiles: manifest.files.length,
    };
  } finally {
    await database.close();
  }
}

/** As a server takes both: where one runs, this is refused. */
async function takeDatabase(
  { databaseUrl, dataDir }: RestoreConfig,
  say: (line: string) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  if (databaseUrl === null) return startAlone(dataDir, say);
  await probeDatabase(databaseUrl);
  const leave = takeDataFolder(dataDir);
  return { url: databaseUrl, close: async () => leave() };
}

async function load(
  { eventsDir }: RestoreConfig,
  url: string,
  file: string,
  manifest: Manifest,
  replace: boolean,
  signal: AbortSignal,
): Promise<Settled> {
  const parts = partsOf(file, signal);
  const staged = stageFiles(eventsDir);
  let isPlaced = false;
  try {
    for (const each of manifest.files) await staged.keep(each, expected(await next(parts), each));
    const { formerFiles, settled } = await restoreDatabase(manifest, {
      url,
      root: projectRoot(),
      replace,
      rowsOf: ({ name }) => rowsOf(parts, manifest.tables.find((table) => table.name === name)?.parts ?? []),
      async beforeCommit() {
        if ((await next(parts)).name !== MANIFEST) throw new Error('it was changed while it was read');
        await staged.place();
        signal.throwIfAborted();
        // A commit whose answer is lost may have been one: from here on the files stay. Too many do no harm.
        isPlaced = true;
      },
    });
    const listed = new Set(manifest.files.map(({ path }) => path));
    for (const path of formerFiles.filter((former) => !listed.has(former))) {
      await rm(join(eventsDir, path), { force: true });
    }
    return settled;
  } catch (error) {
    signal.throwIfAborted();
    // A refusal of ours is whole sentences; anything else came out of the file.
    if (!(error instanceof Error) || error.message.endsWith('.')) throw error;
    const { code } = error as { code?: string };
    if (code === undefined || isOfTheFile(code)) {
      throw new BrokenBackup(unusable(file, error.message), { cause: error });
    }
    throw new Error(
      `The backup ${file} could not be restored: ${error.message}. Nothing was changed; remove the cause, then restore again.`,
      { cause: error },
    );
  } finally {
    await staged.close(!isPlaced);
    await parts.return(undefined);
  }
}

/** Values or references that PostgreSQL refuses, and what cannot be unpacked; not a full disk or a lost connection. */
function isOfTheFile(code: string): boolean {
  return /^(22|23|Z_)/.test(code);
}

async function next(parts: AsyncGenerator<ArchivePart>): Promise<ArchivePart> {
  const { done, value } = await parts.next();
  if (done === true) throw new Error('it was changed while it was read');
  return value;
}

async function* rowsOf(parts: AsyncGenerator<ArchivePart>, told: readonly Part[]) {
  for (const each of told) yield* expected(await next(parts), each);
}

/** The content of a part, which is what the manifest says once it has been read to its end. */
async function* expected({ bytes, content, name }: ArchivePart, told: Part): AsyncGenerator<Uint8Array> {
  const { sha256, through } = digested(content);
  yield* through;
  if (!isSame({ name, bytes, sha256: sha256() }, told)) throw new Error('it was changed while it was read');
}

/** The backup has no key in it. @throws Error in one sentence when those at hand do not read its secrets */
async function checkMasterKeys(
  { dataDir, masterKey }: RestoreConfig,
  { masterKeyFingerprint, masterKids }: Manifest['facts'],
): Promise<void> {
  const needed = new Set(masterKids);
  if (masterKeyFingerprint !== null) needed.add(masterKidOf(masterKeyFingerprint));
  if (needed.size === 0) return;
  const file = masterKeyFileOf(dataDir);
  const where = masterKey === null ? file : 'TIDEMARK_MASTER_KEY';
  const kids = [...needed].join(', ');
  if (masterKey === null && !existsSync(file)) {
    throw new Error(
      `The secrets in the backup are under the master key ${kids}, which is not in it, and ${file} is missing; nothing was restored. Put the key there, or give it as TIDEMARK_MASTER_KEY.`,
    );
  }
  const parsed = masterKey === null ? await readMasterKeyFile(file) : parseMasterKeys(masterKey);
  if (!parsed.ok) throw new Error(`The key in ${where} cannot be used: ${parsed.problems.join('; ')}.`);
  const atHand = parsed.keys.map(({ kid }) => kid);
  if ([...needed].every((kid) => atHand.includes(kid))) return;
  throw new Error(
    `The secrets in the backup are under the master key ${kids}, and ${where} holds ${atHand.join(', ')}; nothing was restored. Give the key that the backup was made under, the newest first.`,
  );
}
