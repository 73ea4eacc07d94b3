import { AppError } from '../app/errors.ts';
import { type Access, isScoped, neededScope, ownerHas, roleHas, type Scope } from '../domain/access.ts';
import type { Caller, Tokens } from './access.ts';
import type { Route } from './route.ts';

/** Who owns the connection that a request names; asked only where that decides. */
type OwnerOf = () => Promise<string | null>;

/** Asked before the body is read, so that nobody who may not can make us read it. */
export function authorizePath(
  { access }: Tokens,
  caller: Caller,
  route: Route,
  params: unknown,
): Promise<void> {
  const { id } = params as { id?: string };
  if (route.owner !== 'path' || id === undefined) return authorize(caller, route);
  return authorize(caller, route, () => access.accounts.connectionOwner(caller.workspace.id, id));
}

/** Asked again of routes that name the connection in their body, which an owner may name alone. */
export async function authorizeBody(
  { access }: Tokens,
  caller: Caller,
  route: Route,
  body: unknown,
): Promise<void> {
  if (route.owner !== 'body') return;
  const { connection, ...others } = body as { connection?: string };
  const alone = connection !== undefined && Object.values(others).every((other) => other === undefined);
  await authorize(caller, route, async () =>
    alone ? access.accounts.connectionOwner(caller.workspace.id, connection) : null,
  );
}

/**
 * Whether the caller may use the route. Default deny: the token must have the scope, and the role must have it too, or be
 * the owner's of the very connection.
 *
 * @param ownerOf absent while the connection is not known yet: then whoever might own it passes, and is asked again
 * @throws AppError 403 that names what is missing
 */
export async function authorize(
  caller: Caller,
  route: Pick<Route, 'access' | 'method' | 'owner'>,
  ownerOf?: OwnerOf,
): Promise<void> {
  const { access } = route;
  if (access === 'open') return;
  if (access === 'self') return authorizeSelf(caller, route.method);
  if (!isScoped(access)) throw unknownAccess(access);
  const scope = neededScope(access);
  if (!caller.scopes.includes(scope)) throw lacksScope(scope);
  if (roleHas(caller.role, scope)) return;
  if (route.owner !== undefined && ownerHas(scope) && caller.userId !== null) {
    if (ownerOf === undefined || (await ownerOf()) === caller.userId) return;
  }
  throw lacksRole(caller, scope);
}

/** One's own account is changed by the person; a token can only look, so that none makes itself another one. */
function authorizeSelf(caller: Caller, method: Route['method']): void {
  if (caller.kind !== 'api') return;
  if (method !== 'GET') {
    throw new AppError(
      'forbidden',
      'in_person_only',
      'A token cannot change an account, nor make tokens or links.',
      'Sign in on the page, or use the command line on the machine that runs Tidemark.',
    );
  }
}

function lacksScope(scope: Scope): AppError {
  return new AppError(
    'forbidden',
    'scope_missing',
    `This token does not have the scope "${scope}".`,
    `Make one that has it: \`tidemark token create --name … --scope ${scope}\`.`,
  );
}

function lacksRole({ role, workspace }: Caller, scope: Scope): AppError {
  return new AppError(
    'forbidden',
    'role_missing',
    `The role ${role} in "${workspace.name}" does not include this ("${scope}").`,
    'Ask an admin of the workspace for another role.',
  );
}

/** A route that nobody has thought about is closed. */
function unknownAccess(access: Exclude<Access, 'open'>): AppError {
  return new AppError('forbidden', 'forbidden', `Nobody may use this (${access}).`, 'Report this as a bug.');
}
