import { minorUnits } from '../domain/money.ts';
import { writeDuration } from '../i18n/index.ts';
import type { AlertMessage } from './message.ts';

export type Lang = 'en' | 'zh-CN';

/** How one language writes the quantities of one message. Each takes null to a dash, never to 0. */
export type NumberWriter = {
  value(amount: number | null): string;
  fraction(share: number | null): string;
};

const NONE = '–';

/** Writes values in the metric's own unit: money in whole units with its currency, ratios as percentages. */
export function numberWriter(lang: Lang, { unit, currency }: AlertMessage['numbers']): NumberWriter {
  const plain = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 });
  const fraction = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 });
  const value = (amount: number): string => {
    if (unit === 'ratio') return percent.format(amount);
    if (unit === 'duration') return writeDuration(lang, amount);
    if (unit === 'money' && currency !== null) return money(lang, amount, currency);
    const number = plain.format(amount);
    return unit.startsWith('custom:') ? `${number} ${unit.slice('custom:'.length)}` : number;
  };
  return {
    value: (amount) => (amount === null ? NONE : value(amount)),
    fraction: (share) => (share === null ? NONE : fraction.format(share)),
  };
}

function money(lang: Lang, amountMinor: number, currency: string): string {
  const digits = minorUnits(currency);
  const format = new Intl.NumberFormat(lang, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(amountMinor / 10 ** digits);
}
