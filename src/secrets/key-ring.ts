import { kidOf, openBytes, sealBytes } from './cipher.ts';
import { type DataKeyStore, newDataKey, rewrap, type StoredDataKey, unwrap } from './data-key.ts';
import { SecretError } from './error.ts';
import type { MasterKey } from './master-key.ts';

/**
 * Where a secret lives and where it may be sent. All of it is authenticated: a ciphertext that was copied to
 * another row, or whose hosts were edited in the database, does not open.
 */
export type SecretPlace = {
  workspaceId: string;
  table: string;
  rowId: string;
  field: string;
  /** `host` or `host:port`; order and case do not matter. */
  allowedHosts: readonly string[];
};

export type KeyRing = {
  /** Encrypts under the workspace's newest data key, which is made on first use. */
  seal(secret: SecretPlace & { plaintext: string }): Promise<string>;
  /** @throws SecretError when the key is unknown, or text or place are not what they were */
  open(secret: SecretPlace & { sealed: string }): Promise<string>;
  /** Whether a sealed text is under an older data key and should be opened and sealed again. */
  isOutdated(secret: { workspaceId: string; sealed: string }): Promise<boolean>;
  /** Gives the workspace a new data key; older ones keep reading until everything is sealed again. */
  rotateDataKey(workspaceId: string): Promise<string>;
  /**
   * Moves up to `limit` data keys to the newest master key. Safe to repeat, to stop and to run twice at once.
   * Done when it returns 0 moved and nothing unreadable; only then may the old master key be removed.
   */
  rewrapDataKeys(limit?: number): Promise<{ moved: number; unreadableKids: string[] }>;
};

/** @throws TypeError when no master key is given */
export function createKeyRing(options: { masterKeys: readonly MasterKey[]; store: DataKeyStore }): KeyRing {
  const { masterKeys, store } = options;
  const newest = newestOf(masterKeys);

  async function addDataKey(workspaceId: string): Promise<{ kid: string; key: Buffer }> {
    const { stored, key } = newDataKey(workspaceId, newest);
    await store.put(stored);
    return { kid: stored.kid, key };
  }

  return {
    async seal(secret) {
      const context = contextOf(secret);
      const stored = await store.get(secret.workspaceId);
      const { kid, key } =
        stored === null
          ? await addDataKey(secret.workspaceId)
          : { kid: stored.kid, key: unwrap(stored, masterKeys) };
      return sealBytes(key, kid, Buffer.from(secret.plaintext), context);
    },

    async open(secret) {
      const kid = kidOf(secret.sealed);
      const stored = await store.find(secret.workspaceId, kid);
      if (stored === null) throw new SecretError('unknown_key', `the data key ${kid} does not exist here`);
      return openBytes(unwrap(stored, masterKeys), secret.sealed, contextOf(secret)).toString();
    },

    async isOutdated({ workspaceId, sealed }) {
      const current = await store.get(workspaceId);
      return current !== null && current.kid !== kidOf(sealed);
    },

    async rotateDataKey(workspaceId) {
      return (await addDataKey(workspaceId)).kid;
    },

    async rewrapDataKeys(limit = 100) {
      let moved = 0;
      const unreadableKids: string[] = [];
      for (const stored of await store.listNotUnder(newest.kid, limit)) {
        const next = rewrapOrNull(stored, masterKeys, newest);
        if (next === null) unreadableKids.push(stored.kid);
        else if (await store.replaceWrapped(stored.kid, stored.wrapped, next)) moved += 1;
      }
      return { moved, unreadableKids };
    },
  };
}

function newestOf(masterKeys: readonly MasterKey[]): MasterKey {
  const [newest] = masterKeys;
  if (newest === undefined) throw new TypeError('a key ring needs at least one master key');
  return newest;
}

function rewrapOrNull(
  stored: StoredDataKey,
  masters: readonly MasterKey[],
  next: MasterKey,
): StoredDataKey | null {
  try {
    return rewrap(stored, masters, next);
  } catch (error) {
    // One lost key must not stop the move of all the others.
    if (error instanceof SecretError) return null;
    throw error;
  }
}

/** @throws TypeError when a part holds the separator, as two places could then read the same */
function contextOf(place: SecretPlace): string {
  const hosts = [...new Set(place.allowedHosts.map((host) => host.toLowerCase()))].toSorted();
  if (hosts.some((host) => host.includes(','))) throw new TypeError('a host must not hold a comma');
  const parts = ['v1', place.table, place.rowId, place.workspaceId, place.field, hosts.join(',')];
  if (parts.some((part) => part.includes('|'))) throw new TypeError('a part of the place must not hold "|"');
  return parts.join('|');
}
