import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from './layout.ts';
import { partOf, stagingOf } from './layout.ts';

/** A file on its way is listed, or given up, long before. */
const ON_ITS_WAY_MS = 6 * 3_600_000;
/** A process that spills goes on writing; one that was killed does not. */
const SPILLING_MS = 24 * 3_600_000;

/** Deletes what no kill could tidy up: files that were written and never listed, and what was staged for nothing. */
export async function sweepFiles(
  layout: Layout,
  connectionId: string,
  listed: ReadonlySet<string>,
  now: Date,
): Promise<number> {
  const own = await filesIn(layout, partOf(connectionId));
  const staged = await filesIn(layout, stagingOf(connectionId));
  const left = [...own, ...staged].filter((path) => !listed.has(path));
  let swept = 0;
  for (const path of left) swept += await removeOld(layout.absolute(path), now, ON_ITS_WAY_MS);
  for (const path of await filesIn(layout, 'uploads'))
    await removeOld(layout.absolute(path), now, ON_ITS_WAY_MS);
  for (const name of await namesIn(layout.absolute('scratch'))) {
    await removeOld(layout.absolute(join('scratch', name)), now, SPILLING_MS);
  }
  return swept;
}

async function filesIn(layout: Layout, folder: string): Promise<string[]> {
  const entries = await readdir(layout.absolute(folder), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** @returns how many files are gone: 1 or 0 */
async function removeOld(path: string, now: Date, ageMs: number): Promise<number> {
  const found = await stat(path).catch(() => null); // somebody else has swept it
  if (found === null || now.getTime() - found.mtimeMs < ageMs) return 0;
  await rm(path, { recursive: true, force: true });
  return 1;
}
