import { kidOf, openBytes, sealBytes } from './cipher.ts';
import { type DataKeyStore, newDataKey, rewrap, type StoredDataKey, unwrap } from './data-key.ts';
import { SecretError } from './error.ts';
import type { MasterKey, MasterKeySource } from './master-key.ts';

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

/**
 * @param options.masterKeys a list, or a source that can be looked at again
 * @throws TypeError when no master key is given
 */
export function createKeyRing(options: {
  masterKeys: readonly MasterKey[] | MasterKeySource;
  store: DataKeyStore;
}): KeyRing {
  const { store } = options;
  const source = sourceOf(options.masterKeys);
  newestOf(source.keys());

  /** Nothing is kept: a data key lives as long as the call that needs it. */
  async function unwrapped<Key extends StoredDataKey | null>(
    read: () => Promise<Key>,
  ): Promise<{ stored: Key & StoredDataKey; key: Buffer } | null> {
    for (let isFirst = true; ; isFirst = false) {
      const stored = await read();
      if (stored === null) return null;
      try {
        return { stored, key: unwrap(stored, source.keys()) };
      } catch (error) {
        // It may have moved under a master key that is newer than this process: then the file says so by now.
        if (!isFirst || !(error instanceof SecretError) || error.code !== 'unknown_key') throw error;
        await source.reload();
      }
    }
  }

  async function addDataKey(workspaceId: string): Promise<{ kid: string; key: Buffer }> {
    for (let isFirst = true; ; isFirst = false) {
      // One that was retired is refused; the next one on the list is its successor where the list was not turned yet.
      for (const master of source.keys()) {
        const { stored, key } = newDataKey(workspaceId, master);
        if (await store.put(stored)) return { kid: stored.kid, key };
      }
      if (!isFirst) throw new SecretError('unknown_key', 'every master key of this process was retired');
      await source.reload();
    }
  }

  return {
    async seal(secret) {
      const context = contextOf(secret);
      const current = await unwrapped(() => store.get(secret.workspaceId));
      const { kid, key } =
        current === null
          ? await addDataKey(secret.workspaceId)
          : { kid: current.stored.kid, key: current.key };
      return sealBytes(key, kid, Buffer.from(secret.plaintext), context);
    },

    async open(secret) {
      const kid = kidOf(secret.sealed);
      const found = await unwrapped(() => store.find(secret.workspaceId, kid));
      if (found === null) throw new SecretError('unknown_key', `the data key ${kid} does not exist here`);
      return openBytes(found.key, secret.sealed, contextOf(secret)).toString();
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
      const masterKeys = source.keys();
      const newest = newestOf(masterKeys);
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

function sourceOf(masterKeys: readonly MasterKey[] | MasterKeySource): MasterKeySource {
  if ('reload' in masterKeys) return masterKeys;
  return { keys: () => masterKeys, reload: async () => {} };
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
