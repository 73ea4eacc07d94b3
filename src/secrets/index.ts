export type { DataKeyStore, StoredDataKey } from './data-key.ts';
export { SecretError, type SecretErrorCode } from './error.ts';
export { createKeyRing, type KeyRing, type SecretPlace } from './key-ring.ts';
export { last4 } from './last4.ts';
export { linkTokens } from './link-token.ts';
export {
  checkStoredFingerprint,
  type MasterKey,
  type MasterKeySource,
  masterKeyFingerprint,
  masterKeyOf,
  masterKidOf,
  type ParsedMasterKeys,
  parseMasterKeys,
} from './master-key.ts';
export { generateMasterKeyFile, readMasterKeyFile, replaceMasterKeyFile } from './master-key-file.ts';
export { createPasswords } from './password.ts';
export { createScrubber, type Scrubber } from './scrubber.ts';
export { newToken, parseToken, verifyToken } from './token.ts';
export { newWebhookSecret } from './webhook-secret.ts';
