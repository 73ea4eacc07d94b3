import { expect, it } from 'vitest';
import { beaten, board, largeBoard } from './fixtures.ts';
import type { Canned } from './support/server.ts';
import { problem } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

const never = new Promise<void>(() => {});

inBrowser('the board', ({ server, story }) => {
  it('lists each objective with what needs somebody first', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      const growth = page.getByRole('region', { name: 'Make growth repeatable' });
      await growth.waitFor();
      expect(await growth.getByRole('link').allTextContents()).toEqual([
        'Lift monthly recurring revenue',
        expect.stringContaining('在本季度内'),
        'Trial to paid',
        'Grow weekly active users',
      ]);
    }));

  it('says value, target, progress, status and the age of the data on one row', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      const row = page.getByRole('listitem').filter({ hasText: 'Lift monthly recurring revenue' });
      const text = (await row.innerText()).replaceAll(/\s+/g, ' ');
      for (const part of [
        'Jonas Weber',
        'Stripe · Monthly recurring revenue',
        'sandbox',
        '$84,201',
        '$110,000',
      ])
        expect(text).toContain(part);
      for (const part of ['24%', 'Off track', 'Fresh · 3 h', 'far behind, by 44 points'])
        expect(text).toContain(part);
      await row.getByRole('img', { name: '24% done, 68% expected by now' }).waitFor();
      expect(await row.getByTitle('$84,200.50').count()).toBe(1);
    }));

  it('keeps the last status with its date while the source is broken', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      const row = page.getByRole('listitem').filter({ hasText: 'Trial to paid' }).last();
      const text = (await row.innerText()).replaceAll(/\s+/g, ' ');
      for (const part of ['On track', 'as of Feb 28', 'Failing · 2 d', 'the provider refused the key'])
        expect(text).toContain(part);
    }));

  it('says what was last known when the data are too old to judge by', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      const row = page.getByRole('listitem').filter({ hasText: 'Day-28 retention' }).last();
      const text = (await row.innerText()).replaceAll(/\s+/g, ' ');
      for (const part of ['Unknown', 'last known: At risk on Feb 20', 'Stale · 10 d'])
        expect(text).toContain(part);
    }));

  it('shows a missing value in words and never as zero', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      const row = page.getByRole('listitem').filter({ hasText: 'Raise the net promoter score' });
      const text = (await row.innerText()).replaceAll(/\s+/g, ' ');
      for (const part of ['no value', 'Unknown', 'No data']) expect(text).toContain(part);
      expect(text).not.toMatch(/\b0\b/);
    }));

  it('shows markup in a title as text', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      await page.getByRole('link', { name: beaten.title }).waitFor();
      expect(await page.locator('main img, main b').count()).toBe(0);
      expect(await page.title()).toBe('2026 Q1 · Tidemark');
    }));

  it('shows a beaten target above 100 %', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      const row = page.getByRole('listitem').filter({ hasText: beaten.title });
      expect(await row.innerText()).toContain('125%');
    }));

  it('has an address for every filter, and the way back', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      await page.getByRole('navigation').getByRole('link', { name: 'Off track 1' }).click();
      await page.waitForURL('**/?status=off_track');
      await page.getByText('Grow weekly active users').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Lift monthly recurring revenue' }).click();
      await page.waitForURL('**/key-results/revenue.mrr');
      await page.goBack();
      await page.waitForURL('**/?status=off_track');
      await page.getByRole('link', { name: 'Lift monthly recurring revenue' }).waitFor();
      expect(await page.locator('[data-row-link]').count()).toBe(1);
    }));

  it('opens on the filters that its address names, and says when nothing fits', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/?status=missed`);
      await page.getByText('No Key Result fits these filters.').waitFor();
      await page.getByRole('link', { name: 'Show all of them' }).click();
      await page.getByText('Grow weekly active users').waitFor();
      expect(await page.locator('[data-row-link]').count()).toBe(8);
    }));

  it('reads itself again every 15 seconds', () =>
    story({}, async (page) => {
      await page.clock.install();
      await page.goto(server().url);
      await page.getByText('$84,201').waitFor();
      const [growth] = board.objectives;
      const newer = growth?.keyResults.map((row) =>
        row.key === 'revenue.mrr' ? { ...row, currentValue: 9_000_000 } : row,
      );
      const answer = { ...board, objectives: [{ ...growth, keyResults: newer }] };
      server().answers.set('/board', () => ({ status: 200, body: answer }));
      await page.clock.fastForward(15_500);
      await page.getByText('$90,000').waitFor();
      expect(await page.getByText('$84,201').count()).toBe(0);
    }));

  it('lets ages grow while nobody touches it', () =>
    story({}, async (page) => {
      await page.clock.install();
      await page.goto(server().url);
      await page.getByText('Fresh · 3 h').waitFor();
      server().answers.set('/board', (): Canned => ({ status: 200, body: null, delay: never }));
      await page.clock.fastForward('02:00:00');
      await page.getByText('Fresh · 5 h').waitFor();
      expect(await page.getByText('Fresh · 3 h').count()).toBe(0);
    }));

  it('keeps its numbers when reading again fails, and says so', () =>
    story({}, async (page) => {
      await page.clock.install();
      await page.goto(server().url);
      await page.getByText('$84,201').waitFor();
      server().answers.set('/board', () => problem(503));
      await page.clock.fastForward(16_000);
      const notice = page.getByRole('status').filter({ hasText: 'Reading again failed' });
      await notice.waitFor();
      expect(await notice.innerText()).toContain('req_test_123');
      expect(await page.getByText('$84,201').isVisible()).toBe(true);
    }));

  it('says what went wrong, what to do and which request it was', () =>
    story({}, async (page) => {
      server().answers.set('/board', () => problem(503));
      await page.goto(server().url);
      const text = await page.getByRole('alert').innerText();
      expect(text).toContain('The board could not be read from the database.');
      expect(text).toContain('Look at the server log, then try again.');
      expect(text).toContain('req_test_123');
      server().answers.clear();
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.getByText('$84,201').waitFor();
    }));

  it('does not jump when the numbers arrive', () =>
    story({ width: 1440 }, async (page) => {
      let arrive = (): void => {};
      const delay = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      server().answers.set('/board', () => ({ status: 200, body: board, delay }));
      await page.goto(server().url);
      await page.locator('.bone').first().waitFor();
      const before = await page.locator('.kr-row').first().boundingBox();
      arrive();
      await page.locator('[data-row-link]').first().waitFor();
      const after = await page.locator('.kr-row').first().boundingBox();
      expect(Math.abs((after?.y ?? 0) - (before?.y ?? 999))).toBeLessThan(24);
      expect(after?.width).toBe(before?.width);
    }));

  it('is walked with the keyboard', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
      await page.locator('[data-row-link]').first().focus();
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('k');
      expect(await page.evaluate('document.activeElement.textContent')).toContain('在本季度内');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/key-results/acquisition.signups');
    }));

  it('speaks Chinese when asked, remembers it, and goes back to English', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/?lang=zh-CN`);
      await page.getByText('偏离目标').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
      await page.goto(server().url);
      await page.getByText('偏离目标').first().waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('Off track').first().waitFor();
      await page.reload();
      await page.getByText('Off track').first().waitFor();
    }));

  it('follows the language of the browser', () =>
    story({ locale: 'zh-TW' }, async (page) => {
      await page.goto(server().url);
      await page.getByText('偏离目标').first().waitFor();
      expect(await page.getByText('Off track').count()).toBe(0);
    }));

  it('shows 500 Key Results, of which those in sight are in the document', () =>
    story({}, async (page) => {
      server().answers.set('/board', () => ({ status: 200, body: largeBoard() }));
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      expect(await page.locator('[data-row-link]').count()).toBeLessThan(60);
      const seen = new Set<string>();
      const look = async (): Promise<void> => {
        const links = await page.evaluate<string[]>(
          `[...document.querySelectorAll('[data-row-link]')].map((link) => link.getAttribute('href'))`,
        );
        for (const link of links) seen.add(link);
      };
      await look();
      for (let turn = 0; turn < 120 && seen.size < 500; turn += 1) {
        await page.mouse.wheel(0, 700);
        await page.evaluate(
          'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
        );
        await look();
      }
      expect(seen.size).toBe(500);
    }));

  it('tells a screen reader how many Key Results there are, whatever is in sight', () =>
    story({}, async (page) => {
      server().answers.set('/board', () => ({ status: 200, body: largeBoard() }));
      await page.goto(`${server().url}/?group=none`);
      const first = page
        .getByRole('listitem')
        .filter({ has: page.locator('[data-row-link]') })
        .first();
      await first.waitFor();
      expect(await first.getAttribute('aria-setsize')).toBe('500');
      expect(await first.getAttribute('aria-posinset')).toBe('1');
    }));

  it('finds its place in a long list again, after the back button and after a reload', () =>
    story({}, async (page) => {
      server().answers.set('/board', () => ({ status: 200, body: largeBoard() }));
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, 900);
      const topRow = () =>
        page.evaluate<string>(
          `[...document.querySelectorAll('[data-row-link]')].find((link) => link.getBoundingClientRect().top > 0)?.textContent`,
        );
      await page.waitForFunction('scrollY > 8000');
      await expect.poll(async () => (await topRow()) === (await topRow())).toBe(true);
      const before = await topRow();
      const link = page.getByRole('link', { name: before, exact: true });
      await link.click();
      await page.waitForURL('**/key-results/**');
      await page.goBack();
      await expect.poll(topRow).toBe(before);
      expect(await page.evaluate('document.activeElement.textContent')).toBe(before);
      await page.reload();
      await expect.poll(topRow).toBe(before);
    }));

  it('reads of a large board only what has changed', () =>
    story({}, async (page) => {
      const large = largeBoard();
      const asked: string[] = [];
      server().answers.set('/board', (query) => {
        const ids = query.get('keyResults');
        asked.push(ids ?? 'all');
        if (ids === null) return { status: 200, body: large };
        const keyResults = (large.objectives[0]?.keyResults ?? [])
          .filter(({ id }) => ids.split(',').includes(id))
          .map((row) => ({ ...row, title: 'Changed elsewhere' }));
        return {
          status: 200,
          body: { ...large, objectives: large.objectives.map((each) => ({ ...each, keyResults })) },
        };
      });
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      server().tell('key_result.changed', { id: 'kr_1', key: 'row-1' });
      await page.getByRole('link', { name: 'Changed elsewhere' }).waitFor();
      expect(asked).toEqual(['all', 'kr_1']);
    }));
});
