import { addDays, addMonths, daysBetween, isDay, monthStart } from '../day.ts';
import { hanNumber } from './numbers.ts';
import type { Deadline, ReadTextOptions } from './types.ts';

/** A day named in a sentence, with the characters that name it. */
export type FoundDeadline = { from: number; to: number; deadline: Deadline; quarter: number | null };

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const LEAD =
  '(?:(?:by|before|until|till|through|no later than|on|in|at|for|during|within|due(?: by| on)?)\\s+)?(?:the\\s+)?';
const BY =
  '(?:by|before|until|till|through|no later than|in|for|during|within|due(?: by| on)?)\\s+(?:the\\s+)?';
const YEAR = '(?:\\s*[,/]?\\s*(?:of\\s+)?(20\\d\\d)(?!\\d))?';
const ORDINAL = '(?:st|nd|rd|th)?';
const ZH_LEAD = '(?:截至到?|截止到?|至|到|在|于)?\\s*';
const ZH_END = '(?:结束)?(?:之?前|以前|内|之内|为止|时)?';
const HAN_DIGIT = '[一二三四五六七八九十]{1,3}';

type Named = { day: string | null; quarter?: number };
type Context = { baseDay: string | null; cycle: ReadTextOptions['cycle'] };
type Rule = { pattern: RegExp; read(match: RegExpExecArray, context: Context): Named };

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(`${LEAD}(20\\d\\d)-(\\d{1,2})-(\\d{1,2})(?!\\d)`, 'gi'),
    read: ([, year, month, day]) => dated(year, Number(month), Number(day)),
  },
  {
    pattern: new RegExp(`${LEAD}(\\d{1,2})\\.(\\d{1,2})\\.(20\\d\\d)(?!\\d)`, 'gi'),
    read: ([, day, month, year]) => dated(year, Number(month), Number(day)),
  },
  {
    pattern: new RegExp(`${LEAD}(\\d{1,2})/(\\d{1,2})/(20\\d\\d)(?!\\d)`, 'gi'),
    // 6/30 can only be June; 3/4 may be either, so it stays without a day.
    read: ([, a, b, year]) =>
      Number(a) > 12
        ? dated(year, Number(b), Number(a))
        : Number(b) > 12
          ? dated(year, Number(a), Number(b))
          : { day: null },
  },
  {
    pattern: new RegExp(`${LEAD}(\\d{1,2})${ORDINAL}\\s+(?:of\\s+)?${MONTH}\\b${YEAR}`, 'gi'),
    read: ([, day, month, year], context) =>
      inYear(year, context, (y) => dated(y, monthOf(month), Number(day))),
  },
  {
    pattern: new RegExp(`${LEAD}\\b${MONTH}\\s+(\\d{1,2})${ORDINAL}(?![\\d%]|[.,]\\d)${YEAR}`, 'gi'),
    read: ([, month, day, year], context) =>
      inYear(year, context, (y) => dated(y, monthOf(month), Number(day))),
  },
  {
    pattern: new RegExp(
      `${LEAD}\\bend\\s+of\\s+(?:the\\s+)?(?:this\\s+|current\\s+)?(?:q([1-4])|(first|second|third|fourth|[1-4](?:st|nd|rd|th))\\s+quarter)\\b${YEAR}`,
      'gi',
    ),
    read: ([, figure, ordinal, year], context) => quarterEnd(figure ?? ordinalOf(ordinal), year, context),
  },
  {
    pattern: new RegExp(`(?:${LEAD}\\bend\\s+of\\s+|${BY})h([12])\\b${YEAR}`, 'gi'),
    read: ([, half, year], context) => halfEnd(Number(half), year, context),
  },
  {
    pattern: new RegExp(
      `${LEAD}\\bend\\s+of\\s+(?:the\\s+)?(this\\s+|current\\s+|next\\s+)?(year|quarter|month|cycle)\\b`,
      'gi',
    ),
    read: ([, which, unit], context) => ({
      day: endOf(unit ?? '', which?.trim().toLowerCase() === 'next', context),
    }),
  },
  {
    pattern: new RegExp(`${LEAD}\\b(?:mid|end\\s+of|end|early|late)[-\\s]${MONTH}\\b${YEAR}`, 'gi'),
    read: ([, month, year], context) => monthEnd(monthOf(month), year, context),
  },
  {
    pattern: new RegExp(
      `${LEAD}\\bend\\s+of\\s+(20\\d\\d)\\b|\\b(?:by|in|for|during|before|throughout)\\s+(20\\d\\d)(?![\\d,.%])`,
      'gi',
    ),
    read: ([, a, b]) => dated(a ?? b, 12, 31),
  },
  {
    pattern: new RegExp(`${LEAD}\\b(?:eo(y|q|m)|year[- ]end|(quarter|month)[- ]end)\\b`, 'gi'),
    read: ([, letter, unit], context) => {
      const short = letter?.toLowerCase();
      return {
        day: endOf(unit ?? (short === 'q' ? 'quarter' : short === 'm' ? 'month' : 'year'), false, context),
      };
    },
  },
  {
    pattern: new RegExp(`(?:${BY})?\\bq([1-4])\\b(?:\\s*[,/']?\\s*(20\\d\\d)(?!\\d))?`, 'gi'),
    read: ([, quarter, year], context) => quarterEnd(quarter, year, context),
  },
  {
    pattern: new RegExp(`${BY}${MONTH}\\b${YEAR}`, 'gi'),
    read: ([, month, year], context) => monthEnd(monthOf(month), year, context),
  },
  {
    pattern:
      /\b(?:(?:by|in|within|during)\s+)?(?:this|the current|the next|next)\s+(quarter|month|year|cycle)\b(?!['’])/gi,
    read: (match, context) => ({ day: endOf(match[1] ?? '', /next/i.test(match[0]), context) }),
  },
  {
    pattern: new RegExp(
      `${ZH_LEAD}(?:(20\\d\\d)年)?\\s*(?:q([1-4])|第?([一二三四1-4])季度?)(?:末|底)?${ZH_END}`,
      'gi',
    ),
    read: ([, year, figure, han], context) => quarterEnd(figure ?? hanFigure(han), year, context),
  },
  {
    pattern: new RegExp(`${ZH_LEAD}(?:(20\\d\\d)年)?(上|下)半年(?:末|底)?${ZH_END}`, 'g'),
    read: ([, year, half], context) => halfEnd(half === '上' ? 1 : 2, year, context),
  },
  {
    pattern: new RegExp(
      `${ZH_LEAD}(?:(20\\d\\d)年)?(\\d{1,2}|${HAN_DIGIT})月(\\d{1,2}|${HAN_DIGIT})[日号]${ZH_END}`,
      'g',
    ),
    read: ([, year, month, day], context) =>
      inYear(year, context, (y) => dated(y, Number(hanFigure(month)), Number(hanFigure(day)))),
  },
  {
    pattern: new RegExp(
      `${ZH_LEAD}(?:(20\\d\\d)年)?(\\d{1,2}|${HAN_DIGIT})月(?:份)?(?:(?:末|底)${ZH_END}|(?:结束)?(?:之前|以前|前)|结束时)`,
      'g',
    ),
    read: ([, year, month], context) => monthEnd(Number(hanFigure(month)), year, context),
  },
  {
    pattern: /(?<![\d个.])(?:20\d\d年)?(1[0-2]|[1-9])月份?(?![\d个度])/g,
    read: ([all, month], context) => monthEnd(Number(month), /20\d\d/.exec(all)?.[0], context),
  },
  {
    pattern: new RegExp(`${ZH_LEAD}(20\\d\\d)年(?:年?(?:末|底))?${ZH_END}`, 'g'),
    read: ([, year]) => dated(year, 12, 31),
  },
  {
    pattern: new RegExp(
      `${ZH_LEAD}(?<!每)(本季度?|这个?季度|本年度?|今年|本月|这个月|本周期|下个?季度|明年|下个月)(?:(?:末|底)${ZH_END}|结束(?:之?前|时)|(?:之?内|以内|之前|前))`,
      'g',
    ),
    read: ([, named = ''], context) => ({ day: endOf(hanUnit(named), /下|明/.test(named), context) }),
  },
  {
    pattern: new RegExp(
      `${ZH_LEAD}(?<![每\\d个半])(季度?|年|月|周期)(?:(?:末|底)${ZH_END}|结束(?:之?前|时))`,
      'g',
    ),
    read: ([, named = ''], context) => ({ day: endOf(hanUnit(named), false, context) }),
  },
];

/** The deadlines of a sentence, none over another; the first is the one that counts. */
export function findDeadlines(text: string, options: ReadTextOptions): FoundDeadline[] {
  const context = { baseDay: baseDay(options), cycle: options.cycle };
  const found: FoundDeadline[] = [];
  for (const { pattern, read } of rules) {
    for (const match of text.matchAll(pattern)) {
      const from = match.index;
      const to = from + match[0].length;
      if (found.some((other) => from < other.to && to > other.from)) continue;
      const { day, quarter = null } = read(match, context);
      found.push({ from, to, deadline: { text: match[0].trim(), day }, quarter });
    }
  }
  return found.toSorted((a, b) => a.from - b.from);
}

function baseDay({ cycle, today }: ReadTextOptions): string | null {
  const day = cycle?.startDay ?? today ?? null;
  return day !== null && isDay(day) ? day : null;
}

function hanFigure(text: string | undefined): string {
  if (text === undefined || /^\d+$/.test(text)) return text ?? '';
  return String(hanNumber(text) ?? '');
}

function hanUnit(text: string): string {
  if (text.includes('周期')) return 'cycle';
  if (text.includes('季')) return 'quarter';
  return text.includes('月') ? 'month' : 'year';
}

function monthOf(name: string | undefined): number {
  return monthNames.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function ordinalOf(name: string | undefined): string {
  const index = ['first', 'second', 'third', 'fourth'].indexOf((name ?? '').toLowerCase());
  return index >= 0 ? String(index + 1) : (name ?? '').slice(0, 1);
}

function dated(year: string | undefined, month: number, day: number): Named {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return { day: isDay(text) ? text : null };
}

/** A day without a year is the next one on or after the cycle's start, or today. */
function inYear(year: string | undefined, { baseDay: base }: Context, name: (year: string) => Named): Named {
  if (year !== undefined) return name(year);
  if (base === null) return { day: null };
  const thisYear = Number(base.slice(0, 4));
  const first = name(String(thisYear));
  return first.day !== null && first.day < base ? name(String(thisYear + 1)) : first;
}

function lastOfMonth(year: string, month: number): Named {
  const { day } = dated(year, month, 1);
  return { day: day === null ? null : addDays(addMonths(day, 1), -1) };
}

function monthEnd(month: number, year: string | undefined, context: Context): Named {
  return inYear(year, context, (y) => lastOfMonth(y, month));
}

function quarterEnd(figure: string | undefined, year: string | undefined, context: Context): Named {
  const quarter = Number(figure);
  return { ...monthEnd(3 * quarter, year, context), quarter };
}

function halfEnd(half: number, year: string | undefined, context: Context): Named {
  return monthEnd(6 * half, year, context);
}

function endOf(unit: string, next: boolean, { baseDay: base, cycle }: Context): string | null {
  if (base === null) return null;
  const name = unit.toLowerCase();
  const lastDay = cycle !== undefined && isDay(cycle.endDay) ? addDays(cycle.endDay, -1) : null;
  if (name === 'cycle') return lastDay;
  // A cycle about as long as a quarter is the quarter that its owner means, wherever it begins.
  if (name === 'quarter' && !next && lastDay !== null && Math.abs(daysBetween(base, lastDay) - 91) < 8)
    return lastDay;
  const monthsLeft = name === 'year' ? 12 : name === 'quarter' ? 3 : 1;
  const month = Number(base.slice(5, 7)) - 1;
  const start = addMonths(monthStart(base), -(month % monthsLeft));
  return addDays(addMonths(start, monthsLeft * (next ? 2 : 1)), -1);
}
