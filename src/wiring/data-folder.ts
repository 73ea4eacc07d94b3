import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

type LockFile = { pid: number; bornAt: string | null };

/**
 * Makes the data folder when it is missing, and takes it for this process: two servers on one folder would fight
 * over one database.
 *
 * @returns gives the folder free again
 * @throws Error in one sentence when it cannot be written, or when another server has it
 */
export function takeDataFolder(dataDir: string): () => void {
  makeWritable(dataDir);
  const file = join(dataDir, 'server.lock');
  const mine: LockFile = { pid: process.pid, bornAt: bornAt(process.pid) };
  for (let attempt = 1; ; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 5) throw error;
      const holder = readLock(file);
      if (holder !== null && isAlive(holder)) {
        throw new Error(
          `Another Tidemark (pid ${holder.pid}) already runs on ${dataDir}. Use it, stop it, or give another folder with TIDEMARK_DATA_DIR.`,
          { cause: error },
        );
      }
      rmSync(file, { force: true }); // its process died without cleaning up
    }
  }
}

/** Makes the folder when it is missing. @throws Error in one sentence when it cannot be written */
export function makeWritable(dataDir: string): void {
  try {
    if (!existsSync(dataDir)) {
      makeFolder(dataDir);
      // Others may pass through, because root hands PostgreSQL to another user; every secret file in it is 0600.
      chmodSync(dataDir, 0o711);
    }
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    const probe = join(dataDir, `.write-probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe, { force: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Error(
      `The data folder ${dataDir} cannot be written (${code}). Change its owner or mode, or give another one with TIDEMARK_DATA_DIR.`,
      { cause: error },
    );
  }
}

/** Folder by folder: Node's own `recursive` never ends where the system says that a present parent is missing. */
function makeFolder(path: string): void {
  if (!existsSync(dirname(path))) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o711 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was quicker
  }
}

function readLock(file: string): LockFile | null {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8')) as LockFile;
    return typeof lock.pid === 'number' ? lock : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, bornAt: born }: LockFile): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // Process ids are used again: the same id that was born at another moment is another process.
  const now = bornAt(pid);
  return born === null || now === null || born === now;
}

/** When a process began, in the kernel's own ticks; null where there is no /proc. */
function bornAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Where the command line finds the API of this folder, and the token by which it may speak to it. */
export function writeApiFile(dataDir: string, api: { url: string; token: string }): () => void {
  const file = join(dataDir, 'api.json');
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ ...api, pid: process.pid }), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
