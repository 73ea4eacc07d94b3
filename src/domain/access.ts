/** Who may do what. Roles belong to people, scopes to tokens; both must allow what is asked for. */

export const roles = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

export const scopes = ['read', 'write', 'sync', 'credentials', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/**
 * What a route asks of its caller. `self`: one's own account, whoever one is; a token may look at it, and only the person
 * may change it. `open`: nobody has to be known.
 */
export type Access = 'view' | 'edit' | 'sync' | 'credentials' | 'admin' | 'self' | 'open';

/** What each role may at most; a connection's owner may `OWNER_SCOPES` besides, on that connection. */
const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  viewer: ['read'],
  editor: ['read', 'write', 'sync', 'credentials'],
  admin: scopes,
};
const OWNER_SCOPES: readonly Scope[] = ['sync', 'credentials'];

/** The scope that each kind of access takes; the others are not a matter of scopes alone. */
const NEEDED: Record<'view' | 'edit' | 'sync' | 'credentials' | 'admin', Scope> = {
  view: 'read',
  edit: 'write',
  sync: 'sync',
  credentials: 'credentials',
  admin: 'admin',
};

/** Whether it is a matter of scopes: the rest is about who calls, not about what they were given. */
export function isScoped(access: Access): access is keyof typeof NEEDED {
  return access in NEEDED;
}

export function neededScope(access: keyof typeof NEEDED): Scope {
  return NEEDED[access];
}

export function roleHas(role: Role, scope: Scope): boolean {
  return ROLE_SCOPES[role].includes(scope);
}

/** What the owner of a connection may do with that connection, whatever their role. */
export function ownerHas(scope: Scope): boolean {
  return OWNER_SCOPES.includes(scope);
}

/** The scopes that somebody may give to a token: those of the role, and an owner's, which work on own connections only. */
export function grantable(role: Role): Scope[] {
  return scopes.filter((scope) => roleHas(role, scope) || ownerHas(scope));
}
