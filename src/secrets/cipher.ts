import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SecretError } from './error.ts';

export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/** Text of the form `v1.<kid>.<iv>.<ciphertext>.<tag>`; all but the first two parts in base64url. */
const SEALED = /^v1\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]{22})$/;

/**
 * Encrypts under a fresh random IV, which is safe for 2^32 texts per key. `context` is authenticated but not
 * stored: whoever opens the text must know it.
 */
export function sealBytes(key: Buffer, kid: string, plaintext: Buffer, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return ['v1', kid, ...parts].join('.');
}

/** Decrypts what `sealBytes` wrote. @throws SecretError `bad_format` or `not_authentic` */
export function openBytes(key: Buffer, sealed: string, context: string): Buffer {
  const [, , iv = '', ciphertext = '', tag = ''] = SEALED.exec(sealed) ?? refuseFormat();
  const tagBytes = Buffer.from(tag, 'base64url');
  // Node 20 accepts a tag of 4 bytes unless the length is pinned, which leaves 32 bits to guess.
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, 'base64url'), {
    authTagLength: TAG_BYTES,
  });
  try {
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(tagBytes);
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]);
  } catch {
    throw new SecretError('not_authentic', 'the secret was changed, moved, or sealed with another key');
  }
}

/** The key id inside a sealed text. @throws SecretError `bad_format` */
export function kidOf(sealed: string): string {
  const [, kid = ''] = SEALED.exec(sealed) ?? refuseFormat();
  return kid;
}

function refuseFormat(): never {
  throw new SecretError('bad_format', 'the stored secret is not in the expected form (v1.…)');
}
