import type { Reason } from '../domain/status.ts';
import type { MessageValues, Translate } from './speak.ts';

/** How a face writes the quantities inside a reason. */
export type ReasonFormat = {
  /** 0.355 as a share, such as "36 %". */
  fraction(value: number): string;
  /** The distance between two fractions, such as "-3 points"; its size alone where the sentence says "behind by". */
  points(value: number): string;
  /** A value in the metric's own unit: money in minor units, ratios as fractions. */
  value(value: number): string;
  /** Values that were rounded together: money without decimals where none of them has any. */
  values(values: readonly number[]): string[];
  /** A `YYYY-MM-DD` day. */
  day(day: string): string;
  /** An RFC 3339 instant. */
  instant(instant: string): string;
};

const fractions = new Set([
  'progress',
  'expected',
  'ratio',
  'share',
  'chance',
  'latestChance',
  'lowShare',
  'highShare',
]);
const metricValues = new Set([
  'current',
  'start',
  'target',
  'baseline',
  'lower',
  'upper',
  'total',
  'low',
  'high',
  'needed',
  'recent',
]);

/**
 * The sentence for a reason, in the language of `t`. What a value is follows from its name: `…Day` is a day, `since`
 * an instant, `gap` points (its size alone in the sentences that say "behind by"), the rest of the lists above; anything else is a count or a word and stays as it is.
 * A code that this version does not know is shown as it is, with its values.
 */
export function reasonText(t: Translate, reason: Reason, format: ReasonFormat): string {
  const key = `reason.${reason.code}`;
  if (!t.knows(key)) return `${reason.code} ${JSON.stringify(reason.values)}`;
  const values: MessageValues = {};
  for (const [name, value] of Object.entries(reason.values)) {
    const size = name === 'gap' && typeof value === 'number' && reason.code.endsWith('behind_pace');
    values[name] = written(name, size ? Math.abs(value) : value, format);
  }
  return t(key, { ...values, ...rangeIn(reason, format) });
}

/** The ends of a range are as exact as the range is wide: zeros behind the point would claim more. So does its goal. */
function rangeIn({ values: { high, low, target } }: Reason, format: ReasonFormat): MessageValues {
  if (typeof low !== 'number' || typeof high !== 'number') return {};
  const [from = '', to = ''] = format.values([low, high]);
  if (typeof target !== 'number') return { low: from, high: to };
  return { low: from, high: to, target: format.values([target])[0] ?? '' };
}

function written(name: string, value: string | number | null, format: ReasonFormat): string | number {
  if (value === null) return name === 'errorClass' ? 'none' : '–';
  if (typeof value === 'string') {
    if (name.endsWith('Day')) return format.day(value);
    return name === 'since' ? format.instant(value) : value;
  }
  if (name === 'gap') return format.points(value);
  if (fractions.has(name)) return format.fraction(value);
  return metricValues.has(name) ? format.value(value) : value;
}
