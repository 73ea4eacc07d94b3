import { type FoundDeadline, findDeadlines } from './deadline.ts';
import { type FoundPeriod, findPeriods } from './period.ts';
import { languageOf, plain } from './plain.ts';
import { findQuantities, type Quantity } from './quantity.ts';
import type { DraftLanguage, ReadTextOptions } from './types.ts';
import { type FoundVerb, findVerbs, meansSpan } from './verbs.ts';

/** The days after sign-up that a retention is asked for: "1-month retention", 次日留存. */
export type RetentionDays = { fromDay: number; toDay: number };

/** A sentence taken apart. Positions are those of `text`; what was understood is blanked out of `rest`. */
export type Scanned = {
  text: string;
  rest: string;
  /** The sentence without its deadlines, so that "By June, launch …" begins with its verb. */
  order: string;
  language: DraftLanguage;
  deadlines: FoundDeadline[];
  periods: FoundPeriod[];
  quantities: Quantity[];
  verbs: FoundVerb[];
  retention: RetentionDays | null;
  /** The sentence without its means, its quantities and its deadline: what it speaks of. */
  subject: string;
};

/** Stands for a character that is understood already. */
const BLANK = '\0';

/** Digits that are part of a name, and so no quantity. */
const names: readonly RegExp[] = [
  /\bhttps?:\/\/\S+/gi,
  /\b(?:version|ver\.?|release|v\.?)\s?\d+(?:\.\d+)*\b/gi,
  /(?:版本|第)\s?\d+(?:\.\d+)*(?!\s?季)(?:版|代|期|届|名)?/g,
  /第[一二三四五六七八九十]+(?!\s?季)/g,
  /\b\d+(?:\.\d+)+\s?版本?/g,
  /\b\d+(?:\.\d+)*\s?版(?=本|\b)/g,
  /\b(?:iOS|Android|Windows|macOS|Python|Java|Node|ISO|SOC|PCI|DSS|GPT|COVID|Industry|Gen|Phase|Tier|Level|Step|Stage|Series|Wave|Chapter|Section|Part|P)[- ]?\d+(?:[.:]\d+)*\b/gi,
  /(?:阶段|步骤|部分|章节)\s?\d+/g,
  /\btop[- ]?\d+%?/gi,
  /前\s?\d+(?:名|大|位|%)/g,
  /\b24\s?[/x]\s?7\b|7\s?[x*]\s?24(?:小时)?/gi,
  /\b(?:1|one)[- ]?(?::|on)[- ]?(?:1|one)s?\b|1对1|一对一/gi,
  /\b\d+(?:th|st|nd|rd) percentile|\d+分位数?|\bp\d{2}\b/gi,
  /(?<=\b(?:for|of) )20\d\d(?![\d,.%])/g,
];

const retentionName =
  /(?:\b(day|week|month)[- ]?(\d{1,3})(?=[- ](?:user |customer )?retention|日?(?:的)?(?:用户|客户)?(?:留存|保留)))|(?:\b(\d{1,3}|one|two|three)[- ](day|week|month)s?(?=[- ](?:user |customer )?retention))|(?:\bd(\d{1,3})(?=[- ]?(?:retention|留存|保留)))|(?:(\d{1,3}|一|两|二|三|六|次)\s?(个月|月|周|天|日)(?:后|内)?的?(?:新?(?:用户|客户))?的?(?=保留|留存))/i;

export function scan(text: string, options: ReadTextOptions): Scanned {
  const flat = plain(text);
  const mask = flat.split('');
  const rest = () => mask.join('');
  const hide = (from: number, to: number) => mask.fill(BLANK, from, to);

  const retentionMatch = retentionName.exec(flat);
  if (retentionMatch !== null) hide(retentionMatch.index, retentionMatch.index + retentionMatch[0].length);
  for (const name of names)
    for (const match of rest().matchAll(name)) hide(match.index, match.index + match[0].length);
  const deadlines = findDeadlines(rest(), options);
  for (const { from, to } of deadlines) hide(from, to);
  const periods = findPeriods(rest());
  for (const { from, to } of periods) hide(from, to);

  const means = meansSpan(flat);
  const inMeans = (at: number) => means !== null && at >= means.from && at < means.to;
  const left = rest();
  const quantities = findQuantities(left)
    .filter(({ from }) => !inMeans(from))
    .map((quantity) => qualified(quantity, left));
  const verbs = findVerbs(left).filter(({ from }) => !inMeans(from));
  return {
    text: flat,
    rest: left,
    order: subjectOf(flat, deadlines).replace(/^[\s,:;]+|\s+$/g, ''),
    language: languageOf(text),
    deadlines,
    periods: periods.filter(({ from }) => !inMeans(from)),
    quantities,
    verbs,
    retention: retentionMatch === null ? null : retentionDays(retentionMatch),
    subject: subjectOf(flat, [...quantities, ...deadlines, ...(means === null ? [] : [means])]),
  };
}

/** The text before a quantity, back to the one before it, without what is understood. */
export function textBefore({ rest, quantities }: Scanned, quantity: Quantity): string {
  const previous = quantities.filter(({ to }) => to <= quantity.from).at(-1);
  return cleaned(rest.slice(Math.max(previous?.to ?? 0, quantity.from - 60), quantity.from));
}

export function textAfter({ rest, quantities }: Scanned, quantity: Quantity): string {
  const next = quantities.find(({ from }) => from >= quantity.to);
  return cleaned(rest.slice(quantity.to, Math.min(next?.from ?? rest.length, quantity.to + 60)));
}

function cleaned(text: string): string {
  return text.replaceAll(BLANK, ' ').replace(/ {2,}/g, ' ');
}

/** "within 24 hours" and "one" are no target while another number is there to be it. */
function qualified(quantity: Quantity, rest: string): Quantity {
  if (quantity.qualifier !== null) return quantity;
  if (quantity.article) return { ...quantity, qualifier: 'soft' };
  if (quantity.kind !== 'duration') return quantity;
  const lead = rest.slice(Math.max(0, quantity.from - 14), quantity.from);
  const tail = rest.slice(quantity.to, quantity.to + 3);
  const said =
    /(?:within|after|in|for|last|past|in under|in less than|连续|过去|最近)\s*$/i.test(lead) ||
    /^(?:内|以内|之内|后|前)/.test(tail);
  return said ? { ...quantity, qualifier: 'soft' } : quantity;
}

function subjectOf(text: string, spans: readonly { from: number; to: number }[]): string {
  let subject = '';
  let at = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from > at) subject += `${text.slice(at, from)} `;
    at = Math.max(at, to);
  }
  return subject + text.slice(at);
}

function retentionDays(match: RegExpExecArray): RetentionDays {
  const count = match[2] ?? match[3] ?? match[5] ?? match[6] ?? '1';
  const unit = match[1] ?? match[4] ?? match[7] ?? 'day';
  const words: Readonly<Record<string, number>> = {
    one: 1,
    一: 1,
    次: 1,
    two: 2,
    两: 2,
    二: 2,
    three: 3,
    三: 3,
    六: 6,
  };
  const number = words[count.toLowerCase()] ?? Number(count);
  const days = /month|月/i.test(unit) ? 30 : /week|周/i.test(unit) ? 7 : 1;
  return { fromDay: number * days, toDay: number * days + days - 1 };
}
