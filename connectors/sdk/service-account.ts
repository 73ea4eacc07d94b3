import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';
import { ConnectorError } from './error.ts';

/** The parts of a service account's key file that are needed. `text` is the key file with nothing else left in it. */
export type ServiceAccount = {
  clientEmail: string;
  privateKey: KeyObject;
  keyId: string | null;
  text: string;
};

/** Google takes nothing that lives longer. */
const LIFETIME_SECONDS = 3_600;

export const SERVICE_ACCOUNT_HELP =
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
      return { problem: `The private key is no RSA key. ${SERVICE_ACCOUNT_HELP}` };
    const kept = { type: 'service_account', client_email, private_key: pem, private_key_id };
    return {
      clientEmail: client_email,
      privateKey,
      keyId: private_key_id ?? null,
      text: JSON.stringify(kept),
    };
  } catch {
    return {
      problem: `The private key inside the file cannot be read; part of it may be missing. ${SERVICE_ACCOUNT_HELP}`,
    };
  }
}

/**
 * The bearer token that the account signs for itself: no token endpoint is asked, and it is good for one hour. Google's APIs
 * of gRPC take it with a scope; Cloud Storage does not, and Sheets is not among those that are documented to
 * (https://google.aip.dev/auth/4111). For these there is `googleToken`.
 */
export function selfSignedToken(account: ServiceAccount, scope: string, nowMs: number): string {
  return signed(account, { sub: account.clientEmail, scope }, nowMs);
}

/** What the account signs to be given a token with `scope` by the token endpoint that `audience` names. */
export function signedAssertion(
  account: ServiceAccount,
  { audience, scope }: { audience: string; scope: string },
  nowMs: number,
): string {
  return signed(account, { aud: audience, scope }, nowMs);
}

function signed(account: ServiceAccount, claims: Record<string, string>, nowMs: number): string {
  const iat = Math.floor(nowMs / 1_000);
  const header = { alg: 'RS256', typ: 'JWT', ...(account.keyId === null ? {} : { kid: account.keyId }) };
  const all = { iss: account.clientEmail, ...claims, iat, exp: iat + LIFETIME_SECONDS };
  const unsigned = `${encoded(header)}.${encoded(all)}`;
  return `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), account.privateKey).toString('base64url')}`;
}

/** A setting that takes a key file and keeps of it what a token is made from. */
export function serviceAccountKey(description: string) {
  return z
    .string({ error: SERVICE_ACCOUNT_HELP })
    .describe(description)
    .transform((text, context) => {
      const read = readServiceAccount(text);
      if (!('problem' in read)) return read.text;
      context.addIssue({ code: 'custom', message: read.problem });
      return z.NEVER;
    });
}

/**
 * The account of a key that was checked when it was entered; one that is broken now was broken in the database.
 *
 * @throws ConnectorError `auth`
 */
export function serviceAccountOf(keyText: string): ServiceAccount {
  const account = readServiceAccount(keyText);
  if (!('problem' in account)) return account;
  const hint = 'Enter the service account’s JSON key file again.';
  throw new ConnectorError(`The key of this connection cannot be used: ${account.problem}. ${hint}`, {
    errorClass: 'auth',
    code: 'malformed_key',
    remedy: { by: 'owner', hint },
  });
}

/**
 * The Cloud project that an account's calls count for. Accounts that people make carry it in their address; of others it
 * is not known, and each counts for itself.
 */
export function projectOfAccount(clientEmail: string): string {
  return /@([^@]+)\.iam\.gserviceaccount\.com$/.exec(clientEmail)?.[1] ?? clientEmail;
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
  if (typeof file !== 'object' || file === null) return `This is no JSON. ${SERVICE_ACCOUNT_HELP}`;
  if ('refresh_token' in file)
    return `This is a person’s credential, not a service account’s. ${SERVICE_ACCOUNT_HELP}`;
  const missing = ['client_email', 'private_key'].filter((name) => !(name in file));
  return missing.length === 0
    ? `client_email or private_key is empty. ${SERVICE_ACCOUNT_HELP}`
    : `${missing.join(' and ')} is missing. ${SERVICE_ACCOUNT_HELP}`;
}
