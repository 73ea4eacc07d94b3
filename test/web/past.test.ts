import { expect, it } from 'vitest';
import { board, rows } from './fixtures.ts';
import { inBrowser } from './support/suite.ts';

const path = (url: string) => new URL(url).pathname + new URL(url).search;
const day = '2026-02-20';

inBrowser('the board of a past day', ({ server, story }) => {
  it('is chosen by its date, says whose day it is, and the back button leads out of it', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      await page.getByLabel('Show the board of a past day').fill(day);
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.getByRole('heading', { name: /As it was believed on Feb 20/u }).waitFor();
      expect(path(page.url())).toBe(`/?asOf=${day}`);
      await page.goBack();
      await page.getByRole('heading', { name: 'As it was believed' }).waitFor({ state: 'detached' });
      expect(path(page.url())).toBe('/');
    }));

  it('stays the same day from the board to a Key Result and back, until one leaves it', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/?asOf=${day}`);
      await page.getByRole('link', { name: 'Lift monthly recurring revenue' }).click();
      await page.getByRole('heading', { name: /As it was believed on Feb 20/u }).waitFor();
      expect(page.url()).toContain(`asOf=${day}`);
      const line = page.locator('.chart-now-label').first();
      await line.waitFor();
      expect((await line.textContent())?.toLowerCase()).toContain('as of'); // the line of that day is not today's
      await page.getByRole('link', { name: 'Back to the board' }).click();
      await page.getByLabel('Show the board of a past day').waitFor();
      expect(path(page.url())).toBe(`/?asOf=${day}`);
      await page.getByRole('link', { name: 'Back to now' }).click();
      await page.getByRole('heading', { name: 'As it was believed' }).waitFor({ state: 'detached' });
      expect(path(page.url())).toBe('/');
    }));

  it('tells ages from that day, not from today', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      // Read three hours before the fixtures' now; a day later it is a day old.
      await page.getByText('Fresh · 3 h').first().waitFor();
      await page.goto(`${server().url}/?asOf=2026-03-04`);
      await page.getByRole('heading', { name: 'As it was believed' }).waitFor();
      expect(await page.getByText('Fresh · 3 h').count()).toBe(0);
    }));

  it('names what was not kept so long ago', () =>
    story({}, async (page) => {
      const asOf = { at: '2026-02-20T15:59:59.999Z', day, partly: [rows[0]?.key ?? ''] };
      server().answers.set('/board', () => ({ status: 200, body: { ...board, asOf } }));
      await page.goto(`${server().url}/?asOf=${day}`);
      const note = page.getByText('Of one Key Result not everything was kept so long ago');
      expect(await note.textContent()).toContain(rows[0]?.key);
    }));

  it('says what a restated day was before, where one points at it and in the table', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/key-results/revenue.mrr`);
      await page.getByRole('heading', { name: 'Lift monthly recurring revenue' }).waitFor();
      expect(await page.locator('.chart-point-restated title').textContent()).toMatch(
        /^restated: was \$81,000.00 until /u,
      );
      await page.getByRole('button', { name: 'View as table' }).click();
      await page.getByText('restated: was $81,000.00 until').waitFor();
    }));

  it('draws the days of a trend that may still be restated apart from the others', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      const row = page.getByRole('listitem').filter({ hasText: 'Lift monthly recurring revenue' });
      await row.waitFor();
      expect(await row.locator('.chart-spark-provisional').count()).toBe(1);
      expect(await row.locator('.chart-spark-dot-provisional').count()).toBe(1);
    }));

  it('says of whom a cohort number is, and when the last of them are decided', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/key-results/retention.day-28`);
      const newest = page.getByText('The newest cohort that is decided entered on');
      expect(await newest.textContent()).toContain('Feb 20, 2026');
      const last = page.getByText('The last cohort of the cycle, of Mar 31, 2026');
      expect(await last.textContent()).toContain('is decided on Apr 29, 2026: only then');
    }));

  it('speaks Chinese', () =>
    story({ locale: 'zh-CN' }, async (page) => {
      await page.goto(`${server().url}/?asOf=${day}`);
      await page.getByRole('heading', { name: '当时所知的情况' }).waitFor();
      expect(await page.getByRole('link', { name: '回到现在' }).count()).toBe(1);
    }));
});
