import { afterAll, describe, expect, it } from 'vitest';
import { createEgress, parseEgressAllow } from '../../src/egress/index.ts';

// For clients with sockets of their own: they are given numbers that were judged, and never a name to look up again.
const allowed = parseEgressAllow('127.0.0.1:4510');
const rules = allowed.ok ? allowed.rules : [];
const names: Record<string, string[]> = {
  'analytics.example': ['93.184.215.14'],
  'inside.example': ['10.0.0.7'],
  'both.example': ['93.184.215.14', '169.254.169.254'],
};
const egress = createEgress({
  allow: rules,
  resolve: async (name) => (names[name] ?? []).map((address) => ({ address, family: 4 as const })),
});
afterAll(() => egress.close());
const resolve = (host: string, url: string) => egress.resolve([host], new URL(url));

describe('the addresses for a client that opens its own sockets', () => {
  it('are those of a public name', async () => {
    expect(await resolve('analytics.example', 'https://analytics.example')).toEqual([
      { address: '93.184.215.14', family: 4 },
    ]);
  });

  it('are what the operator has allowed, as it is', async () => {
    expect(await resolve('127.0.0.1:4510', 'http://127.0.0.1:4510')).toEqual([
      { address: '127.0.0.1', family: 4 },
    ]);
  });

  it.each([
    {
      host: 'inside.example',
      url: 'https://inside.example',
      why: 'a name that leads inside',
      code: 'address',
    },
    {
      host: 'both.example',
      url: 'https://both.example',
      why: 'one private address among public ones',
      code: 'address',
    },
    {
      host: '127.0.0.1:4511',
      url: 'http://127.0.0.1:4511',
      why: 'another port of this machine',
      code: 'scheme',
    },
    { host: '10.0.0.7', url: 'https://10.0.0.7', why: 'a private address', code: 'address' },
    {
      host: 'other.example',
      url: 'https://analytics.example',
      why: 'a host the secret is not for',
      code: 'host_not_bound',
    },
    { host: 'localhost', url: 'https://localhost', why: 'a local name', code: 'name' },
  ])('are refused for $why', async ({ host, url, code }) => {
    await expect(resolve(host, url)).rejects.toMatchObject({ errorClass: 'blocked_destination', code });
  });

  it('are none for a name that does not exist', async () => {
    await expect(resolve('nowhere.example', 'https://nowhere.example')).rejects.toMatchObject({
      errorClass: 'transient',
    });
  });
});
