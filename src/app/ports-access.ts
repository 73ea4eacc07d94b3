import type { Role, Scope } from '../domain/access.ts';
import type { AuditLog, WorkspaceRecord } from './ports.ts';

/** Accounts, memberships and tokens. They come before a workspace is known, so each question names its own. */

export type TokenKind = 'api' | 'local' | 'session' | 'one_time' | 'password';
export type UserRecord = { id: string; name: string; email: string; disabledAt: Date | null };
export type MembershipRecord = { workspace: WorkspaceRecord; role: Role };
export type MemberRecord = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  /** Whether a password was ever set: without one the invitation still waits. */
  hasPassword: boolean;
  disabledAt: Date | null;
  createdAt: Date;
};
export type ApiTokenRecord = {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
};
/** Who holds a valid token. */
export type HolderRecord = {
  id: string;
  kind: TokenKind;
  /** Of the token. */
  name: string;
  scopes: Scope[];
  workspace: WorkspaceRecord;
  /** Null: the operator of the machine. */
  user: { id: string; name: string; email: string; role: Role } | null;
};
export type Grant = {
  workspaceId: string;
  /** Null: the operator of the machine. */
  userId: string | null;
  kind: TokenKind;
  name: string;
  scopes: Scope[];
  validSeconds: number;
};
type AuditEntry = Parameters<AuditLog['append']>[0];
/** Of a change in a workspace that is not known before it was made. */
export type EntryOf = (workspaceId: string) => AuditEntry;

/** A change and its line in the audit log are written together or not at all. */
export type AccountStore = {
  findByEmail(email: string): Promise<(UserRecord & { passwordHash: string | null }) | null>;
  find(userId: string): Promise<(UserRecord & { passwordHash: string | null }) | null>;
  /** How far signing in is set up: somebody has a password, was invited to set one, or neither. */
  signIn(): Promise<'password' | 'invited' | 'none'>;
  memberships(userId: string): Promise<MembershipRecord[]>;
  listMembers(workspaceId: string): Promise<MemberRecord[]>;
  findMember(workspaceId: string, idOrEmail: string): Promise<MemberRecord | null>;
  /** Null when the address is a member's already. The user is made when nobody has the address. */
  addMember(
    member: { workspaceId: string; userId: string; email: string; name: string; role: Role },
    entry: (userId: string) => AuditEntry,
  ): Promise<MemberRecord | null>;
  /** Refuses to leave a workspace without an admin who can sign in. */
  changeRole(
    workspaceId: string,
    userId: string,
    role: Role,
    entry: AuditEntry,
  ): Promise<'done' | 'last_admin' | 'missing'>;
  /** Ends the member's sessions and tokens in this workspace too, and takes their connections from them. */
  removeMember(
    workspaceId: string,
    userId: string,
    entry: AuditEntry,
  ): Promise<'done' | 'last_admin' | 'missing'>;
  /** Ends every session of the user but `except`; one line in each of their workspaces. */
  setPassword(userId: string, hash: string, except: string | null, entry: EntryOf): Promise<void>;
  /** Disabling ends all sessions and tokens of the user. */
  setDisabled(userId: string, disabled: boolean, entry: EntryOf): Promise<void>;
  workspaces(): Promise<WorkspaceRecord[]>;
  /** The one that the installation was made with. */
  firstWorkspaceId(): Promise<string>;
  createWorkspace(workspace: WorkspaceRecord, entry: AuditEntry): Promise<void>;
  updateWorkspace(
    workspaceId: string,
    change: { name?: string; timeZone?: string },
    entry: AuditEntry,
  ): Promise<WorkspaceRecord>;
  /** Null: nobody's, or there is none of that key or id in the workspace. */
  connectionOwner(workspaceId: string, keyOrId: string): Promise<string | null>;
  /** False when the workspace has no such connection. */
  setConnectionOwner(
    workspaceId: string,
    connectionId: string,
    owner: { id: string; name: string } | null,
    entry: AuditEntry,
  ): Promise<boolean>;
};

export type Grants = {
  /** The text is told this once; only its hash is kept. Null when `limit` of the user's are in force already. */
  issue(grant: Grant, entry?: AuditEntry, limit?: number): Promise<{ id: string; text: string } | null>;
  /** Who holds a token with this text; null when it never was, has ended, or was used up. */
  holder(text: string): Promise<HolderRecord | null>;
  /** False when somebody else used it first. */
  useOnce(id: string): Promise<boolean>;
  list(workspaceId: string, userId: string | null): Promise<ApiTokenRecord[]>;
  /** Null when no token in force of this user has that id. */
  revoke(
    workspaceId: string,
    userId: string | null,
    id: string,
    entry: AuditEntry,
  ): Promise<ApiTokenRecord | null>;
  /** Ends a session, or one-time links of a user that were not used. */
  end(id: string): Promise<void>;
  endLinks(userId: string): Promise<void>;
  moveSession(id: string, workspaceId: string): Promise<void>;
};

export type Attempts = {
  /** Counts an attempt as a failure until `succeeded` says otherwise; refuses when there were too many lately. */
  begin(email: string, ip: string): Promise<{ ok: true; id: string } | { ok: false; waitSeconds: number }>;
  succeeded(id: string): Promise<void>;
};

export type Passwords = {
  hash(password: string): Promise<string>;
  /** Takes as long when nothing is stored, and then fits nothing. */
  verify(password: string, stored: string | null): Promise<boolean>;
};

export type AccessDeps = {
  accounts: AccountStore;
  grants: Grants;
  attempts: Attempts;
  passwords: Passwords;
};
