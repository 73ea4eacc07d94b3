import { expect, it } from 'vitest';
import type { NewsItem } from '../../src/app/news.ts';
import {
  fitNews,
  MAX_MESSAGE_BYTES,
  messageSchema,
  newsSchema,
  serializeMessage,
  testMessage,
} from '../../src/notifications/index.ts';
import { checkInItem, connectionItem, digest, keyResultItem, news, wholeDigest } from './news.ts';
import { version1 } from './version-1.ts';

it.each([
  { name: 'a piece of news', message: news() },
  { name: 'a group', message: news([keyResultItem(), connectionItem(), checkInItem()], 2) },
  { name: 'a digest', message: wholeDigest() },
  {
    name: 'a test',
    message: testMessage({ occurredAt: new Date(0), appUrl: 'https://t.example/', sandbox: true }),
  },
  { name: 'a message of version 1', message: version1() },
])('$name survives the outbox as it was', ({ message }) => {
  expect(messageSchema.parse(JSON.parse(serializeMessage(message)))).toEqual(message);
});

it.each([
  { why: 'a field that nobody knows', change: { password: 'x' } },
  { why: 'a chance above certainty', change: { chance: { now: 1.2, weekAgo: null } } },
  { why: 'an event that does not exist', change: { event: 'key_result.exploded' } },
  {
    why: 'a link that is a program',
    change: { links: { open: 'javascript:alert(1)', acknowledge: null, snooze: null } },
  },
  { why: 'an instant without a zone', change: { at: '2025-03-12 06:00' } },
  { why: 'a day that is none', change: { sinceDay: '2025-02-30' } },
])('refuses $why', ({ change }) => {
  expect(newsSchema.safeParse(news()).success).toBe(true);
  const item = { ...keyResultItem(), ...change };
  expect(newsSchema.safeParse({ ...news(), items: [item] }).success).toBe(false);
});

it('refuses news about nothing, and a version that does not exist yet', () => {
  expect(newsSchema.safeParse(news([])).success).toBe(false);
  expect(messageSchema.safeParse({ ...news(), v: 3 }).success).toBe(false);
});

it('refuses to keep a message that the outbox could not, and fits it first: charts go before items', () => {
  const items = Array.from({ length: 12 }, (_, index) => withLongChart(`kr_${index}`));
  const big = news(items, 1);
  expect(() => serializeMessage(big)).toThrow(RangeError);
  const fitted = fitNews(big);
  expect(Buffer.byteLength(serializeMessage(messageSchema.parse(fitted)))).toBeLessThanOrEqual(
    MAX_MESSAGE_BYTES,
  );
  // 12 items of 1.4 kB fit; a chart of 400 points has 14 kB and more: only the first keeps one, if any does.
  expect(fitted).toMatchObject({ items: { length: 12 }, more: 1 });
  expect(fitted.type === 'news' && fitted.items.slice(1).every(({ chart }) => chart === null)).toBe(true);
});

it('leaves out the last items when even without charts there are too many, and counts them', () => {
  const many = Array.from({ length: 60 }, () => keyResultItem({ chart: null }));
  const fitted = fitNews(news(many, 3));
  if (fitted.type !== 'news') throw new Error('another type came back');
  expect(fitted.items.length + fitted.more).toBe(63);
  expect(fitted.items.length).toBeGreaterThan(10);
  const one = fitNews(
    digest([
      { section: 'no_data', items: [connectionItem()], more: 0 },
      { section: 'missed', items: many, more: 0 },
    ]),
  );
  if (one.type !== 'digest') throw new Error('another type came back');
  expect(one.sections.map(({ items, more }) => items.length + more)).toEqual([1, 60]);
  expect(one.sections[0]?.items).toHaveLength(1);
  expect(() => serializeMessage(one)).not.toThrow();
});

function withLongChart(id: string): NewsItem {
  const item = keyResultItem();
  if (item.chart === null) throw new Error('the item has a chart');
  const points = Array.from({ length: 400 }, (_, day): [string, number, number, boolean] => [
    `2025-03-${String((day % 28) + 1).padStart(2, '0')}`,
    1_234.5,
    1_300.25,
    true,
  ]);
  return { ...item, subject: { ...item.subject, id }, chart: { ...item.chart, points } };
}
