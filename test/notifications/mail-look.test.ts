import { mkdir, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeMail } from '../../src/notifications/email-mail.ts';
import { type Lang, type Message, messageWords, type Picture } from '../../src/notifications/index.ts';
import { browserNote, launch, noBrowser } from '../web/support/browser.ts';
import { checkInItem, connectionItem, keyResultItem, news, titled, wholeDigest } from './news.ts';

/** Where the mails and their pictures are left to be looked at. */
const FOLDER = new URL('../../test-output/mails/', import.meta.url);
const views = [
  { name: 'desktop', width: 1_000, scheme: 'light' },
  { name: 'desktop-dark', width: 1_000, scheme: 'dark' },
  { name: 'phone', width: 360, scheme: 'light' },
] as const;

const sandbox = { sandbox: true };
const mails: { name: string; message: Message }[] = [
  { name: 'single', message: news([keyResultItem(sandbox)]) },
  {
    name: 'group',
    message: news(
      [
        keyResultItem(),
        titled('Trial starts per week from organic search in the three new markets', {
          event: 'key_result.got_worse',
        }),
        titled('שיעור המרה', { event: 'key_result.still_off_track', chart: null }),
        titled('周活跃用户', { event: 'key_result.recovered', chart: null }),
        titled('x'.repeat(200), { event: 'key_result.missed', chart: null }),
      ],
      2,
    ),
  },
  { name: 'digest', message: wholeDigest() },
  { name: 'no-data', message: news([connectionItem()]) },
  { name: 'check-in', message: news([checkInItem()]) },
];
const cases = mails.flatMap((mail) => (['en', 'zh-CN'] as const).map((lang) => ({ ...mail, lang })));

describe.skipIf(noBrowser)(`a mail in a browser${browserNote}`, () => {
  let browser: Browser;
  let picture: Picture;
  beforeAll(async () => {
    browser = await launch();
    await mkdir(FOLDER, { recursive: true });
    const png = await samplePicture(browser);
    picture = async () => png;
  });
  afterAll(async () => {
    await browser.close();
  });

  async function htmlOf(message: Message, lang: Lang): Promise<string> {
    const mail = await composeMail({
      words: messageWords(message, lang),
      deliveryId: 'dlv_1',
      from: 'okr@acme.example',
      to: ['ana@team.example'],
      sentAt: new Date(0),
      picture,
    });
    // As a mail client does: a content id becomes the attached picture.
    return (mail.attachments ?? []).reduce(
      (html, { cid, content }) =>
        html.replace(`cid:${cid}`, `data:image/png;base64,${(content as Buffer).toString('base64')}`),
      typeof mail.html === 'string' ? mail.html : '',
    );
  }

  it.each(cases)(
    '$name in $lang fits a desktop and a phone, and is readable in the dark',
    async ({ name, lang, message }) => {
      const html = await htmlOf(message, lang);
      await writeFile(new URL(`${name}-${lang}.html`, FOLDER), html);
      for (const view of views) {
        const context = await browser.newContext({
          viewport: { width: view.width, height: 800 },
          colorScheme: view.scheme,
        });
        const page = await context.newPage();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.setContent(html, { waitUntil: 'load' });
        const file = new URL(`${name}-${lang}-${view.name}.png`, FOLDER).pathname;
        await page.screenshot({ path: file, fullPage: true });
        expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(view.width);
        expect(await page.evaluate(LEAST_CONTRAST)).toBeGreaterThanOrEqual(4.5);
        const ground = view.scheme === 'dark' ? 'rgb(18, 22, 28)' : 'rgb(243, 245, 248)';
        expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(ground);
        expect(await page.evaluate('document.documentElement.lang')).toBe(lang);
        await context.close();
      }
    },
  );

  it('stays below the 102 kB from which on Gmail cuts a mail off, also when the outbox could hold no more', async () => {
    // About 14 items fit the 20,480 bytes of the outbox.
    const items = Array.from({ length: 14 }, () => keyResultItem({ chart: null }));
    expect(Buffer.byteLength(await htmlOf(news(items), 'zh-CN'))).toBeLessThan(102_000);
  });
});

/** The least contrast of any text with its ground, by the formula of WCAG 2.2 (relative luminance). */
const LEAST_CONTRAST = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = numbers(color).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((numbers(color)[3] ?? 1) > 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = [...document.body.querySelectorAll('*')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== ''));
  return Math.min(...texts.map((e) => {
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }));
})()`;

/** A picture of the size of a chart, so that the layout is what readers will see. */
async function samplePicture(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1_200, height: 480 } });
  await page.setContent(
    '<body style="margin:0;background:#fff"><svg width="1200" height="480"><path d="M40 420 L400 330 L700 310" stroke="#1f5fbf" stroke-width="5" fill="none"/><path d="M40 420 L1160 60" stroke="#94a3b8" stroke-width="3" stroke-dasharray="10 8"/></svg></body>',
  );
  const png = await page.screenshot();
  await page.close();
  return png;
}
