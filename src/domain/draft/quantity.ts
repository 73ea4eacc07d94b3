import { type FoundNumber, figuresAt, hanAt, wordsAt } from './numbers.ts';

export type QuantityKind = 'plain' | 'percent' | 'points' | 'money' | 'duration' | 'times';

/** A number of a sentence with its unit, and where it stands. */
export type Quantity = {
  from: number;
  to: number;
  kind: QuantityKind;
  value: number;
  decimals: boolean;
  /** 1000 of "20k"; 1 without one. */
  magnitude: number;
  sign: 1 | -1 | null;
  /** ISO code, or the bare symbol where one symbol stands for several currencies. */
  currency: string | null;
  /** Of a duration, one of `unitWords`; null for months and years, which have no fixed length. */
  seconds: number | null;
  /** The measure word or unit as written: 个, "minutes". */
  unitWords: string | null;
  written: string;
  dots: FoundNumber['dots'];
  article: boolean;
  /** "10-15" and "10至15": the other end. */
  rangeTo: number | null;
  /** In parentheses: an aside. */
  aside: boolean;
  /** "within 24 hours", "3-day": says something about the subject and is no target while another number is. */
  qualifier: 'soft' | 'hard' | null;
};

const currencySymbol =
  /(?:(US\$|HK\$|NT\$|NZ\$|A\$|C\$|S\$|R\$|\$|€|£|¥|₹|₩|CHF|USD|EUR|GBP|CNY|RMB|JPY|HKD|SGD|AUD|CAD|INR|KRW|BRL))\s{0,2}/y;
const symbolCode: Readonly<Record<string, string>> = {
  US$: 'USD',
  HK$: 'HKD',
  NT$: 'TWD',
  NZ$: 'NZD',
  A$: 'AUD',
  C$: 'CAD',
  S$: 'SGD',
  R$: 'BRL',
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₩': 'KRW',
  RMB: 'CNY',
};
const currencyWord: readonly [RegExp, string][] = [
  [/\s?(?:美元|美金|US dollars?|USD)(?![A-Za-z])/iy, 'USD'],
  [/\s?(?:欧元|euros?|EUR)(?![A-Za-z])/iy, 'EUR'],
  [/\s?(?:英镑|pounds?|GBP)(?![A-Za-z])/iy, 'GBP'],
  [/\s?(?:港元|港币|HKD)(?![A-Za-z])/iy, 'HKD'],
  [/\s?(?:日元|円|yen|JPY)(?![A-Za-z])/iy, 'JPY'],
  [/\s?(?:人民币|元|块钱?|RMB|CNY|yuan)(?![A-Za-z])/iy, 'CNY'],
  [/\s?(?:CHF|francs?)(?![A-Za-z])/iy, 'CHF'],
  [/\s?dollars?(?![A-Za-z])/iy, '$'],
  [/\s?€/y, 'EUR'],
  [/\s?£/y, 'GBP'],
  [/\s?\$/y, '$'],
];
const duration: readonly [RegExp, number | null][] = [
  [/[\s-]?(?:milliseconds?|ms|毫秒)(?![A-Za-z])/iy, 0.001],
  [/[\s-]?(?:seconds?|secs?|s|秒钟?)(?![A-Za-z])/iy, 1],
  [/[\s-]?(?:minutes?|mins?|分钟)(?![A-Za-z])/iy, 60],
  [/[\s-]?(?:hours?|hrs?|h|个?小时)(?![A-Za-z])/iy, 3600],
  [/[\s-]?(?:business days?|working days?|days?|d|个?工作日|天|日)(?![A-Za-z])/iy, 86_400],
  [/[\s-]?(?:weeks?|周|个?星期)(?![A-Za-z])/iy, 604_800],
  [/[\s-]?(?:months?|个月|月)(?![A-Za-z])/iy, null],
  [/[\s-]?(?:quarters?|个?季度)(?![A-Za-z])/iy, null],
  [/[\s-]?(?:years?|年)(?![A-Za-z])/iy, null],
];
const points =
  /\s?(?:percentage[ -]points?|percent[ -]points?|ppts?|pp|p\.p\.|pct pts|个?百分点|个点)(?![A-Za-z])/iy;
const percent = /\s?(?:%|percent(?![A-Za-z])|per cent(?![A-Za-z])|pct(?![A-Za-z]))/iy;
const multiple = /\s?(?:x(?![A-Za-z])|倍|[- ]?fold(?![A-Za-z])|times(?! (?:a|an|per|each)\b)(?![A-Za-z]))/iy;
const tenth = /成(?![为功本员长交])/y;
const measure =
  /\s?(?:人次|次|篇|家|位|名|场|款|项|条|件|份|单|笔|台|套|本|轮|批|期|张|门|颗星?|星|点|分|人|个(?![百月])|户|起|种|类|支|只|座|站|组|段|节|堂|stars?(?![A-Za-z])|points?(?![A-Za-z])|pts?(?![A-Za-z]))/iy;

function suffix(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

type Unit = Pick<Quantity, 'kind' | 'currency' | 'seconds' | 'unitWords' | 'to'>;

function unitAt(text: string, at: number, currency: string | null): Unit {
  const unit = { kind: 'plain', currency, seconds: null, unitWords: null, to: at } as const;
  const inPoints = suffix(points, text, at);
  if (inPoints !== null)
    return { ...unit, kind: 'points', unitWords: inPoints.trim(), to: at + inPoints.length };
  const inPercent = suffix(percent, text, at);
  if (inPercent !== null) return { ...unit, kind: 'percent', unitWords: '%', to: at + inPercent.length };
  for (const [pattern, code] of currency === null ? currencyWord : []) {
    const word = suffix(pattern, text, at);
    if (word !== null)
      return { ...unit, kind: 'money', currency: code, unitWords: word.trim(), to: at + word.length };
  }
  if (currency !== null) return { ...unit, kind: 'money' };
  for (const [pattern, seconds] of duration) {
    const word = suffix(pattern, text, at);
    if (word !== null) {
      return {
        ...unit,
        kind: 'duration',
        seconds,
        unitWords: word.replace(/^[\s-]/, ''),
        to: at + word.length,
      };
    }
  }
  const inTimes = suffix(multiple, text, at);
  if (inTimes !== null) return { ...unit, kind: 'times', unitWords: inTimes.trim(), to: at + inTimes.length };
  const counted = suffix(measure, text, at);
  return counted === null ? unit : { ...unit, unitWords: counted.trim(), to: at + counted.length };
}

const fraction = /[二三四五六七八九]分之[一二三四五六七八]/y;
const share = /百分之([零一二两三四五六七八九十百\d.]{1,8})/y;
const rangeJoin = /\s?(?:-|~|至|到|to)\s?(?=[\d$€£¥])/iy;

/** Every quantity of a sentence, left to right. Characters that are masked already are no part of any. */
export function findQuantities(text: string): Quantity[] {
  const found: Quantity[] = [];
  const depth = parenthesised(text);
  for (let at = 0; at < text.length; ) {
    const quantity = quantityAt(text, at);
    if (quantity === null) {
      at = afterWord(text, at);
      continue;
    }
    found.push({ ...quantity, aside: depth(quantity.from) });
    at = Math.max(quantity.to, at + 1);
  }
  return found;
}

/** Past a word, so that the digits of "GA4" or "v2" are never looked at. */
function afterWord(text: string, at: number): number {
  const run = suffix(/[A-Za-z_][A-Za-z0-9_]*(?:[-.][0-9]+)*/y, text, at);
  return at + (run?.length ?? 1);
}

function parenthesised(text: string): (at: number) => boolean {
  const spans = [...text.matchAll(/[([][^()[\]]{0,200}[)\]]/g)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  return (at) => spans.some(([from, to]) => at > from && at < to);
}

function quantityAt(text: string, at: number): Quantity | null {
  const hanShare = shareAt(text, at);
  if (hanShare !== null) return hanShare;
  const sign = signAt(text, at);
  let start = at + (sign === null ? 0 : 1);
  const symbol = suffix(currencySymbol, text, start);
  if (symbol !== null) start += symbol.length;
  const currency = symbol === null ? null : (symbolCode[symbol.trim()] ?? symbol.trim());
  const figures = /\d/.test(text[start] ?? '') ? figuresAt(text, start) : null;
  if (figures !== null) return inFigures(text, at, figures, sign, currency);
  if (sign !== null || symbol !== null) return null;
  return inWords(text, at);
}

function signAt(text: string, at: number): 1 | -1 | null {
  const char = text[at];
  if ((char !== '+' && char !== '-') || !/[\d$€£¥]/.test(text[at + 1] ?? '')) return null;
  if (at > 0 && !/[\s(,:;]/.test(text[at - 1] ?? '')) return null;
  return char === '+' ? 1 : -1;
}

const blank = { rangeTo: null, aside: false, sign: null } as const;

function shareAt(text: string, at: number): Quantity | null {
  const third = suffix(fraction, text, at);
  if (third !== null) return fractionAt(at, third);
  share.lastIndex = at;
  const match = share.exec(text);
  if (match === null) return null;
  const number = /^\d/.test(match[1] ?? '') ? figuresAt(match[1] ?? '', 0) : hanAt(match[1] ?? '', 0);
  if (number === null) return null;
  const to = at + match[0].length;
  return {
    ...blank,
    ...number,
    from: at,
    to,
    kind: 'percent',
    currency: null,
    seconds: null,
    unitWords: '%',
    written: match[0],
    qualifier: null,
  };
}

/** 三分之一 is a third. */
function fractionAt(from: number, written: string): Quantity | null {
  const below = hanAt(written, 0);
  const above = hanAt(written, written.length - 1);
  if (below === null || above === null) return null;
  const value = Number(((100 * above.value) / below.value).toPrecision(12));
  return {
    ...blank,
    ...above,
    value,
    article: false,
    from,
    to: from + written.length,
    kind: 'percent',
    currency: null,
    seconds: null,
    unitWords: '%',
    written,
    qualifier: null,
  };
}

function inFigures(
  text: string,
  from: number,
  number: FoundNumber,
  sign: Quantity['sign'],
  currency: string | null,
): Quantity | null {
  const unit = unitAt(text, number.to, currency);
  const next = text[unit.to] ?? '';
  const unitless = unit.to === number.to && unit.kind === 'plain';
  // "3D", "1st" and "2FA" are names.
  if (unitless && /[A-Za-z_]/.test(next)) return null;
  const ordinal = /[第]\s?$/.test(text.slice(Math.max(0, from - 2), from));
  const joined = joinRange(text, from, number, unit, sign, currency);
  if (joined !== null) return joined;
  const tens = unit.kind === 'plain' ? suffix(tenth, text, number.to) : null;
  const adjective = next === '-' && /[A-Za-z]/.test(text[unit.to + 1] ?? '');
  const hyphen = unit.kind === 'duration' && text[number.to] === '-';
  return {
    ...blank,
    ...number,
    ...unit,
    ...(tens === null
      ? {}
      : { kind: 'percent', value: number.value * 10, unitWords: '%', to: number.to + 1 }),
    from,
    sign,
    written: text.slice(from, unit.to),
    qualifier: ordinal || adjective || hyphen ? 'hard' : null,
  };
}

/** "10-15 interviews", "2%~3%", 10至15: one quantity with two ends. */
function joinRange(
  text: string,
  from: number,
  number: FoundNumber,
  unit: Unit,
  sign: Quantity['sign'],
  currency: string | null,
): Quantity | null {
  if (
    /(?:从|由|自|from|between|在|介于)\s*(?:current(?:ly)? )?$/i.test(
      text.slice(Math.max(0, from - 16), from),
    )
  )
    return null;
  const join = suffix(rangeJoin, text, unit.to);
  if (join === null || sign !== null) return null;
  let at = unit.to + join.length;
  at += suffix(currencySymbol, text, at)?.length ?? 0;
  const other = /\d/.test(text[at] ?? '') ? figuresAt(text, at) : null;
  if (other === null) return null;
  const last = unitAt(text, other.to, currency ?? unit.currency);
  if (unit.kind !== 'plain' && last.kind !== unit.kind && last.kind !== 'plain') return null;
  if (/[A-Za-z]/.test(text[last.to] ?? '') && last.to === other.to) return null;
  const isWord = /to|至|到/i.test(join);
  // "NPS 30 to 45" promises a way; "10 to 15 interviews" a range: the sentence decides, so both stay apart.
  if (isWord) return null;
  const scale =
    number.magnitude === 1 && other.magnitude > 1 && number.value * other.magnitude < other.value
      ? other.magnitude
      : 1;
  return {
    ...blank,
    ...number,
    ...(last.kind === 'plain' ? { ...unit, to: last.to } : last),
    value: number.value * scale,
    magnitude: other.magnitude,
    from,
    rangeTo: other.value,
    written: text.slice(from, last.to),
    qualifier: null,
  };
}

function inWords(text: string, at: number): Quantity | null {
  const before = text[at - 1] ?? '';
  const latin = /[A-Za-z]/.test(text[at] ?? '');
  if (latin && /[A-Za-z0-9_]/.test(before)) return null;
  const number = latin ? wordsAt(text, at) : hanAt(text, at);
  if (number === null) return null;
  if (latin) return inEnglishWords(text, at, number);
  if (/[第每统唯同万专进逐惟任某这那各另]/.test(before)) return null;
  const unit = unitAt(text, number.to, null);
  const tens = suffix(tenth, text, number.to);
  if (tens !== null && number.value < 10) {
    return {
      ...blank,
      ...number,
      ...unit,
      from: at,
      to: number.to + 1,
      kind: 'percent',
      value: number.value * 10,
      unitWords: '%',
      written: text.slice(at, number.to + 1),
      qualifier: null,
    };
  }
  if (unit.to === number.to) return null; // 统一, 十分, 万一: no measure word, no number
  return { ...blank, ...number, ...unit, from: at, written: text.slice(at, unit.to), qualifier: null };
}

function inEnglishWords(text: string, at: number, number: FoundNumber): Quantity | null {
  const unit = unitAt(text, number.to, null);
  const hyphen =
    text[number.to] === '-' || (text[unit.to] === '-' && /[A-Za-z]/.test(text[unit.to + 1] ?? ''));
  return {
    ...blank,
    ...number,
    ...unit,
    from: at,
    written: text.slice(at, unit.to),
    qualifier: hyphen ? 'hard' : null,
  };
}
