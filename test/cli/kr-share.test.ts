import { afterEach, describe, expect, it } from 'vitest';
import type { CreatedPublicLinkView, PublicLinkView } from '../../src/api/contracts/public-links.ts';
import { main } from '../../src/cli/main.ts';
import { type FakeApi, fakeApi, list } from './support/fake-api.ts';
import { fakeIo } from './support/fake-io.ts';

let api: FakeApi;
afterEach(async () => api.close());

const token = 'Zm9yIHRoaXMgdGVzdCBvbmx5LCBub3RoaW5nIGVsc2U';
const link: PublicLinkView = {
  id: 'lnk_1',
  keyResultId: 'kr_wau',
  keyResultKey: 'growth.wau',
  title: 'Weekly active users',
  titles: {},
  label: 'README of the app',
  createdBy: 'command line',
  createdAt: '2026-08-16T11:00:00.000Z',
  revokedAt: null,
};
const urlsAt = (base: string) => ({
  badgeSvg: `${base}/badge/${token}.svg`,
  badgeJson: `${base}/badge/${token}.json`,
  chartSvg: `${base}/chart/${token}.svg`,
  chartPng: `${base}/chart/${token}.png`,
});
const made: CreatedPublicLinkView = { ...link, token, urls: urlsAt('https://okr.example.com') };

async function tidemark(script: Parameters<typeof fakeApi>[0], ...line: string[]) {
  api = await fakeApi(script);
  const io = fakeIo({ env: { LANG: 'en_US.UTF-8', ...api.env } });
  const code = await main(line, io);
  return { code, out: io.out(), err: io.err() };
}

describe('kr share', () => {
  it('prints the addresses, and what to paste into a README', async () => {
    const { code, err, out } = await tidemark(
      { createPublicLink: () => made },
      'kr',
      'share',
      'growth.wau',
      '--label',
      'README of the app',
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(api.asked).toMatchObject([{ params: { id: 'growth.wau' }, body: { label: 'README of the app' } }]);
    expect(out).toContain('shown this once');
    for (const url of Object.values(made.urls)) expect(out).toContain(`  ${url}\n`);
    const { badgeSvg, chartSvg } = made.urls;
    expect(out).toContain(
      `For a README:\n  ![Weekly active users](${badgeSvg})\n  ![Weekly active users](${chartSvg})\n`,
    );
    expect(out).toContain('tidemark kr unshare lnk_1');
    expect(out).not.toContain('TIDEMARK_PUBLIC_URL');
  });

  it('asks the addresses for Chinese where Chinese is spoken', async () => {
    const script = { createPublicLink: () => made };
    const { out } = await tidemark(script, 'kr', 'share', 'growth.wau', '--lang', 'zh-CN');
    expect(out).toContain(`![Weekly active users](${made.urls.badgeSvg}?lang=zh-CN)`);
    expect(out).toContain('公开分享');
  });

  it('keeps a title from becoming Markdown or moving the cursor', async () => {
    const title = '[Grow](https://evil.example)\n\u001b[2J<b>';
    const { out } = await tidemark({ createPublicLink: () => ({ ...made, title }) }, 'kr', 'share', 'k');
    expect(out).toContain(`![\\[Grow\\](https://evil.example) \\[2J\\<b\\>](${made.urls.badgeSvg})`);
    expect(out).not.toContain('\u001b');
  });

  it('says when nobody else can reach the addresses', async () => {
    const local = { ...made, urls: urlsAt('http://127.0.0.1:4400') };
    const { out } = await tidemark({ createPublicLink: () => local }, 'kr', 'share', 'k');
    expect(out).toContain('set TIDEMARK_PUBLIC_URL');
  });

  it('has a badge only for steps that are done or not', async () => {
    const urls = { ...made.urls, chartSvg: null, chartPng: null };
    const { out } = await tidemark({ createPublicLink: () => ({ ...made, urls }) }, 'kr', 'share', 'k');
    expect(out).toContain('there is no chart');
    expect(out).not.toContain('/chart/');
  });

  it('answers one JSON document with --json', async () => {
    const { out } = await tidemark({ createPublicLink: () => made }, 'kr', 'share', 'k', '--json');
    expect(JSON.parse(out)).toEqual(made);
  });

  it('ends with exit code 5 where there is no such Key Result', async () => {
    const problem = { status: 404, detail: 'There is no Key Result "nope"' };
    const { code, err, out } = await tidemark({ createPublicLink: () => ({ problem }) }, 'kr', 'share', 'no');
    expect(code).toBe(5);
    expect(err).toContain('There is no Key Result "nope"');
    expect(out).toBe('');
  });
});

describe('kr shares', () => {
  it('lists the links in force with what they are for, and no token', async () => {
    const { code, out } = await tidemark({ listPublicLinks: () => list(link) }, 'kr', 'shares', 'growth.wau');
    expect(code).toBe(0);
    expect(api.asked[0]?.params).toEqual({ id: 'growth.wau' });
    expect(out).toMatch(/lnk_1 +README of the app +command line +2026-08-16/);
  });

  it('says that there are none, and with --json answers the list itself', async () => {
    const none = await tidemark({ listPublicLinks: () => list() }, 'kr', 'shares', 'k');
    expect(none).toMatchObject({ code: 0, out: 'None yet.\n' });
    await api.close();
    const json = await tidemark({ listPublicLinks: () => list(link) }, 'kr', 'shares', 'k', '--json');
    expect(JSON.parse(json.out)).toEqual(list(link));
  });
});

describe('kr unshare', () => {
  const revoked = { ...link, revokedAt: '2026-08-16T12:00:00.000Z' };

  it('revokes the link by its id, and says what is still kept elsewhere', async () => {
    const { code, out } = await tidemark({ revokePublicLink: () => revoked }, 'kr', 'unshare', 'lnk_1');
    expect(code).toBe(0);
    expect(api.asked[0]?.params).toEqual({ id: 'lnk_1' });
    expect(out).toContain('growth.wau: the public link lnk_1 is revoked');
  });

  it('answers one JSON document with --json', async () => {
    const { out } = await tidemark({ revokePublicLink: () => revoked }, 'kr', 'unshare', 'lnk_1', '--json');
    expect(JSON.parse(out)).toEqual(revoked);
  });
});
