import type { DigestSection, News, NewsItem } from '../app/news.ts';
import { digestItemWords, itemWords } from './item-words.ts';
import type { Message } from './message.ts';
import type { Lang } from './numbers.ts';
import { oneLine } from './safe-text.ts';
import { type StopKind, type Texts, texts } from './texts.ts';
import type { Fact, FactKind, MessageWords, SectionWords } from './words.ts';
import { wordsOfVersion1 } from './words-v1.ts';

type NewsOf<Type extends News['type']> = Extract<News, { type: Type }>;

/** A message in the words of one language. */
export function messageWords(message: Message, lang: Lang): MessageWords {
  if (message.v === 1) return wordsOfVersion1(message, lang);
  switch (message.type) {
    case 'news':
      return newsWords(message, lang);
    case 'digest':
      return digestWords(message, lang);
    case 'test':
      return testWords(message, lang);
  }
}

function newsWords(news: NewsOf<'news'>, lang: Lang): MessageWords {
  const words = texts[lang];
  const items = news.items.map((item) => itemWords(item, lang));
  const first = items[0]?.headline ?? '';
  const others = items.length - 1 + news.more;
  return {
    ...frame(words, lang),
    subject: others === 0 ? first : words.andMore(first, others),
    sections: [{ title: null, note: [], items, more: news.more === 0 ? null : words.more(news.more) }],
    open: news.more === 0 ? null : { label: words.open.app, url: news.appUrl },
    footer: footerOf(news, news.items, stopKinds(news.items), words),
  };
}

function digestWords(news: NewsOf<'digest'>, lang: Lang): MessageWords {
  const words = texts[lang];
  const sections = news.sections.filter(({ items, more }) => items.length + more > 0);
  const items = sections.flatMap((section) => section.items);
  const counts = sections.map((part) => words.digest.count[part.section](part.items.length + part.more));
  const title = words.digest[news.period](news.fromDay, news.throughDay);
  const subject = words.digest.withCounts(title, counts.length === 0 ? [words.digest.empty] : counts);
  return {
    ...frame(words, lang),
    subject: items.some(({ sandbox }) => sandbox) ? `${words.sandboxTag} ${subject}` : subject,
    intro: (news.missed ?? 0) === 0 ? [] : [words.digest.missed(news.missed ?? 0)],
    sections: sections.map((section) => digestSection(section, lang)),
    open: { label: words.open.app, url: news.appUrl },
    footer: footerOf(news, items, ['digest'], words),
  };
}

function digestSection(
  { items, more, section }: { section: DigestSection; items: NewsItem[]; more: number },
  lang: Lang,
): SectionWords {
  const words = texts[lang];
  const shared = sharedFacts(items.map((item) => itemWords(item, lang).facts));
  const saidBefore = shared.map(({ kind }) => kind);
  return {
    title: `${words.digest.section[section]} (${items.length + more})`,
    note: shared.map(({ label, text }) => `${label}${words.colon}${text}`),
    items: items.map((item) => digestItemWords(item, lang, saidBefore)),
    more: more === 0 ? null : words.more(more),
  };
}

/** What is the same for all of them, and so is said once under the title. */
function sharedFacts([first = [], ...others]: Fact[][]): Fact[] {
  const shareable: FactKind[] = ['rule', 'meanwhile', 'next'];
  return first.filter(
    ({ kind, text }) =>
      shareable.includes(kind) &&
      others.every((facts) => facts.some((fact) => fact.kind === kind && fact.text === text)),
  );
}

function testWords(news: NewsOf<'test'>, lang: Lang): MessageWords {
  const words = texts[lang];
  const headline = news.sandbox ? `${words.sandboxTag} ${words.test.headline}` : words.test.headline;
  return {
    ...frame(words, lang),
    subject: headline,
    intro: [words.test.body],
    sections: [],
    open: { label: words.open.app, url: news.appUrl },
    footer: [
      ...(news.sandbox ? [words.sandboxNote] : []),
      words.stop.test,
      ...workspaceLine(news.workspace, words),
    ],
  };
}

function frame(words: Texts, lang: Lang): Pick<MessageWords, 'lang' | 'colon' | 'left' | 'intro'> {
  return { lang, colon: words.colon, left: words.more, intro: [] };
}

function footerOf(news: News, items: NewsItem[], stops: StopKind[], words: Texts): string[] {
  return [
    ...(items.some(({ sandbox }) => sandbox) ? [words.sandboxNote] : []),
    ...stops.map((stop) => words.stop[stop]),
    ...workspaceLine(news.workspace, words),
  ];
}

function workspaceLine(workspace: string, words: Texts): string[] {
  return workspace === '' ? [] : [words.workspace(oneLine(workspace))];
}

function stopKinds(items: NewsItem[]): StopKind[] {
  return [
    ...new Set(
      items.map(({ event, links, subject }): StopKind => {
        if (subject.kind === 'connection') return 'connection';
        if (event === 'key_result.check_in_due') return 'check_in';
        return links.acknowledge === null && links.snooze === null ? 'alert_without_links' : 'alert';
      }),
    ),
  ];
}
