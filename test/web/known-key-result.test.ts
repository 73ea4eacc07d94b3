import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { problem } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

inBrowser('the page of a Key Result that says what is known beside the number', ({ server, story }) => {
  const open = async (page: Page, key: string, lang = 'en'): Promise<string> => {
    await page.goto(`${server().url}/key-results/known.${key}?lang=${lang}`);
    await page.locator('.formula').waitFor();
    // What is asked for apart, such as the check-ins, may still be on its way.
    await page
      .locator('main [role="status"]', { hasText: /^(Loading|加载中)$/ })
      .first()
      .waitFor({ state: 'detached' });
    return (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
  };
  /** The drawer that walks from the number to where it comes from. */
  const evidence = async (page: Page, key: string): Promise<string> => {
    await page.goto(`${server().url}/key-results/known.${key}?evidence=1&lang=en`);
    const drawer = page.getByRole('dialog', { name: 'Why this number' });
    await drawer.locator('.formula').waitFor();
    return (await drawer.innerText()).replaceAll(/\s+/g, ' ');
  };

  it('shows an override with its author, its reason and its end, and the value of the source beside it', () =>
    story({}, async (page) => {
      const text = await open(page, 'overridden');
      for (const part of [
        'An owner’s value stands in for the source until Mar 10, 2026.',
        '14,200 for Feb 24, 2026 to Mar 10, 2026, stated by Mei Lin: tracking broke with release 4.2',
        'The source says 13,480 on Mar 2, 2026.',
        'stated by somebody: an import counted twice (ended Jan 16, 2026, 2:00 PM)',
      ])
        expect(text).toContain(part);
    }));

  it('draws both lines while an override is in force', () =>
    story({}, async (page) => {
      await open(page, 'overridden');
      const count = (role: string) => page.getByRole('figure').locator(`.chart-${role}`).count();
      expect(await count('override-span')).toBe(2);
      expect(await count('override')).toBe(2);
      // As without an override: two stretches around the gap.
      expect(await count('value')).toBe(2);
      expect(await page.getByRole('figure').locator('figcaption').innerText()).toMatch(
        /13,480[\s\S]*owner’s value 14,200/,
      );
      await page.getByRole('button', { name: 'View as table' }).click();
      const row = page.getByRole('row').filter({ hasText: 'Mar 2, 2026' }).first();
      expect(await row.innerText()).toMatch(/13,480[\s\S]*owner’s value 14,200/);
    }));

  it('says that a new definition waits, and how to accept it', () =>
    story({}, async (page) => {
      const text = await open(page, 'overridden');
      expect(text).toContain('Nothing changes until it is accepted.');
      expect(text).toContain('npx tidemark kr accept known.overridden');
    }));

  it('shows the guard beside progress, status and data', () =>
    story({}, async (page) => {
      expect(await open(page, 'guard-broken')).toContain(
        'Guard Refund rate at most 5% Guard broken: 7.1% on Mar 2',
      );
      expect(await open(page, 'guard-unknown')).toContain(
        'Refund rate not above what it was when the cycle began Guard unknown: No value: there was nothing to divide by.',
      );
    }));

  it('shows the definition as it was written, in words, and where the baseline comes from', () =>
    story({}, async (page) => {
      const text = await open(page, 'drafted');
      for (const part of [
        '将 30 日留存率提升 10%',
        'The share of a cohort that came back in the span that is asked for',
        'bracketDays: 30, 59',
        'Came back between day 30 and day 59 after signing up.',
        '30%, stated by Jonas Weber on Jan 9, 2026, 12:00 PM: the last week of December was a test',
        'Version 2 of Feb 2, 2026, 12:00 PM – staff accounts are left out',
      ])
        expect(text).toContain(part);
      await page.getByText('Earlier baselines').click();
      await page
        .getByText('30%: the mean before the start over Dec 4, 2025 to Dec 31, 2025, 28 points')
        .waitFor();
      const chinese = await open(page, 'drafted', 'zh-CN');
      for (const part of ['留存', '30%，由 Jonas Weber 于', '第 2 版']) expect(chinese).toContain(part);
    }));

  it('marks check-ins on the line and lists them with note and confidence', () =>
    story({}, async (page) => {
      const text = await open(page, 'checked-in');
      expect(await page.getByRole('figure').locator('.chart-check-in').count()).toBe(3);
      for (const part of ['confidence 80%', '三家新伙伴已签约', 'Two contracts lie with their lawyers.'])
        expect(text).toContain(part);
      expect(text).toContain('Last check-in Feb 28, 2026 Next one due Mar 14, 2026');
      expect(text).not.toMatch(/Fetched \d|sync now/);
      const reader = page.getByRole('slider');
      await reader.focus();
      await page.keyboard.press('Home');
      for (let week = 0; week < 6; week += 1) await page.keyboard.press('PageUp');
      // Six weeks after 1 January is 12 February.
      expect(await reader.getAttribute('aria-valuetext')).toBe(
        'Feb 12, 2026 · 4 · Expected 5.82 · Check-in · confidence 60% · Two contracts lie with their lawyers.',
      );
    }));

  it('says how to check in first, instead of how to sync', () =>
    story({}, async (page) => {
      const text = await open(page, 'never-checked-in');
      expect(text).toContain('Nobody has checked in yet.');
      expect(text).toContain('npx tidemark checkin known.never-checked-in --help');
      expect(text).not.toContain('sync now');
    }));

  it('stays useful when the check-ins cannot be read', () =>
    story({}, async (page) => {
      server().answers.set('/key-results/known.checked-in/check-ins', () =>
        problem(500, { detail: 'No notes.' }),
      );
      await page.goto(`${server().url}/key-results/known.checked-in`);
      await page.getByRole('alert').getByText('No notes.').waitFor();
      expect(await page.getByRole('slider').isVisible()).toBe(true);
    }));

  it('lists the steps of a milestone with their days, and draws no line through them', () =>
    story({}, async (page) => {
      const text = await open(page, 'milestone');
      for (const part of ['First customer moved done on Feb 26', 'All customers moved not done'])
        expect(text).toContain(part);
      expect(await page.getByRole('slider').count()).toBe(0);
    }));

  it('tells the rhythm of what recurs', () =>
    story({}, async (page) => {
      expect(await open(page, 'recurring')).toContain('6 of 12 done; 4 of 5 weeks kept');
    }));

  it('says how large a sample is, and what it cannot tell apart', () =>
    story({}, async (page) => {
      const text = await open(page, 'surveyed');
      expect(text).toContain('27.5');
      expect(text).toContain('40.5');
      expect(text).toContain(
        'Within noise: the change since the start is smaller than a sample of this size can show.',
      );
      expect(text).toContain('Received 2 hours ago');
    }));

  it('names who brought the numbers, when, and how many rows', () =>
    story({}, async (page) => {
      expect(await evidence(page, 'surveyed')).toContain(
        'Brought by token:reporting uploaded file (csv) · 61 rows · Mar 2, 2026, 11:12 AM February export of the survey tool',
      );
    }));

  it('walks through a formula to each of its inputs', () =>
    story({}, async (page) => {
      const text = await evidence(page, 'combined');
      expect(text).toContain('mrr / active_teams');
      expect(text).toContain(
        'Inputs on Mar 2, 2026 mrr Monthly recurring revenue €84,200.00 active_teams Active teams 1,684',
      );
      await page.getByText('Active teams', { exact: true }).click();
      await page.getByRole('cell', { name: '1,684' }).waitFor();
    }));

  it('says in words why the days have no value', () =>
    story({}, async (page) => {
      expect(await open(page, 'without-value')).toContain(
        'Mar 2, 2026: No value: no cohort is old enough yet.',
      );
    }));
});
