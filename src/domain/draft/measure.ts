import type { Unit } from '../metric.ts';
import { minorUnits } from '../money.ts';
import type { LexiconEntry } from './lexicon-types.ts';
import type { Quantity } from './quantity.ts';
import type { Assumption, DraftLanguage, ReadTextOptions } from './types.ts';

/** How the numbers of one sentence are to be taken: as what, and with which scale between the text and our types. */
export type Measure = {
  unit: Unit;
  unitWords: string | null;
  currency: string | null;
  /** Multiply a written value with it to get our value. */
  scale: number;
  assumptions: Assumption[];
  /** The values as written, in one unit, in the order they were given. */
  written: number[];
};

type Context = { entry: LexiconEntry | null; language: DraftLanguage; options: ReadTextOptions };

const secondsOf = { minutes: 60, hours: 3600, days: 86_400 } as const;
const dollars = /^(?:USD|AUD|CAD|NZD|SGD|HKD|TWD)$/;

/** Start and target taken together: "from 65 to 80 %" is a percentage on both sides. */
export function measure(quantities: readonly Quantity[], context: Context): Measure {
  const assumptions: Assumption[] = [];
  const alike = sharedMagnitude(quantities, assumptions);
  const lead = alike.findLast(({ kind }) => kind !== 'plain') ?? alike.at(-1);
  const values = alike.map((quantity) => readDots(quantity, lead, context, assumptions));
  const unitWords = alike.findLast((quantity) => quantity.unitWords !== null)?.unitWords ?? null;
  const taken = { unitWords, currency: null, assumptions, written: values };
  switch (lead?.kind) {
    case 'percent':
    case 'points':
      return { ...taken, unit: 'ratio', unitWords: '%', scale: 0.01 };
    case 'money': {
      const currency = currencyOf(lead.currency, context, assumptions);
      return { ...taken, unit: 'money', currency, scale: 10 ** minorUnits(currency) };
    }
    case 'duration':
      return { ...taken, ...durations(alike, lead, values) };
    case 'times':
      return { ...taken, unit: 'custom:x', scale: 1 };
    case 'plain':
    case undefined:
      return plainMeasure(taken, alike, context);
  }
}

/** What our types hold: fractions, minor units, seconds. Sums of binary fractions are tidied. */
export function scaled(value: number, scale: number): number {
  return Number((value * scale).toPrecision(12));
}

/** "from 20 to 50k" and 从20到50万: the first number is as large as the second. */
function sharedMagnitude(quantities: readonly Quantity[], assumptions: Assumption[]): Quantity[] {
  const [start, target] = quantities;
  if (start === undefined || target === undefined || start.magnitude !== 1 || target.magnitude === 1)
    return [...quantities];
  const value = start.value * target.magnitude;
  const sameKind = start.kind === 'plain' || start.kind === target.kind;
  if (!sameKind || value >= target.value || start.value === 0 || start.value >= 1000) return [...quantities];
  assumptions.push({ code: 'magnitude_shared', values: { written: start.written.trim(), value } });
  return [{ ...start, value, magnitude: target.magnitude }, target];
}

/** "1.200": where nothing is smaller than one, or than a cent, the dot groups thousands; else it is a decimal point. */
function readDots(
  quantity: Quantity,
  lead: Quantity | undefined,
  { entry }: Context,
  assumptions: Assumption[],
): number {
  if (quantity.dots === null) return quantity.value;
  const kind = lead?.kind ?? quantity.kind;
  const counts =
    kind === 'plain' &&
    (entry === null
      ? quantity.unitWords === null || !/分|点|星|star|point|pts/i.test(quantity.unitWords)
      : (entry.unit === 'count' && entry.kind !== 'ratio') || entry.unit === 'money');
  const value = kind === 'money' || counts ? Math.round(quantity.value * 1000) : quantity.value;
  assumptions.push({ code: 'number_read_as', values: { written: quantity.written.trim(), value } });
  return value;
}

function currencyOf(
  written: string | null,
  { language, options }: Context,
  assumptions: Assumption[],
): string {
  const own = /^[A-Za-z]{3}$/.test(options.currency ?? '') ? (options.currency ?? '').toUpperCase() : null;
  if (written !== null && /^[A-Z]{3}$/.test(written)) return written;
  if (written === '$') return own !== null && dollars.test(own) ? own : 'USD';
  let currency = own ?? (language === 'zh' ? 'CNY' : 'USD');
  if (written === '¥') currency = own === 'JPY' || own === 'CNY' ? own : language === 'zh' ? 'CNY' : 'JPY';
  if (currency !== own) assumptions.push({ code: 'currency_assumed', values: { currency } });
  return currency;
}

type Part = Pick<Measure, 'unit' | 'unitWords' | 'scale' | 'written'>;

/** Minutes, hours, days: everything in the unit of the last one that has a fixed length. */
function durations(quantities: readonly Quantity[], lead: Quantity, values: number[]): Part {
  const unitWords = lead.unitWords;
  const { seconds } = lead;
  if (seconds === null) {
    const name = /month|月/i.test(unitWords ?? '')
      ? 'months'
      : /year|年/i.test(unitWords ?? '')
        ? 'years'
        : 'quarters';
    return { unit: `custom:${name}`, unitWords, scale: 1, written: values };
  }
  const written = quantities.map((quantity, index) => {
    const value = values[index] ?? quantity.value;
    return quantity.seconds === null ? value : Number(((value * quantity.seconds) / seconds).toPrecision(12));
  });
  return { unit: 'duration', unitWords, scale: seconds, written };
}

function plainMeasure(
  taken: Omit<Measure, 'unit' | 'scale'>,
  quantities: readonly Quantity[],
  context: Context,
): Measure {
  const { entry } = context;
  const { assumptions, written, unitWords } = taken;
  if (entry === null) return { ...taken, unit: wordUnit(unitWords), scale: 1 };
  switch (entry.writtenAs) {
    case 'percent': {
      const fraction = written.every((value) => value <= 1) && quantities.some(({ decimals }) => decimals);
      const percents = written.map((value) => (fraction ? scaled(value, 100) : value));
      const last = quantities.at(-1);
      assumptions.push({
        code: 'percent_assumed',
        values: { written: last?.written.trim() ?? '', percent: percents.at(-1) ?? 0 },
      });
      return { ...taken, written: percents, unit: 'ratio', unitWords: '%', scale: 0.01 };
    }
    case 'money': {
      const currency = currencyOf(null, context, assumptions);
      return { ...taken, unit: 'money', currency, scale: 10 ** minorUnits(currency) };
    }
    case 'minutes':
    case 'hours':
    case 'days':
      assumptions.push({ code: 'unit_assumed', values: { unit: entry.writtenAs } });
      return { ...taken, unit: 'duration', unitWords: entry.writtenAs, scale: secondsOf[entry.writtenAs] };
    case 'months':
      assumptions.push({ code: 'unit_assumed', values: { unit: 'months' } });
      return { ...taken, unit: entry.unit, unitWords: 'months', scale: 1 };
    case 'number':
      return { ...taken, unit: entry.unit, scale: 1 };
  }
}

function wordUnit(words: string | null): Unit {
  if (words === null) return 'count';
  if (/star|星/i.test(words)) return 'rating';
  if (/^分$/.test(words)) return 'score';
  return /point|pts|^点$/i.test(words) ? 'custom:points' : 'count';
}
