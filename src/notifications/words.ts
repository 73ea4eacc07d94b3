import type { NewsChart } from '../app/news.ts';
import type { Unit } from '../domain/metric.ts';
import type { Lang } from './numbers.ts';

export type Link = { label: string; url: string };

/** What a message says, in the order in which a reader needs it. */
export const factKinds = [
  'objective',
  'affects',
  'value',
  'progress',
  'since',
  'why',
  'chance',
  'final',
  'needed',
  'data',
  'rule',
  'meanwhile',
  'owner',
  'next',
] as const;

/** One labelled statement. */
export type Fact = { kind: FactKind; label: string; text: string };
export type FactKind = (typeof factKinds)[number];

/** What a picture is drawn from, and what it is said to show. */
export type PictureRequest = {
  chart: NewsChart;
  unit: Unit;
  currency: string | null;
  title: string;
  /** For those who do not see it. */
  alt: string;
};

export type ItemWords = {
  headline: string;
  tone: 'bad' | 'good' | 'neutral';
  facts: Fact[];
  links: Link[];
  picture: PictureRequest | null;
};

export type SectionWords = { title: string | null; note: string[]; items: ItemWords[]; more: string | null };

/** A message in words that any channel can draw. Plain text throughout: the channel escapes it in its own way. */
export type MessageWords = {
  lang: Lang;
  subject: string;
  intro: string[];
  sections: SectionWords[];
  /** Where the rest is read; null where the one item leads there itself. */
  open: Link | null;
  footer: string[];
  /** Between a label and what it labels. */
  colon: string;
  /** So many items more than were drawn. */
  left(count: number): string;
};

/** The only item of a message, whose headline is the subject; null when there are none or several. */
export function onlyItem(words: MessageWords): ItemWords | null {
  const [section, ...rest] = words.sections;
  if (section === undefined || rest.length > 0 || section.title !== null) return null;
  return section.items.length === 1 ? (section.items[0] ?? null) : null;
}
