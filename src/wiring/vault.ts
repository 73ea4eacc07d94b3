import type { Vault } from '../app/ports.ts';
import { sealedSecretsOf } from '../db/data-keys.ts';
import type { Database } from '../db/database.ts';
import { type KeyRing, last4 } from '../secrets/index.ts';
import { hideInUse } from './log.ts';

/** The secrets of rows: sealed by the key ring, stored by the database. */
export function createVault(database: Database, keyRing: KeyRing): Vault {
  return {
    async seal(where, plaintext) {
      hideInUse(plaintext);
      const ciphertext = await keyRing.seal({ ...where, plaintext });
      return { field: where.field, ciphertext, allowedHosts: where.allowedHosts, last4: last4(plaintext) };
    },
    async open(workspaceId, table, rowId) {
      const opened: Record<string, string> = {};
      for (const { field, ciphertext, allowedHosts } of await sealedSecretsOf(
        database,
        workspaceId,
        table,
        rowId,
      )) {
        const secret = await keyRing.open({
          workspaceId,
          table,
          rowId,
          field,
          allowedHosts,
          sealed: ciphertext,
        });
        hideInUse(secret);
        opened[field] = secret;
      }
      return opened;
    },
  };
}
