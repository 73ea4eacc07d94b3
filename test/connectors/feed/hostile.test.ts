import { describe, expect, it } from 'vitest';
import { readDate } from '../../../connectors/feed/dates.ts';
import { readFeed } from '../../../connectors/feed/formats.ts';
import { type Made, read, window } from './support/read.ts';

const DAYS = window('2026-03-01', '2026-03-03');
const item =
  '<item><guid>1</guid><pubDate>01 Mar 2026 12:00:00 GMT</pubDate><category>Café 访谈</category></item>';
const rss = (items = item, head = '') =>
  `${head}<rss xmlns:fh="http://purl.org/syndication/history/1.0"><channel><title>B</title><fh:complete/>${items}</channel></rss>`;

describe('XML that means harm', () => {
  it.each([
    {
      why: 'entities that multiply',
      body: rss(
        item,
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
      ),
      code: 'doctype',
    },
    {
      why: 'an entity that names a file',
      body: rss(item, '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace(
        '<guid>1',
        '<guid>&x;',
      ),
      code: 'doctype',
    },
    {
      why: 'an entity that nobody declared',
      body: rss().replace('<guid>1', '<guid>&x;'),
      code: 'invalid_xml',
    },
    { why: 'an end in the middle', body: rss().slice(0, 120), code: 'invalid_xml' },
    { why: 'tags that overlap', body: '<rss><channel></rss></channel>', code: 'invalid_xml' },
    { why: 'a prefix that stands for nothing', body: rss('<x:item/>'), code: 'invalid_xml' },
    { why: 'a control character', body: rss('<item>\u0001</item>'), code: 'invalid_xml' },
  ])('is not read: $why', async ({ body, code }) => {
    await expect(read({ made: () => ({ body }) }, DAYS)).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code,
    });
  });

  it.each([
    { why: 'deeper than a hundred elements', text: '<a>'.repeat(200_000) },
    {
      why: 'with more than 300,000 elements',
      text: `<rss><channel>${'<i/>'.repeat(300_001)}</channel></rss>`,
    },
    {
      why: 'with an element of a thousand attributes',
      text: `<rss ${Array.from({ length: 1_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    },
    { why: 'of more than 20,000 entries', text: rss(Array.from({ length: 20_001 }, () => item).join('')) },
  ])('$why is given up with one sentence', ({ text }) => {
    const startedMs = performance.now();
    expect(() => readFeed('blog.example', text)).toThrow(/blog\.example (nests|has) /);
    // A limit that is found out only at the end would take minutes.
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });

  it('a document type that declares nothing, as old feeds have, does no harm and fetches nothing', async () => {
    const head =
      '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">';
    const { host, values } = await read({ made: () => ({ body: rss(item, head) }) }, DAYS);
    expect(values).toEqual({ '2026-03-01': '1', '2026-03-02': '0' });
    expect(host.asked).toHaveLength(1);
  });
});

describe('a document that lacks what is counted', () => {
  it.each([
    { why: 'no date', entry: '<item><guid>1</guid></item>', code: '/entries/0/published' },
    {
      why: 'a date without a zone',
      entry: '<item><guid>1</guid><pubDate>1 Mar 2026 12:00:00</pubDate></item>',
      code: '/entries/0/published',
    },
    {
      why: 'no key',
      entry: '<item><pubDate>01 Mar 2026 12:00:00 GMT</pubDate></item>',
      code: '/entries/0/key',
    },
  ])('is refused as a whole: $why', async ({ code, entry }) => {
    await expect(
      read({ made: () => ({ body: rss(item + entry).replace(item, '') }) }, DAYS),
    ).rejects.toMatchObject({
      errorClass: 'schema_drift',
      code,
    });
  });

  it.each(['<html><body/></html>', '<rss/>', '<opml><body/></opml>'])('is no feed: %s', async (body) => {
    await expect(read({ made: () => ({ body }) }, DAYS)).rejects.toMatchObject({
      errorClass: 'schema_drift',
    });
  });
});

describe('the encoding of a document', () => {
  const text = rss(item);
  const utf16 = (mark: boolean) =>
    Buffer.from(`${mark ? '\ufeff' : ''}<?xml version="1.0" encoding="UTF-16"?>${text}`, 'utf16le');
  // "Café 访谈" has no Latin-1; é alone is the byte E9.
  const latin = Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?>${text.replace(' 访谈', '')}`,
    'latin1',
  );
  // 访谈 in GB 18030: B7C3 CCB8, and é: A8A6.
  const [before = '', after = ''] = text.split('Café 访谈');
  const chinese = Buffer.concat([
    Buffer.from(before),
    Buffer.from([0x43, 0x61, 0x66, 0xa8, 0xa6, 0x20, 0xb7, 0xc3, 0xcc, 0xb8]),
    Buffer.from(after),
  ]);
  const cases: { why: string; made: Made; category: string }[] = [
    { why: 'UTF-8 by default', made: { body: text }, category: 'café 访谈' },
    { why: 'a mark at the beginning', made: { body: utf16(true) }, category: 'café 访谈' },
    { why: 'UTF-16 without a mark', made: { body: utf16(false) }, category: 'café 访谈' },
    { why: 'the XML declaration', made: { body: latin }, category: 'CAFÉ' },
    {
      why: 'the content type',
      made: { body: chinese, type: 'text/xml; charset="gb18030"' },
      category: 'café 访谈',
    },
  ];
  it.each(cases)('is known by $why', async ({ category, made }) => {
    const { values } = await read({ made: () => made }, DAYS, { params: { category } });
    expect(values).toEqual({ '2026-03-01': '1', '2026-03-02': '0' });
  });

  it.each([
    { made: { body: latin.subarray(latin.indexOf('<rss')) }, code: 'invalid_encoding' },
    { made: { body: '<?xml version="1.0" encoding="klingon"?><rss/>' }, code: 'unknown_encoding' },
  ])('that is wrong is no reason to guess: $code', async ({ code, made }) => {
    await expect(read({ made: () => made }, DAYS)).rejects.toMatchObject({ errorClass: 'bad_payload', code });
  });
});

it.each([
  ['Tue, 03 Mar 2026 10:00:00 GMT', '2026-03-03T10:00:00.000Z'],
  ['3 Mar 26 10:00 EST', '2026-03-03T15:00:00.000Z'],
  ['Tue, 3 March 2026 10:00:00 +0530', '2026-03-03T04:30:00.000Z'],
  ['2026-03-03T10:00:00.123+01:00', '2026-03-03T09:00:00.000Z'],
  ['2026-03-03T10:00Z', '2026-03-03T10:00:00.000Z'],
])('the date %s is %s', (text, instant) => {
  expect(readDate(text)).toEqual({ ms: Date.parse(instant) });
});

it.each([
  '31 Feb 2026 10:00 GMT',
  '2026-13-01T10:00Z',
  '2026-02-29',
  '10:00',
  '3 Foo 2026 10:00 GMT',
  '3 Mar 2026 10:00 XYZ',
  '',
])('"%s" is no date', (text) => {
  expect(readDate(text)).toBeNull();
});

it('a day without a time is that day in every zone', async () => {
  const body = rss(
    '<item><guid>1</guid><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2026-03-02</dc:date></item>',
  );
  for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
    const { values } = await read({ made: () => ({ body }) }, window('2026-03-01', '2026-03-04', zone));
    expect(values).toEqual({ '2026-03-01': '0', '2026-03-02': '1', '2026-03-03': '0' });
  }
});
