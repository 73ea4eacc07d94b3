import type { News, NewsItem } from '../app/news.ts';
import { MAX_MESSAGE_BYTES } from './message.ts';

/**
 * The news cut to what the outbox keeps: first the charts go, the least important first, then whole items, which `more`
 * then counts. The most important item always stays. Without this a busy day would be a message that cannot be kept.
 */
export function fitNews(news: News): News {
  let fitted = news;
  for (;;) {
    if (Buffer.byteLength(JSON.stringify(fitted)) <= MAX_MESSAGE_BYTES) return fitted;
    const smaller = withoutLastChart(fitted) ?? withoutLastItem(fitted);
    if (smaller === null) return fitted;
    fitted = smaller;
  }
}

function withoutLastChart(news: News): News | null {
  if (news.type === 'test') return null;
  if (news.type === 'news') {
    const items = dropLastChart(news.items);
    return items === null ? null : { ...news, items };
  }
  const index = news.sections.findLastIndex(({ items }) => items.some(({ chart }) => chart !== null));
  const sections = news.sections.map((section, at) =>
    at === index ? { ...section, items: dropLastChart(section.items) ?? section.items } : section,
  );
  return index === -1 ? null : { ...news, sections };
}

function dropLastChart(items: NewsItem[]): NewsItem[] | null {
  const index = items.findLastIndex(({ chart }) => chart !== null);
  return index === -1 ? null : items.map((item, at) => (at === index ? { ...item, chart: null } : item));
}

function withoutLastItem(news: News): News | null {
  if (news.type === 'test') return null;
  if (news.type === 'news') {
    if (news.items.length < 2) return null;
    return { ...news, items: news.items.slice(0, -1), more: news.more + 1 };
  }
  // From the longest section, so that no kind of news disappears behind another.
  const longest = Math.max(0, ...news.sections.map(({ items }) => items.length));
  if (longest === 0) return null;
  const index = news.sections.findLastIndex(({ items }) => items.length === longest);
  const sections = news.sections.map((section, at) =>
    at === index ? { ...section, items: section.items.slice(0, -1), more: section.more + 1 } : section,
  );
  return { ...news, sections };
}
