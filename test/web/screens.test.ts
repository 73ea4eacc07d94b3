import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';
import { boardWithoutCycle, emptyBoard } from './fixtures.ts';
import { closedBoard, closingBoard, knownBoard, knownRows } from './fixtures-known.ts';
import { type Canned, problem } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

const folder = fileURLToPath(new URL('../../test-output/screenshots/', import.meta.url));
/** Pictures are for looking at: set TIDEMARK_SCREENSHOTS=1 to have them written. */
const keepPictures = process.env['TIDEMARK_SCREENSHOTS'] === '1';
const never = new Promise<void>(() => {});
const hanging = (): Canned => ({ status: 200, body: null, delay: never });
const mrr = '/key-results/revenue.mrr';

/** `answer` replaces what the API says to one path; `ready` is on the page once it is drawn. */
type Screen = { name: string; path: string; ready: string; answer?: [string, () => Canned] };

const screens: Screen[] = [
  { name: 'board', path: '/', ready: 'h2' },
  { name: 'board-loading', path: '/', ready: '.bone', answer: ['/board', hanging] },
  {
    name: 'board-empty',
    path: '/',
    ready: 'main h1, main h2',
    answer: ['/board', () => ({ status: 200, body: emptyBoard })],
  },
  {
    name: 'board-no-cycle',
    path: '/',
    ready: 'main h1, main h2',
    answer: ['/board', () => ({ status: 200, body: boardWithoutCycle })],
  },
  { name: 'board-error', path: '/', ready: '[role=alert]', answer: ['/board', () => problem(503)] },
  { name: 'board-filtered', path: '/?status=off_track,at_risk', ready: 'h2' },
  { name: 'signed-out', path: '/', ready: 'pre', answer: ['/board', () => problem(401)] },
  { name: 'not-found', path: '/nowhere', ready: 'h1' },
  { name: 'key-result', path: mrr, ready: 'details' },
  { name: 'key-result-evidence', path: `${mrr}?evidence=1`, ready: '.run' },
  { name: 'key-result-day', path: `${mrr}?evidence=1&day=2026-03-02`, ready: '.run' },
  { name: 'key-result-loading', path: mrr, ready: '.bone', answer: [mrr, hanging] },
  {
    name: 'key-result-error',
    path: `${mrr}?evidence=1`,
    ready: '[role=alert]',
    answer: [`${mrr}/explanation`, () => problem(500)],
  },
  { name: 'key-result-failing', path: '/key-results/activation.trial-to-paid', ready: 'details' },
  { name: 'key-result-stale', path: '/key-results/retention.day-28', ready: 'details' },
  { name: 'key-result-none', path: '/key-results/satisfaction.nps', ready: '.formula' },
  { name: 'key-result-guardrail', path: '/key-results/quality.p95', ready: 'details' },
  { name: 'key-result-accumulate', path: '/key-results/acquisition.signups', ready: 'details' },
  { name: 'key-result-markup', path: '/key-results/markup', ready: 'details' },
  {
    name: 'board-known',
    path: '/',
    ready: 'h2',
    answer: ['/board', () => ({ status: 200, body: knownBoard })],
  },
  {
    name: 'board-closing',
    path: '/',
    ready: 'h2',
    answer: ['/board', () => ({ status: 200, body: closingBoard })],
  },
  {
    name: 'board-closed',
    path: '/',
    ready: 'h2',
    answer: ['/board', () => ({ status: 200, body: closedBoard })],
  },
  ...knownRows.map(({ key }) => ({ name: key, path: `/key-results/${key}`, ready: '.formula' })),
];

inBrowser('every screen', ({ server, story }) => {
  if (keepPictures) mkdirSync(folder, { recursive: true });

  it.each(screens)('$name fits narrow and wide screens, in both languages', (screen) =>
    story({}, async (page) => {
      if (screen.answer !== undefined) server().answers.set(...screen.answer);
      for (const lang of ['en', 'zh-CN']) {
        await page.goto(`${server().url}${screen.path}${screen.path.includes('?') ? '&' : '?'}lang=${lang}`);
        await page.locator(screen.ready).first().waitFor();
        for (const width of [360, 768, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          for (const colorScheme of keepPictures ? (['light', 'dark'] as const) : []) {
            await page.emulateMedia({ colorScheme });
            const path = `${folder}${screen.name}-${width}-${colorScheme}-${lang}.png`;
            await page.screenshot({ path, fullPage: true });
          }
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        }
      }
    }),
  );
});
