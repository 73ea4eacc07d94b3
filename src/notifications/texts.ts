import type { DigestSection, NewsEvent, NewsItem } from '../app/news.ts';
import type { ForecastStep } from '../domain/forecast/types.ts';
import type { Lang, NumberWriter } from './numbers.ts';
import { en } from './texts-en.ts';
import { zhCn } from './texts-zh-cn.ts';
import type { FactKind } from './words.ts';

export type Numbers = NonNullable<NewsItem['numbers']>;
export type ForecastNumbers = NonNullable<NewsItem['forecast']>;
export type Rule = NonNullable<NewsItem['rule']>;
/** How to be told less: by what the message is about. */
export type StopKind = 'alert' | 'alert_without_links' | 'check_in' | 'connection' | 'digest' | 'test';

/** The sentences of one language. Whole sentences, so that each language may order its words. */
export type Texts = {
  colon: string;
  label: Record<FactKind, string>;
  headline: Record<NewsEvent, (title: string) => string>;
  /** The headline of several that travel together. */
  andMore: (headline: string, count: number) => string;
  sandboxTag: string;
  sandboxNote: string;
  values: (numbers: Numbers, write: NumberWriter) => string;
  progress: (progress: number, expected: number | null, write: NumberWriter) => string;
  since: (day: string, days: number) => string;
  chance: (now: string, weekAgo: string | null) => string;
  final: (forecast: ForecastNumbers, target: number | null, write: NumberWriter) => string;
  needed: (needed: string | null, recent: string | null, step: ForecastStep) => string;
  data: (state: string | null, throughDay: string, daysOld: number, fetchedAt: string | null) => string;
  noData: string;
  rule: (rule: Rule, fireBelow: string, clearAbove: string) => string;
  affects: (titles: string[], others: number) => string;
  meanwhile: string;
  noOwner: string;
  next: Record<NewsEvent, string>;
  /** Better advice, by the code of the reason or what it says of the connection. */
  nextBy: Record<string, string>;
  chartOf: (title: string) => string;
  open: { key_result: string; connection: string; app: string };
  acknowledge: string;
  snooze: string;
  stop: Record<StopKind, string>;
  workspace: (name: string) => string;
  digest: {
    daily: (fromDay: string, throughDay: string) => string;
    weekly: (fromDay: string, throughDay: string) => string;
    withCounts: (title: string, counts: string[]) => string;
    section: Record<DigestSection, string>;
    count: Record<DigestSection, (count: number) => string>;
    empty: string;
    /** Digests in between were not sent. */
    missed: (count: number) => string;
  };
  more: (count: number) => string;
  test: { headline: string; body: string };
};

export const texts: Record<Lang, Texts> = { en, 'zh-CN': zhCn };
