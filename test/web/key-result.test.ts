import { expect, it } from 'vitest';
import { beaten } from './fixtures.ts';
import { problem } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

const mrr = '/key-results/revenue.mrr';

inBrowser('the page of a Key Result', ({ server, story }) => {
  it('says how it stands, on which data, and keeps the two apart', () =>
    story({}, async (page) => {
      await page.goto(server().url + mrr);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const text = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
      for (const part of ['Make growth repeatable', '$84,200.50', 'Start $76,000.00 · Target $110,000.00'])
        expect(text).toContain(part);
      expect(text).toContain(
        '24% done, 68% expected by Mar 2, 2026: far behind, by 44 points, at 36% of the expected pace.',
      );
      expect(text).toContain('Data through Mar 2, 2026 Fetched 3 hours ago Computed 2 hours ago');
      expect(text).toContain('sandbox');
    }));

  it('walks from the number back to the answer of the source', () =>
    story({}, async (page) => {
      await page.goto(server().url + mrr);
      await page.getByRole('button', { name: 'Why this number?' }).click();
      const why = page.getByRole('dialog', { name: 'Why this number' });
      await why.getByText('0.241 = (8420050 - 7600000) / (11000000 - 7600000)').waitFor();
      const text = (await why.innerText()).replaceAll(/\s+/g, ' ');
      for (const part of [
        'version 3',
        '58 points used',
        'was $81,000.00 until Feb 28, 2026, 2:00 PM',
        'Jan 28, 2026 to Mar 3, 2026',
        '2 pages, 148 items, last page reached',
        'GET https://api.stripe.com/v1/subscriptions?limit=100',
        'req_Zx81kLw0aQ',
        'sha256:9f86d081',
      ])
        expect(text).toContain(part);
      await why.getByRole('button', { name: 'Show all 58' }).click();
      expect(await why.getByRole('row').count()).toBe(59);
    }));

  it('reads its chart point by point from the keyboard', () =>
    story({}, async (page) => {
      await page.goto(server().url + mrr);
      const reader = page.getByRole('slider', { name: 'Read the chart day by day' });
      await reader.focus();
      await page.keyboard.press('Home');
      expect(await reader.getAttribute('aria-valuetext')).toMatch(/^Jan 1, 2026 · \$\d/);
      for (let step = 0; step < 19; step += 1) await page.keyboard.press('ArrowRight');
      expect(await reader.getAttribute('aria-valuetext')).toMatch(/^Jan 20, 2026 · no value · Expected/);
      await page.keyboard.press('PageUp');
      await page.keyboard.press('ArrowLeft');
      expect(await reader.getAttribute('aria-valuetext')).toMatch(/^Jan 26, 2026 · \$/);
    }));

  it('gives exact values under the pointer', () =>
    story({}, async (page) => {
      await page.goto(server().url + mrr);
      const reader = page.getByRole('slider');
      const figure = page.getByRole('figure');
      const resting = await figure.locator('figcaption').innerText();
      expect(resting).toContain('Mar 2, 2026');
      await reader.hover({ position: { x: 80, y: 120 } });
      expect(await figure.locator('figcaption').innerText()).toMatch(/^Jan \d+, 2026\s+\$[\d,]+\.\d\d/);
      await page.mouse.move(5, 5);
      expect(await figure.locator('figcaption').innerText()).toBe(resting);
    }));

  it('draws target, pace, provisional days, a gap, a restated day and initiatives', () =>
    story({}, async (page) => {
      await page.goto(server().url + mrr);
      await page.locator('.chart-now-label').waitFor();
      const count = (role: string) => page.getByRole('figure').locator(`.chart-${role}`).count();
      expect(await count('value')).toBe(2);
      expect(await count('point-provisional')).toBe(3);
      expect(await count('point-restated')).toBe(1);
      expect(await count('target')).toBe(1);
      expect(await count('target-before')).toBe(0);
      expect(await count('expected')).toBe(1);
      expect(await page.getByRole('figure').locator('rect.chart-initiative').count()).toBe(2);
    }));

  it('says the chart in one sentence and as a table', () =>
    story({}, async (page) => {
      await page.goto(server().url + mrr);
      await page
        .getByText(
          /from \$[\d,.]+ on Jan 1, 2026 to \$84,200.50 on Mar 2, 2026; target \$110,000.00; 58 points/,
        )
        .waitFor();
      await page.getByRole('button', { name: 'View as table' }).click();
      const table = page.getByRole('region', { name: 'View as table' });
      const row = table.getByRole('row').filter({ hasText: 'Jan 21, 2026' });
      expect(await row.innerText()).toContain('no value');
      expect(await table.getByRole('row').filter({ hasText: 'Mar 2, 2026' }).innerText()).toContain(
        'Provisional',
      );
      await page.getByRole('button', { name: 'Chart view' }).click();
      await page.getByRole('slider').waitFor();
    }));

  it('adds up an accumulating goal', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/key-results/acquisition.signups`);
      expect(await page.getByRole('figure').locator('figcaption').innerText()).toContain('702 注册');
      await page.getByText('Running sum').waitFor();
    }));

  it('says what to type when the source has never given a value', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/key-results/satisfaction.nps`);
      await page.getByText('npx tidemark sync now --key-result satisfaction.nps').waitFor();
      await page.getByRole('button', { name: 'Why this number?' }).click();
      await page.getByText('No evidence yet: nothing has been computed.').waitFor();
      expect(await page.locator('.chart-value').count()).toBe(0);
    }));

  it('stays useful when the explanation cannot be read', () =>
    story({}, async (page) => {
      server().answers.set(`${mrr}/explanation`, () => problem(500, { detail: 'The evidence is locked.' }));
      await page.goto(server().url + mrr);
      await page.getByRole('slider').waitFor();
      await page.getByRole('button', { name: 'Why this number?' }).click();
      await page.getByRole('alert').getByText('The evidence is locked.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      expect(await page.getByRole('slider').isVisible()).toBe(true);
    }));

  it('says that a Key Result does not exist', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/key-results/nothing.here`);
      await page
        .getByRole('heading', { name: 'This Key Result does not exist in this workspace.' })
        .waitFor();
      expect(await page.getByText('nothing.here').isVisible()).toBe(true);
      await page.getByRole('link', { name: 'Back to the board' }).click();
      await page.getByText('Grow weekly active users').waitFor();
    }));

  it('shows markup in titles and owners as text', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/key-results/markup`);
      await page.getByRole('heading', { name: beaten.title }).waitFor();
      expect(await page.locator('main img, main b, main script').count()).toBe(0);
    }));
});
