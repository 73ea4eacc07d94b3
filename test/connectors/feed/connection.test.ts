import { describe, expect, it } from 'vitest';
import { feed } from '../../../connectors/feed/index.ts';
import type { FeedWorld } from '../../../sandbox/feed/world.ts';
import { testContext } from '../support/context.ts';
import { PUBLIC, post, read, startFeed, TOKEN, window } from './support/read.ts';

const DAYS = window('2026-03-01', '2026-03-02');
const SECRET = { access: 'secret_address', address: `/feed.xml?token=${TOKEN}` };
const configured = (config: object) => feed.configSchema.parse(config);

async function check(world: Partial<FeedWorld>, config: object = PUBLIC) {
  const host = await startFeed(world);
  try {
    return await feed.check(
      testContext(configured(config), host.endpoint, new Date('2026-03-20T12:00:00Z')).context,
    );
  } finally {
    await host.close();
  }
}

describe('the settings of a connection', () => {
  it.each([
    { config: {}, says: 'public, secret_address, password' },
    { config: { access: 'secret_address' }, says: 'Enter the secret address' },
    { config: { access: 'public', address: '/feed?key=1' }, says: 'Choose secret_address' },
    { config: { access: 'password', user: 'ann' }, says: 'Enter the password' },
    { config: { access: 'password', password: 'pass' }, says: 'Enter the user name' },
    { config: { access: 'password', user: 'a:b', password: 'pass' }, says: 'no colon' },
    { config: { access: 'public', password: 'pass' }, says: 'Choose password' },
  ])('are refused with a sentence: $says', ({ config, says }) => {
    expect(feed.configSchema.safeParse(config).error?.issues[0]?.message).toContain(says);
  });

  it('bind secrets to the host of the address, and to nobody while there is none', () => {
    expect(feed.allowedHosts(new URL('https://blog.example.com/feed.xml'))).toEqual(['blog.example.com']);
    expect(feed.allowedHosts(null)).toEqual(['address-missing.invalid']);
  });

  it('ask for an address where there is none', async () => {
    const { context } = testContext(PUBLIC, null, new Date());
    await expect(feed.check(context)).rejects.toMatchObject({ code: 'no_address', remedy: { by: 'owner' } });
  });

  it('take a whole secret address only at the host of the connection, and tell no more of it than its host', async () => {
    const host = await startFeed({ access: { kind: 'token', token: TOKEN } });
    try {
      const at = (address: string) =>
        feed.check(
          testContext(configured({ access: 'secret_address', address }), host.endpoint, new Date()).context,
        );
      expect((await at(`${host.endpoint.origin}/feed.xml?token=${TOKEN}`)).account).toContain('Globex');
      const elsewhere = at(`https://elsewhere.example/feed.xml?token=${TOKEN}`);
      await expect(elsewhere).rejects.toMatchObject({ code: 'address_elsewhere', errorClass: 'config' });
      await expect(elsewhere).rejects.not.toThrow(TOKEN);
      await expect(elsewhere).rejects.toThrow('https://elsewhere.example');
    } finally {
      await host.close();
    }
  });
});

describe('the check', () => {
  it('names the feed, and warns of nothing where all pages are there', async () => {
    const { account, warnings } = await check({ older: 'pages', posts: [post('1', '2026-03-01')] });
    expect(account).toMatch(/^Feed "Globex engineering" at 127\.0\.0\.1:\d+$/);
    expect(warnings).toEqual([]);
  });

  it('says up to which day a cut feed knows nothing, and of days that are those of a change', async () => {
    const posts = [post('1', '2026-03-01'), post('2', '2026-03-05')];
    expect((await check({ posts, withoutPublished: true })).warnings).toEqual([
      'This feed has 2 entries and does not say whether these are all: nothing is known of days up to 2026-03-01. ' +
        'Say how many entries it keeps (keeps) if it has fewer, or use a feed that is split into pages.',
      '2 entries name no day of publication: that of their last change is taken.',
    ]);
    expect((await check({ posts }, { ...PUBLIC, keeps: 10 })).warnings).toEqual([]);
  });
});

describe('a feed that is not for everybody', () => {
  const password = { kind: 'password', user: 'ann', password: 'kEpt0utOfSight' } as const;

  it('is read with user name and password, which are sent nowhere else', async () => {
    const config = configured({ access: 'password', user: 'ann', password: password.password });
    const { exchanges, host, values } = await read(
      { access: password, posts: [post('1', '2026-03-01')], older: 'pages' },
      DAYS,
      { config },
    );
    expect(values).toEqual({ '2026-03-01': '1' });
    // "ann:kEpt0utOfSight" in base64
    expect(host.headers[0]?.authorization).toBe('Basic YW5uOmtFcHQwdXRPZlNpZ2h0');
    expect(JSON.stringify(exchanges)).not.toContain('kEpt0utOfSight');
  });

  it.each([
    {
      why: 'a wrong password',
      access: password,
      config: { access: 'password', user: 'ann', password: 'wrong' },
      says: 'Check user name and password',
    },
    { why: 'no password', access: password, config: PUBLIC, says: 'is not public' },
    {
      why: 'a secret address that was reset',
      access: { kind: 'token', token: 'another' } as const,
      config: SECRET,
      says: 'it may have been reset',
    },
  ])('asks the owner: $why', async ({ access, config, says }) => {
    const outcome = check({ access }, config);
    await expect(outcome).rejects.toMatchObject({ errorClass: 'auth', remedy: { by: 'owner' } });
    await expect(outcome).rejects.toThrow(says);
  });

  it('says of an address without a feed what to do', async () => {
    const missing = check({ path: '/other.xml', access: { kind: 'token', token: TOKEN } }, SECRET);
    await expect(missing).rejects.toMatchObject({ errorClass: 'config', code: 'http_404' });
    await expect(missing).rejects.toThrow('Copy the secret address again');
  });
});

describe('an address that has moved', () => {
  it('is followed at the same host', async () => {
    const config = configured({ access: 'secret_address', address: `/feed.xml/?token=${TOKEN}` });
    const { host, values } = await read(
      { access: { kind: 'token', token: TOKEN }, posts: [post('1', '2026-03-01')], older: 'pages' },
      DAYS,
      { config },
    );
    expect(values).toEqual({ '2026-03-01': '1' });
    expect(host.asked.map(({ pathname }) => pathname)).toEqual(['/feed.xml/', '/feed.xml']);
  });

  it.each([
    { location: 'https://elsewhere.example/feed', says: 'has moved to https://elsewhere.example' },
    { location: '/feed.xml', says: 'redirects more than 5 times' },
    { location: 'http://[', says: 'redirects to nowhere' },
  ])('is not followed to $location', async ({ location, says }) => {
    const made = () => ({ body: '', status: 302, headers: { location } });
    const outcome = read({ made }, DAYS);
    await expect(outcome).rejects.toMatchObject({ errorClass: 'config', code: 'moved' });
    await expect(outcome).rejects.toThrow(says);
  });
});

it('a host that asks for quiet is left alone for as long as it says', async () => {
  await expect(read({ requestsPerSecond: 0 }, DAYS)).rejects.toMatchObject({
    errorClass: 'rate_limited',
    remedy: { by: 'time', afterMs: 30_000 },
  });
});

describe('a definition', () => {
  async function accepted(world: Partial<FeedWorld>, category: string) {
    const host = await startFeed(world);
    try {
      const { context } = testContext(PUBLIC, host.endpoint, new Date('2026-03-20T12:00:00Z'));
      return await feed.metrics['post_count']?.accept?.(context, { category });
    } finally {
      await host.close();
    }
  }
  const posts = [post('1', '2026-03-01', { categories: ['Product process', 'News'] })];

  it('with a category that an entry has is taken', async () => {
    expect(await accepted({ posts }, 'product PROCESS')).toEqual({
      problems: [],
      warnings: [],
      timeZone: null,
      currency: null,
    });
  });

  it('with one that no entry has yet is taken with a warning that names those near', async () => {
    expect(await accepted({ posts }, 'product-proces')).toMatchObject({
      problems: [],
      warnings: [
        'category: none of the newest 1 entries has "product-proces". Do you mean "Product process"? It counts from the first entry with it on.',
      ],
    });
    expect((await accepted({ posts: [post('1', '2026-03-01')] }, 'x'))?.warnings[0]).toContain(
      'have no categories',
    );
  });
});
