import type { KeyDeps } from '../app/ports-keys.ts';
import { createDataKeyStore } from '../db/data-keys.ts';
import type { Database } from '../db/database.ts';
import { createKeyStore } from '../db/key-store.ts';
import { createKeyRing, type MasterKeySource, masterKeyFingerprint } from '../secrets/index.ts';

/** What rotating keys needs, over the rows of all workspaces. */
export function keyDeps(database: Database, masterKeys: MasterKeySource): KeyDeps {
  return {
    ring: createKeyRing({ masterKeys, store: createDataKeyStore(database) }),
    store: createKeyStore(database),
    masters: {
      list: () => masterKeys.keys().map(({ key, kid }) => ({ kid, fingerprint: masterKeyFingerprint(key) })),
      reload: () => masterKeys.reload(),
    },
  };
}
