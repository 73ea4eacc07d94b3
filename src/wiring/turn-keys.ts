import { randomBytes } from 'node:crypto';
import type { DataKeyCount, KeyDeps } from '../app/ports-keys.ts';
import { type KeysMoved, newDataKeys, rotateKeys } from '../app/rotate-keys.ts';
import { type MasterKey, masterKeyOf, readMasterKeyFile, replaceMasterKeyFile } from '../secrets/index.ts';
import { masterKeyFileOf } from './master-key.ts';
import type { Services } from './services.ts';

type Keys = Pick<Services, 'config' | 'database' | 'deps' | 'keys'>;

export type MasterKeyState = {
  kid: string;
  /** Whether data keys are written under it. */
  isNewest: boolean;
  /** Null: this process does not have it. */
  isAtHand: boolean;
  dataKeys: number;
  /** Nothing is under it, and nothing comes back: it may be taken out of the list. */
  mayBeRemoved: boolean;
};

export type KeysState = {
  from: 'environment' | 'file';
  masterKeys: MasterKeyState[];
  dataKeys: DataKeyCount[];
};

/** What is under which key, and which one is not needed any more. */
export async function keysState({ config, keys }: Keys): Promise<KeysState> {
  await keys.masters.reload();
  const [dataKeys, retired] = await Promise.all([keys.store.counts(), keys.store.retiredMasterKids()]);
  const atHand = keys.masters.list().map(({ kid }) => kid);
  const kids = [...new Set([...atHand, ...dataKeys.map(({ masterKid }) => masterKid)])];
  const masterKeys = kids.map((kid) => {
    const under = dataKeys.filter(({ masterKid }) => masterKid === kid).length;
    return {
      kid,
      isNewest: kid === atHand[0],
      isAtHand: atHand.includes(kid),
      dataKeys: under,
      mayBeRemoved: under === 0 && retired.includes(kid),
    };
  });
  return { from: config.masterKey === null ? 'file' : 'environment', masterKeys, dataKeys };
}

export type Turned = KeysMoved & {
  newDataKeys: number;
  newMasterKid: string | null;
  removedMasterKids: string[];
};

/**
 * New keys, and everything moved under them: a data key for each workspace, and with `isMaster` a master key in the key
 * file before that. The file holds the old key, too, until nothing is under it; a rotation that was killed goes on with
 * the key that it made.
 *
 * @throws Error in one sentence when the master key does not come from our file, or another rotation is under way
 */
export async function turnKeys(services: Keys, isMaster: boolean, signal: AbortSignal): Promise<Turned> {
  const { config, database, deps, keys } = services;
  if (isMaster && config.masterKey !== null) {
    throw new Error(
      'The master key comes from TIDEMARK_MASTER_KEY, which Tidemark cannot change. SECURITY.md says how it is rotated there.',
    );
  }
  const client = await database.pool.connect();
  try {
    // Held by the session, so that it ends with a process that is killed.
    const lock = `SELECT pg_try_advisory_lock(hashtext('tidemark.turn_keys')) AS mine`;
    const { rows } = await client.query<{ mine: boolean }>(lock);
    if (rows[0]?.mine !== true) throw new Error('Another rotation of keys is under way. Wait for its end.');
    const file = masterKeyFileOf(config.dataDir);
    const newMasterKid = isMaster ? await addMasterKey(keys, file) : null;
    const made = await newDataKeys(keys);
    for (const { kid, workspaceId } of made) {
      await deps.audit.append({
        workspaceId,
        actor: 'operator',
        action: 'rotate',
        objectType: 'data_key',
        objectId: kid,
        details: { newMasterKid },
        requestId: null,
      });
    }
    const moved = await rotateKeys(keys, signal, true);
    const removedMasterKids = config.masterKey === null ? await removeRetired(keys, file) : [];
    return { ...moved, newDataKeys: made.length, newMasterKid, removedMasterKids };
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()').catch(() => {});
    client.release();
  }
}

/** The new key goes in front before anything is under it, so that a kill at any moment loses nothing. */
async function addMasterKey(keys: KeyDeps, file: string): Promise<string> {
  const held = await keysIn(file);
  const retired = await keys.store.retiredMasterKids();
  const needed = held.filter(({ kid }) => !retired.includes(kid));
  const [first] = needed;
  if (first === undefined) throw new Error(`Every key in ${file} was retired. Restore the file.`);
  // Several that are needed: an earlier rotation has not come to its end, and its key is the new one.
  if (needed.length > 1) return first.kid;
  const made = masterKeyOf(randomBytes(32));
  await replaceMasterKeyFile(file, [made, ...held]);
  await keys.masters.reload();
  return made.kid;
}

async function removeRetired(keys: KeyDeps, file: string): Promise<string[]> {
  const held = await keysIn(file);
  const retired = await keys.store.retiredMasterKids();
  const removed = held.filter(({ kid }) => retired.includes(kid));
  const left = held.filter(({ kid }) => !retired.includes(kid));
  if (removed.length === 0 || left.length === 0) return [];
  await replaceMasterKeyFile(file, left);
  await keys.masters.reload();
  return removed.map(({ kid }) => kid);
}

async function keysIn(file: string): Promise<MasterKey[]> {
  const read = await readMasterKeyFile(file);
  if (!read.ok) throw new Error(`The key in ${file} cannot be used: ${read.problems.join('; ')}.`);
  return read.keys;
}
