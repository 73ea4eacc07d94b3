import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { createInstance } from '../db/instance.ts';
import {
  generateMasterKeyFile,
  type MasterKey,
  masterKeyFingerprint,
  parseMasterKeys,
  readMasterKeyFile,
} from '../secrets/index.ts';

/**
 * The master key that wraps all others: from the environment, else from the data folder, where the first start makes
 * it. It is never made over a database that holds secrets already, and a foreign one is refused.
 */
export async function loadMasterKeys(
  given: string | null,
  dataDir: string,
  instance: ReturnType<typeof createInstance>,
): Promise<MasterKey[]> {
  const file = join(dataDir, 'master.key');
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
  const known = await instance.note('master_key_fingerprint', fingerprints[0] ?? '');
  if (hasSecrets && !fingerprints.includes(known)) {
    throw new Error(
      'The master key is not the one that this database was encrypted with. Give the right TIDEMARK_MASTER_KEY, or restore master.key in the data folder.',
    );
  }
  return parsed.keys;
}
