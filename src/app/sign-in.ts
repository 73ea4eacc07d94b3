import { AppError } from './errors.ts';
import type { WorkspaceRecord } from './ports.ts';
import type { AccessDeps } from './ports-access.ts';

/** A browser's session ends at the latest after so long; `src/db/tokens.ts` says when it lies idle for too long. */
export const SESSION_SECONDS = 7 * 86_400;

export type OpenedSession = { text: string; maxAgeSeconds: number };
/** Where a request came from, for the record and for counting. */
export type Visit = { ip: string; requestId: string | null };

/** Who is signed in by it: a user of a workspace, or the operator of the machine. */
type Holder = { workspace: WorkspaceRecord; userId: string | null; name: string };

/** An address as it is kept and compared. */
export function emailOf(text: string): string {
  return text.trim().toLowerCase();
}

/**
 * Opens a session by e-mail and password. Whether the address or the password is wrong cannot be told from the answer,
 * nor from how long it takes.
 *
 * @throws AppError 429 after too many attempts, else 401
 */
export async function signIn(
  deps: AccessDeps,
  given: { email: string; password: string },
  visit: Visit,
): Promise<OpenedSession> {
  const email = emailOf(given.email);
  const attempt = await deps.attempts.begin(email, visit.ip);
  if (!attempt.ok) throw tooMany(attempt.waitSeconds);
  const user = await deps.accounts.findByEmail(email);
  const fits = await deps.passwords.verify(given.password, user?.passwordHash ?? null);
  const [first] =
    user === null || !fits || user.disabledAt !== null ? [] : await deps.accounts.memberships(user.id);
  if (user === null || first === undefined) {
    throw new AppError(
      'unauthorized',
      'sign_in_failed',
      'The e-mail address or the password is wrong.',
      'Try again, or ask whoever runs Tidemark for a new password: `tidemark user reset-password EMAIL`.',
    );
  }
  await deps.attempts.succeeded(attempt.id);
  return openSession(deps, { workspace: first.workspace, userId: user.id, name: user.name }, visit);
}

/**
 * Trades the one-time token of a link for a session of whoever made the link.
 *
 * @throws AppError when it was used, has expired or never was
 */
export async function signInByLink(deps: AccessDeps, text: string, visit: Visit): Promise<OpenedSession> {
  const holder = await deps.grants.holder(text);
  if (holder === null || holder.kind !== 'one_time' || !(await deps.grants.useOnce(holder.id)))
    throw linkUsed();
  const { user, workspace } = holder;
  return openSession(deps, { workspace, userId: user?.id ?? null, name: user?.name ?? 'browser' }, visit);
}

/** Every session has a token of its own, made when it is opened. */
export async function openSession(
  { grants }: Pick<AccessDeps, 'grants'>,
  { name, userId, workspace }: Holder,
  { ip, requestId }: Visit,
): Promise<OpenedSession> {
  const opened = await grants.issue(
    {
      workspaceId: workspace.id,
      userId,
      kind: 'session',
      name: 'browser',
      scopes: [],
      validSeconds: SESSION_SECONDS,
    },
    {
      workspaceId: workspace.id,
      actor: name,
      action: 'sign_in',
      objectType: 'session',
      objectId: userId ?? 'operator',
      details: { ip },
      requestId,
    },
  );
  if (opened === null) throw new Error('sessions have no limit');
  return { text: opened.text, maxAgeSeconds: SESSION_SECONDS };
}

export function linkUsed(): AppError {
  return new AppError(
    'unauthorized',
    'link_used',
    'This link was used already or has expired.',
    'Print a new one with `tidemark link`, or ask for a new invitation.',
  );
}

function tooMany(seconds: number): AppError {
  const wait = seconds >= 120 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
  return new AppError(
    'rate_limited',
    'too_many_sign_ins',
    'There were too many attempts to sign in.',
    `Wait ${wait}, then try again.`,
    { retryable: true, retryAfterSeconds: seconds },
  );
}
