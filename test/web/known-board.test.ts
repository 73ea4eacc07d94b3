import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { closedBoard, closingBoard, hints, knownBoard } from './fixtures-known.ts';
import { problem } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

inBrowser('a board that says what is known beside the numbers', ({ server, story }) => {
  const show = (body: unknown) => server().answers.set('/board', () => ({ status: 200, body }));
  const rowText = async (page: Page, title: string): Promise<string> => {
    const row = page
      .locator('li.kr-row')
      .filter({ has: page.getByRole('link', { name: title, exact: true }) });
    return (await row.innerText()).replaceAll(/\s+/g, ' ');
  };

  it('rolls an objective up, and says when a part of it is not known', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(server().url);
      const growth = page.getByRole('region', { name: 'Make growth repeatable' });
      await growth.getByText('53%', { exact: true }).waitFor();
      const text = await growth.innerText();
      for (const part of ['75% of the weight has a value', 'Acquisition', 'Growth', 'Mei Lin'])
        expect(text).toContain(part);
      expect(await growth.getByTitle('The weighted mean of what has a value.').count()).toBe(1);
      const people = page.getByRole('region', { name: 'Know our customers' });
      expect(await people.innerText()).not.toContain('of the weight');
      const heard = await page.getByRole('region', { name: 'Be heard' }).innerText();
      expect(heard).toContain('No progress yet: nothing in it has a value.');
      expect(heard).not.toMatch(/\b0%/);
    }));

  it('shows the guard of a pair with its bound, and whether it holds', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      expect(await rowText(page, 'More checkouts')).toContain(
        'Refund rate at most 5% · Guard kept: 3.2% on Mar 2',
      );
      expect(await rowText(page, 'Faster answers')).toContain('Guard broken: 7.1% on Mar 2');
      expect(await rowText(page, 'Shorter forms')).toContain(
        'Guard unknown: No value: there was nothing to divide by.',
      );
    }));

  it('marks an owner’s value and a definition that waits', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      const text = await rowText(page, 'Weekly active teams');
      expect(text).toContain('Owner’s value until Mar 10');
      expect(text).toContain('Version 4 of its metric waits to be accepted: staff accounts are left out');
    }));

  it('never shows a check-in as something that is read, and says when the next one is due', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      // 28 February and 14 days.
      const partners = await rowText(page, 'Partners who sell with us');
      expect(partners).toContain('Check-in next by Mar 14');
      // 11 February and 14 days.
      const offers = await rowText(page, 'Offers that were signed');
      expect(offers).toContain('Check-in due since Feb 25');
      const talks = await rowText(page, 'Talks given at conferences');
      expect(talks).toContain('No check-in yet');
      for (const text of [partners, offers, talks, await rowText(page, 'Open the second region')])
        expect(text).not.toMatch(/Fresh|Late|No data/);
    }));

  it('says how many answered, how sure that is, and that a change is within noise', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      expect(await rowText(page, 'Net promoter score of new customers')).toContain(
        '412 answers, 27.5 to 40.5 (95%) · within noise',
      );
    }));

  it('tells the rhythm of what recurs', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      expect(await rowText(page, 'Talk to two customers every week')).toContain(
        '6 of 12 done; 4 of 5 weeks kept',
      );
    }));

  it('gives the reason of a missing value, and no dash', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      const text = await rowText(page, 'Share of trials that convert');
      for (const part of ['no value', 'no progress', 'no cohort is old enough yet'])
        expect(text).toContain(part);
      expect(text).not.toContain('–');
    }));

  it('says that a cycle is provisional, or closed for good', () =>
    story({}, async (page) => {
      show(closingBoard);
      await page.goto(server().url);
      await page.getByText('Provisional: the days of this cycle are over').waitFor();
      show(closedBoard);
      await page.goto(server().url);
      await page.getByText('Closed on Mar 2, 2026, 4:30 PM. Nothing here changes any more.').waitFor();
      // Nobody is asked any more, and nothing waits.
      expect(await page.getByText('next by').count()).toBe(0);
      expect(await page.getByText('Check-in due').count()).toBe(0);
      expect(await page.getByText('waits to be accepted').count()).toBe(0);
    }));

  it('folds hints into one line, in the language of the page', () =>
    story({}, async (page) => {
      show(knownBoard);
      server().answers.set('/cycles/cyc_1/hints', () => ({ status: 200, body: hints }));
      await page.goto(server().url);
      const line = page.getByText('2 hints for this cycle');
      await line.waitFor();
      const hint = page.getByText('“Be heard” has one Key Result. Measure it from 2 to 5 sides');
      expect(await hint.isVisible()).toBe(false);
      await line.click();
      expect(await hint.isVisible()).toBe(true);
      expect(await page.getByText('A hint that this page does not know.').isVisible()).toBe(true);
      await page.goto(`${server().url}/?lang=zh-CN`);
      await page.getByText('本周期有 2 条提示').click();
      await page.getByText('只有 1 个关键结果').waitFor();
    }));

  it('draws nothing where there are no hints, or where they cannot be read', () =>
    story({}, async (page) => {
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      expect(await page.locator('details').count()).toBe(0);
      server().answers.set('/cycles/cyc_1/hints', () => problem(500));
      await page.goto(server().url);
      await page.locator('[data-row-link]').first().waitFor();
      expect(await page.locator('details, [role=alert]').count()).toBe(0);
    }));

  it('says all of it in Chinese', () =>
    story({}, async (page) => {
      show(knownBoard);
      await page.goto(`${server().url}/?lang=zh-CN`);
      await page.locator('[data-row-link]').first().waitFor();
      expect(await rowText(page, 'Faster answers')).toContain('护栏被突破');
      expect(await rowText(page, 'Weekly active teams')).toContain('负责人给出的值，至 3月10日');
      expect(await rowText(page, 'Partners who sell with us')).toContain('下次不晚于 3月14日');
      expect(await rowText(page, 'Talk to two customers every week')).toContain(
        '12 次中完成 6 次；5 周中达标 4 周',
      );
      expect(await rowText(page, 'Share of trials that convert')).toContain(
        '没有值：还没有足够成熟的同期群。',
      );
    }));
});
