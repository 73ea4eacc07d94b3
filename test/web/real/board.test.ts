import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Board, BoardRow } from '../../../src/api/contract.ts';
import { type Lang, translator } from '../../../src/i18n/index.ts';
import { rowsOf } from '../../../src/web/board-rows.ts';
import { createFormat } from '../../../src/web/format.ts';
import { currentText, targetText } from '../../../src/web/words.ts';
import { moveClock } from '../../support/database.ts';
import { DESKTOP, expectGood, onRealStack, PHONE } from '../support/real-stack.ts';

const markup = '<img src=x onerror="document.title=1"> & <b>bold</b>';
const keysShown = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('[data-row-link]')].map((link) => link.getAttribute('href'))`);
const pathOf = ({ key }: Pick<BoardRow, 'key'>): string => `/key-results/${key}`;

onRealStack('the board', ({ client, demo, story, url }) => {
  const read = async (): Promise<Board> => client().call('getBoard');
  const lineOf = (page: Page, row: BoardRow): Locator => page.locator(`li[data-row-id="${row.id}"]`);

  const views = (['en', 'zh-CN'] as const).flatMap((lang) => [
    { lang, at: 'a desk', size: DESKTOP },
    { lang, at: 'a phone', size: PHONE },
  ]);
  it.each(views)('says on every row what the API says, in $lang at $at', ({ lang, size, at }) =>
    story({ ...size, locale: lang }, async (page) => {
      await page.goto(url());
      await page.locator('[data-row-link]').first().waitFor();
      const rows = rowsOf(await read());
      expect(await page.locator('[data-row-link]').count()).toBe(rows.length);
      for (const row of rows) await expectRow(lineOf(page, row), row, lang);
      await expectGood(page, `board-${lang}-${at.split(' ')[1]}`);
    }),
  );

  it('finds by title, owner, objective and source, and keeps the search through opening, back and reload', () =>
    story({}, async (page) => {
      const board = await read();
      const rows = rowsOf(board);
      const owned = rows.find(({ owner }) => owner !== null);
      await page.goto(url());
      await page.locator('[data-row-link]').first().waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type(owned?.owner ?? '');
      await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(owned?.owner);
      const byOwner = rows.filter((row) => textOf(board, row).includes((owned?.owner ?? '').toLowerCase()));
      await expect
        .poll(async () => (await keysShown(page)).toSorted())
        .toEqual(byOwner.map(pathOf).toSorted());
      const first = page.locator('[data-row-link]').first();
      const title = await first.innerText();
      await first.click();
      await page.waitForURL('**/key-results/**');
      await page.goBack();
      await page.getByRole('searchbox').waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe(owned?.owner);
      // Whoever comes back stands where they left.
      await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(title);
      await page.reload();
      await expect.poll(async () => (await keysShown(page)).length).toBe(byOwner.length);
      const stripe = rows.filter((row) => textOf(board, row).includes('stripe'));
      await page.getByRole('searchbox').fill('stripe');
      await expect.poll(async () => (await keysShown(page)).length).toBe(stripe.length);
      await page.getByRole('searchbox').fill('nothing has this name');
      await page.getByText('No Key Result fits these filters.').waitFor();
      await expectGood(page, 'board-nothing-found');
      await page.getByRole('link', { name: 'Show all of them' }).click();
      await expect.poll(async () => (await keysShown(page)).length).toBe(rows.length);
    }));

  it('sorts and groups as asked, and a copied link shows somebody else the same', () =>
    story({}, async (page) => {
      const rows = rowsOf(await read());
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.goto(url());
      await page.getByLabel('Group by').selectOption('none');
      await page.getByLabel('Sort by').selectOption('progress');
      const known = rows
        .filter(({ progress }) => progress !== null)
        .map(({ progress }) => progress as number);
      const inOrder = async (): Promise<(number | null)[]> => {
        const paths = await keysShown(page);
        return paths.map((path) => rows.find((row) => pathOf(row) === path)?.progress ?? null);
      };
      await expect
        .poll(inOrder)
        .toEqual([...known.toSorted((a, b) => a - b), ...rows.slice(known.length).map(() => null)]);
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByText('The link to this view is copied.').waitFor();
      const link = await page.evaluate<string>('navigator.clipboard.readText()');
      const shown = await keysShown(page);
      const other = await page.context().newPage();
      await other.goto(link);
      await other.locator('[data-row-link]').first().waitFor();
      expect(await keysShown(other)).toEqual(shown);
      await other.close();
      await page.getByLabel('Sort by').selectOption('title');
      const titles = rows
        .map(({ title }) => title)
        .toSorted(new Intl.Collator('en', { numeric: true }).compare);
      await expect.poll(() => page.locator('[data-row-link]').allInnerTexts()).toEqual(titles);
      await page.getByLabel('Group by').selectOption('owner');
      const owners = new Set(rows.map(({ owner }) => owner));
      await expect.poll(() => page.locator('main section h2').count()).toBe(owners.size + 1); // and the week's
      await expectGood(page, 'board-by-owner');
    }));

  it('filters by owner and source as well, and the back button leads to the last page, not through each choice', () =>
    story({}, async (page) => {
      const rows = rowsOf(await read());
      const owner = rows.find((row) => row.owner !== null)?.owner ?? '';
      await page.goto(`${url()}/connections`);
      await page.getByRole('link', { name: 'Board' }).first().click();
      await page.getByLabel('Owner', { exact: true }).selectOption(owner);
      await expect
        .poll(async () => (await keysShown(page)).toSorted())
        .toEqual(
          rows
            .filter((row) => row.owner === owner)
            .map(pathOf)
            .toSorted(),
        );
      const source = rows.find((row) => row.owner === owner && row.source?.kind === 'connector')?.source;
      await page.getByLabel('Source', { exact: true }).selectOption(source?.connectionKey ?? '');
      const both = rows.filter(
        (row) => row.owner === owner && row.source?.connectionKey === source?.connectionKey,
      );
      await expect.poll(async () => (await keysShown(page)).length).toBe(both.length);
      await page.goBack();
      await page.waitForURL('**/connections');
    }));

  it('walks its rows with j and k from anywhere, and Enter opens one', () =>
    story({}, async (page) => {
      await page.goto(url());
      await page.locator('[data-row-link]').first().waitFor();
      const titles = await page.locator('[data-row-link]').allInnerTexts();
      const active = (): Promise<string> => page.evaluate('document.activeElement.textContent');
      for (const expected of [titles[0], titles[1], titles[2]]) {
        await page.keyboard.press('j');
        expect(await active()).toBe(expected);
      }
      await page.keyboard.press('k');
      expect(await active()).toBe(titles[1]);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/key-results/**');
    }));

  it('shows what was changed elsewhere without being loaded anew, and markup in a name as text', () =>
    story({}, async (page) => {
      const row = rowsOf(await read()).find(({ goal }) => goal.kind === 'accumulate');
      if (row === undefined) throw new Error('the demo has a Key Result that adds up');
      await page.goto(url());
      const line = lineOf(page, row);
      await line.waitFor();
      await page.evaluate('window.sameDocument = true');
      const goal = { kind: 'accumulate' as const, targetValue: (row.targetValue ?? 0) * 2 };
      await client().call('updateKeyResult', { params: { id: row.key }, body: { title: markup, goal } });
      await line.getByRole('link', { name: markup }).waitFor({ timeout: 10_000 });
      const target = targetText(translator('en'), createFormat('en'), {
        ...row,
        goal,
        targetValue: goal.targetValue,
      });
      await expect.poll(() => line.innerText(), { timeout: 10_000 }).toContain(target);
      expect(await page.locator('main img, main b').count()).toBe(0);
      expect(await page.evaluate('window.sameDocument')).toBe(true);
    }));

  it('leaves out what a viewer may not do', () =>
    story({}, async (page) => {
      await page.goto(url());
      await page.getByRole('link', { name: 'Add Key Results' }).waitFor();
      await page.route('**/api/v1/me', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), role: 'viewer' } });
      });
      await page.reload();
      await page.locator('[data-row-link]').first().waitFor();
      expect(await page.getByRole('link', { name: 'Add Key Results' }).count()).toBe(0);
    }));

  it('tells first what has changed since last week, as the API says it', async () => {
    const { services } = demo().stack;
    await moveClock(services.database.pool, 7 * 86_400_000 + 3_600_000);
    await services.evaluator.evaluate(await services.evaluator.due(0, 100));
    // A week later nobody is signed in any more.
    await story({ signedIn: false }, async (page) => {
      await page.goto(await demo().signInLink());
      const week = page.getByRole('region', { name: 'Since last week' });
      await week.waitFor();
      const t = translator('en');
      // Workers read and judge while one looks: what is compared is read together.
      const byWeight = async (): Promise<BoardRow[]> =>
        rowsOf(await read())
          .filter((row) => (row.week?.news.length ?? 0) > 0)
          .toSorted((a, b) => (b.week?.weight ?? 0) - (a.week?.weight ?? 0));
      await expect
        .poll(
          async () => {
            const changed = await byWeight();
            const [most] = changed;
            const text = (await week.innerText()).replaceAll(/\s+/g, ' ');
            const worse = changed.filter((row) => row.week?.direction === 'worse').length;
            const status = t('web.board.week.status', {
              before: t(`status.${most?.week?.was.status ?? 'unknown'}`),
              after: t(`status.${most?.status.state ?? 'unknown'}`),
            });
            const parts = [`${worse} worse`, most?.title ?? '', status, `Show all ${changed.length}`];
            return changed.length > 5 && parts.every((part) => text.includes(part));
          },
          { timeout: 30_000 },
        )
        .toBe(true);
      expect(await week.getByRole('listitem').count()).toBe(5);
      await expectGood(page, 'board-week');
      await week.getByRole('link', { name: /^Show all/ }).click();
      const isSame = async (): Promise<boolean> =>
        (await keysShown(page)).join() === (await byWeight()).map(pathOf).join();
      await expect.poll(isSame, { timeout: 30_000 }).toBe(true);
    });
    await story({ signedIn: false, locale: 'zh-CN' }, async (page) => {
      await page.goto(await demo().signInLink());
      await page.getByRole('region', { name: '上周以来' }).waitFor();
      await expectGood(page, 'board-week-zh');
    });
  });
});

/** Everything that a search looks through. */
function textOf(board: Board, row: BoardRow): string {
  const objective = board.objectives.find(({ id }) => id === row.objectiveId)?.title;
  const { source } = row;
  const of = [source?.connectionTitle, source?.connectionKey, source?.connectorTitle, source?.metricTitle];
  return [row.title, row.key, row.owner, objective, ...of, source?.metricKey].join('\n').toLowerCase();
}

/** Value, target, progress, expected, chance, states, source and owner, each as the API has it. */
async function expectRow(line: Locator, row: BoardRow, lang: Lang): Promise<void> {
  const t = translator(lang);
  const format = createFormat(lang);
  const text = (await line.innerText()).replaceAll(/\s+/g, ' ');
  const expected = [
    row.title,
    row.owner ?? t('page.no_owner'),
    currentText(format, row, 'short') ?? t('label.no_value'),
    targetText(t, format, row),
    t(`status.${row.status.state}`),
    ...(row.tracking === 'check_in' ? [] : [t(`data.${row.data.state}`)]),
    ...(row.source?.kind === 'connector' ? [row.source.connectorTitle, row.source.metricTitle] : []),
    ...(row.progress === null ? [] : [format.percent(row.progress)]),
    ...(row.chance === undefined ? [] : [format.percent(row.chance.smoothed)]),
  ];
  for (const part of expected) expect(text, row.key).toContain(part.replaceAll(/\s+/g, ' '));
  const images = await line.getByRole('img').all();
  const names = await Promise.all(images.map((image) => image.getAttribute('aria-label')));
  if (row.progress !== null && row.expected !== null)
    expect(names).toContain(
      t('web.progress_label_expected', {
        progress: format.percent(row.progress),
        expected: format.percent(row.expected),
      }),
    );
  if (row.chance !== undefined && row.chance.weekAgo === null)
    expect(names).toContain(t('web.board.chance_label', { chance: format.percent(row.chance.smoothed) }));
  if (row.chance === undefined) expect(names).toContain(t('web.board.chance_none'));
}
