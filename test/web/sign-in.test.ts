import { expect, it } from 'vitest';
import { problem } from './support/server.ts';
import { inBrowser } from './support/suite.ts';

const token = 'one-time-token-0123456789';

inBrowser('signing in', ({ server, story }) => {
  it('spends the token of the link once, hides it, and opens the board', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/sign-in#token=${token}`);
      await page.getByText('Grow weekly active users').waitFor();
      expect(server().sessions).toEqual([{ token }]);
      expect(page.url()).toBe(`${server().url}/`);
      // The page before must not be the one with the token.
      await page.goBack();
      expect(page.url()).not.toContain(token);
    }));

  it('says how to get a new link when this one was used', () =>
    story({}, async (page) => {
      server().answers.set('/sessions', () => problem(401, { code: 'token_used' }));
      await page.goto(`${server().url}/sign-in#token=${token}`);
      await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await page.getByText('npx tidemark link').waitFor();
      expect(page.url()).not.toContain(token);
    }));

  it('can be tried again when the server failed', () =>
    story({}, async (page) => {
      server().answers.set('/sessions', () => problem(503));
      await page.goto(`${server().url}/sign-in#token=${token}`);
      await page.getByRole('alert').waitFor();
      server().answers.clear();
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.getByText('Grow weekly active users').waitFor();
      expect(server().sessions).toEqual([{ token }, { token }]);
    }));

  it('is explained to somebody without a link', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/sign-in`);
      await page.getByRole('heading', { name: 'Sign in to see the board' }).waitFor();
      expect(server().sessions).toEqual([]);
    }));

  it.each(['/', '/key-results/revenue.mrr'])('is explained at %s to somebody without a session', (path) =>
    story({}, async (page) => {
      server().answers.set('/board', () => problem(401));
      server().answers.set('/key-results/revenue.mrr', () => problem(401));
      await page.goto(server().url + path);
      await page.getByRole('heading', { name: 'Sign in to see the board' }).waitFor();
      await page.getByText('npx tidemark link').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    }),
  );
});
