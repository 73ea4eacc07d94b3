import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const candidates = [
  process.env['TIDEMARK_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Null when this machine has no browser that we know of. */
export const chromiumPath: string | null =
  candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;

/** For the name of a suite: says in the report why it did not run. */
export const noBrowser = chromiumPath === null;
export const browserNote = noBrowser
  ? ' (did not run: no Chromium found; set TIDEMARK_CHROMIUM to its path)'
  : '';

export async function launch(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium found');
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type View = { width?: number; height?: number; scheme?: 'light' | 'dark'; locale?: string };
export type OpenPage = { page: Page; complaints: string[]; close(): Promise<void> };

/** A fresh profile. Whatever the page should never do is collected: errors, policy violations, foreign hosts. */
export async function openPage(browser: Browser, serverUrl: string, view: View = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: view.width ?? 1280, height: view.height ?? 900 },
    colorScheme: view.scheme ?? 'light',
    locale: view.locale ?? 'en-GB',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  await page.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`,
  );
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused API call is logged by the browser itself; the tests provoke those.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(serverUrl)) complaints.push(`foreign host: ${request.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Runs one story in a page of its own; afterwards the page must have nothing to complain about. */
export async function withPage(
  browser: Browser,
  serverUrl: string,
  view: View,
  story: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, complaints, close } = await openPage(browser, serverUrl, view);
  try {
    await story(page);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
}
