import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { BOARD_VISIBLE, FRAMES, plainPage, SCRIPT_BYTES, WATCH_FRAMES } from './in-page.ts';
import { withBoard } from './with-board.ts';

export type Row = {
  name: string;
  value: number;
  unit: string;
  beside: { name: string; value: number; unit: string } | null;
  ratio: number | null;
};
type Options = { root: string; browser: string; runs: number; rows: number; say(line: string): void };

/** As many as a large workspace has. */
const USUAL = 500;
const VIEW = { width: 1280, height: 900 };
/** A turn of a mouse wheel, and what lies between two of a quick hand. */
const WHEEL_PX = 240;
const WHEEL_EVERY_MS = 16;

/** How soon a board is there, what it loads for that, and how smoothly a long one scrolls; in a real browser. */
export async function runWeb({ browser: executablePath, root, rows, runs, say }: Options): Promise<Row[]> {
  const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox'] });
  try {
    const visible = await withBoard({ root, keyResults: USUAL, say }, (started) =>
      firstBoard(browser, started, runs, say),
    );
    const smooth = await withBoard({ root, keyResults: rows, say }, (started) =>
      scrolled(browser, started, rows, say),
    );
    return [...visible, ...smooth];
  } finally {
    await browser.close();
  }
}

type Started = { url: string; signIn: string };

async function signedIn(browser: Browser, { signIn }: Started): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEW, locale: 'en' });
  const page = await context.newPage();
  await page.goto(signIn);
  await page.locator('[data-row-link]').first().waitFor({ timeout: 60_000 });
  await page.close();
  return context;
}

/** Each time with an empty cache, in turns with a page of the same server that has a line of text and nothing else. */
async function firstBoard(
  browser: Browser,
  started: Started,
  runs: number,
  say: Options['say'],
): Promise<Row[]> {
  const known = await signedIn(browser, started);
  const state = await known.storageState();
  await known.close();
  const times: number[] = [];
  const empty: number[] = [];
  let bytes = 0;
  for (let run = 0; run <= runs; run += 1) {
    const context = await browser.newContext({ viewport: VIEW, locale: 'en', storageState: state });
    const page = await context.newPage();
    await page.goto(`${started.url}/problems/not-found`);
    const nothing = await page.evaluate<number>(
      'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(performance.now()))))',
    );
    await page.addInitScript(BOARD_VISIBLE);
    await page.goto(started.url, { waitUntil: 'commit' });
    const time = await page.evaluate<number>('window.boardVisible');
    bytes = await page.evaluate<number>(SCRIPT_BYTES);
    await context.close();
    if (run === 0) continue; // the server's first answers are made by code that nobody has warmed up
    times.push(time);
    empty.push(nothing);
    say(`first board ${time.toFixed(0)} ms, an empty page ${nothing.toFixed(0)} ms`);
  }
  const beside = { name: 'an empty page', value: median(empty), unit: 'ms' };
  const name = `first board of ${USUAL}, `;
  return [
    {
      name: `${name}median of ${runs}`,
      value: median(times),
      unit: 'ms',
      beside,
      ratio: median(times) / beside.value,
    },
    { name: `${name}quickest`, value: Math.min(...times), unit: 'ms', beside: null, ratio: null },
    { name: `${name}slowest`, value: Math.max(...times), unit: 'ms', beside: null, ratio: null },
    {
      name: 'script of the first page, compressed',
      value: bytes / 1_000,
      unit: 'kB',
      beside: null,
      ratio: null,
    },
  ];
}

/** From top to bottom with the wheel; beside it a page as high that has nothing but words. */
async function scrolled(
  browser: Browser,
  started: Started,
  rows: number,
  say: Options['say'],
): Promise<Row[]> {
  const context = await signedIn(browser, started);
  const page = await context.newPage();
  await page.goto(started.url);
  await page.locator('[data-row-link]').first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2_000);
  say(`scrolling ${rows} Key Results`);
  const board = await wheelDown(page);
  const last = await page
    .locator('[data-row-link]')
    .last()
    .getAttribute('aria-posinset')
    .catch(() => null);
  if (board.gaps.length < 100) throw new Error(`the board did not scroll (${last})`);
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.goto(`${started.url}/problems/not-found`);
  await page.evaluate(plainPage(height));
  const plain = await wheelDown(page);
  await context.close();
  const beside = { name: 'a page of plain lines', value: Math.max(...plain.gaps), unit: 'ms' };
  const longest = Math.max(...board.gaps);
  const name = `scrolling ${rows}, `;
  return [
    { name: `${name}longest frame`, value: longest, unit: 'ms', beside, ratio: longest / beside.value },
    {
      name: `${name}99 of 100 frames below`,
      value: share(board.gaps, 0.99),
      unit: 'ms',
      beside: null,
      ratio: null,
    },
    {
      name: `${name}frames over 50 ms`,
      value: board.gaps.filter((gap) => gap > 50).length,
      unit: 'frames',
      beside: null,
      ratio: null,
    },
    {
      name: `${name}longest of the browser's own count`,
      value: Math.max(0, ...board.long),
      unit: 'ms',
      beside: null,
      ratio: null,
    },
    { name: `${name}frames`, value: board.gaps.length, unit: 'frames', beside: null, ratio: null },
  ];
}

async function wheelDown(page: Page): Promise<{ gaps: number[]; long: number[] }> {
  await page.mouse.move(VIEW.width / 2, VIEW.height / 2);
  await page.evaluate(WATCH_FRAMES);
  for (let before = -1; ; ) {
    for (let turn = 0; turn < 40; turn += 1) {
      await page.mouse.wheel(0, WHEEL_PX);
      await page.waitForTimeout(WHEEL_EVERY_MS);
    }
    const at = await page.evaluate<number>('scrollY');
    if (at === before) break;
    before = at;
  }
  return page.evaluate<{ gaps: number[]; long: number[] }>(FRAMES);
}

const median = (all: readonly number[]): number => share(all, 0.5);

function share(all: readonly number[], part: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
