import { shortTitle } from './item-words.ts';
import type { AlertMessageV1 } from './message-v1.ts';
import { type Lang, numberWriter } from './numbers.ts';
import { oneLine } from './safe-text.ts';
import { type Texts, texts } from './texts.ts';
import type { Fact, FactKind, MessageWords } from './words.ts';

/** A message of version 1. Its reason and rule are finished sentences and stay as they were written. */
export function wordsOfVersion1(message: AlertMessageV1, lang: Lang): MessageWords {
  const words = texts[lang];
  const { keyResult, links, sandbox, type } = message;
  const title = shortTitle(keyResult.title);
  const headline = type === 'test' ? words.test.headline : words.headline[type](title);
  const subject = sandbox ? `${words.sandboxTag} ${headline}` : headline;
  const item = {
    headline: subject,
    tone: type === 'key_result.recovered' ? ('good' as const) : ('bad' as const),
    facts: type === 'test' ? [] : factsOf(message, words, lang),
    links: [{ label: words.open.key_result, url: links.keyResult }],
    picture: null,
  };
  return {
    lang,
    colon: words.colon,
    left: words.more,
    subject,
    intro: type === 'test' ? [words.test.body] : [],
    sections: type === 'test' ? [] : [{ title: null, note: [], items: [item], more: null }],
    open: type === 'test' ? { label: words.open.app, url: links.keyResult } : null,
    footer: [
      ...(sandbox ? [words.sandboxNote] : []),
      words.stop[type === 'test' ? 'test' : 'alert_without_links'],
    ],
  };
}

function factsOf(message: AlertMessageV1, words: Texts, lang: Lang): Fact[] {
  const { data, keyResult, objective, reason, rule, type } = message;
  const unit = knownUnit(message.numbers.unit);
  const numbers = { ...message.numbers, unit };
  const write = numberWriter(lang, unit, numbers.currency);
  const said: [FactKind, string | null][] = [
    ['objective', objective === null ? null : shortTitle(objective.title)],
    ['value', words.values(numbers, write)],
    [
      'progress',
      numbers.progress === null ? null : words.progress(numbers.progress, numbers.expected, write),
    ],
    ['why', oneLine(reason.text)],
    [
      'data',
      data.dataThroughDay === null
        ? words.noData
        : words.data(null, data.dataThroughDay, 0, instant(data.fetchedAt)),
    ],
    ['rule', oneLine(rule)],
    ['owner', keyResult.owner === null ? words.noOwner : shortTitle(keyResult.owner)],
    [
      'next',
      type === 'key_result.off_track'
        ? (words.nextBy[reason.code] ?? words.next[type])
        : words.next['key_result.recovered'],
    ],
  ];
  return said.flatMap(([kind, text]) => (text === null ? [] : [{ kind, label: words.label[kind], text }]));
}

function instant(text: string | null): string | null {
  return text === null ? null : `${text.slice(0, 16).replace('T', ' ')} UTC`;
}

const units = ['count', 'ratio', 'duration', 'money', 'rating', 'score'] as const;

function knownUnit(unit: string) {
  if (unit.startsWith('custom:')) return `custom:${unit.slice('custom:'.length)}` as const;
  return units.find((known) => known === unit) ?? 'count';
}
