import { areWholeUnits, minorUnits } from '../domain/money.ts';
import { type Lang, writeDuration } from '../i18n/index.ts';

/** What a value counts: `unit` as in the contract, `currency` for money only. */
export type Measure = { unit: string; currency: string | null };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A sum this long is shortened on a row; its full value is in the tooltip. */
const SHORTEN_FROM = 1_000_000;
/** An axis has less room. */
const SHORTEN_ON_AXIS_FROM = 10_000;

/** Given in hundredths, but their decimals are unusable and never shown. */
const shownWhole: ReadonlySet<string> = new Set(['ISK', 'UGX']);

type Style = 'full' | 'said' | 'whole' | 'short' | 'axis';

/** An age in its largest whole unit. */
export type Age = { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number };

export type Format = ReturnType<typeof createFormat>;

/**
 * Everything that turns stored values into text for one language. The only place of the page where 0.73 becomes 73 %
 * and minor units become money.
 */
export function createFormat(lang: Lang) {
  const number = cached((digits: number) => new Intl.NumberFormat(lang, { maximumFractionDigits: digits }));
  const compact = new Intl.NumberFormat(lang, { notation: 'compact', maximumSignificantDigits: 4 });
  const percents = cached(
    (digits: number) => new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: digits }),
  );
  /** By "USD 2": a currency and its decimals, or "USD compact". Making a formatter costs more than using it. */
  const currencies = cached((key: string) => {
    const [currency = '', digits = ''] = key.split(' ');
    return new Intl.NumberFormat(lang, {
      style: 'currency',
      currency,
      ...(digits === 'compact'
        ? { notation: 'compact', maximumSignificantDigits: 4 }
        : { minimumFractionDigits: Number(digits), maximumFractionDigits: Number(digits) }),
    });
  });
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' });
  const shortDay = new Intl.DateTimeFormat(lang, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const instant = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' });

  /** Null is a dash, because no value is not zero. */
  function amount(value: number | null, measure: Measure, style: Style): string {
    if (value === null) return '–';
    if (measure.unit === 'money' && measure.currency !== null) return money(value, measure.currency, style);
    if (measure.unit === 'ratio') return percent(value, isForRow(style) ? 1 : 2);
    if (measure.unit === 'duration') return writeDuration(lang, value);
    if (isLong(value, style)) return compact.format(value);
    const digits = style === 'full' ? 6 : decimalsOf(value);
    // Rounded first: what is next to nothing has no sign.
    return number(digits).format(positiveZero(Number(value.toFixed(digits))));
  }

  function money(minor: number, currency: string, style: Style): string {
    const code = currency.toUpperCase();
    const exponent = minorUnits(code);
    const major = positiveZero(minor / 10 ** exponent);
    // Whole amounts drop their zeros on a row: "$84,200", not "$84,200.00".
    const whole =
      style === 'whole' || (isForRow(style) && (Number.isInteger(major) || Math.abs(major) >= 1000));
    const digits = whole || shownWhole.has(code) ? 0 : exponent;
    return currencies(`${code} ${isLong(major, style) ? 'compact' : digits}`).format(major);
  }

  /** What is short of the whole never reads as 100 %, and what is above it is not clamped. */
  function percent(fraction: number, digits: number): string {
    const step = 10 ** -digits / 100;
    const rounded = Math.round(fraction / step) * step;
    return percents(digits).format(positiveZero(fraction < 1 && rounded >= 1 ? 1 - step : fraction));
  }

  return {
    lang,
    /** The whole value, for tooltips, tables and sentences. */
    full: (value: number | null, measure: Measure) => withUnit(amount(value, measure, 'full'), measure),
    /** In a sentence of what was worked out: whole enough to be read, without a tail of decimals. */
    said: (value: number | null, measure: Measure) => withUnit(amount(value, measure, 'said'), measure),
    /** Values that were rounded together, in a sentence: money without decimals where none of them has any. */
    saidTogether: (values: readonly number[], measure: Measure) => {
      const { currency, unit } = measure;
      const isWhole = unit === 'money' && currency !== null && areWholeUnits(values, currency);
      return values.map((value) => withUnit(amount(value, measure, isWhole ? 'whole' : 'said'), measure));
    },
    /** The value as it fits on a row, without the name of a custom unit. */
    short: (value: number | null, measure: Measure) => amount(value, measure, 'short'),
    /** Shorter still. */
    axis: (value: number, measure: Measure) => amount(value, measure, 'axis'),
    /** The name of a custom unit, or nothing. */
    unitName: (measure: Measure) => unitName(measure),
    /** A fraction of the way; not clamped, so 1.25 is 125 %. */
    percent: (fraction: number | null) => (fraction === null ? '–' : percent(fraction, 0)),
    /** The distance of two fractions in percentage points, without the word. */
    points: (gap: number) => number(0).format(positiveZero(Math.round(gap * 100))),
    number: (value: number) => number(2).format(positiveZero(value)),
    /** An exact decimal as stored; digits beyond a double survive only in the tooltip. */
    decimal: (text: string | null, measure: Measure) =>
      text === null ? '–' : amount(Number(text), measure, 'full'),
    /** `YYYY-MM-DD`; something else is shown as it is. */
    day: (text: string | null) => (text === null ? '–' : asDay(text, day)),
    shortDay: (text: string) => asDay(text, shortDay),
    /** An RFC 3339 instant in the reader's own zone, which `zone` names. */
    instant: (text: string | null) => {
      const at = text === null ? Number.NaN : Date.parse(text);
      return Number.isNaN(at) ? '–' : instant.format(at);
    },
    zone: instant.resolvedOptions().timeZone,
    duration: (ms: number) =>
      new Intl.NumberFormat(lang, {
        style: 'unit',
        unit: ms < 1000 ? 'millisecond' : 'second',
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }).format(ms < 1000 ? Math.round(ms) : ms / 1000),
    bytes: (count: number) =>
      new Intl.NumberFormat(lang, {
        style: 'unit',
        unit: count < 1000 ? 'byte' : count < 1_000_000 ? 'kilobyte' : 'megabyte',
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      }).format(count < 1000 ? count : count < 1_000_000 ? count / 1000 : count / 1_000_000),
  };
}

/** How long ago; null when it never happened. A moment in the future, by a clock that is off, is "just now". */
export function ageOf(text: string | null, now: Date): Age | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return null;
  const ms = Math.max(0, now.getTime() - at);
  if (ms < MINUTE_MS) return { unit: 'seconds', count: Math.floor(ms / 1000) };
  if (ms < HOUR_MS) return { unit: 'minutes', count: Math.floor(ms / MINUTE_MS) };
  if (ms < 2 * DAY_MS) return { unit: 'hours', count: Math.floor(ms / HOUR_MS) };
  return { unit: 'days', count: Math.floor(ms / DAY_MS) };
}

/** Two, or as many as two figures take: 0.22 a day, and 0.0043. */
function decimalsOf(value: number): number {
  const size = Math.abs(value);
  return size === 0 || size >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size)));
}

/** Sentences, tables and tooltips have room. */
function isForRow(style: Style): boolean {
  return style === 'short' || style === 'axis';
}

function isLong(value: number, style: Style): boolean {
  if (!isForRow(style)) return false;
  return Math.abs(value) >= (style === 'axis' ? SHORTEN_ON_AXIS_FROM : SHORTEN_FROM);
}

/** "-0" would read as a movement that did not happen. */
function positiveZero(value: number): number {
  return value === 0 ? 0 : value;
}

function unitName({ unit }: Measure): string {
  return unit.startsWith('custom:') ? unit.slice('custom:'.length) : '';
}

function withUnit(text: string, measure: Measure): string {
  const name = unitName(measure);
  return name === '' || text === '–' ? text : `${text} ${name}`;
}

function asDay(text: string, format: Intl.DateTimeFormat): string {
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? text : format.format(at);
}

function cached<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}

/** The day so many days later. */
export function daysAfter(day: string, count: number): string {
  const start = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(start) ? day : new Date(start + count * DAY_MS).toISOString().slice(0, 10);
}

/** The last day of a half-open range: people say "to 31 March", not "before 1 April". */
export function lastDay(endDay: string): string {
  return daysAfter(endDay, -1);
}
