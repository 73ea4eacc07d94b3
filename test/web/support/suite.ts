import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { browserNote, launch, noBrowser, type View, withPage } from './browser.ts';
import { startTestServer, type TestServer } from './server.ts';

export type Stage = {
  server: () => TestServer;
  /** One story in a page of its own, which afterwards must have nothing to complain about. */
  story: (view: View, tell: (page: Page) => Promise<void>) => Promise<void>;
};

/** A browser and a server for one test file; every test starts with the answers of the fixtures. */
export function inBrowser(name: string, tests: (stage: Stage) => void): void {
  describe.skipIf(noBrowser)(`${name}${browserNote}`, () => {
    let server: TestServer;
    let browser: Browser;
    beforeAll(async () => {
      server = await startTestServer();
      browser = await launch();
    });
    beforeEach(() => {
      server.answers.clear();
      server.asked.length = 0;
      server.sessions.length = 0;
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });
    tests({
      server: () => server,
      story: (view, tell) => withPage(browser, server.url, view, tell),
    });
  });
}
