import type { Unit } from '../domain/metric.ts';
import { type Lang, plainFormat, type ReasonFormat } from '../i18n/index.ts';

export type { Lang };

/** How one language writes the quantities of one message. */
export type NumberWriter = {
  /** A value in the metric's own unit. */
  value(amount: number): string;
  /** A share such as progress, in whole percent. */
  fraction(share: number): string;
  /** A chance in whole percent, in which neither "certain" nor "impossible" comes from rounding. */
  chance(share: number): string;
  /** A change per step: three figures are enough, and a ratio moves by percentage points. */
  rate(amount: number): string;
  /** The same, for the sentences of reasons. */
  reason: ReasonFormat;
};

const SMALL_CHANCE = 0.005;
const RATE_FIGURES = 3;

export function numberWriter(lang: Lang, unit: Unit, currency: string | null): NumberWriter {
  const plain = plainFormat(lang, unit, currency);
  const figures = new Intl.NumberFormat(lang, { maximumSignificantDigits: RATE_FIGURES });
  const name = unit.startsWith('custom:') ? ` ${unit.slice('custom:'.length)}` : '';
  const value = (amount: number): string => plain.value(amount) + name;
  return {
    value,
    fraction: plain.fraction,
    chance(share) {
      if (share > 0 && share < SMALL_CHANCE) return `<${plain.fraction(0.01)}`;
      if (share < 1 && share > 1 - SMALL_CHANCE) return `>${plain.fraction(0.99)}`;
      return plain.fraction(share);
    },
    rate(amount) {
      if (unit === 'ratio') return plain.points(0).replace(/^\S+/, figures.format(amount * 100));
      if (unit === 'money' || unit === 'duration') return value(amount);
      return `${figures.format(amount)}${name}`;
    },
    reason: { ...plain, value, values: (amounts) => plain.values(amounts).map((text) => text + name) },
  };
}
