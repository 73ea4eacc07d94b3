/** A number where it stands. `dots` marks "1.200", which is 1.2 to some and 1,200 to others. */
export type FoundNumber = {
  to: number;
  value: number;
  decimals: boolean;
  magnitude: number;
  dots: 'ambiguous' | null;
  /** Spelt as an article: "one", 一. Only a number where nothing else can be. */
  article: boolean;
};

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const small: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const large: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };
const names =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const word = new RegExp(
  `(?:(?:an? )?(dozen)|(a hundred)|(${names.join('|')})|(${tens.join('|')})(?:[- ](${names.slice(1, 10).join('|')}))?)(?![A-Za-z])`,
  'iy',
);
/** Longest digit string that a double holds exactly. */
const MAX_DIGITS = 15;

/** What 三百二十 says; null when the characters are no number. */
export function hanNumber(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const char of text) {
    const value = digits[char];
    const step = small[char];
    const jump = large[char];
    if (value !== undefined) digit = value;
    else if (step !== undefined) {
      section += (digit === 0 ? 1 : digit) * step;
      digit = 0;
    } else if (jump !== undefined) {
      total = (total + section + digit) * jump;
      section = 0;
      digit = 0;
    } else return null;
  }
  return total + section + digit;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const grouped = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?/y;
const spaced = /\d{1,3}(?: \d{3})+(?!\d)/y;
const european = /\d{1,3}(?:\.\d{3})+,\d+/y;
const dotted = /\d{1,3}(?:\.\d{3}){2,}(?![\d.])/y;
const decimalComma = /\d+,\d{1,2}(?![\d,])/y;
const usual = /\d+(?:\.\d+)?/y;

function written(text: string, at: number): { raw: string; value: number; decimals: boolean } | null {
  const plainGroups = match(grouped, text, at) ?? match(spaced, text, at);
  if (plainGroups !== null) {
    const raw = plainGroups[0];
    return { raw, value: Number(raw.replace(/[, ]/g, '')), decimals: raw.includes('.') };
  }
  const dots = match(european, text, at) ?? match(dotted, text, at);
  if (dots !== null) {
    const raw = dots[0];
    return { raw, value: Number(raw.replaceAll('.', '').replace(',', '.')), decimals: raw.includes(',') };
  }
  const comma = match(decimalComma, text, at);
  if (comma !== null) return { raw: comma[0], value: Number(comma[0].replace(',', '.')), decimals: true };
  const raw = match(usual, text, at)?.[0];
  return raw === undefined ? null : { raw, value: Number(raw), decimals: raw.includes('.') };
}

const magnitudes =
  /(?:(k|m|mn|mm|bn|b|w)(?![A-Za-z])|\s?(thousand|million|billion|hundred)(?![A-Za-z])|\s?(百万|千万|百亿|千亿|万亿|万|亿|千|百))/iy;
const magnitudeOf: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  hundred: 100,
  m: 1e6,
  mn: 1e6,
  mm: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  w: 1e4,
  百: 100,
  千: 1000,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  百亿: 1e10,
  千亿: 1e11,
  万亿: 1e12,
};

function times(value: number, magnitude: number): number {
  return Number((value * magnitude).toPrecision(15));
}

/** The number in figures at this place, with its magnitude ("1.5万", "20k", "1万5千"). */
export function figuresAt(text: string, at: number): FoundNumber | null {
  const found = written(text, at);
  if (found === null || found.raw.length > MAX_DIGITS + 5) return null;
  const end = at + found.raw.length;
  const suffix = match(magnitudes, text, end);
  const dots = /^[1-9]\d{0,2}\.\d{3}$/.test(found.raw) && suffix === null ? 'ambiguous' : null;
  const result = { value: found.value, decimals: found.decimals, dots, article: false } as const;
  if (suffix === null) return { ...result, to: end, magnitude: 1 };
  const magnitude = magnitudeOf[(suffix[1] ?? suffix[2] ?? suffix[3] ?? '').toLowerCase()] ?? 1;
  const to = end + suffix[0].length;
  const tail = magnitude === 1e4 ? match(/(\d)千/y, text, to) : null;
  const extra = tail === null ? 0 : Number(tail[1]) * 1000;
  return {
    ...result,
    value: times(found.value, magnitude) + extra,
    to: to + (tail?.[0].length ?? 0),
    magnitude,
  };
}

/** "twenty-five", "two hundred", "a dozen". */
export function wordsAt(text: string, at: number): FoundNumber | null {
  const found = match(word, text, at);
  if (found === null) return null;
  const [all, dozen, hundred, name, ten, unit] = found;
  let value = 0;
  if (dozen !== undefined) value = 12;
  else if (hundred !== undefined) value = 100;
  else if (name !== undefined) value = names.indexOf(name.toLowerCase());
  else
    value =
      20 +
      10 * tens.indexOf((ten ?? '').toLowerCase()) +
      Math.max(0, names.indexOf((unit ?? '').toLowerCase()));
  const end = at + all.length;
  const suffix = match(/ (hundred|thousand|million)(?![A-Za-z])/iy, text, end);
  const magnitude = suffix === null ? 1 : (magnitudeOf[(suffix[1] ?? '').toLowerCase()] ?? 1);
  const article = value === 1 && magnitude === 1;
  return {
    to: end + (suffix?.[0].length ?? 0),
    value: value * magnitude,
    decimals: false,
    magnitude,
    dots: null,
    article,
  };
}

/** 三, 十二, 两百: only the run of numerals; whether it is a number there is the caller's to say. */
export function hanAt(text: string, at: number): FoundNumber | null {
  const run = match(/[零〇一二两三四五六七八九十百千万亿]{1,12}/y, text, at)?.[0];
  if (run === undefined) return null;
  const value = hanNumber(run);
  if (value === null) return null;
  return { to: at + run.length, value, decimals: false, magnitude: 1, dots: null, article: run === '一' };
}
