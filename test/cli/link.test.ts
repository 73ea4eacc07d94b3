import { afterEach, expect, it } from 'vitest';
import { signInLink } from '../../src/cli/commands/link.ts';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

const url = 'http://127.0.0.1:4400/sign-in#abc';

it('prints the sign-in link alone, so that it can be piped, with a note beside it', async () => {
  api = await fakeApi({ createSignInLink: () => ({ url }) });
  const io = fakeIo({ env: api.env });
  expect(await main(['link'], io)).toBe(0);
  expect(io.out()).toBe(`${url}\n`);
  expect(io.err()).toContain('opens once');
});

it('leaves the note out with --quiet, and answers JSON with --json', async () => {
  api = await fakeApi({ createSignInLink: () => ({ url }) });
  const io = fakeIo({ env: api.env });
  expect(await main(['link', '--json', '--quiet'], io)).toBe(0);
  expect(JSON.parse(io.out())).toEqual({ url });
  expect(io.err()).toBe('');
});

it('makes a link with nothing but the address and token of the local API', async () => {
  api = await fakeApi({ createSignInLink: () => ({ url }) });
  expect(await signInLink({ url: api.url, token: api.token })).toBe(url);
});

it('ends with 4 when the token may not make links', async () => {
  api = await fakeApi({
    createSignInLink: () => ({ problem: { status: 403, detail: 'This token may not.' } }),
  });
  const io = fakeIo({ env: api.env });
  expect(await main(['link'], io)).toBe(4);
  expect(io.err()).toContain('This token may not.');
});
