import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { RecordingError, type SecretKind } from './recording.ts';
import { SHORTEST_SECRET } from './secret-forms.ts';

/** A service account's key: fields of its JSON that are secrets by themselves. */
const ACCOUNT_SECRETS = ['private_key', 'private_key_id', 'client_secret', 'refresh_token'];

/**
 * The secret and what it is made of, each of which must not be written down: the fields of a key file, and the lines of a
 * private key, which are the same key wherever lines are broken.
 */
export function secretParts(secret: string): string[] {
  const fields = accountOf(secret);
  const texts =
    fields === null ? [secret] : [secret, ...ACCOUNT_SECRETS.flatMap((name) => fields[name] ?? [])];
  return texts.flatMap((text) => [text, ...keyLines(text)]);
}

function keyLines(text: string): string[] {
  if (!text.includes('PRIVATE KEY-----')) return [];
  const lines = text.split(/\r?\n|\\n/).filter((line) => line !== '' && !line.startsWith('-----'));
  return [...lines, lines.join('')].filter((line) => line.length >= SHORTEST_SECRET);
}

function accountOf(secret: string): Record<string, string> | null {
  try {
    const json: unknown = JSON.parse(secret);
    if (typeof json !== 'object' || json === null || !('private_key' in json)) return null;
    const fields = Object.entries(json).map(([name, value]): [string, unknown] => [name, value]);
    return Object.fromEntries(
      fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
  } catch {
    return null;
  }
}

/** @throws RecordingError for a secret that is too short to be told from data */
export function secretKind(field: string, secret: string): SecretKind {
  if (secret.length < SHORTEST_SECRET) {
    throw new RecordingError(
      `The secret "${field}" is shorter than ${SHORTEST_SECRET} characters and cannot be told from data. Record with a longer one.`,
    );
  }
  if (accountOf(secret) !== null) return 'service_account';
  if (!secret.includes('PRIVATE KEY-----')) return 'text';
  try {
    return createPrivateKey(secret).asymmetricKeyType === 'ec' ? 'ec_key' : 'rsa_key';
  } catch {
    return 'text';
  }
}

/** What is given in place of a secret when a recording is played. Keys are made anew each time, so that none is kept. */
export function standIn(field: string, kind: SecretKind): string {
  switch (kind) {
    case 'text':
      return `stand-in-for-${field}`;
    case 'rsa_key':
      return rsaKey();
    case 'ec_key':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString();
    case 'service_account':
      return JSON.stringify({
        type: 'service_account',
        project_id: 'stand-in',
        private_key_id: 'stand-in-key-id',
        private_key: rsaKey(),
        client_email: 'reader@stand-in.iam.gserviceaccount.com',
        client_id: '100000000000000000000',
        token_uri: 'https://oauth2.googleapis.com/token',
      });
  }
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
