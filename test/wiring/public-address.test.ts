import { expect, it } from 'vitest';
import { isLoopback, refuseWithoutSignIn } from '../../src/wiring/public-address.ts';

type SignIn = 'none' | 'invited' | 'password';
const open = (signIn: SignIn) => ({ accounts: { signIn: async () => signIn } });
const start = (host: string, publicUrl: string | null, signIn: SignIn, privatePort = false) =>
  refuseWithoutSignIn({ host, publicUrl, privatePort }, open(signIn) as never);
const https = 'https://okr.example.com';

it.each([
  { host: '127.0.0.1', url: null, signIn: 'none', why: 'this machine only' },
  { host: '::1', url: https, signIn: 'none', why: 'behind a proxy on this machine' },
  { host: '0.0.0.0', url: https, signIn: 'password', why: 'somebody can sign in' },
  { host: '0.0.0.0', url: 'http://10.0.0.7:4400', signIn: 'password', why: 'somebody can sign in' },
  { host: '0.0.0.0', url: https, signIn: 'invited', why: 'the invitation is opened by https' },
] as const)('starts on $host for $url: $why', async ({ host, signIn, url }) => {
  await expect(start(host, url, signIn)).resolves.toBeUndefined();
});

it.each([
  { host: '0.0.0.0', url: https, signIn: 'none', says: /member add/ },
  { host: '192.0.2.7', url: null, signIn: 'none', says: /member add/ },
  { host: '0.0.0.0', url: 'http://okr.example.com', signIn: 'invited', says: /without HOST/ },
  { host: '0.0.0.0', url: 'http://localhost:4400', signIn: 'none', says: /member add/ },
] as const)('refuses $host for $url with sign-in $signIn, and says what to do', async (given) => {
  await expect(start(given.host, given.url, given.signIn)).rejects.toThrow(given.says);
});

it('believes the operator that a port is published on this machine only, while people come by it', async () => {
  await expect(start('0.0.0.0', 'http://localhost:4400', 'none', true)).resolves.toBeUndefined();
  await expect(start('0.0.0.0', https, 'none', true)).rejects.toThrow('lets other machines in');
});

it('knows the names of this machine from those that only look like them', () => {
  for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])
    expect([host, isLoopback(host)]).toEqual([host, true]);
  for (const host of ['0.0.0.0', '::', 'localhost.example.com', '127.0.0.1.example.com', '10.0.0.1'])
    expect([host, isLoopback(host)]).toEqual([host, false]);
});
