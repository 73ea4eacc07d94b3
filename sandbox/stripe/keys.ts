import type { IncomingHttpHeaders } from 'node:http';
import { idFor } from '../model/random.ts';
import type { SandboxState } from '../state.ts';
import { badKey, noKey, notPermitted } from './errors.ts';

/** Who asks, and a way to insist on a right. */
export type Caller = {
  key: string;
  account: string;
  /** @throws Refusal (403) naming the permission that a restricted key lacks */
  demand: (permission: string) => void;
};

export function accountId(seed: number): string {
  return idFor('acct_', seed).slice(0, 21);
}

/** @throws Refusal (401) without a key, or with one that the sandbox did not hand out */
export function identify(headers: IncomingHttpHeaders, state: SandboxState): Caller {
  const key = keyOf(headers.authorization);
  if (key === null) throw noKey();
  const restricted = state.restrictedKeys.find((known) => known.key === key);
  if (key !== state.apiKey && restricted === undefined) throw badKey(key);
  const account = accountId(state.seed);
  return {
    key,
    account,
    demand(permission) {
      // The main key may read all that is served and write nothing.
      const allowed = restricted?.permissions.includes(permission) ?? permission.endsWith('_read');
      if (!allowed) throw notPermitted(key, account, permission);
    },
  };
}

/** Bearer, or the key as the user name of basic authentication, as curl's `-u key:` sends it. */
function keyOf(authorization: string | undefined): string | null {
  const [scheme, value] = (authorization ?? '').split(' ');
  if (value === undefined || value === '') return null;
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return null;
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] || null;
}
