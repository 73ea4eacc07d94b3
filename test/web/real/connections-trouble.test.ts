import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { breakProvider, type FaultKind, heal, type Provider, writeState } from '../../../sandbox/index.ts';
import type { Demo } from '../../../src/cli/demo/run-demo.ts';
import { expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const WAIT_MS = 40_000;

/** The provider fails from now on, or answers again. */
function spoil(demo: Demo, provider: Provider, fault: FaultKind | null): void {
  const state = demo.sandbox.state();
  writeState(
    join(demo.dataDir, 'sandbox.json'),
    fault === null ? heal(state, provider) : breakProvider(state, provider, fault),
  );
}

const row = (page: Page, key: string) => page.locator(`[data-connection="${key}"]`);

onRealStack('connections in trouble', ({ client, demo, story, url }) => {
  it(
    'shows while one looks that a provider fails, what to do, and that it works again',
    () =>
      story({}, async (page) => {
        await page.goto(`${url()}/connections`);
        await row(page, 'ga4').waitFor();
        spoil(demo(), 'ga4', 'server_error');
        await page.getByRole('button', { name: 'Sync now: Google Analytics of Acme' }).click();
        await row(page, 'ga4')
          .getByText('The provider does not answer. It is tried again by itself')
          .first()
          .waitFor({ timeout: WAIT_MS });
        await row(page, 'ga4')
          .getByRole('img', { name: /1 failed/ })
          .waitFor({ timeout: WAIT_MS });
        // What needs somebody comes first.
        expect(await page.locator('[data-connection]').first().getAttribute('data-connection')).toBe('ga4');
        await expectGood(page, 'connections-failing');
        const { data } = await client().call('listRuns', { query: { connection: 'ga4', limit: 1 } });
        expect(data[0]?.error?.class).toBe('transient');
        await page.goto(`${url()}/connections/ga4?tab=syncs&run=${data[0]?.id}&lang=zh-CN`);
        await page.getByRole('dialog').getByText('服务商没有响应').waitFor();
        await page
          .getByRole('dialog')
          .getByText(data[0]?.error?.message ?? 'no error')
          .first()
          .waitFor();
        await expectGood(page, 'connections-run-zh');
        await page.keyboard.press('Escape');
        await page.waitForURL('**/connections/ga4?tab=syncs');
        await expectGood(page, 'connections-syncs-zh');
        spoil(demo(), 'ga4', null);
        await page.goto(`${url()}/connections/ga4?lang=en`);
        await page.getByRole('button', { name: 'Sync now: Google Analytics of Acme' }).click();
        await page.getByText(/^Read: /).waitFor({ timeout: WAIT_MS });
        await page.getByText('Fresh').first().waitFor({ timeout: 120_000 });
        await page.getByRole('img', { name: /worked/ }).waitFor();
        expect((await client().call('getConnection', { params: { id: 'ga4' } })).state).toBe('active');
        spoil(demo(), 'ga4', 'changed_shape');
        await page.getByRole('button', { name: 'Sync now: Google Analytics of Acme' }).click();
        await page.getByText('The provider’s answer has changed its shape.').waitFor({ timeout: WAIT_MS });
        spoil(demo(), 'ga4', null);
      }),
    240_000,
  );

  it.each([
    {
      provider: 'mixpanel',
      fault: 'not_json',
      step: 'The key was accepted, but what was asked for cannot be read',
    },
    { provider: 'mixpanel', fault: 'revoked', step: 'The provider was reached, but refuses this key' },
    {
      provider: 'stripe',
      fault: 'rate_limit_retry_after',
      step: 'The provider could not be reached, or asks for quiet',
    },
  ] as const)('a check names the step at which it failed: $fault', ({ fault, provider, step }) =>
    story({}, async (page) => {
      spoil(demo(), provider, fault);
      await page.goto(`${url()}/connections/${provider}`);
      await page.getByRole('button', { name: /^Check: / }).click();
      await page.getByText(step).waitFor({ timeout: WAIT_MS });
      await expectGood(page, `connections-check-${fault}`);
      spoil(demo(), provider, null);
    }),
  );

  it('replaces a key that the provider refuses, and keeps the old one until the new one works', () =>
    story({}, async (page) => {
      const { secret } = demo().sandbox.state().mixpanel;
      const before = await client().call('getConnection', { params: { id: 'mixpanel' } });
      const fresh = 'a-new-secret-of-the-service-account';
      await page.goto(`${url()}/connections/mixpanel?tab=settings`);
      const field = page.getByLabel('Secret of the service account');
      await field.fill(fresh);
      await page.getByRole('button', { name: 'Check and replace' }).click();
      await page.getByText('The old key was kept: nothing has changed.').waitFor({ timeout: WAIT_MS });
      await expectGood(page, 'connections-rotate-refused');
      expect((await client().call('getConnection', { params: { id: 'mixpanel' } })).secrets).toEqual(
        before.secrets,
      );
      // At the provider the old one is revoked: from now on only the new one works.
      const state = demo().sandbox.state();
      writeState(join(demo().dataDir, 'sandbox.json'), {
        ...state,
        mixpanel: { ...state.mixpanel, secret: fresh },
      });
      await page.getByRole('button', { name: 'Check and replace' }).click();
      await page.getByText('The key is replaced, and a sync is on its way.').waitFor({ timeout: WAIT_MS });
      const after = await client().call('getConnection', { params: { id: 'mixpanel' } });
      expect(after.secrets['serviceAccountSecret']?.last4).toBe(fresh.slice(-4));
      expect(await field.inputValue()).toBe('');
      for (const text of [await page.content(), JSON.stringify(after), page.url()]) {
        expect(text).not.toContain(fresh);
        expect(text).not.toContain(secret);
      }
      await expectGood(page, 'connections-settings');
    }));

  it('changes name, schedule and owner, pauses and resumes', () =>
    story({}, async (page) => {
      const member = await client().call('addMember', {
        body: { email: 'mei@acme.test', name: 'Mei', role: 'editor' },
      });
      await page.goto(`${url()}/connections/stripe?tab=settings`);
      await page.getByLabel('Name', { exact: true }).fill('Stripe of all of Acme');
      await page.getByLabel('Schedule').selectOption({ label: 'every 30 minutes' });
      await page.getByRole('button', { name: 'Save', exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Stripe of all of Acme' }).waitFor();
      await page.getByLabel('Who hears of it when this connection fails').selectOption(member.id);
      await page.getByText('· Mei').waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByText('It is paused: nothing is read.').waitFor();
      await expectGood(page, 'connections-paused');
      expect(await client().call('getConnection', { params: { id: 'stripe' } })).toMatchObject({
        title: 'Stripe of all of Acme',
        owner: 'Mei',
        state: 'paused',
        schedule: { everyMinutes: 30 },
      });
      await page.getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      await client().call('removeMember', { params: { id: member.id } });
      await page.reload();
      await page.getByText('(not a member)').first().waitFor();
    }));

  it('renames a metric, refuses to put one away that is in use, and takes a removal back', () =>
    story({}, async (page) => {
      await client().call('createMetric', {
        body: {
          key: 'spare',
          title: 'Spare',
          connection: 'ga4',
          metric: 'sessions',
          timeZone: demo().sandbox.state().timeZone,
        },
      });
      await page.goto(`${url()}/connections/ga4?tab=metrics`);
      const { data: coverage } = await client().call('listCoverage', { params: { id: 'ga4' } });
      const sessions = coverage.find(({ metricKey }) => metricKey === 'sessions');
      await page.locator('[data-metric="sessions"]').getByText(`${sessions?.points} days since`).waitFor();
      await expectGood(page, 'connections-metrics');
      await page.getByRole('button', { name: 'Archive: Sessions', exact: true }).click();
      await page.getByText(/is in use/).waitFor();
      await page.getByRole('button', { name: 'Rename: Spare' }).click();
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Spare wheel');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Archive: Spare wheel' }).click();
      await page.locator('[data-metric="spare"]').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.locator('[data-metric="spare"]').waitFor();
    }));

  it('takes records of one’s own, tells every line that is wrong, and can be put away and back', () =>
    story({ locale: 'zh-CN', ...PHONE }, async (page) => {
      await page.goto(`${url()}/connections/new?provider=records`);
      await page.getByLabel('名称').fill('客户问卷');
      await page.getByRole('button', { name: '保存连接' }).click();
      await page.waitForURL('**/connections/records');
      await page.getByRole('link', { name: '记录', exact: true }).click();
      const bad = 'id,respondent_id,score,time\n1,u1,eleven,2026-11-01T10:00:00Z\n2,u2,9,not a time\n';
      const good = 'id,respondent_id,score,time\n1,u1,9,2026-11-01T10:00:00Z\n2,u2,7,2026-11-02T10:00:00Z\n';
      const file = (text: string) => ({
        name: 'answers.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
      await page.locator('input[type=file]').setInputFiles(file(bad));
      await page.getByRole('button', { name: '发送', exact: true }).click();
      await page.getByText(/Line 3/).waitFor();
      await expectGood(page, 'connections-upload-refused-zh');
      expect((await client().call('listRecords', { params: { id: 'records' } })).data).toEqual([]);
      await page.locator('input[type=file]').setInputFiles(file(good));
      await page.getByRole('button', { name: '发送', exact: true }).click();
      await page.getByText(/已收下 2 行/).waitFor();
      await page.getByRole('cell', { name: 'responses' }).waitFor();
      await page.getByText(/curl -X POST/).waitFor();
      await expectGood(page, 'connections-records-zh');
      await page.getByRole('link', { name: '设置', exact: true }).last().click();
      await page.getByRole('button', { name: '归档', exact: true }).click();
      await page.waitForURL('**/connections');
      await row(page, 'records').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '撤销' }).click();
      await row(page, 'records').waitFor();
    }));

  it('takes values of one’s own by file', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/connections/new?provider=values`);
      await page.getByLabel('What is counted').fill('Support tickets');
      await page.getByLabel('Key', { exact: true }).fill('tickets.open');
      await page.getByRole('button', { name: 'Next: bring values' }).click();
      await page.waitForURL('**metric=tickets.open*');
      const csv = 'day,value\n2026-11-01,12\n2026-11-02,9\n';
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'days.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('2 rows taken').waitFor();
      await expectGood(page, 'connections-values');
      const { data } = await client().call('listPoints', { params: { id: 'tickets.open' } });
      expect(data.map(({ day, value }) => [day, value])).toEqual([
        ['2026-11-01', '12'],
        ['2026-11-02', '9'],
      ]);
    }));

  it('lets a viewer see everything and change nothing', () =>
    story({ signedIn: false }, async (page) => {
      const { invitationUrl } = await client().call('addMember', {
        body: { email: 'viewer@acme.test', name: 'Vera', role: 'viewer' },
      });
      const token = new URL(invitationUrl ?? '').hash.replace(/^#(token=)?/, '');
      const password = 'a long pass phrase of Vera';
      const answered = await page.request.post(`${url()}/api/v1/passwords`, {
        data: { token, password },
        headers: { 'x-tdm-csrf': '1', origin: url() },
      });
      expect(answered.status(), await answered.text()).toBe(204);
      await page.goto(`${url()}/connections`);
      await row(page, 'ga4').waitFor();
      expect(await page.getByRole('button', { name: /^(Sync now|Check)/ }).count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Add a connection' }).count()).toBe(0);
      await page.goto(`${url()}/connections/ga4?tab=settings`);
      await page.getByText('You may look at everything here, and change nothing.').waitFor();
      expect(await page.locator('main input, main select').count()).toBe(0);
      await expectGood(page, 'connections-viewer');
      await page.goto(`${url()}/connections/new`);
      await page.getByText('You may look at everything here, and change nothing.').waitFor();
    }));

  it('says what could not be read, that nothing is here yet, and that a connection does not exist', () =>
    story({}, async (page) => {
      const address = '**/api/v1/connections?*';
      const problem = {
        type: '/problems/internal',
        title: 'x',
        status: 500,
        code: 'internal',
        detail: 'It broke.',
        fix: 'Try again.',
        requestId: 'req_1',
        retryable: true,
        errors: [],
      };
      await page.route(address, (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify(problem),
        }),
      );
      await page.goto(`${url()}/connections`);
      await page.getByText('It broke.').waitFor();
      await page.getByText('req_1').waitFor();
      await expectGood(page, 'connections-error');
      await page.unroute(address);
      await page.route(address, (route) => route.fulfill({ json: { data: [], page: { nextCursor: null } } }));
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.getByRole('heading', { name: 'No connection yet' }).waitFor();
      await expectGood(page, 'connections-empty');
      await page.unroute(address);
      await page.goto(`${url()}/connections/no-such`);
      await page.getByText('This connection does not exist, or it has been archived').waitFor();
    }));
});
