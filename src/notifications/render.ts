import type { AlertMessage } from './message.ts';
import { type Lang, numberWriter } from './numbers.ts';
import { type Texts, texts } from './texts.ts';

/**
 * A message in words, in the order in which a reader needs them: what changed, the numbers, why, who owns it
 * and what to do, where to look, how to stop these. Lines are plain text; the channel escapes them.
 */
export type RenderedMessage = {
  headline: string;
  numbers: string[];
  why: string[];
  action: string[];
  link: { label: string; url: string };
  footer: string[];
};

export function renderMessage(message: AlertMessage, lang: Lang): RenderedMessage {
  const words = texts[lang];
  const write = numberWriter(lang, message.numbers);
  const headline = words.headline[message.type](message.keyResult.title);
  return {
    headline: message.sandbox ? `${words.sandboxTag} ${headline}` : headline,
    numbers: [
      ...(message.objective === null ? [] : [words.objective(message.objective.title)]),
      words.values(message.numbers, write),
      words.progress(message.numbers, write),
      dataAge(message, words),
    ],
    why: [words.why(message.reason.text), words.rule(message.rule)],
    action: [
      message.keyResult.owner === null ? words.noOwner : words.owner(message.keyResult.owner),
      todo(message, words),
    ],
    link: { label: words.open, url: message.links.keyResult },
    footer: [...(message.sandbox ? [words.sandboxNote] : []), words.stop[message.type]],
  };
}

/** The whole message as plain text that stands alone. */
export function plainText(rendered: RenderedMessage): string {
  const { headline, numbers, why, action, link, footer } = rendered;
  return [headline, ...numbers, ...why, ...action, `${link.label}: ${link.url}`, ...footer].join('\n');
}

function todo(message: AlertMessage, words: Texts): string {
  const byReason =
    message.type === 'key_result.off_track' ? words.todoByReason[message.reason.code] : undefined;
  return byReason ?? words.todo[message.type];
}

function dataAge({ data }: AlertMessage, words: Texts): string {
  if (data.dataThroughDay === null) return words.noData;
  const fetchedAt = data.fetchedAt === null ? null : `${data.fetchedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return words.dataAge(data.dataThroughDay, fetchedAt);
}
