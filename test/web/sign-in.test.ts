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
      expect(await page.getByRole('alert').allTextContents()).toEqual(['']);
    }),
  );

  it('takes an e-mail address and a password, and stays where somebody wanted to go', () =>
    story({}, async (page) => {
      server().answers.set('/board', () => problem(401));
      await page.goto(`${server().url}/`);
      await page.getByLabel('E-mail address').fill('mei@example.com');
      await page.getByLabel('Password').fill('copper lantern under seven hills');
      server().answers.clear();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Grow weekly active users').waitFor();
      expect(server().sessions).toEqual([
        { email: 'mei@example.com', password: 'copper lantern under seven hills' },
      ]);
      expect(page.url()).toBe(`${server().url}/`);
    }));

  it('says what the server says of a wrong password, and keeps what was typed', () =>
    story({}, async (page) => {
      const detail = 'The e-mail address or the password is wrong.';
      server().answers.set('/sessions', () =>
        problem(401, { code: 'sign_in_failed', detail, fix: 'Try again.' }),
      );
      await page.goto(`${server().url}/sign-in`);
      await page.getByLabel('E-mail address').fill('mei@example.com');
      await page.getByLabel('Password').fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText(detail).waitFor();
      expect(await page.getByLabel('E-mail address').inputValue()).toBe('mei@example.com');
      server().answers.clear();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Grow weekly active users').waitFor();
    }));

  it('speaks Chinese to those who do', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/sign-in?lang=zh-CN`);
      await page.getByLabel('邮箱地址').waitFor();
      await page.getByRole('button', { name: '登录' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    }));
});

inBrowser('setting a password', ({ server, story }) => {
  const password = 'copper lantern under seven hills';

  it('spends the token of the link, hides it, and opens the board', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/set-password#token=${token}`);
      await page.getByLabel('New password', { exact: true }).fill(password);
      expect(page.url()).not.toContain(token);
      await page.getByLabel('New password, again').fill(password);
      await page.getByRole('button', { name: 'Set the password and sign in' }).click();
      await page.getByText('Grow weekly active users').waitFor();
      expect(server().sessions).toEqual([{ token, password }]);
      expect(page.url()).toBe(`${server().url}/`);
    }));

  it('asks again when the two differ, or when the server finds it too easy', () =>
    story({}, async (page) => {
      await page.goto(`${server().url}/set-password#token=${token}`);
      await page.getByLabel('New password', { exact: true }).fill(password);
      await page.getByLabel('New password, again').fill(`${password}!`);
      const submit = page.getByRole('button', { name: 'Set the password and sign in' });
      await submit.click();
      await page.getByText('The two are not the same.').waitFor();
      expect(server().sessions).toEqual([]);
      const detail = 'The password is one of those that are tried first.';
      server().answers.set('/passwords', () => problem(422, { code: 'validation', detail }));
      await page.getByLabel('New password, again').fill(password);
      await submit.click();
      await page.getByText(detail).waitFor();
      server().answers.clear();
      await submit.click();
      await page.getByText('Grow weekly active users').waitFor();
    }));

  it.each([
    { name: 'was used', hash: `#token=${token}`, submits: true },
    { name: 'is missing', hash: '', submits: false },
  ])('says how to get a new link when this one $name', ({ hash, submits }) =>
    story({}, async (page) => {
      server().answers.set('/passwords', () => problem(401, { code: 'link_used' }));
      await page.goto(`${server().url}/set-password${hash}`);
      if (submits) {
        await page.getByLabel('New password', { exact: true }).fill(password);
        await page.getByLabel('New password, again').fill(password);
        await page.getByRole('button', { name: 'Set the password and sign in' }).click();
      }
      await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
      await page.getByText('npx tidemark user reset-password EMAIL').waitFor();
      expect(await page.getByLabel('New password', { exact: true }).count()).toBe(0);
    }),
  );
});
