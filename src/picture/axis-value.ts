import { minorUnits } from '../domain/money.ts';
import { type Lang, writeDuration } from '../i18n/index.ts';

/** What a value counts: `unit` as everywhere, `currency` for money only. */
export type Measure = { unit: string; currency: string | null };

/** Longer numbers are shortened: an axis has little room. */
const SHORTEN_FROM = 10_000;

/** Currency signs that the font of pictures can draw; other currencies are written by their code. */
const DRAWN_SIGNS = /^[ -~\u00a0¥£€₩]*$/u;

/** Writes values for an axis or a label: short, and without the name of a custom unit. */
export function axisValue(lang: Lang, { currency, unit }: Measure): (value: number) => string {
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(lang, { notation: 'compact', maximumSignificantDigits: 4 });
  if (unit === 'ratio') return (value) => percent.format(whole(value));
  if (unit === 'duration') return (value) => writeDuration(lang, value);
  if (unit === 'money' && currency !== null) return moneyOf(lang, currency);
  return (value) => (Math.abs(value) >= SHORTEN_FROM ? short : number).format(whole(value));
}

function moneyOf(lang: Lang, currency: string): (minor: number) => string {
  const code = currency.toUpperCase();
  const exponent = minorUnits(code);
  const format = (options: Intl.NumberFormatOptions) => {
    const style = { style: 'currency', currency: code, ...options } as const;
    const bySign = new Intl.NumberFormat(lang, style);
    const sign = bySign.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? '';
    return DRAWN_SIGNS.test(sign)
      ? bySign
      : new Intl.NumberFormat(lang, { ...style, currencyDisplay: 'code' });
  };
  const short = format({ notation: 'compact', maximumSignificantDigits: 4 });
  const round = format({ maximumFractionDigits: 0, minimumFractionDigits: 0 });
  const exact = format({ maximumFractionDigits: exponent, minimumFractionDigits: exponent });
  return (minor) => {
    const amount = whole(minor / 10 ** exponent);
    if (Math.abs(amount) >= SHORTEN_FROM) return short.format(amount);
    return (Number.isInteger(amount) ? round : exact).format(amount);
  };
}

/** "-0" would read as a movement that did not happen. */
function whole(value: number): number {
  return value === 0 ? 0 : value;
}
