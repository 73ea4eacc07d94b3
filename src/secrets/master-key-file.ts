import { randomBytes } from 'node:crypto';
import { chown, type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KEY_BYTES } from './cipher.ts';
import { SecretError } from './error.ts';
import { type MasterKey, masterKeyOf, type ParsedMasterKeys, parseMasterKeys } from './master-key.ts';

const MAX_FILE_BYTES = 16_384;

/**
 * Writes a new random master key to a new file with mode 0600, and its folder with mode 0700 when missing.
 *
 * @throws SecretError `key_file` when the file exists: overwriting a key would lose every secret under it
 */
export async function generateMasterKeyFile(path: string): Promise<MasterKey> {
  const key = randomBytes(KEY_BYTES);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw isExisting(error) ? new SecretError('key_file', `${path} exists; it is not overwritten`) : error;
  });
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    // The first secret may be sealed at once: the key has to outlive a power cut from then on.
    await file.sync();
  } finally {
    await file.close();
  }
  return masterKeyOf(key);
}

/**
 * Writes these keys over a key file, whole or not at all: a reader sees the old text or the new one, also after a power
 * cut. Owner and mode (0600) stay.
 */
export async function replaceMasterKeyFile(path: string, keys: readonly MasterKey[]): Promise<void> {
  const before = await stat(path);
  const beside = `${path}.${process.pid}.new`;
  await rm(beside, { force: true });
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(keys.map(({ key }) => `${key.toString('base64')}\n`).join(''));
    // Root may turn the key of a service that runs as somebody else, who has to read it.
    if (process.getuid?.() === 0) await chown(beside, before.uid, before.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  if (process.platform === 'win32') return; // a folder cannot be opened there
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Reads the keys of a file that only its owner can read; on Windows the mode says nothing and is not judged. */
export async function readMasterKeyFile(path: string): Promise<ParsedMasterKeys> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return { ok: false, problems: [`${path} cannot be opened`] };
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return { ok: false, problems: [`${path} is not a file`] };
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
      return { ok: false, problems: [`${path} has mode ${mode}; set it to 0600: chmod 600 ${path}`] };
    }
    if (stat.size > MAX_FILE_BYTES) return { ok: false, problems: [`${path} is too long for a key file`] };
    return parseMasterKeys(await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
