import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const markup = '<img src=x onerror=alert(1)>';
const password = 'copper lantern under seven hills';
const mei = { email: 'mei@example.com', name: 'Mei Chen' };

onRealStack('set-up and settings', ({ client, story, url }) => {
  /** Invites somebody on the page, and sets their password in a browser of their own. */
  async function join(who: { email: string; name: string }, role: string): Promise<void> {
    await story({}, async (page) => {
      await page.goto(`${url()}/settings/members?invite=1`);
      await page.getByLabel('E-mail address').fill(who.email);
      await page.getByLabel('Name', { exact: true }).fill(who.name);
      await page.getByRole('dialog').getByLabel('Role').selectOption(role);
      await page.getByRole('button', { name: 'Make the invitation' }).click();
      const link = await page.getByLabel('Invitation link').inputValue();
      await expectGood(page, `setup-invited-${role}`);
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByText(who.email).waitFor();
      await story({ signedIn: false }, async (other) => {
        await other.goto(link);
        await other.getByLabel('New password', { exact: true }).fill(password);
        await other.getByLabel('New password, again').fill(password);
        await other.getByRole('button', { name: 'Set the password and sign in' }).click();
        await other.locator('[data-row-link]').first().waitFor();
        expect(other.url()).toBe(`${url()}/`);
      });
    });
  }

  async function signIn(page: Page, email: string): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  it('an invitation makes a member who sets a password, and shows an editor what editors may do', async () => {
    await join(mei, 'editor');
    const { data } = await client().call('listMembers');
    expect(data).toMatchObject([{ ...mei, role: 'editor', state: 'active' }]);
    await story({ signedIn: false }, async (page) => {
      // Comes back to the address that was wanted.
      await page.goto(`${url()}/settings/members?lang=zh-CN`);
      await page.getByLabel('邮箱地址').fill(mei.email);
      await page.getByLabel('密码').fill(password);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: '成员' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/settings/members');
      expect(await page.getByRole('button', { name: '邀请成员' }).count()).toBe(0);
      await expectGood(page, 'setup-members-editor-zh');
      await page.goto(`${url()}/settings/audit-log`);
      await page.getByRole('heading', { name: '您无权查看此内容' }).waitFor();
      await expectGood(page, 'setup-audit-refused-zh');
      await page.goto(`${url()}/settings/cycles`);
      await page.getByRole('button', { name: '添加周期' }).first().waitFor();
    });
  });

  it('a viewer sees everything and is offered no change', async () => {
    const ana = { email: 'ana@example.com', name: markup };
    await join(ana, 'viewer');
    await story({ signedIn: false }, async (page) => {
      await page.goto(`${url()}/`);
      await signIn(page, ana.email);
      await page.locator('[data-row-link]').first().waitFor();
      // A name with markup in it is text.
      await page.getByRole('button', { name: 'Account and display' }).click();
      await page.getByText(markup).first().waitFor();
      await page.keyboard.press('Escape');
      await page.goto(`${url()}/settings/members`);
      await page.getByText(markup).locator('visible=true').first().waitFor();
      expect(await page.getByRole('button', { name: 'Invite a member' }).count()).toBe(0);
      expect(await page.getByLabel(/^Role of/).count()).toBe(0);
      await page.goto(`${url()}/settings`);
      expect(await page.getByLabel('Name').isDisabled()).toBe(true);
      await page.goto(`${url()}/settings/data`);
      await page.getByText('Admins export the workspace.').waitFor();
      await expectGood(page, 'setup-data-viewer');
      await page.goto(`${url()}/settings/cycles`);
      await page
        .getByText(/\d{4} Q[1-4]/)
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: 'Add a cycle' }).count()).toBe(0);
      // What the page does not offer the server refuses.
      const refused = await page.request.post(`${url()}/api/v1/cycles`, {
        data: { key: 'x', startDay: '2026-01-01', endDay: '2026-02-01' },
        headers: { 'x-tdm-csrf': '1', origin: url(), 'idempotency-key': 'a-viewer-tries-this' },
      });
      expect(refused.status()).toBe(403);
    });
  });

  it('roles are changed and members removed, but never the last admin', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/settings/members`);
      await page.getByLabel('Role of Mei Chen').selectOption('admin');
      await page.getByText('Mei Chen is now: Admin.').waitFor();
      const role = async () =>
        (await client().call('listMembers')).data.find(({ email }) => email === mei.email)?.role;
      expect(await role()).toBe('admin');
      await page.getByLabel('Role of Mei Chen').selectOption('editor');
      await page.getByText('is the last admin of this workspace').waitFor();
      expect(await role()).toBe('admin');
      await expectGood(page, 'setup-members-last-admin');
      await page.getByRole('button', { name: `Remove ${markup}` }).click();
      await page.getByText('All sessions and tokens').waitFor();
      await expectGood(page, 'setup-members-remove');
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('is no member any more').waitFor();
      expect((await client().call('listMembers')).data.map(({ email }) => email)).toEqual([mei.email]);
    }));

  it('a session that ends in the middle of work asks to sign in above the page, and nothing typed is lost', () =>
    story({ signedIn: false }, async (page) => {
      await page.goto(`${url()}/settings/members?invite=1`);
      await signIn(page, mei.email);
      await page.getByRole('dialog', { name: 'Invite a member' }).waitFor();
      await page.getByLabel('E-mail address').fill('li@example.com');
      await page.getByLabel('Name', { exact: true }).fill('Li Wei');
      await page.context().clearCookies();
      await page.getByRole('button', { name: 'Make the invitation' }).click();
      const again = page.getByRole('dialog', { name: 'Your session has ended' });
      await again.waitFor();
      await expectGood(page, 'setup-session-ended');
      await again.getByLabel('E-mail address').fill(mei.email);
      await again.getByLabel('Password').fill(password);
      await again.getByRole('button', { name: 'Sign in', exact: true }).click();
      // What was sent goes on by itself.
      await page.getByLabel('Invitation link').waitFor();
      expect((await client().call('listMembers')).data.map(({ name }) => name)).toContain('Li Wei');
    }));

  it('signing out ends the session for good, also in the window beside it', () =>
    story({ signedIn: false }, async (page) => {
      await page.goto(`${url()}/`);
      await signIn(page, mei.email);
      await page.locator('[data-row-link]').first().waitFor();
      const cookies = await page.context().cookies();
      await page.getByRole('button', { name: 'Account and display' }).click();
      await expectGood(page, 'setup-user-menu');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in to see the board' }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { name: 'Sign in to see the board' }).waitFor();
      // The cookie of before opens nothing.
      await page.context().addCookies(cookies);
      expect((await page.request.get(`${url()}/api/v1/board`)).status()).toBe(401);
    }));

  it('the password is changed by the present one, and a token is shown once, works, and is revoked', () =>
    story({ signedIn: false }, async (page) => {
      await page.goto(`${url()}/settings/account`);
      await signIn(page, mei.email);
      await page.getByLabel('Present password').fill('not this one');
      await page.getByLabel('New password', { exact: true }).fill(password);
      await page.getByLabel('New password, again').fill(password);
      await page.getByRole('button', { name: 'Change the password' }).click();
      await page.getByText('The present password is another one.').waitFor();
      await expectGood(page, 'setup-account-wrong-password');
      await page.getByLabel('Present password').fill(password);
      await page.getByRole('button', { name: 'Change the password' }).click();
      await page.getByText('The password is changed.').waitFor();
      await page.getByRole('button', { name: 'Make a token' }).click();
      await page.getByLabel('Name', { exact: true }).fill('nightly report');
      await expectGood(page, 'setup-token-form');
      await page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
      const token = await page.getByLabel('Token', { exact: true }).inputValue();
      await expectGood(page, 'setup-token-made');
      const ask = () => fetch(`${url()}/api/v1/board`, { headers: { authorization: `Bearer ${token}` } });
      expect((await ask()).status).toBe(200);
      await page.getByRole('button', { name: 'Done' }).click();
      expect(await page.content()).not.toContain(token);
      await page.reload();
      await page.getByText('nightly report').waitFor();
      await page.getByText(/^Last used/).waitFor();
      await page.getByRole('button', { name: 'Revoke nightly report' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('No program has a token of yours.').waitFor();
      expect((await ask()).status).toBe(401);
      await expectGood(page, 'setup-account');
    }));

  it('the workspace is renamed, also to markup, unless somebody was quicker', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/settings`);
      const { workspace } = await client().call('getMe');
      expect(await page.getByLabel('Name').inputValue()).toBe(workspace.name);
      await client().call('updateWorkspace', { params: { id: workspace.id }, body: { name: 'Quicker' } });
      // The server takes the newest change of a workspace, whatever it was meant for; the page is ready for a refusal.
      await page.route('**/api/v1/workspaces/*', (route) =>
        route.request().method() === 'PATCH'
          ? route.fulfill({
              status: 412,
              contentType: 'application/problem+json',
              body: JSON.stringify({ code: 'version_stale', detail: 'This was changed since you read it.' }),
            })
          : route.continue(),
      );
      await page.getByLabel('Name').fill(markup);
      await page.getByRole('button', { name: 'Save' }).click();
      const again = page.getByRole('button', { name: 'Read it again' });
      await again.waitFor();
      await expectGood(page, 'setup-workspace-changed-elsewhere');
      await page.unroute('**/api/v1/workspaces/*');
      await again.click();
      await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('Quicker');
      await page.getByLabel('Name').fill(markup);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The workspace is saved.').waitFor();
      expect((await client().call('getMe')).workspace.name).toBe(markup);
      await page.goto(url());
      await page.getByText(markup).locator('visible=true').first().waitFor();
      await client().call('updateWorkspace', {
        params: { id: workspace.id },
        body: { name: workspace.name },
      });
    }));

  it('cycles are listed, added with the quarter that runs, archived and brought back', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/settings/cycles`);
      await page.getByRole('button', { name: 'Add a cycle' }).click();
      const title = await page.getByRole('dialog').getByLabel('Name').inputValue();
      expect(title).toMatch(/^Q[1-4] 20\d\d$/);
      await expectGood(page, 'setup-cycle-form');
      await page.getByRole('dialog').getByRole('button', { name: 'Add a cycle' }).click();
      await page.getByText(`${title} is added.`).waitFor();
      const cycles = (await client().call('listCycles')).data;
      const made = cycles.find((cycle) => cycle.title === title);
      expect(made).toMatchObject({ timeZone: (await client().call('getMe')).workspace.timeZone });
      await page.getByRole('button', { name: `Archive ${title}` }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: `Archive ${title}` }).waitFor();
      await expectGood(page, 'setup-cycles');
      await client().call('archiveCycle', { params: { id: made?.id ?? '' } });
    }));

  it('a cycle that is over is closed with a reason, shows its scorecard, and is carried over', async () => {
    const c = client();
    const body = { key: 'past', title: 'Past quarter', startDay: '2025-01-01', endDay: '2025-04-01' };
    await c.call('createCycle', { body });
    await c.call('createObjective', { body: { key: 'talks', title: 'Be heard', cycle: 'past' } });
    const goal = { kind: 'accumulate', targetValue: 10 } as const;
    await c.call('createKeyResult', {
      body: { key: 'talks.held', title: 'Hold 10 talks', objective: 'talks', goal, unit: 'count' },
    });
    await story({}, async (page) => {
      await page.goto(`${url()}/settings/cycles?open=close&cycle=past`);
      await page.getByRole('dialog').getByRole('button', { name: 'Close the cycle' }).click();
      await page
        .getByRole('dialog')
        .getByText(/talks\.held|Hold 10 talks/)
        .first()
        .waitFor();
      await expectGood(page, 'setup-cycle-close-refused');
      await page.getByLabel('Close it as it is').check();
      await page.getByLabel('Reason').fill('Nobody counted them.');
      await page.getByRole('dialog').getByRole('button', { name: 'Close the cycle' }).click();
      await page.getByText('Past quarter is closed.').waitFor();
      await page.getByRole('button', { name: 'Scorecard' }).click();
      const { keyResults } = await c.call('getScorecard', { params: { id: 'past' } });
      await page.getByText(`0 of ${keyResults.length} achieved`).waitFor();
      await page.reload(); // what is open is part of the address
      await page.getByText('Hold 10 talks').waitFor();
      await expectGood(page, 'setup-scorecard');
      await page.goBack();
      await page.getByRole('button', { name: 'Carry over' }).click();
      await page.getByRole('button', { name: 'Carry over what was not achieved' }).click();
      await page
        .getByText(/goes on|go on|Nothing was carried/)
        .first()
        .waitFor();
      await expectGood(page, 'setup-carried');
    });
  });

  it('the record of changes says what the API says, filtered and page by page', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/settings/audit-log`);
      const first = await client().call('listAuditLog', { query: { limit: 50 } });
      const ids = () => page.locator('[data-object]').allTextContents();
      await expect.poll(ids).toEqual(first.data.map(({ objectId }) => objectId));
      await expectGood(page, 'setup-audit-log');
      await page.getByRole('link', { name: 'Older' }).click();
      const second = await client().call('listAuditLog', {
        query: { limit: 50, cursor: first.page.nextCursor ?? '' },
      });
      await expect.poll(ids).toEqual(second.data.map(({ objectId }) => objectId));
      await page.reload();
      await expect.poll(ids).toEqual(second.data.map(({ objectId }) => objectId));
      await page.goBack();
      await expect.poll(ids).toEqual(first.data.map(({ objectId }) => objectId));
      await page.getByLabel('What').selectOption('member');
      await page.getByRole('button', { name: 'Show' }).click();
      const members = await client().call('listAuditLog', { query: { objectType: 'member', limit: 50 } });
      await expect.poll(ids).toEqual(members.data.map(({ objectId }) => objectId));
      expect(new URL(page.url()).searchParams.get('what')).toBe('member');
      await page.getByText('changed the role: member').waitFor();
      await page.goto(`${url()}/settings/audit-log?who=nobody%20at%20all&lang=zh-CN`);
      await page.getByRole('heading', { name: '没有符合条件的变更' }).waitFor();
      await expectGood(page, 'setup-audit-none-zh');
    }));

  it('everything is exported to a file that is whole, and one kind as a table', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/settings/data`);
      await expectGood(page, 'setup-data');
      const saved = async (name: string): Promise<string> => {
        const coming = page.waitForEvent('download');
        await page.getByRole('link', { name }).click();
        return readFileSync(await (await coming).path(), 'utf8');
      };
      const lines = (await saved('Download everything'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines[0]).toMatchObject({ type: 'export', format: 'ndjson' });
      expect(lines.at(-1)).toEqual({ type: 'end', rows: lines.length - 2 });
      await page.getByLabel('One kind as a table').selectOption('cycles');
      const csv = await saved('Download CSV');
      const { data } = await client().call('listCycles');
      for (const { key } of data) expect(csv).toContain(key);
    }));

  it('a text is read, its problems stand at their lines, and what was chosen is kept', () =>
    story({ ...PHONE }, async (page) => {
      await page.goto(`${url()}/settings/data`);
      const text = [
        `Objective: ${markup} everywhere`,
        'KR: Increase monthly signups from 120 to 300',
        'KR: Hold 12 customer talks',
        'the weather was nice',
      ].join('\n');
      await page.getByLabel('Text or CSV').fill(text);
      await page.getByRole('button', { name: 'Read it' }).click();
      const drafts = await client().call('readTextDrafts', { body: { text } });
      const [objective] = drafts.objectives;
      await page.getByRole('heading', { name: objective?.title ?? '' }).waitFor();
      await expectGood(page, 'setup-import-preview');
      for (const { question } of objective?.keyResults ?? [])
        if (question !== null)
          await page.getByLabel(question.text.en).selectOption(question.options[0]?.id ?? '');
      const count = objective?.keyResults.filter(({ problems }) => problems.length === 0).length ?? 0;
      await page.getByRole('button', { name: count === 1 ? 'Import one' : `Import ${count}` }).click();
      await page.getByText(/^Stored in/).waitFor();
      await expectGood(page, 'setup-imported');
      const { objectives } = await client().call('getBoard', { query: {} });
      const made = objectives.find(({ title }) => title === objective?.title);
      expect(made?.keyResults.length).toBe(count);
      await page.goto(url());
      await page.getByText(markup).locator('visible=true').first().waitFor();
    }));

  it('too many wrong passwords lock the door for a while, and the page says for how long', () =>
    story({ signedIn: false }, async (page) => {
      await page.goto(`${url()}/sign-in`);
      await page.getByLabel('E-mail address').fill('nobody@example.com');
      await page.getByLabel('Password').fill('wrong');
      const submit = page.getByRole('button', { name: 'Sign in', exact: true });
      await submit.click();
      await page.getByText('The e-mail address or the password is wrong.').waitFor();
      await expectGood(page, 'setup-sign-in-wrong');
      const locked = page.getByText('There were too many attempts to sign in.');
      for (let tries = 0; tries < 15 && (await locked.count()) === 0; tries += 1) {
        await Promise.all([page.waitForResponse('**/api/v1/sessions'), submit.click()]);
        await expect.poll(() => submit.isEnabled()).toBe(true);
      }
      await locked.waitFor();
      await page.getByText(/Wait \d+ (seconds|minutes)/).waitFor();
      await expectGood(page, 'setup-sign-in-locked');
    }));
});
