import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const inHalf = { width: 360, height: 780 };
/** Every page that a link of the shell or of the settings leads to. */
const PAGES = [
  '/',
  '/connections',
  '/connections/new',
  '/alerts',
  '/alerts/rules',
  '/alerts/channels',
  '/alerts/deliveries',
  '/new',
  '/welcome',
  '/settings',
  '/settings/members',
  '/settings/cycles',
  '/settings/account',
  '/settings/audit-log',
  '/settings/data',
] as const;

async function ready(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
}

onRealStack('the shell around every page', ({ client, story, url }) => {
  it('pages lead to one another and keep their place when they are loaded anew', () =>
    story({}, async (page) => {
      await page.goto(url());
      await page.getByRole('link', { name: 'Connections' }).first().click();
      await page.waitForURL('**/connections');
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
      await page.goBack();
      await page.locator('[data-row-link]').first().waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
      await expectGood(page, 'shell-board');
    }));

  it('every page stays where it is when it is loaded anew, and back leads to the one before', () =>
    story({}, async (page) => {
      for (const [index, path] of PAGES.entries()) {
        await page.goto(url() + path);
        await ready(page);
        const heading = await page.locator('main h1').first().textContent();
        await page.reload();
        await expect.poll(() => page.locator('main h1').first().textContent()).toBe(heading);
        expect(new URL(page.url()).pathname).toBe(path);
        if (index === 0) continue;
        await page.goBack();
        await ready(page);
        expect(new URL(page.url()).pathname).toBe('/');
      }
    }));

  it('a strict policy comes with every page, without inline script, and nothing breaks it', () =>
    story({}, async (page) => {
      for (const path of PAGES) {
        const answer = await page.goto(url() + path);
        const policy = answer?.headers()['content-security-policy'] ?? '';
        expect(policy, path).toContain("script-src 'self'");
        expect(policy, path).toContain("default-src 'none'");
        expect(policy, path).not.toContain('unsafe');
        await ready(page);
      }
      // Whatever broke it was collected, and fails the story.
    }));

  it.each(['en', 'zh-CN'] as const)('the four pages fit a narrow phone in %s', (lang) =>
    story({ ...inHalf }, async (page) => {
      await page.goto(`${url()}/settings?lang=${lang}`);
      await ready(page);
      const links = page.locator('nav.page-links-narrow a');
      expect(await links.count()).toBe(4);
      for (const link of await links.all()) {
        const box = await link.boundingBox();
        expect(box?.height).toBeGreaterThanOrEqual(24);
        expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
      }
      // Nothing of their names is cut off.
      const cut = await page.evaluate(
        "[...document.querySelectorAll('.page-links-narrow a')].map((it) => it.scrollWidth - it.clientWidth)",
      );
      expect(cut).toEqual([0, 0, 0, 0]);
      await expectGood(page, `shell-narrow-${lang}`);
    }),
  );

  it('every page of the navigation is reached by keyboard, the content first of all', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/settings/cycles`);
      await ready(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter'); // "Skip to the content"
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
      for (const [name, path] of [
        ['Board', '/'],
        ['Connections', '/connections'],
        ['Alerts', '/alerts'],
        ['Settings', '/settings'],
      ] as const) {
        await page.goto(`${url()}/settings/cycles`);
        await ready(page);
        for (let tabs = 0; tabs < 12; tabs += 1) {
          await page.keyboard.press('Tab');
          const text = await page.evaluate('document.activeElement.textContent');
          if (String(text).startsWith(name)) break;
        }
        await page.keyboard.press('Enter');
        await expect.poll(() => new URL(page.url()).pathname).toBe(path);
      }
    }));

  it('keys go to pages, list themselves, and mean nothing while somebody types', () =>
    story({}, async (page) => {
      await page.goto(url());
      await page.locator('[data-row-link]').first().waitFor();
      for (const [key, path] of [
        ['s', '/connections'],
        ['a', '/alerts'],
        ['e', '/settings'],
        ['o', '/'],
      ] as const) {
        await page.keyboard.press('g');
        await page.keyboard.press(key);
        await expect.poll(() => new URL(page.url()).pathname).toBe(path);
      }
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await expectGood(page, 'shell-shortcuts');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
      await page.goto(`${url()}/settings/members?invite=1`);
      await page.getByLabel('Name', { exact: true }).pressSequentially('go? /');
      expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('go? /');
      expect(new URL(page.url()).pathname).toBe('/settings/members');
    }));

  it('a Key Result is found and opened by keyboard alone', () =>
    story({}, async (page) => {
      await page.goto(`${url()}/settings`);
      await ready(page);
      const board = await client().call('getBoard', { query: {} });
      const row = board.objectives.flatMap(({ keyResults }) => keyResults).at(-1);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search and commands' }).waitFor();
      const options = page.locator('.palette [role="option"]');
      await options.first().waitFor();
      await expectGood(page, 'shell-palette');
      await page.keyboard.type(row?.title ?? '');
      await expect.poll(() => options.count()).toBe(1);
      await page.keyboard.press('Enter');
      await expect
        .poll(() => decodeURIComponent(new URL(page.url()).pathname))
        .toBe(`/key-results/${row?.key}`);
      await expect.poll(() => page.getByRole('combobox').count()).toBe(0);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('nothing is called so');
      await page.getByText('Nothing has this name.').waitFor();
      await expectGood(page, 'shell-palette-nothing');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    }));

  it('Chinese is found in Chinese, on a phone too', () =>
    story({ ...PHONE }, async (page) => {
      await page.goto(`${url()}/?lang=zh-CN`);
      await page.locator('[data-row-link]').first().waitFor();
      await page.getByRole('button', { name: '搜索与命令' }).click();
      await page.getByRole('combobox').fill('成员');
      await page.getByRole('option', { name: '成员', exact: true }).waitFor();
      await expectGood(page, 'shell-palette-zh');
      await page.getByRole('option', { name: '成员', exact: true }).click();
      await page.waitForURL('**/settings/members**');
    }));

  it('a theme is chosen, remembered, and there before the first script of the page has run', () =>
    story({}, async (page) => {
      await page.goto(url());
      await page.locator('[data-row-link]').first().waitFor();
      await page.getByRole('button', { name: 'Account and display' }).click();
      await page.getByRole('button', { name: 'Dark' }).click();
      const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      await expect.poll(ground).toBe('rgb(13, 19, 18)');
      expect(await page.locator('meta[name="theme-color"]').first().getAttribute('content')).toBe('#0d1312');
      await page.keyboard.press('Escape');
      // With the page's own scripts held back, what is painted is dark already.
      await page.route('**/assets/*.js', (route) => route.abort());
      await page.reload({ waitUntil: 'domcontentloaded' });
      expect(await ground()).toBe('rgb(13, 19, 18)');
      await page.unroute('**/assets/*.js');
      await page.reload();
      await page.getByRole('button', { name: 'Account and display' }).click();
      await page.getByRole('button', { name: 'As the system' }).click();
      await expect.poll(ground).toBe('rgb(245, 247, 247)');
    }));

  it('invented data say so on every page', () =>
    story({}, async (page) => {
      for (const path of ['/', '/settings', '/alerts']) {
        await page.goto(url() + path);
        await expect.poll(() => page.locator('header').getByText('Sandbox data').isVisible()).toBe(true);
      }
    }));

  it('settings that cannot be read say why, and are read again', () =>
    story({}, async (page) => {
      await page.route('**/api/v1/members*', (route) =>
        route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          headers: { 'x-request-id': 'req_shown' },
          body: JSON.stringify({ detail: 'The database does not answer.', fix: 'Wait a moment.' }),
        }),
      );
      await page.goto(`${url()}/settings/members`);
      await page.getByText('The database does not answer.').waitFor();
      await page.getByText('req_shown').waitFor();
      await expectGood(page, 'shell-members-failed');
      await page.unroute('**/api/v1/members*');
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.getByText('No members yet').waitFor();
      await expectGood(page, 'shell-members-none');
    }));
});
