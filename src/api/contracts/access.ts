import { z } from 'zod';
import type { Role, Scope } from '../../domain/access.ts';
import { connectionSchema, list } from '../contract.ts';
import type { Route } from '../route.ts';
import { instant, name, reference, timeZone } from './fields.ts';

/** Signing in, one's own account, members, tokens and workspaces. */

const role = z.enum(['viewer', 'editor', 'admin']) satisfies z.ZodType<Role>;
const scope = z.enum(['read', 'write', 'sync', 'credentials', 'admin']) satisfies z.ZodType<Scope>;
const token = z.string().min(10).max(200);
/** Its shape only: whether anybody has it is found out by using it. */
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(
    /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}.]+$|^[^\s@\p{Cc}]+@localhost$/u,
    'an address such as mei@example.com',
  );
/** What is too short or too common is refused with its reason, when one is set. */
const password = z.string().min(1).max(1000);

export const signInSchema = z.union([
  z.strictObject({ token }),
  z.strictObject({ email: z.string().min(1).max(254), password }),
]);
export const setPasswordSchema = z.strictObject({ token, password });
export const changePasswordSchema = z.strictObject({ current: password, password });

const workspaceSchema = z.object({ id: z.string(), name: z.string(), timeZone: z.string() });
const ownWorkspaceSchema = workspaceSchema.extend({ role, current: z.boolean() });
export const meSchema = z.object({
  /** Null: the operator of the machine. */
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  by: z.enum(['session', 'api', 'local']),
  workspace: workspaceSchema,
  role,
  /** What this token or session may at most; the role may allow less. */
  scopes: z.array(scope),
  memberships: z.array(ownWorkspaceSchema),
  /** Looks after the whole installation as well: an admin of its first workspace. */
  runsInstallation: z.boolean(),
});
export const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  state: z.enum(['active', 'invited', 'disabled']),
  since: instant,
});
const invitationUrl = z.string().nullable();
/** The link is told this once; null for somebody who has an account already. */
export const invitedMemberSchema = memberSchema.extend({ invitationUrl });
export const addMemberSchema = z.strictObject({ email, name, role });
export const changeRoleSchema = z.strictObject({ role });
export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
});
/** `token` is told this once. */
export const createdApiTokenSchema = apiTokenSchema.extend({ token: z.string() });
export const createTokenSchema = z.strictObject({
  name,
  scopes: z.array(scope).min(1).max(5),
  expiresInDays: z.number().int().min(1).max(366).default(90),
});
export const createWorkspaceSchema = z.strictObject({
  name,
  timeZone,
  admin: z.strictObject({ email, name }),
});
export const createdWorkspaceSchema = workspaceSchema.extend({ admin: invitedMemberSchema });
export const updateWorkspaceSchema = z
  .strictObject({ name: name.optional(), timeZone: timeZone.optional() })
  .refine((change) => Object.keys(change).length > 0, {
    error: 'nothing would change: give name or timeZone',
  });
export const switchWorkspaceSchema = z.strictObject({ workspace: reference });
/** A member by id or e-mail address; null: nobody. */
export const setOwnerSchema = z.strictObject({ member: reference.nullable() });

const nothing = z.null();

const ownRoutes = {
  /** By the token of a sign-in link, or by e-mail address and password. */
  createSession: {
    method: 'POST',
    path: '/api/v1/sessions',
    access: 'open',
    body: signInSchema,
    status: 204,
    answer: nothing,
  },
  /** By the link of an invitation or of a reset. */
  setPassword: {
    method: 'POST',
    path: '/api/v1/passwords',
    access: 'open',
    body: setPasswordSchema,
    status: 204,
    answer: nothing,
  },
  endSession: {
    method: 'DELETE',
    path: '/api/v1/sessions/current',
    access: 'self',
    status: 204,
    answer: nothing,
  },
  switchWorkspace: {
    method: 'POST',
    path: '/api/v1/sessions/current/workspace',
    access: 'self',
    body: switchWorkspaceSchema,
    status: 200,
    answer: workspaceSchema.extend({ role }),
  },
  createSignInLink: {
    method: 'POST',
    path: '/api/v1/sign-in-links',
    access: 'self',
    status: 201,
    answer: z.object({ url: z.string() }),
  },
  getMe: { method: 'GET', path: '/api/v1/me', access: 'self', status: 200, answer: meSchema },
  changePassword: {
    method: 'PUT',
    path: '/api/v1/me/password',
    access: 'self',
    body: changePasswordSchema,
    status: 204,
    answer: nothing,
  },
  createToken: {
    method: 'POST',
    path: '/api/v1/tokens',
    access: 'self',
    body: createTokenSchema,
    status: 201,
    answer: createdApiTokenSchema,
  },
  listTokens: {
    method: 'GET',
    path: '/api/v1/tokens',
    access: 'self',
    status: 200,
    answer: list(apiTokenSchema),
  },
  revokeToken: { method: 'DELETE', path: '/api/v1/tokens/:id', access: 'self', status: 204, answer: nothing },
} as const satisfies Record<string, Route>;

const memberRoutes = {
  addMember: {
    method: 'POST',
    path: '/api/v1/members',
    access: 'admin',
    body: addMemberSchema,
    status: 201,
    answer: invitedMemberSchema,
  },
  listMembers: {
    method: 'GET',
    path: '/api/v1/members',
    access: 'view',
    status: 200,
    answer: list(memberSchema),
  },
  getMember: {
    method: 'GET',
    path: '/api/v1/members/:id',
    access: 'view',
    status: 200,
    answer: memberSchema,
  },
  changeRole: {
    method: 'PATCH',
    path: '/api/v1/members/:id',
    access: 'admin',
    body: changeRoleSchema,
    status: 200,
    answer: memberSchema,
  },
  inviteAgain: {
    method: 'POST',
    path: '/api/v1/members/:id/invitations',
    access: 'admin',
    status: 201,
    answer: invitedMemberSchema,
  },
  removeMember: {
    method: 'DELETE',
    path: '/api/v1/members/:id',
    access: 'admin',
    status: 204,
    answer: nothing,
  },
  setConnectionOwner: {
    method: 'PUT',
    path: '/api/v1/connections/:id/owner',
    access: 'admin',
    body: setOwnerSchema,
    status: 200,
    answer: connectionSchema,
  },
} as const satisfies Record<string, Route>;

const workspaceRoutes = {
  listWorkspaces: {
    method: 'GET',
    path: '/api/v1/workspaces',
    access: 'self',
    status: 200,
    answer: list(ownWorkspaceSchema),
  },
  getWorkspace: {
    method: 'GET',
    path: '/api/v1/workspaces/:id',
    access: 'view',
    status: 200,
    answer: workspaceSchema,
  },
  /** By an admin of the first workspace of the installation. */
  createWorkspace: {
    method: 'POST',
    path: '/api/v1/workspaces',
    access: 'admin',
    body: createWorkspaceSchema,
    status: 201,
    answer: createdWorkspaceSchema,
  },
  updateWorkspace: {
    method: 'PATCH',
    path: '/api/v1/workspaces/:id',
    access: 'admin',
    body: updateWorkspaceSchema,
    status: 200,
    answer: workspaceSchema,
  },
} as const satisfies Record<string, Route>;

export const accessRoutes = { ...ownRoutes, ...memberRoutes, ...workspaceRoutes };

export type Me = z.infer<typeof meSchema>;
export type MemberView = z.infer<typeof memberSchema>;
export type InvitedMemberView = z.infer<typeof invitedMemberSchema>;
export type ApiTokenView = z.infer<typeof apiTokenSchema>;
export type CreatedApiTokenView = z.infer<typeof createdApiTokenSchema>;
export type OwnWorkspaceView = z.infer<typeof ownWorkspaceSchema>;
