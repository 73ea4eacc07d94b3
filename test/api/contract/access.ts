import { issue, sessionOf } from '../support/two-worlds.ts';
import type { Driver, Json } from './driver.ts';
import { idOf } from './plan.ts';

const password = 'copper lantern under seven hills';
const tokenIn = (url: unknown): string => new URL(String(url)).hash.replace('#token=', '');

/** Signing in, one's own account, members, workspaces. */
export async function access(driver: Driver): Promise<void> {
  const { ask, done, reads, refused, server } = driver;
  const { pool } = server.services.database;
  const wsp = server.services.workspace.id;
  const nobody = { authorization: '' };
  const invited: Json = await done('addMember', {
    body: { email: 'mei@a.test', name: 'Mei', role: 'admin' },
  });
  const mei = idOf(invited);
  await reads('listMembers', {}, { email: 'mei@a.test' });
  await refused('addMember', 409, 'already_exists', {
    body: { email: 'mei@a.test', name: 'Mei', role: 'admin' },
  });
  const again = await done('inviteAgain', { id: mei });
  const invitation = tokenIn(again['invitationUrl']);
  await done('setPassword', { headers: nobody, body: { token: invitation, password } });
  await reads('getMember', { id: mei }, { state: 'active' });
  await refused('setPassword', 401, 'link_used', { headers: nobody, body: { token: invitation, password } });
  await refused('inviteAgain', 409, 'has_account', { id: mei });
  await refused('changeRole', 409, 'last_admin', { id: mei, body: { role: 'viewer' } });
  await refused('removeMember', 409, 'last_admin', { id: mei });

  const entered = await ask('createSession', { headers: nobody, body: { email: 'mei@a.test', password } });
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const page = { authorization: '', cookie, 'x-tdm-csrf': '1', 'sec-fetch-site': 'same-origin' };
  await reads('getMe', { headers: page }, { user: { email: 'mei@a.test' } });
  await refused('createSession', 401, 'sign_in_failed', {
    headers: nobody,
    body: { email: 'mei@a.test', password: 'not this one at all' },
  });
  await refused('changePassword', 422, 'validation', {
    headers: page,
    body: { current: 'not this one', password },
  });
  await done('changePassword', { headers: page, body: { current: password, password: `${password}!` } });
  await refused('createSession', 401, 'sign_in_failed', {
    headers: nobody,
    body: { email: 'mei@a.test', password },
  });

  const own = sessionOf(server, wsp, mei);
  const made = await done('createToken', { headers: await own(), body: { name: 'ci', scopes: ['read'] } });
  await reads('listTokens', { headers: await own() }, { name: 'ci' });
  await reads('getBoard', { headers: { authorization: `Bearer ${String(made['token'])}` } }, {});
  await done('revokeToken', { headers: await own(), id: idOf(made) });
  await refused('getBoard', 401, 'unauthorized', {
    headers: { authorization: `Bearer ${String(made['token'])}` },
  });
  const link = await done('createSignInLink', { headers: await own() });
  await done('createSession', { headers: nobody, body: { token: tokenIn(link['url']) } });
  await refused('createSession', 401, 'link_used', {
    headers: nobody,
    body: { token: tokenIn(link['url']) },
  });
  const ending = await own();
  await done('endSession', { headers: ending });
  await refused('getMe', 401, 'unauthorized', { headers: ending });
  await tooManyTokens(driver, mei);

  const third = await done('createWorkspace', {
    headers: await own(),
    body: { name: 'Third', timeZone: 'UTC', admin: { email: 'mei@a.test', name: 'Mei' } },
  });
  await reads('listWorkspaces', { headers: await own() }, { name: 'Third' });
  const moving = await own();
  await done('switchWorkspace', { headers: moving, body: { workspace: idOf(third) } });
  await reads('getMe', { headers: moving }, { workspace: { name: 'Third' } });
  await refused('switchWorkspace', 409, 'no_session', { body: { workspace: wsp } });
  await refused('switchWorkspace', 404, 'not_found', {
    headers: await own(),
    body: { workspace: 'wsp_nowhere' },
  });
  const elsewhere = { name: 'Fourth', timeZone: 'UTC', admin: { email: 'x@a.test', name: 'X' } };
  await refused('createWorkspace', 403, 'first_workspace_only', { headers: moving, body: elsewhere });
  await done('updateWorkspace', { id: wsp, body: { name: 'Renamed' } });
  await reads('getWorkspace', { id: wsp }, { name: 'Renamed' });

  const ana = await done('addMember', { body: { email: 'ana@a.test', name: 'Ana', role: 'viewer' } });
  await done('changeRole', { id: idOf(ana), body: { role: 'editor' } });
  await reads('getMember', { id: idOf(ana) }, { role: 'editor' });
  await done('removeMember', { id: idOf(ana) });
  await refused('getMember', 404, 'not_found', { id: idOf(ana) });

  const wrong = { headers: nobody, body: { email: 'mei@a.test', password: 'not this one at all' } };
  for (let tries = 0; tries < 12; tries += 1) await ask('createSession', wrong);
  await refused('createSession', 429, 'too_many_sign_ins', wrong);
  await pool.query('DELETE FROM sign_in_attempt');
}

async function tooManyTokens({ refused, server }: Driver, userId: string): Promise<void> {
  const workspaceId = server.services.workspace.id;
  for (let made = 0; made < 100; made += 1) await issue(server, { workspaceId, userId, scopes: ['read'] });
  const headers = await sessionOf(server, workspaceId, userId)();
  await refused('createToken', 409, 'limit_reached', { headers, body: { name: 'more', scopes: ['read'] } });
}
