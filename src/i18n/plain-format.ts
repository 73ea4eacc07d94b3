import { areWholeUnits, minorUnits } from '../domain/money.ts';
import type { Lang } from './keys.ts';
import type { ReasonFormat } from './reason-text.ts';
import { writeDuration } from './write-duration.ts';

/**
 * Plain numbers of one language and one unit, for sentences that the server writes itself (API `text`, alerts).
 * `unit` is the metric's; money needs its `currency`, and without one is shown as the integer it is.
 */
export function plainFormat(lang: Lang, unit: string, currency: string | null): ReasonFormat {
  const key = `${lang} ${unit} ${currency}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = newFormat(lang, unit, currency);
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, made);
  return made;
}

/** A format takes longer to make than a sentence, and a board has thousands of sentences in few units. */
const formats = new Map<string, ReasonFormat>();
const MOST_FORMATS = 500;

function newFormat(lang: Lang, unit: string, currency: string | null): ReasonFormat {
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 });
  // How far a goal has come is a judgement, not a reading: whole percent and whole points say enough.
  const share = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const inMoney = unit === 'money' && currency !== null;
  const digits = inMoney ? minorUnits(currency) : 0;
  const moneyTo = (decimals: number) =>
    inMoney
      ? new Intl.NumberFormat(lang, {
          style: 'currency',
          currency,
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        })
      : null;
  const money = moneyTo(digits);
  const wholeMoney = moneyTo(0);
  const value = (amount: number): string => {
    if (unit === 'ratio') return percent.format(amount);
    if (unit === 'duration') return writeDuration(lang, amount);
    if (money !== null) return money.format(amount / 10 ** digits);
    return number.format(amount);
  };
  return {
    fraction: (fraction) => share.format(fraction),
    points: (gap) => `${number.format(Math.round(gap * 100) + 0)} ${lang === 'en' ? 'points' : '个百分点'}`,
    value,
    values: (amounts) =>
      inMoney && wholeMoney !== null && areWholeUnits(amounts, currency)
        ? amounts.map((amount) => wholeMoney.format(amount / 10 ** digits))
        : amounts.map(value),
    day: (day) => day,
    instant: (instant) => `${instant.slice(0, 16).replace('T', ' ')} UTC`,
  };
}
