import { describe, expect, it } from 'vitest';
import { feed } from '../../../connectors/feed/index.ts';
import { PUBLIC, post, read, TOKEN, window } from './support/read.ts';

const WHOLE = { older: 'pages' } as const;

describe('posts by day', () => {
  it('are cut at local midnight, on both sides of a clock change', async () => {
    const posts = [
      post('1', '', { publishedAt: '2026-03-08T04:59:59Z' }), // 23:59:59 of the 7th in New York (UTC-5)
      post('2', '', { publishedAt: '2026-03-08T05:00:00Z' }), // midnight of the 8th, which has 23 hours
      post('3', '', { publishedAt: '2026-03-08T23:59:59-04:00' }), // the last second of the 8th, summer time
      post('4', '', { publishedAt: '2026-03-09T04:00:00Z' }), // midnight of the 9th
    ];
    const newYork = await read({ ...WHOLE, posts }, window('2026-03-07', '2026-03-10', 'America/New_York'));
    expect(newYork.values).toEqual({ '2026-03-07': '1', '2026-03-08': '2', '2026-03-09': '1' });
    // 8 hours ahead: 12:59:59 and 13:00 of the 8th, 11:59:59 and 12:00 of the 9th.
    const shanghai = await read({ ...WHOLE, posts }, window('2026-03-08', '2026-03-10', 'Asia/Shanghai'));
    expect(shanghai.values).toEqual({ '2026-03-08': '2', '2026-03-09': '2' });
  });

  it.each(['rss2', 'rss1', 'atom'] as const)('are the same in %s', async (format) => {
    const posts = [
      post('1', '2026-03-02', { categories: ['Product Process'] }),
      post('2', '2026-03-02', { categories: ['other', 'product  process'] }),
      post('3', '2026-03-03', { categories: ['Product Process 2'] }),
    ];
    const { values } = await read({ format, posts, ...WHOLE }, window('2026-03-01', '2026-03-04'), {
      params: { category: 'product process' },
    });
    expect(values).toEqual({ '2026-03-01': '0', '2026-03-02': '2', '2026-03-03': '0' });
  });

  it('say nothing of days that have not begun, and nothing is counted ahead of its time', async () => {
    const items = ['2026-03-20T09:00:00Z', '2026-03-20T15:00:00Z'].map(
      (at, index) => `<entry><id>${index}</id><published>${at}</published><updated>${at}</updated></entry>`,
    );
    // At noon: the second entry is announced for the afternoon.
    const body = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:complete/>${items.toReversed().join('')}</feed>`;
    const { values } = await read({ made: () => ({ body }) }, window('2026-03-19', '2026-03-22'));
    expect(values).toEqual({ '2026-03-19': '0', '2026-03-20': '1' });
  });

  it('count an entry once, whatever was changed of it and however often it is listed', async () => {
    const posts = [
      post('1', '2026-03-02', { updatedAt: '2026-03-10T12:00:00Z' }),
      post('2', '2026-03-04'),
      post('3', '2026-03-05'),
    ];
    // An archive of two holds what the newest document holds as well.
    const { reading, values } = await read(
      { posts, older: 'archives', keeps: 2 },
      window('2026-03-02', '2026-03-06'),
    );
    expect(values).toEqual({ '2026-03-02': '1', '2026-03-03': '0', '2026-03-04': '1', '2026-03-05': '1' });
    expect(reading.completeness).toMatchObject({ items: 3, pages: 2 });
  });

  it('take the day of the last change where Atom names no other, and flag it', async () => {
    const posts = [post('1', '2026-03-02', { updatedAt: '2026-03-04T10:00:00Z' }), post('2', '2026-03-03')];
    const { reading } = await read(
      { posts, withoutPublished: true, ...WHOLE },
      window('2026-03-02', '2026-03-05'),
    );
    expect(reading.points).toEqual([
      { day: '2026-03-02', value: '0' },
      { day: '2026-03-03', value: '1', flags: { datedByChange: 1 } },
      { day: '2026-03-04', value: '1', flags: { datedByChange: 1 } },
    ]);
  });
});

describe('a feed that keeps its newest entries only', () => {
  const posts = [
    post('1', '2026-03-02'),
    post('2', '2026-03-05', { publishedAt: '2026-03-05T08:00:00Z' }),
    post('3', '2026-03-05', { publishedAt: '2026-03-05T09:00:00Z' }),
    post('4', '2026-03-07'),
  ];
  const days = window('2026-03-01', '2026-03-09');

  it('says nothing of days up to that of the oldest entry, of which the first may be gone', async () => {
    // Two are kept, 3 and 4: of the 5th one is missing, and before it nobody knows.
    const { reading, values } = await read({ posts, keeps: 2 }, days, { now: '2026-03-08T12:00:00Z' });
    expect(values).toEqual({ '2026-03-06': '0', '2026-03-07': '1', '2026-03-08': '0' });
    expect(reading.completeness.notes).toEqual([
      'the feed tells of 2 entries and not whether there were others before: nothing is said of days before 2026-03-06',
    ]);
  });

  it('leaves the day of the oldest entry open in the zone of the metric', async () => {
    // 09:00 UTC of the 5th is 23:00 of the 4th in Honolulu (UTC-10): from the 5th on all is known.
    const honolulu = window('2026-03-04', '2026-03-07', 'Pacific/Honolulu');
    expect((await read({ posts, keeps: 2 }, honolulu)).values).toEqual({
      '2026-03-05': '0',
      '2026-03-06': '0',
    });
  });

  it('is whole while it has fewer entries than it keeps, when its owner says how many these are', async () => {
    const config = { ...PUBLIC, keeps: 5 };
    const whole = await read({ posts, keeps: 5 }, days, { config, now: '2026-03-08T12:00:00Z' });
    expect(Object.values(whole.values)).toEqual(['0', '1', '0', '0', '2', '0', '1', '0']);
    const full = await read({ posts, keeps: 4 }, days, {
      config: { ...PUBLIC, keeps: 4 },
      now: '2026-03-08T12:00:00Z',
    });
    expect(Object.keys(full.values)).toEqual([
      '2026-03-03',
      '2026-03-04',
      '2026-03-05',
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
    ]);
  });

  it('that is ordered by the last change is cut there, and not at an old post that was changed', async () => {
    const changed = [
      post('old', '2025-06-01', { updatedAt: '2026-03-07T12:00:00Z' }),
      post('new', '2026-03-06'),
      post('gone', '2026-03-03'),
    ];
    const { values } = await read({ posts: changed, keeps: 2, orderedBy: 'updatedAt' }, days, {
      now: '2026-03-08T12:00:00Z',
    });
    // The last one seen was changed on the 6th: what was published later must have been seen. "gone" is no zero of the 3rd.
    expect(values).toEqual({ '2026-03-07': '0', '2026-03-08': '0' });
  });

  it('with a pinned post above the others is cut at the last one', async () => {
    const item = (id: string, day: string) =>
      `<item><guid>${id}</guid><pubDate>${day} Mar 2026 12:00:00 GMT</pubDate></item>`;
    const body = `<rss><channel>${item('pinned', '01')}${item('b', '07')}${item('a', '05')}</channel></rss>`;
    const { values } = await read({ made: () => ({ body }) }, days, { now: '2026-03-08T12:00:00Z' });
    expect(values).toEqual({ '2026-03-06': '0', '2026-03-07': '1', '2026-03-08': '0' });
  });

  it('in no order of time tells nothing of any day, and says why', async () => {
    const item = (id: string, day: string) =>
      `<item><guid>${id}</guid><pubDate>${day} Mar 2026 12:00:00 GMT</pubDate></item>`;
    const oldestFirst = ['02', '03', '04', '05', '06', '07'].map((day) => item(day, day)).join('');
    const { reading } = await read(
      { made: () => ({ body: `<rss><channel>${oldestFirst}</channel></rss>` }) },
      days,
    );
    expect(reading.points).toEqual([]);
    expect(reading.completeness.notes[0]).toContain('in no order of time');
  });

  it('and is empty knows of no day; with nothing in it and its size given all are zero', async () => {
    const empty = await read({ posts: [] }, window('2026-03-01', '2026-03-03'));
    expect(empty.reading.points).toEqual([]);
    expect(empty.reading.completeness.notes[0]).toContain('empty');
    const sized = await read({ posts: [] }, window('2026-03-01', '2026-03-03'), {
      config: { ...PUBLIC, keeps: 10 },
    });
    expect(sized.values).toEqual({ '2026-03-01': '0', '2026-03-02': '0' });
  });
});

describe('older documents', () => {
  const posts = Array.from({ length: 9 }, (_, index) => post(String(index + 1), `2026-03-0${index + 1}`));

  it('are asked for only as far back as the days reach', async () => {
    const { host, values } = await read(
      { posts, older: 'pages', keeps: 2 },
      window('2026-03-07', '2026-03-09'),
    );
    expect(values).toEqual({ '2026-03-07': '1', '2026-03-08': '1' });
    // 9 and 8; 7 and 6; 5 and 4: the 5th is more than a day before the 7th, so the third document is the last.
    expect(host.asked.map(({ search }) => search)).toEqual(['', '?page=2', '?page=3']);
  });

  it('are followed through archives to the oldest', async () => {
    const { host, reading } = await read(
      { posts, older: 'archives', keeps: 3 },
      window('2026-03-01', '2026-03-03'),
    );
    expect(host.asked.map(({ search }) => search)).toEqual(['', '?archive=3', '?archive=2', '?archive=1']);
    expect(reading.completeness).toMatchObject({ pages: 4, items: 9, lastPageReached: true });
  });

  it('are found behind a prefix, with the key of a secret address', async () => {
    const config = feed.configSchema.parse({ access: 'secret_address', address: `/feed.xml?token=${TOKEN}` });
    const { exchanges, host, values } = await read(
      { posts, older: 'pages', keeps: 5, access: { kind: 'token', token: TOKEN } },
      window('2026-03-01', '2026-03-02'),
      { config, prefix: '/gateway' },
    );
    expect(values).toEqual({ '2026-03-01': '1' });
    expect(host.asked.map(({ pathname }) => pathname)).toEqual(['/gateway/feed.xml', '/gateway/feed.xml']);
    expect(JSON.stringify(exchanges)).not.toContain(TOKEN);
  });

  const linked = (rel: string, href: string, id = 1) => ({
    body: `<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="${rel}" href="${href}"/>
<item><guid>${id}</guid><pubDate>0${id} Mar 2026 12:00:00 GMT</pubDate></item></channel></rss>`,
  });
  const january = window('2026-01-01', '2026-01-02');

  it.each([
    { why: 'lead to another host', href: 'https://elsewhere.example/2', code: 'other_host' },
    { why: 'lead back to the same document', href: '/feed.xml', code: 'repeated_page' },
    { why: 'repeat themselves', href: '?page=2', code: 'repeated_page' },
    { why: 'are at no address', href: 'http://[', code: 'bad_next' },
  ])('that $why are an error, and there are no points', async ({ code, href }) => {
    await expect(read({ made: () => linked('next', href) }, january)).rejects.toMatchObject({
      code,
      errorClass: 'bad_payload',
    });
  });

  it('that never end are given up after 50 documents', async () => {
    let number = 0;
    const endless = () => ({
      body: linked('next', `?page=${(number += 1)}`).body.replace('<guid>1<', `<guid>${number}<`),
    });
    await expect(read({ made: endless }, january)).rejects.toMatchObject({
      errorClass: 'too_large',
      code: 'too_many_pages',
    });
    expect(number).toBe(50);
  });
});
