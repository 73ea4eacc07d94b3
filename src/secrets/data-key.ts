import { randomBytes } from 'node:crypto';
import { KEY_BYTES, kidOf, openBytes, sealBytes } from './cipher.ts';
import { SecretError } from './error.ts';
import type { MasterKey } from './master-key.ts';

/** A workspace's data key as it lies in the database: encrypted under the master key `masterKid`. */
export type StoredDataKey = { kid: string; workspaceId: string; masterKid: string; wrapped: string };

/** Where wrapped data keys are kept. A workspace may have several: the newest writes, all of them read. */
export type DataKeyStore = {
  /** The newest data key that is not retired, or null when the workspace has none yet. */
  get(workspaceId: string): Promise<StoredDataKey | null>;
  find(workspaceId: string, kid: string): Promise<StoredDataKey | null>;
  /**
   * Adds; two workers adding at the same moment both succeed, under different ids.
   *
   * @returns false when its master key was retired by then
   */
  put(key: StoredDataKey): Promise<boolean>;
  /** Up to `limit` keys that are wrapped by any other master key than this one. */
  listNotUnder(masterKid: string, limit: number): Promise<StoredDataKey[]>;
  /** Compare and set: writes only where `wrapped` is still `oldWrapped`, and says whether it did. */
  replaceWrapped(
    kid: string,
    oldWrapped: string,
    next: { masterKid: string; wrapped: string },
  ): Promise<boolean>;
};

/** A new random data key, wrapped by `master`. */
export function newDataKey(workspaceId: string, master: MasterKey): { stored: StoredDataKey; key: Buffer } {
  const key = randomBytes(KEY_BYTES);
  const kid = `dk-${randomBytes(9).toString('hex')}`;
  return { stored: wrap(key, kid, workspaceId, master), key };
}

/** @throws SecretError `unknown_key` when its master key is not at hand, or as `openBytes` does */
export function unwrap(stored: StoredDataKey, masters: readonly MasterKey[]): Buffer {
  const master = masters.find(({ kid }) => kid === kidOf(stored.wrapped));
  if (master === undefined) {
    throw new SecretError('unknown_key', `the master key ${stored.masterKid} is not configured`);
  }
  return openBytes(master.key, stored.wrapped, wrapContext(stored.kid, stored.workspaceId));
}

/** The same data key under another master key. Nothing that it sealed has to be touched. */
export function rewrap(stored: StoredDataKey, masters: readonly MasterKey[], next: MasterKey): StoredDataKey {
  return wrap(unwrap(stored, masters), stored.kid, stored.workspaceId, next);
}

function wrap(key: Buffer, kid: string, workspaceId: string, master: MasterKey): StoredDataKey {
  const wrapped = sealBytes(master.key, master.kid, key, wrapContext(kid, workspaceId));
  return { kid, workspaceId, masterKid: master.kid, wrapped };
}

function wrapContext(kid: string, workspaceId: string): string {
  return `v1|data_key|${kid}|${workspaceId}`;
}
