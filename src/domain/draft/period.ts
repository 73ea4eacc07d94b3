import { hanNumber, wordsAt } from './numbers.ts';
import type { PeriodUnit } from './types.ts';

/** "per month": what a number is counted over. `rhythm` is a number of times: "twice a week". */
export type FoundPeriod = {
  from: number;
  to: number;
  unit: PeriodUnit;
  /** How many of `unit`: 2 in "every two weeks". */
  every: number;
  rhythm: number | null;
  /** Of "1 week per quarter": how long each time is, as written. */
  length: string | null;
  /** "weekly": an adjective, which of a metric says nothing about the goal. */
  adjective: boolean;
};

const EN_UNIT = '(day|week|month|quarter|year|sprint|release)';
const COUNT = '(\\d{1,3}|two|three|four|five|six|seven|eight|ten|other|second)';
const HAN_UNIT = '(天|日|周|星期|个?月|个?季度|季|年|个?迭代|个?冲刺|次发布|个?版本)';
const HAN_COUNT = '(\\d{1,3}|[一二两三四五六七八九十]{1,3})';
const TIMES = '(?:次|场|篇|期|轮|回|个(?!月|季|用户|客户|功能))';

type Rule = { pattern: RegExp; read(match: RegExpExecArray): Omit<FoundPeriod, 'from' | 'to'> };
const none = { every: 1, rhythm: null, length: null, adjective: false } as const;

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(
      `\\b(once|twice|${COUNT}\\s+times)\\s+(?:a|an|per|each|every)\\s+${EN_UNIT}\\b`,
      'gi',
    ),
    read: ([, how = '', count, unit]) => ({ ...none, unit: unitOf(unit), rhythm: timesOf(how, count) }),
  },
  {
    pattern: new RegExp(
      `\\b((?:\\d{1,2}|one|two|three|half)[- ](?:hour|day|week)s?)[- ]per[- ]${EN_UNIT}\\b`,
      'gi',
    ),
    read: ([, length = '', unit]) => ({ ...none, unit: unitOf(unit), rhythm: 1, length }),
  },
  {
    pattern: new RegExp(`\\b(?:once\\s+)?(?:every|each)\\s+${COUNT}\\s+${EN_UNIT}s?\\b`, 'gi'),
    read: ([, count, unit]) => ({ ...none, unit: unitOf(unit), rhythm: 1, every: numberOf(count) }),
  },
  {
    pattern: /\b(?:bi-?weekly|fortnightly|every fortnight|bi-?monthly)\b/gi,
    read: ([all]) => ({ ...none, unit: /month/i.test(all) ? 'month' : 'week', rhythm: 1, every: 2 }),
  },
  {
    pattern:
      /每(?:两|2|二|三|3|四|4)(周|个月|天|个?季度|年)(?:举行|进行|开展|发布|组织)?(?:一|1|两|2)?(?:次|场|篇|期)?/g,
    read: ([all, unit]) => ({
      ...none,
      unit: unitOf(unit),
      rhythm: 1,
      every: all.startsWith('每三') || all.startsWith('每3') ? 3 : 2,
    }),
  },
  {
    pattern: new RegExp(
      `每(?:一)?${HAN_UNIT}\\s?((?:\\d{1,2}|[一二两三四五半])\\s?(?:个?小时|天|周|个?半天))`,
      'g',
    ),
    read: ([, unit, length = '']) => ({ ...none, unit: unitOf(unit), rhythm: 1, length }),
  },
  {
    pattern: new RegExp(
      `每(?:一)?${HAN_UNIT}\\s?(?:至少|不少于)?(?:举行|举办|进行|开展|组织|发布|召开|完成)?(?:至少)?\\s?${HAN_COUNT}\\s?${TIMES}`,
      'g',
    ),
    read: ([, unit, count]) => ({ ...none, unit: unitOf(unit), rhythm: numberOf(count) }),
  },
  {
    pattern: new RegExp(`${HAN_COUNT}\\s?${TIMES}\\s?(?:/|每)\\s?${HAN_UNIT}`, 'g'),
    read: ([, count, unit]) => ({ ...none, unit: unitOf(unit), rhythm: numberOf(count) }),
  },
  {
    pattern: new RegExp(
      `(?:\\b(?:per|each|every|an?)\\s+|/\\s?)${EN_UNIT}\\b(?!\\s+(?:of|off|long)\\b)|\\b(?:/\\s?mo)\\b`,
      'gi',
    ),
    read: ([, unit]) => ({ ...none, unit: unitOf(unit ?? 'month') }),
  },
  {
    pattern: new RegExp(`(?:每(?:一)?|/\\s?)${HAN_UNIT}|(月)均|(日)均|(周)均`, 'g'),
    read: ([, unit, month, day, week]) => ({ ...none, unit: unitOf(unit ?? month ?? day ?? week) }),
  },
  {
    pattern: /(季度|月度|年度|周度|日度|月|年)(?=(?:总|净|平均)?(?:营收|收入|销售额|流水|gmv|成本|订单))/gi,
    read: ([, unit]) => ({ ...none, unit: unitOf(unit?.replace(/(?<=[月年周日])度$/, '')), adjective: true }),
  },
  {
    pattern: /\b(daily|weekly|monthly|quarterly|yearly|annual(?:ly)?)\b/gi,
    read: ([, word = '']) => ({ ...none, unit: adjectiveUnit(word), adjective: true }),
  },
];

/** What is said per period, in the order of the text, none over another. */
export function findPeriods(text: string): FoundPeriod[] {
  const found: FoundPeriod[] = [];
  for (const { pattern, read } of rules) {
    for (const match of text.matchAll(pattern)) {
      const from = match.index;
      const to = from + match[0].length;
      if (!found.some((other) => from < other.to && to > other.from))
        found.push({ from, to, ...read(match) });
    }
  }
  return found.toSorted((a, b) => a.from - b.from);
}

/** Whether the number is one per person or thing, and so not a total of the period. */
export function isPerHead(text: string): boolean {
  return /per (active |paying )?(user|customer|viewer|person|employee|member|session|feature|account|seller|store)|每个?(活跃|付费)?(用户|客户|人|员工|成员|功能|会话|商家|店铺|账户)|人均/i.test(
    text,
  );
}

function numberOf(text: string | undefined): number {
  if (text === undefined) return 1;
  if (/^\d+$/.test(text)) return Number(text);
  if (/^(other|second)$/i.test(text)) return 2;
  return wordsAt(text, 0)?.value ?? hanNumber(text) ?? 1;
}

function timesOf(how: string, count: string | undefined): number {
  if (/^once$/i.test(how)) return 1;
  return /^twice$/i.test(how) ? 2 : numberOf(count);
}

function adjectiveUnit(word: string): PeriodUnit {
  const lower = word.toLowerCase();
  if (lower.startsWith('dai')) return 'day';
  if (lower.startsWith('week')) return 'week';
  if (lower.startsWith('month')) return 'month';
  return lower.startsWith('quarter') ? 'quarter' : 'year';
}

function unitOf(text: string | undefined): PeriodUnit {
  const name = (text ?? '').toLowerCase().replace(/^个/, '');
  if (/^(天|日)$/.test(name)) return 'day';
  if (/^(周|星期)$/.test(name)) return 'week';
  if (name === '月') return 'month';
  if (name.startsWith('季')) return 'quarter';
  if (name === '年') return 'year';
  if (/迭代|冲刺/.test(name)) return 'sprint';
  if (/发布|版本/.test(name)) return 'release';
  return name as PeriodUnit; // the pattern lets only the English units through
}
