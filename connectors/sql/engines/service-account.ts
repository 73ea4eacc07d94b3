import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';

/** A key file of Google's, reduced to what a token is made from; `text` is what is kept of the file. */
export type ServiceAccount = {
  clientEmail: string;
  privateKey: KeyObject;
  keyId: string | null;
  text: string;
};

export const KEY_HELP =
  'paste the whole JSON key file of a service account (Google Cloud, IAM, Service accounts, Keys, JSON)';

/** Reading, and nothing else, whatever the account's roles would allow; the narrowest that jobs.query is documented with. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform.read-only';
const LIFETIME_SECONDS = 3_600;

const fileSchema = z.object({
  client_email: z.string().includes('@'),
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
});

/** @returns the account, or a sentence that says what is wrong and repeats nothing of the key */
export function readServiceAccount(text: string): ServiceAccount | { problem: string } {
  const parsed = fileSchema.safeParse(parseJson(text));
  if (!parsed.success)
    return { problem: `This is no key file with client_email and private_key: ${KEY_HELP}` };
  const { client_email, private_key, private_key_id } = parsed.data;
  // The two characters "\n" instead of a line break: what a key looks like that went through a shell.
  const pem = private_key.replaceAll('\\n', '\n');
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'rsa')
      return { problem: `The private key is no RSA key: ${KEY_HELP}` };
    const kept = JSON.stringify({ client_email, private_key: pem, private_key_id });
    return { clientEmail: client_email, privateKey, keyId: private_key_id ?? null, text: kept };
  } catch {
    return { problem: `The private key cannot be read; part of it may be missing: ${KEY_HELP}` };
  }
}

/** What the account signs to be given a token by `audience`. */
export function signedAssertion(account: ServiceAccount, audience: string, nowMs: number): string {
  const iat = Math.floor(nowMs / 1_000);
  const header = { alg: 'RS256', typ: 'JWT', ...(account.keyId === null ? {} : { kid: account.keyId }) };
  const claims = { iss: account.clientEmail, scope: SCOPE, aud: audience, iat, exp: iat + LIFETIME_SECONDS };
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
