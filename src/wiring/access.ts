import type { AccessDeps, Grants } from '../app/ports-access.ts';
import { createAccountStore } from '../db/accounts.ts';
import type { Database } from '../db/database.ts';
import { createAttempts } from '../db/sign-in-attempts.ts';
import { createTokenStore, type TokenStore } from '../db/tokens.ts';
import { createPasswords, newToken, parseToken, verifyToken } from '../secrets/index.ts';

/** Accounts and tokens. `database` is the owner's: who calls is found out before a workspace is known. */
export function createAccess(database: Database): AccessDeps {
  return {
    accounts: createAccountStore(database),
    grants: createGrants(createTokenStore(database)),
    attempts: createAttempts(database),
    passwords: createPasswords(),
  };
}

function createGrants(tokens: TokenStore): Grants {
  return {
    async issue(grant, entry, limit) {
      const { hash, id, token } = newToken(tokens.newId());
      const added = await tokens.add({ ...grant, id, secretHash: hash }, entry, limit);
      return added ? { id, text: token } : null;
    },
    async holder(text) {
      const id = parseToken(text)?.id;
      const found = id === undefined ? null : await tokens.findValid(id);
      if (found === null || !verifyToken(text, found.secretHash)) return null;
      await tokens.touch(found.id);
      const { secretHash: _kept, ...holder } = found;
      return holder;
    },
    useOnce: tokens.useOnce,
    list: tokens.list,
    revoke: tokens.revoke,
    end: tokens.end,
    endLinks: tokens.endLinks,
    moveSession: tokens.moveSession,
  };
}
