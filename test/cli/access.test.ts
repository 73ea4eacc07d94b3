import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiTokenView, InvitedMemberView, Me, MemberView } from '../../src/api/contracts/access.ts';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api?.close());

const mei: MemberView = {
  id: 'usr_1',
  name: 'Mei',
  email: 'mei@example.com',
  role: 'editor',
  state: 'invited',
  since: '2026-08-16T11:00:00.000Z',
};
const url = 'https://okr.example.com/set-password#token=tdm_x';
const invited: InvitedMemberView = { ...mei, invitationUrl: url };
const token: ApiTokenView = {
  id: 'tok_1',
  name: 'ci',
  scopes: ['read', 'sync'],
  createdAt: '2026-08-16T11:00:00.000Z',
  expiresAt: '2026-11-14T11:00:00.000Z',
  lastUsedAt: null,
};
const me: Me = {
  user: null,
  by: 'local',
  workspace: { id: 'wsp_1', name: 'Acme', timeZone: 'UTC' },
  role: 'admin',
  scopes: ['read'],
  memberships: [],
  runsInstallation: true,
};

async function tidemark(script: Parameters<typeof fakeApi>[0], ...line: string[]) {
  api = await fakeApi(script);
  const io = fakeIo({ env: { LANG: 'en_US.UTF-8', ...api.env } });
  const code = await main(line, io);
  return { code, out: io.out(), err: io.err() };
}

describe('member', () => {
  const add = ['member', 'add', '--email', 'mei@example.com', '--name', 'Mei', '--role', 'editor'];

  it('add prints the link on a line of its own', async () => {
    const { code, out } = await tidemark({ addMember: () => invited }, ...add);
    expect(code).toBe(0);
    expect(api.asked[0]?.body).toEqual({ email: 'mei@example.com', name: 'Mei', role: 'editor' });
    expect(out.split('\n')).toContain(url);
  });

  it('add says so when somebody has an account, in Chinese too', async () => {
    const known = { ...invited, invitationUrl: null };
    const { out } = await tidemark({ addMember: () => known }, ...add, '--lang', 'zh-CN');
    expect(out).toContain('已有账户');
    expect(out).not.toContain('set-password');
  });

  it('list, role and invite', async () => {
    const listed = await tidemark({ listMembers: () => list(mei) }, 'member', 'list');
    expect(listed.out).toMatch(/mei@example.com +Mei +editor +invited +usr_1/);
    await api.close();
    const changed = await tidemark(
      { changeRole: () => ({ ...mei, role: 'admin' }) },
      'member',
      'role',
      'mei@example.com',
      'admin',
    );
    expect(api.asked[0]).toMatchObject({ params: { id: 'mei@example.com' }, body: { role: 'admin' } });
    expect(changed.out).toContain('the role is admin');
    await api.close();
    const again = await tidemark({ inviteAgain: () => invited }, 'member', 'invite', 'usr_1', '--json');
    expect(JSON.parse(again.out)).toEqual(invited);
  });

  it('remove wants to hear it twice', async () => {
    const unsure = await tidemark({}, 'member', 'remove', 'mei@example.com');
    expect([unsure.code, api.asked]).toEqual([2, []]);
    expect(unsure.err).toContain('--yes');
    await api.close();
    const sure = await tidemark({ removeMember: () => null }, 'member', 'remove', 'mei@example.com', '--yes');
    expect(sure.code).toBe(0);
    expect(sure.out).toContain('no member any more');
  });
});

describe('token', () => {
  it('create writes the token alone to standard output', async () => {
    const made = { ...token, token: 'tdm_1_secret' };
    const line = ['token', 'create', '--name', 'ci', '--scope', 'read', 'sync', '--days', '30'];
    const { code, err, out } = await tidemark({ createToken: () => made }, ...line);
    expect([code, out]).toEqual([0, 'tdm_1_secret\n']);
    expect(api.asked[0]?.body).toEqual({ name: 'ci', scopes: ['read', 'sync'], expiresInDays: 30 });
    expect(err).toContain('shown this once');
  });

  it('create refuses a scope that there is not, and a time that is none', async () => {
    expect((await tidemark({}, 'token', 'create', '--name', 'x', '--scope', 'root')).code).toBe(2);
    await api.close();
    const line = ['token', 'create', '--name', 'x', '--scope', 'read', '--days', 'soon'];
    expect((await tidemark({}, ...line)).code).toBe(2);
  });

  it('list and revoke', async () => {
    const listed = await tidemark({ listTokens: () => list(token) }, 'token', 'list');
    expect(listed.out).toMatch(/tok_1 +ci +read, sync +2026-11-14.* never/);
    await api.close();
    const ended = await tidemark({ revokeToken: () => null }, 'token', 'revoke', 'tok_1');
    expect(ended.out).toContain('tok_1 opens nothing any more');
  });
});

describe('workspace', () => {
  it('list, show and update are about the one that the token works in', async () => {
    const own = { ...me.workspace, role: 'admin' as const, current: true };
    const listed = await tidemark({ listWorkspaces: () => list(own) }, 'workspace', 'list');
    expect(listed.out).toMatch(/wsp_1 +Acme +UTC +admin +in use/);
    await api.close();
    expect((await tidemark({ getMe: () => me }, 'workspace', 'show')).out).toContain('Acme');
    await api.close();
    const changed = { ...me.workspace, timeZone: 'Europe/Berlin' };
    const script = { getMe: () => me, updateWorkspace: () => changed };
    await tidemark(script, 'workspace', 'update', '--time-zone', 'Europe/Berlin');
    expect(api.asked[1]).toMatchObject({ params: { id: 'wsp_1' }, body: { timeZone: 'Europe/Berlin' } });
  });

  it('create prints the link of its first admin', async () => {
    const made = { ...me.workspace, admin: { ...invited, role: 'admin' as const } };
    const line = [
      '--name',
      'Acme',
      '--time-zone',
      'UTC',
      '--admin-email',
      'mei@example.com',
      '--admin-name',
      'Mei',
    ];
    const { out } = await tidemark({ createWorkspace: () => made }, 'workspace', 'create', ...line);
    expect(out.split('\n')).toContain(url);
  });
});

it('a token may stand in a file', async () => {
  api = await fakeApi({ getMe: () => me });
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-token-'));
  const file = join(folder, 'token');
  writeFileSync(file, `${api.token}\n`, { mode: 0o600 });
  const io = fakeIo({ env: { TIDEMARK_URL: api.url, TIDEMARK_TOKEN_FILE: file } });
  expect(await main(['workspace', 'show', '--json'], io)).toBe(0);
  const missing = fakeIo({ env: { TIDEMARK_URL: api.url, TIDEMARK_TOKEN_FILE: join(folder, 'none') } });
  expect(await main(['workspace', 'show'], missing)).toBe(2);
  expect(missing.err()).toContain('TIDEMARK_TOKEN_FILE');
  rmSync(folder, { recursive: true });
});

it('every command begins its help with an example', async () => {
  for (const line of [
    'member add',
    'token create',
    'workspace create',
    'user reset-password',
    'user disable',
  ]) {
    const io = fakeIo({});
    expect(await main([...line.split(' '), '--help'], io)).toBe(0);
    expect(io.out()).toMatch(new RegExp(`^Example:\\n  tidemark ${line}`));
  }
});
