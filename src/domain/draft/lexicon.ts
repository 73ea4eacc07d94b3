import { productLexicon } from './lexicon-product.ts';
import { revenueLexicon } from './lexicon-revenue.ts';
import { baselineDays, day, type LexiconEntry, trailing, valueDays } from './lexicon-types.ts';
import { workLexicon } from './lexicon-work.ts';

const bySubject = [...workLexicon, ...productLexicon, ...revenueLexicon];

/** The metric that a subject names, or null. The lists go from the special to the general, so the first one counts. */
export function findEntry(subject: string): LexiconEntry | null {
  const found = bySubject.find(
    (entry) => entry.all.every((pattern) => pattern.test(subject)) && entry.not?.test(subject) !== true,
  );
  return found === undefined ? null : withSaidWindow(found, subject);
}

/** Weekly active users are those of seven days. */
function withSaidWindow(entry: LexiconEntry, subject: string): LexiconEntry {
  if (entry.key !== 'active_users') return entry;
  if (/weekly|\bwau\b|周活/i.test(subject)) {
    return { ...entry, window: trailing(7), baseline: baselineDays(7), assumptions: [valueDays(7)] };
  }
  if (/daily|\bdau\b|日活/i.test(subject))
    return { ...entry, window: day, baseline: baselineDays(1), assumptions: [valueDays(1)] };
  return entry;
}

/** Which way is better, when only the words tell: of times, costs and faults less. */
export function betterOf(entry: LexiconEntry | null, subject: string): 'up' | 'down' {
  if (entry !== null) return entry.better;
  const less =
    /\btimes?\b|latency|\bcosts?\b|churn|errors?|bugs?|incidents?|complaints?|downtime|debt|时间|时长|延迟|成本|费用|错误|缺陷|投诉|故障|流失|事故|耗时/i;
  return less.test(subject) ? 'down' : 'up';
}
