import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The operating-system user that PostgreSQL runs as. */
export type ServiceUser = { name: string; uid: number; gid: number; home: string };

/**
 * PostgreSQL refuses to run as root, so root hands it to another user: `postgres` where there is one, else `nobody`.
 *
 * @returns null when we are an ordinary user (or on a system without users), who runs PostgreSQL as themselves
 * @throws Error when we are root and neither user exists
 */
export function serviceUser(passwd = readPasswd()): ServiceUser | null {
  if (process.getuid?.() !== 0) return null;
  for (const wanted of ['postgres', 'nobody']) {
    const line = passwd.split('\n').find((entry) => entry.startsWith(`${wanted}:`));
    if (line === undefined) continue;
    const fields = line.split(':');
    return { name: wanted, uid: Number(fields[2]), gid: Number(fields[3]), home: fields[5] ?? '/' };
  }
  throw new Error(
    'PostgreSQL does not run as root, and neither a user "postgres" nor "nobody" exists. Run Tidemark as an ordinary user, or set DATABASE_URL.',
  );
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/** Whether `user` may pass through every folder on the way to `path`, and read it. */
export function canReach(path: string, user: ServiceUser): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    let stats: ReturnType<typeof statSync>;
    try {
      stats = statSync(folder);
    } catch {
      return false;
    }
    const bits =
      stats.uid === user.uid ? stats.mode >> 6 : stats.gid === user.gid ? stats.mode >> 3 : stats.mode;
    if (stats.isDirectory() ? (bits & 0o1) === 0 : (bits & 0o4) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

/** Whether the present user may write into `folder`, which exists. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
