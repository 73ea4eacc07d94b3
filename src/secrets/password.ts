import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's first choice for scrypt: 128 MiB and some 300 ms a guess. */
const COST: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 ** 2 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
const STORED = /^scrypt\$17\$8\$1\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;
/** Each takes its memory while it runs; more at once would only take turns on the processor. */
const AT_ONCE = 2;

/** Passwords as they are kept: `scrypt$17$8$1$salt$hash`. */
export function createPasswords() {
  let running = 0;
  const waiting: (() => void)[] = [];
  const nobody = randomBytes(SALT_BYTES);

  async function derive(password: string, salt: Buffer): Promise<Buffer> {
    if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await new Promise((done, fail) => {
        // The same letters can be written in several ways; a keyboard decides which.
        scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, key) =>
          error === null ? done(key) : fail(error),
        );
      });
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next(); // takes the place over
    }
  }

  return {
    async hash(password: string): Promise<string> {
      const salt = randomBytes(SALT_BYTES);
      const hash = await derive(password, salt);
      return `scrypt$17$8$1$${salt.toString('base64url')}$${hash.toString('base64url')}`;
    },
    /** Without a stored hash, or with one that is none of ours, it takes as long and fits nothing. */
    async verify(password: string, stored: string | null): Promise<boolean> {
      const [, salt, hash] = STORED.exec(stored ?? '') ?? [];
      const derived = await derive(password, salt === undefined ? nobody : Buffer.from(salt, 'base64url'));
      return hash !== undefined && timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
    },
  };
}
