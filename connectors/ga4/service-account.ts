import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';

/** The parts of a service account's key file that are needed. `text` is the key file with nothing else left in it. */
export type ServiceAccount = {
  clientEmail: string;
  privateKey: KeyObject;
  keyId: string | null;
  text: string;
};

/** Enough for every read; the official client asks for the right to change things, too. */
const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';
const LIFETIME_SECONDS = 3_600;

export const KEY_HELP =
  'Paste the whole JSON key file of a service account (Google Cloud, IAM, Service accounts, Keys, JSON)';

const fileSchema = z.object({
  type: z.string().optional(),
  client_email: z.string().includes('@'),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
});

/**
 * Reads a key file as people paste it. A key that cannot be parsed is refused here, because the official client would
 * call it an outage and try for ever.
 *
 * @returns the account, or the sentence that tells its owner what is wrong; the sentence repeats nothing of the key
 */
export function readServiceAccount(text: string): ServiceAccount | { problem: string } {
  const parsed = fileSchema.safeParse(parseJson(text));
  if (!parsed.success) return { problem: whyNot(parseJson(text)) };
  const { client_email, private_key, private_key_id } = parsed.data;
  // The two characters "\n" instead of a line break: what a key looks like that went through a shell or a form.
  const pem = private_key.replaceAll('\\n', '\n');
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'rsa')
      return { problem: `The private key is no RSA key. ${KEY_HELP}` };
    const kept = { type: 'service_account', client_email, private_key: pem, private_key_id };
    return {
      clientEmail: client_email,
      privateKey,
      keyId: private_key_id ?? null,
      text: JSON.stringify(kept),
    };
  } catch {
    return {
      problem: `The private key inside the file cannot be read; part of it may be missing. ${KEY_HELP}`,
    };
  }
}

/** The bearer token that the account signs for itself: no token endpoint is asked, and it is good for one hour. */
export function signToken(account: ServiceAccount, nowMs: number): string {
  const iat = Math.floor(nowMs / 1_000);
  const header = { alg: 'RS256', typ: 'JWT', ...(account.keyId === null ? {} : { kid: account.keyId }) };
  const claims = {
    iss: account.clientEmail,
    sub: account.clientEmail,
    scope: SCOPE,
    iat,
    exp: iat + LIFETIME_SECONDS,
  };
  const unsigned = `${encoded(header)}.${encoded(claims)}`;
  return `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), account.privateKey).toString('base64url')}`;
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function parseJson(text: string): unknown {
  // Line breaks inside a quoted text are no JSON; they come from `\n` that was unfolded on the way.
  const mended = text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, (quoted) => quoted.replaceAll(/\r?\n/g, '\\n'));
  try {
    return JSON.parse(mended);
  } catch {
    return null;
  }
}

function whyNot(file: unknown): string {
  if (typeof file !== 'object' || file === null) return `This is no JSON. ${KEY_HELP}`;
  if ('refresh_token' in file) return `This is a person’s credential, not a service account’s. ${KEY_HELP}`;
  const missing = ['client_email', 'private_key'].filter((name) => !(name in file));
  return missing.length === 0
    ? `client_email or private_key is empty. ${KEY_HELP}`
    : `${missing.join(' and ')} is missing. ${KEY_HELP}`;
}
