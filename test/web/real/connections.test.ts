import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const WAIT_MS = 30_000;

const row = (page: Page, key: string) => page.locator(`[data-connection="${key}"]`);

/** Secrets may be typed, and nothing may show them again: not the document, not the address. */
async function expectUnseen(page: Page, secret: string): Promise<void> {
  expect(await page.content()).not.toContain(secret);
  expect(page.url()).not.toContain(secret);
}

onRealStack('adding connections', ({ client, demo, story, url }) => {
  it('lists every connection as the API tells it, in both languages and at both widths', () =>
    story({}, async (page) => {
      const { data } = await client().call('listConnections');
      const { data: metrics } = await client().call('listMetrics', { query: { limit: 200 } });
      const { data: keyResults } = await client().call('listKeyResults', { query: { limit: 200 } });
      await page.goto(`${url()}/connections`);
      for (const connection of data) {
        const own = row(page, connection.key);
        await own.getByRole('heading', { name: connection.title }).waitFor();
        await own.getByText('Sandbox data').waitFor();
        const measured = metrics.filter(({ connectionKey }) => connectionKey === connection.key).length;
        const bound = keyResults.filter(({ source }) => source?.connectionKey === connection.key).length;
        await own.getByText(`${measured} metrics, ${bound} Key Results`).waitFor();
        await own.getByRole('img', { name: /\d+ of \d+ worked/ }).waitFor();
      }
      await row(page, 'mixpanel')
        .getByText(/of 30 used/)
        .waitFor();
      await expectGood(page, 'connections-list');
      await page.goto(`${url()}/connections?lang=zh-CN`);
      await page.getByRole('heading', { level: 1, name: '连接' }).waitFor();
      await expectGood(page, 'connections-list-zh');
    }));

  it('keeps what was searched for in the address', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/connections`);
      await page.getByRole('searchbox', { name: 'Search' }).fill('analytics');
      await row(page, 'stripe').waitFor({ state: 'detached' });
      await page.reload();
      await row(page, 'ga4').waitFor();
      expect(await page.locator('[data-connection]').count()).toBe(1);
      await page.goto(`${url()}/connections?q=nothing-like-this`);
      await page.getByText('No connection fits this search.').waitFor();
      await page.getByRole('link', { name: 'Show all of them' }).click();
      await row(page, 'stripe').waitFor();
    }));

  it('connects Stripe by its guide, refuses a wrong key beside the field, and takes the reader back', () =>
    story({}, async (page) => {
      const { apiKey } = demo().sandbox;
      await page.goto(`${url()}/connections/new?return=/settings?tab=x`);
      await expectGood(page, 'connections-choose');
      await page.getByRole('link', { name: 'Stripe' }).click();
      await page.getByText('Subscriptions: Read').waitFor();
      await expectGood(page, 'connections-guide-stripe');
      const key = page.getByLabel('Restricted key', { exact: true });
      await key.fill('pk_live_nothing');
      await page.getByText('More settings').click();
      await page.getByLabel('Environment').selectOption('sandbox');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page
        .getByRole('alert')
        .filter({ hasText: 'A publishable key (pk_…) cannot read data.' })
        .first()
        .waitFor();
      expect(await key.getAttribute('aria-invalid')).toBe('true');
      await expectGood(page, 'connections-wrong-key');
      await key.fill('rk_test_unknown0000');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText('The provider was reached, but refuses this key').waitFor();
      expect(await page.getByRole('button', { name: 'Save the connection' }).isDisabled()).toBe(true);
      await key.fill(apiKey);
      await page.getByRole('textbox', { name: 'Name' }).fill('Till <b>two</b>');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.getByText(/^It works:/).waitFor({ timeout: WAIT_MS });
      await expectUnseen(page, apiKey);
      await expectGood(page, 'connections-checked');
      await page.getByRole('button', { name: 'Save the connection' }).click();
      await page.waitForURL('**/settings?tab=x&connection=stripe-2');
      const made = await client().call('getConnection', { params: { id: 'stripe-2' } });
      expect(made).toMatchObject({ title: 'Till <b>two</b>', environment: 'sandbox', connectorId: 'stripe' });
      expect(JSON.stringify(made)).not.toContain(apiKey);
    }));

  it('connects Google Analytics with a key file and tells the address to add as a Viewer', () =>
    story({ locale: 'zh-CN', ...PHONE }, async (page) => {
      const { clientEmail, privateKey, propertyId } = demo().sandbox.state().ga4;
      const key = JSON.stringify({
        type: 'service_account',
        client_email: clientEmail,
        private_key: privateKey,
      });
      await page.goto(`${url()}/connections/new?provider=ga4&return=//elsewhere.example/x`);
      await page.getByLabel('媒体资源 ID').fill(propertyId);
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'key.json', mimeType: 'application/json', buffer: Buffer.from(key) });
      await page.getByText(clientEmail).waitFor();
      await expectUnseen(page, privateKey.slice(40, 90));
      await page.getByText('更多设置').click();
      await page.getByLabel('环境').selectOption('sandbox');
      await page.getByRole('button', { name: '检查', exact: true }).click();
      await page.getByText(/^可用：/).waitFor({ timeout: WAIT_MS });
      await expectGood(page, 'connections-guide-ga4-zh');
      await page.getByRole('button', { name: '保存连接' }).click();
      await page.waitForURL('**/connections/ga4-2');
      await page.getByText('还没有读取过').waitFor();
      await expectGood(page, 'connections-new-zh');
    }));

  it('connects Mixpanel, and saves unchecked only when somebody says so', () =>
    story({}, async (page) => {
      const { projectId, secret, username } = demo().sandbox.state().mixpanel;
      await page.goto(`${url()}/connections/new?provider=mixpanel`);
      await page.getByLabel('Project ID').fill(String(projectId));
      await page.getByLabel('User name of the service account').fill(username);
      await page.getByLabel('Secret of the service account').fill(secret);
      await page.getByText('More settings').click();
      await page.getByLabel('Environment').selectOption('sandbox');
      expect(await page.getByRole('button', { name: 'Save the connection' }).isDisabled()).toBe(true);
      await page.getByLabel('Save without a check').check();
      await page.getByRole('button', { name: 'Save the connection' }).click();
      await page.waitForURL('**/connections/mixpanel-2');
      await page.getByRole('button', { name: 'Check: Mixpanel', exact: true }).click();
      await page.getByText(/^It works:/).waitFor({ timeout: WAIT_MS });
      await expectUnseen(page, secret);
      const channels = async () =>
        (await client().call('listChannels', { query: { kind: 'mixpanel' } })).data.map(
          ({ enabled, key }) => [key, enabled],
        );
      const writeBack = page.getByLabel('Write progress back as events');
      await writeBack.check();
      await expect.poll(channels).toEqual([['write-back.mixpanel-2', true]]);
      await writeBack.uncheck();
      await expect.poll(channels).toEqual([['write-back.mixpanel-2', false]]);
      await expectGood(page, 'connections-overview');
    }));
});
