import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { createInstance } from '../db/instance.ts';
import {
  generateMasterKeyFile,
  type MasterKeySource,
  masterKeyFingerprint,
  type ParsedMasterKeys,
  parseMasterKeys,
  readMasterKeyFile,
} from '../secrets/index.ts';
import { hideForever } from './log.ts';

/**
 * The master keys that wrap all others, newest first: from the environment, else from the data folder, where the first
 * start makes one. It is never made over a database that holds secrets already, and a list without the key that these
 * are under is refused. A newer key in front of it is welcome: `rotate-keys.ts` moves the secrets there.
 *
 * @param givenFile where `given` was read from; such a file, and that of the data folder, is looked at again on `reload`
 */
export async function loadMasterKeys(
  given: string | null,
  dataDir: string,
  instance: ReturnType<typeof createInstance>,
  givenFile: string | null = null,
): Promise<MasterKeySource> {
  const file = masterKeyFileOf(dataDir);
  const hasSecrets = await instance.hasSecrets();
  if (given === null && !existsSync(file)) {
    if (hasSecrets) {
      throw new Error(
        `The database holds secrets, and their master key is missing: neither TIDEMARK_MASTER_KEY nor ${file} is there. Restore the key.`,
      );
    }
    await generateMasterKeyFile(file).catch((error: unknown) => {
      if (!existsSync(file)) throw error; // another process of this folder was quicker
    });
  }
  const parsed = given === null ? await readMasterKeyFile(file) : parseMasterKeys(given);
  if (!parsed.ok) {
    const where = given === null ? `The key in ${file}` : 'TIDEMARK_MASTER_KEY';
    throw new Error(`${where} cannot be used: ${parsed.problems.join('; ')}.`);
  }
  const fingerprints = parsed.keys.map(({ key }) => masterKeyFingerprint(key));
  const known = await instance.noteMasterKey(fingerprints[0] ?? '', hasSecrets);
  if (hasSecrets && !fingerprints.includes(known)) {
    throw new Error(
      'The master key is not the one that this database was encrypted with. Give the right TIDEMARK_MASTER_KEY, or restore master.key in the data folder.',
    );
  }
  return sourceOf(parsed, given === null ? file : givenFile, given === null);
}

/** Where the embedded mode keeps its master key. */
export function masterKeyFileOf(dataDir: string): string {
  return join(dataDir, 'master.key');
}

function sourceOf(
  parsed: { keys: ReturnType<MasterKeySource['keys']> },
  file: string | null,
  isOurs: boolean,
) {
  let { keys } = parsed;
  hideKeys(keys);
  return {
    keys: () => keys,
    async reload() {
      if (file === null) return;
      const again = isOurs ? await readMasterKeyFile(file) : await readMounted(file);
      if (!again.ok) return;
      keys = again.keys;
      hideKeys(keys);
    },
  };
}

/** However a key may be written down, no log shows it. */
function hideKeys(keys: ReturnType<MasterKeySource['keys']>): void {
  for (const { key } of keys) {
    hideForever(key.toString('base64'), key.toString('base64url'), key.toString('hex'));
  }
}

/** A file of the operator's own, such as a mounted secret, has the mode that its platform gives it. */
async function readMounted(file: string): Promise<ParsedMasterKeys> {
  try {
    return parseMasterKeys(await readFile(file, 'utf8'));
  } catch {
    return { ok: false, problems: [`${file} cannot be read`] };
  }
}
