import type { KeyDeps, StoredSecret } from './ports-keys.ts';

/** Rows that are looked at together; each is written by itself, so a stop costs at most one of them. */
const BATCH = 100;

export type KeysMoved = {
  dataKeysMoved: number;
  secretsMoved: number;
  dataKeysRetired: number;
  /** Data keys and secrets that no key at hand opens. They hold back the end of a rotation, and nothing else. */
  unreadable: string[];
  /** Whether every data key is under the newest master key. */
  isMasterSettled: boolean;
};

/**
 * Brings everything under the newest keys: data keys under the newest master key, secrets under the newest data key of
 * their workspace; then retires what nothing is under any more. Readers and writers go on meanwhile, because every key
 * stays readable until then. Safe to stop anywhere, to repeat, and to run in several processes at once: each row is a
 * compare and set.
 *
 * @param isForced also where the newest key of this process is the one that the database knows: an older process may
 * have its list the other way round, and two that pull in two directions would never end
 */
export async function rotateKeys(deps: KeyDeps, signal: AbortSignal, isForced = false): Promise<KeysMoved> {
  const { masters, store } = deps;
  await masters.reload();
  const [newest, ...older] = masters.list();
  if (newest === undefined) throw new TypeError('there is no master key');
  const unreadable = new Set<string>();
  const known = await store.fingerprint();
  const isRetired = (await store.retiredMasterKids()).includes(newest.kid);
  const isTurning = !isRetired && (isForced || known !== newest.fingerprint);

  const dataKeysMoved = isTurning ? await wrapAnew(deps, unreadable, signal) : 0;
  const secretsMoved = await sealAnew(deps, unreadable, signal);
  const dataKeysRetired = signal.aborted ? 0 : await store.retireDataKeys();
  const others = older.map(({ kid }) => kid);
  const isMasterSettled = isTurning
    ? !signal.aborted && (await store.settleMaster(newest, others))
    : known === newest.fingerprint;
  return { dataKeysMoved, secretsMoved, dataKeysRetired, unreadable: [...unreadable], isMasterSettled };
}

/** Every data key under an older master key. */
async function wrapAnew({ ring }: KeyDeps, unreadable: Set<string>, signal: AbortSignal): Promise<number> {
  let all = 0;
  while (!signal.aborted) {
    const { moved, unreadableKids } = await ring.rewrapDataKeys(BATCH);
    for (const kid of unreadableKids) unreadable.add(kid);
    if (moved === 0) break;
    all += moved;
  }
  return all;
}

/** Every secret under an older data key, once; whoever writes one meanwhile wins. */
async function sealAnew({ ring, store }: KeyDeps, unreadable: Set<string>, signal: AbortSignal) {
  let moved = 0;
  let afterId = '';
  while (!signal.aborted) {
    const secrets = await store.outdatedSecrets(afterId, BATCH);
    for (const secret of secrets) {
      if (signal.aborted) return moved;
      const sealed = await sealedAnew(ring, secret);
      if (sealed === null) unreadable.add(secret.id);
      else if (await store.replaceCiphertext(secret.id, secret.ciphertext, sealed)) moved += 1;
    }
    const last = secrets.at(-1);
    if (last === undefined) return moved;
    afterId = last.id;
  }
  return moved;
}

async function sealedAnew(ring: KeyDeps['ring'], secret: StoredSecret): Promise<string | null> {
  const { ciphertext, id: _id, ...place } = secret;
  try {
    return await ring.seal({ ...place, plaintext: await ring.open({ ...place, sealed: ciphertext }) });
  } catch (error) {
    // One that cannot be opened must not stop the move of all the others; anything else is a reason to try again.
    if (error instanceof Error && error.name === 'SecretError') return null;
    throw error;
  }
}

/** A new data key for each workspace that has one; what they sealed before moves with `rotateKeys`. */
export async function newDataKeys({ ring, store }: KeyDeps): Promise<{ workspaceId: string; kid: string }[]> {
  const made = [];
  for (const workspaceId of await store.workspaces())
    made.push({ workspaceId, kid: await ring.rotateDataKey(workspaceId) });
  return made;
}
