import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordProblem } from '../domain/password.ts';
import { AppError, invalidField, notFound } from './errors.ts';
import type { Actor } from './ports.ts';
import type { AccessDeps, EntryOf, UserRecord } from './ports-access.ts';
import { emailOf, linkUsed, type OpenedSession, openSession, type Visit } from './sign-in.ts';

/** Of a reset, and of an invitation. */
const RESET_SECONDS = 30 * 60;
const INVITATION_SECONDS = 24 * 3600;

/** The token is in the fragment, which browsers send to no server and write into no log. */
export function passwordLink(base: string, text: string): string {
  return `${base.replace(/\/+$/, '')}/set-password#token=${text}`;
}

/** Spends the token of an invitation or a reset, and signs in. Every other session of the account ends. */
export async function setPassword(
  deps: AccessDeps,
  given: { token: string; password: string },
  visit: Visit,
): Promise<OpenedSession> {
  const holder = await deps.grants.holder(given.token);
  if (holder === null || holder.kind !== 'password' || holder.user === null) throw linkUsed();
  const { user, workspace } = holder;
  refusePoor(given.password, user); // before the token is spent
  const hash = await deps.passwords.hash(given.password);
  if (!(await deps.grants.useOnce(holder.id))) throw linkUsed();
  await deps.accounts.setPassword(
    user.id,
    hash,
    null,
    changeOf(user, 'set_password', user.name, visit.requestId),
  );
  return openSession(deps, { workspace, userId: user.id, name: user.name }, visit);
}

/**
 * Changes one's own password; it takes the present one. Every other session of the account ends.
 *
 * @param ip counts wrong ones as attempts to sign in
 */
export async function changePassword(
  deps: AccessDeps,
  actor: Actor,
  given: { current: string; password: string },
  { ip, sessionId }: { ip: string; sessionId: string },
): Promise<void> {
  const user = actor.userId == null ? null : await deps.accounts.find(actor.userId);
  if (user === null) throw operatorHasNone();
  const attempt = await deps.attempts.begin(user.email, ip);
  const fits = attempt.ok && (await deps.passwords.verify(given.current, user.passwordHash));
  if (!attempt.ok || !fits) {
    throw invalidField(
      '/current',
      attempt.ok ? 'wrong_password' : 'too_many_sign_ins',
      attempt.ok ? 'The present password is another one.' : 'There were too many attempts.',
      attempt.ok ? 'Give the password that you signed in with.' : `Wait ${attempt.waitSeconds} seconds.`,
    );
  }
  await deps.attempts.succeeded(attempt.id);
  refusePoor(given.password, user);
  const hash = await deps.passwords.hash(given.password);
  await deps.accounts.setPassword(
    user.id,
    hash,
    sessionId,
    changeOf(user, 'change_password', actor.name, actor.requestId),
  );
}

/** A link by which somebody who was invited sets a first password. An older one does not work any more. */
export async function invitation(
  { grants }: Pick<AccessDeps, 'grants'>,
  workspaceId: string,
  userId: string,
): Promise<string> {
  return passwordToken(grants, workspaceId, userId, 'invitation', INVITATION_SECONDS);
}

/** For the operator: a link by which somebody sets a new password within half an hour. */
export async function resetPassword(
  deps: Pick<AccessDeps, 'accounts' | 'grants'>,
  email: string,
): Promise<{ user: UserRecord; text: string; validSeconds: number }> {
  const user = await findUser(deps, email);
  if (user.disabledAt !== null) {
    throw new AppError(
      'conflict',
      'user_disabled',
      `${user.email} is disabled.`,
      `Enable the account first: \`tidemark user enable ${user.email}\`.`,
    );
  }
  const [first] = await deps.accounts.memberships(user.id);
  if (first === undefined) {
    throw new AppError(
      'conflict',
      'no_membership',
      `${user.email} is a member of no workspace.`,
      'Add the account to one: `tidemark member add`.',
    );
  }
  const text = await passwordToken(deps.grants, first.workspace.id, user.id, 'password reset', RESET_SECONDS);
  return { user, text, validSeconds: RESET_SECONDS };
}

/** For the operator. Disabling ends every session and token of the account at once. */
export async function setDisabled(
  deps: Pick<AccessDeps, 'accounts'>,
  email: string,
  disabled: boolean,
): Promise<UserRecord> {
  const user = await findUser(deps, email);
  const action = disabled ? 'disable' : 'enable';
  await deps.accounts.setDisabled(user.id, disabled, changeOf(user, action, 'operator', null));
  return findUser(deps, email);
}

async function findUser({ accounts }: Pick<AccessDeps, 'accounts'>, email: string): Promise<UserRecord> {
  const user = await accounts.findByEmail(emailOf(email));
  if (user === null)
    throw new AppError(
      'not_found',
      'not_found',
      `Nobody has the address "${email}".`,
      'List the members with `tidemark member list`.',
    );
  const { passwordHash: _secret, ...known } = user;
  return known;
}

async function passwordToken(
  grants: AccessDeps['grants'],
  workspaceId: string,
  userId: string,
  name: string,
  validSeconds: number,
): Promise<string> {
  await grants.endLinks(userId);
  const issued = await grants.issue({
    workspaceId,
    userId,
    kind: 'password',
    name,
    scopes: [],
    validSeconds,
  });
  if (issued === null) throw new Error('links have no limit');
  return issued.text;
}

function refusePoor(password: string, user: { name: string; email: string }): void {
  const problem = passwordProblem(password, user);
  if (problem === null) return;
  const detail = {
    too_short: `The password has fewer than ${MIN_PASSWORD_LENGTH} characters.`,
    too_long: `The password has more than ${MAX_PASSWORD_LENGTH} characters.`,
    common: 'The password is one of those that are tried first.',
    own_name: 'The password is your own name or address.',
  }[problem];
  throw invalidField(
    '/password',
    `password_${problem}`,
    detail,
    'Choose another one, such as four words of your own.',
  );
}

function changeOf(user: { id: string }, action: string, actor: string, requestId: string | null): EntryOf {
  return (workspaceId) => ({
    workspaceId,
    actor,
    action,
    objectType: 'user',
    objectId: user.id,
    details: {},
    requestId,
  });
}

function operatorHasNone(): AppError {
  return notFound('password of', 'the operator', 'Sign in as a member of the workspace.');
}
