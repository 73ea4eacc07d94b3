import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { SandboxOptions } from '../../../sandbox/index.ts';
import type { Client } from '../../../src/api/client.ts';
import { type Demo, forgetDemo, startDemo } from '../../../src/cli/demo/run-demo.ts';
import { fourGoals } from '../../support/four-goals/index.ts';
import { browserNote, launch, noBrowser, openPage, type View } from './browser.ts';
import { builtPage } from './build.ts';

/** Pictures are for looking at: TIDEMARK_SCREENSHOTS=1 has them written here. */
export const pictureFolder = fileURLToPath(new URL('../../../test-output/screenshots/', import.meta.url));
const keepPictures = process.env['TIDEMARK_SCREENSHOTS'] === '1';

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1280, height: 900 } as const;

export type RealStage = {
  demo: () => Demo;
  /** The typed client of the same API: what the page shows is held against what it says. */
  client: () => Client;
  url: () => string;
  /**
   * One story in a page of its own, signed in as the demo's admin, which afterwards must have nothing to complain about:
   * no script error, no policy violation, no foreign host. `signedIn: false`: a browser that nobody knows.
   */
  story: (view: View & { signedIn?: boolean }, tell: (page: Page) => Promise<void>) => Promise<void>;
};

/**
 * The demo's whole stack with its sandbox company, and a browser: the very thing that `npm run demo` starts. One for a
 * test file; what a test changes it must not need unchanged later.
 */
export function onRealStack(
  name: string,
  tests: (stage: RealStage) => void,
  sandbox: Pick<SandboxOptions, 'initial' | 'now'> = { initial: { seed: 42 } },
  /** More of the environment, such as hosts that may be reached; asked for right before the start. */
  more: () => Promise<Record<string, string>> = async () => ({}),
): void {
  describe.skipIf(noBrowser)(`${name}${browserNote}`, () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-web-stack-'));
    chmodSync(dataDir, 0o711); // root hands PostgreSQL to another user, who has to pass
    let demo: Demo;
    let browser: Browser;
    let state: Awaited<ReturnType<BrowserContext['storageState']>>;
    beforeAll(async () => {
      demo = await startDemo({
        dataDir,
        env: {
          PATH: process.env['PATH'],
          LOG_LEVEL: 'fatal',
          TIDEMARK_REQUESTS_PER_MINUTE: '100000',
          ...(await more()),
        },
        port: null,
        say: () => {},
        signal: new AbortController().signal,
        sandbox,
        plan: fourGoals,
        webRoot: builtPage(),
      });
      browser = await launch();
      const { page, close } = await openPage(browser, demo.api.url);
      await page.goto(await demo.signInLink());
      await page.locator('[data-row-link]').first().waitFor();
      state = await page.context().storageState();
      await close();
    }, 240_000);
    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
      forgetDemo(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    });
    tests({
      demo: () => demo,
      client: () => demo.client,
      url: () => demo.api.url,
      async story({ signedIn = true, ...view }, tell) {
        const { page, complaints, close } = await openPage(browser, demo.api.url, view);
        try {
          if (signedIn) await page.context().addCookies(state.cookies);
          await tell(page);
          expect(complaints).toEqual([]);
        } finally {
          await close();
        }
      },
    });
  });
}

/**
 * The page as it stands is good for everybody and fits: axe finds nothing serious, nothing is wider than the window, and
 * where pictures are wanted both widths and both themes are kept under the name. Leaves the window at its size.
 */
export async function expectGood(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? DESKTOP;
  for (const [size, view] of [
    ['phone', PHONE],
    ['desktop', DESKTOP],
  ] as const) {
    await page.setViewportSize(view);
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth'), { message: `${name} at ${size}` })
      .toBe(view.width);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      if (keepPictures) {
        mkdirSync(pictureFolder, { recursive: true });
        await page.screenshot({
          path: join(pictureFolder, `${name}-${size}-${colorScheme}.png`),
          fullPage: true,
        });
      }
      if (size === 'desktop') expect(await seriousFaults(page), `${name} in ${colorScheme}`).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(before);
}

async function seriousFaults(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, at: nodes.map((node) => `${node.html} ${node.failureSummary}`) }));
}
