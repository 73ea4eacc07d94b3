import { createHmac } from 'node:crypto';
import { KEY_BYTES } from './cipher.ts';

/** A master key and the id under which wrapped data keys remember it. */
export type MasterKey = { kid: string; key: Buffer };

/** The master keys of a process. Those of a file may change while it runs. */
export type MasterKeySource = {
  /** Newest first: it writes, all of them read. */
  keys(): readonly MasterKey[];
  /** Looks again where they came from; what cannot be used there changes nothing. */
  reload(): Promise<void>;
};

export type ParsedMasterKeys = { ok: true; keys: MasterKey[] } | { ok: false; problems: string[] };

/** 32 random bytes have 30 different values on average; fewer than 16 does not happen by chance. */
const MIN_DISTINCT_BYTES = 16;

/** Keys that stand in examples, ours or other people's, as the text inside 32 bytes or as hex. */
const SAMPLE_TEXT =
  /change.?me|example|sample|secret|password|insecure|replace|placeholder|0123456789abcdef/i;

/**
 * Reads one or more master keys: 32 bytes each in base64, base64url or hex, separated by commas or line
 * breaks, newest first (the first one writes, all of them read). `#` starts a comment line. Lists every
 * problem at once and never repeats key text.
 */
export function parseMasterKeys(text: string): ParsedMasterKeys {
  const entries = text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '' && !entry.startsWith('#'));
  if (entries.length === 0) return { ok: false, problems: ['no master key is given'] };
  const keys: MasterKey[] = [];
  const problems: string[] = [];
  entries.forEach((entry, index) => {
    const parsed = parseKey(entry);
    if (typeof parsed === 'string') problems.push(`master key ${index + 1} ${parsed}`);
    else if (keys.some(({ kid }) => kid === parsed.kid))
      problems.push(`master key ${index + 1} is there twice`);
    else keys.push(parsed);
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, keys };
}

/** Names the key for the check at start without giving it away: 32 hex characters, kept in the database. */
export function masterKeyFingerprint(key: Buffer): string {
  return createHmac('sha256', key).update('tidemark master key fingerprint v1').digest('hex').slice(0, 32);
}

/** The key with its id, which follows from the key: nobody has to invent or remember one. */
export function masterKeyOf(key: Buffer): MasterKey {
  return { kid: masterKidOf(masterKeyFingerprint(key)), key };
}

/** The id of the key that has this fingerprint. */
export function masterKidOf(fingerprint: string): string {
  return `mk-${fingerprint.slice(0, 12)}`;
}

/**
 * What the fingerprint kept in the database says about the keys at hand. `mismatch` means that existing
 * secrets could not be opened: do not start, and above all do not generate a key.
 */
export function checkStoredFingerprint(
  storedFingerprint: string | null,
  keys: readonly MasterKey[],
): 'first_start' | 'match' | 'mismatch' {
  if (storedFingerprint === null) return 'first_start';
  return keys.some(({ key }) => masterKeyFingerprint(key) === storedFingerprint) ? 'match' : 'mismatch';
}

function parseKey(entry: string): MasterKey | string {
  const key = decode(entry);
  if (key === null) return 'is not base64 or hexadecimal';
  if (key.length !== KEY_BYTES) return `has ${key.length} bytes instead of ${KEY_BYTES}`;
  const distinct = new Set(key).size;
  if (distinct === 1) return 'is one byte repeated';
  if (distinct < MIN_DISTINCT_BYTES || isCountingUp(key) || SAMPLE_TEXT.test(key.toString('latin1'))) {
    return 'looks like a sample, not like 32 random bytes';
  }
  return masterKeyOf(key);
}

function decode(entry: string): Buffer | null {
  // 32 bytes in base64 end in "=" or have an odd length, so they are never taken for hexadecimal.
  if (/^(?:[0-9a-f]{2})+$/i.test(entry)) return Buffer.from(entry, 'hex');
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(entry)) return Buffer.from(entry, 'base64');
  return null;
}

function isCountingUp(key: Buffer): boolean {
  const step = (key[1] ?? 0) - (key[0] ?? 0);
  return key.every((byte, index) => index === 0 || ((byte - (key[index - 1] ?? 0) - step) & 0xff) === 0);
}
