import type { NewsEvent, NewsItem } from '../app/news.ts';
import { daysBetween } from '../domain/day.ts';
import { reasonText, titleIn, translator } from '../i18n/index.ts';
import { type Lang, type NumberWriter, numberWriter } from './numbers.ts';
import { cut, oneLine } from './safe-text.ts';
import { type Texts, texts } from './texts.ts';
import { type Fact, type FactKind, factKinds, type ItemWords } from './words.ts';

/** Longer names say nothing more, and would push the numbers off the screen. */
const MAX_TITLE = 300;
const DATA_STATES = ['late', 'stale', 'failing', 'paused'] as const;

const tones: Record<NewsEvent, ItemWords['tone']> = {
  'key_result.off_track': 'bad',
  'key_result.still_off_track': 'bad',
  'key_result.got_worse': 'bad',
  'key_result.recovered': 'good',
  'key_result.achieved': 'good',
  'key_result.missed': 'bad',
  'key_result.check_in_due': 'neutral',
  'key_result.no_data': 'neutral',
  'key_result.data_back': 'good',
  'connection.no_data': 'neutral',
  'connection.data_back': 'good',
  'connection.failing': 'neutral',
  'connection.working': 'good',
};

/** One piece of news in words: what changed, the numbers, why, what is to be expected, who owns it and what to do. */
export function itemWords(item: NewsItem, lang: Lang): ItemWords {
  const words = texts[lang];
  const title = shortTitle(titleIn(lang, item.subject));
  const { links, numbers, sandbox, subject } = item;
  const headline = words.headline[item.event](title);
  return {
    headline: sandbox ? `${words.sandboxTag} ${headline}` : headline,
    tone: tones[item.event],
    facts: factsOf(item, lang),
    links: [
      { label: words.open[subject.kind], url: links.open },
      ...(links.acknowledge === null ? [] : [{ label: words.acknowledge, url: links.acknowledge }]),
      ...(links.snooze === null ? [] : [{ label: words.snooze, url: links.snooze }]),
    ],
    picture:
      item.chart === null || numbers === null
        ? null
        : {
            chart: item.chart,
            unit: numbers.unit,
            currency: numbers.currency,
            title,
            alt: words.chartOf(title),
          },
  };
}

/** The same inside a section of a digest, whose title says what has happened, and whose note says some facts for all. */
export function digestItemWords(item: NewsItem, lang: Lang, saidBefore: readonly FactKind[]): ItemWords {
  const whole = itemWords(item, lang);
  const title = shortTitle(titleIn(lang, item.subject));
  return {
    ...whole,
    headline: item.sandbox ? `${texts[lang].sandboxTag} ${title}` : title,
    facts: whole.facts.filter(({ kind }) => !saidBefore.includes(kind)),
  };
}

export function shortTitle(title: string): string {
  return cut(oneLine(title), MAX_TITLE);
}

function factsOf(item: NewsItem, lang: Lang): Fact[] {
  const words = texts[lang];
  const write = numberWriter(lang, item.numbers?.unit ?? 'count', item.numbers?.currency ?? null);
  const said: Partial<Record<FactKind, string | null>> = {
    ...whatItIsAbout(item, lang),
    ...howItStands(item, words, write),
    since: sinceText(item, words),
    why: whyText(item, lang, write),
    ...whatIsExpected(item, words, write),
    data: dataText(item, lang),
    rule: ruleText(item, words, write),
    meanwhile: isWithoutData(item.event) ? words.meanwhile : null,
    owner: item.subject.owner === null ? words.noOwner : shortTitle(item.subject.owner),
    next: nextText(item, words),
  };
  return factKinds.flatMap((kind) => {
    const text = said[kind] ?? null;
    return text === null ? [] : [{ kind, label: words.label[kind], text }];
  });
}

function whatItIsAbout({ subject }: NewsItem, lang: Lang) {
  const words = texts[lang];
  if (subject.kind === 'key_result') {
    return { objective: subject.objective === null ? null : shortTitle(titleIn(lang, subject.objective)) };
  }
  const { keyResultCount, keyResults } = subject;
  if (keyResultCount === 0) return {};
  const others = Math.max(0, keyResultCount - keyResults.length);
  return {
    affects: words.affects(
      keyResults.map((each) => shortTitle(titleIn(lang, each))),
      others,
    ),
  };
}

function howItStands({ numbers }: NewsItem, words: Texts, write: NumberWriter) {
  if (numbers === null) return {};
  const { expected, progress } = numbers;
  return {
    value: words.values(numbers, write),
    progress: progress === null ? null : words.progress(progress, expected, write),
  };
}

function whatIsExpected({ chance, forecast, numbers }: NewsItem, words: Texts, write: NumberWriter) {
  const { needed, recent, step } = forecast ?? { needed: null, recent: null, step: 'day' as const };
  const rate = (value: number | null): string | null => (value === null ? null : write.rate(value));
  return {
    chance:
      chance === null
        ? null
        : words.chance(
            write.chance(chance.now),
            chance.weekAgo === null ? null : write.chance(chance.weekAgo),
          ),
    final: forecast === null ? null : words.final(forecast, numbers?.target ?? null, write),
    needed: needed === null && recent === null ? null : words.needed(rate(needed), rate(recent), step),
  };
}

function sinceText({ at, sinceDay }: NewsItem, words: Texts): string | null {
  return sinceDay === null ? null : words.since(sinceDay, daysBetween(sinceDay, at.slice(0, 10)));
}

/** A reason with a hole in it is written as its code: a message with a poor sentence is better than none. */
function whyText({ reason }: NewsItem, lang: Lang, write: NumberWriter): string {
  try {
    return oneLine(reasonText(translator(lang), reason, write.reason));
  } catch {
    return reason.code;
  }
}

function dataText({ at, data }: NewsItem, lang: Lang): string {
  const { fetchedAt, state, throughDay } = data;
  const words = texts[lang];
  if (throughDay === null) return words.noData;
  const known = DATA_STATES.find((name) => name === state);
  const fetched = fetchedAt === null ? null : `${fetchedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const daysOld = daysBetween(throughDay, at.slice(0, 10));
  return words.data(
    known === undefined ? null : translator(lang)(`data.${known}`),
    throughDay,
    daysOld,
    fetched,
  );
}

function ruleText({ rule }: NewsItem, words: Texts, write: NumberWriter): string | null {
  return rule === null
    ? null
    : words.rule(rule, write.fraction(rule.fireBelow), write.fraction(rule.clearAbove));
}

function isWithoutData(event: NewsEvent): boolean {
  return event === 'key_result.no_data' || event === 'connection.no_data' || event === 'connection.failing';
}

/** What to do: by the reason where that says more than the event does. */
function nextText({ event, reason }: NewsItem, words: Texts): string {
  if (event === 'key_result.off_track') return words.nextBy[reason.code] ?? words.next[event];
  if (event !== 'connection.failing') return words.next[event];
  const cause = reason.values['connectionState'] ?? reason.values['errorClass'] ?? null;
  return words.nextBy[String(cause)] ?? words.next[event];
}
