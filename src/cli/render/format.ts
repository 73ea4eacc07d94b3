import { areWholeUnits, minorUnits } from '../../domain/money.ts';
import { writeDuration } from '../../i18n/index.ts';
import type { ReasonFormat } from '../../i18n/reason-text.ts';
import type { Look } from './look.ts';
import { plain } from './look.ts';

/** What a value counts, as the API says it. */
export type Measure = { unit: string; currency: string | null };
type Voice = Pick<Look, 'lang' | 'ascii'>;

/** Given in hundredths, but their decimals are unusable and never shown. */
const shownWhole: ReadonlySet<string> = new Set(['ISK', 'UGX']);

/** Absence of a value: never a zero. */
export function noValue(look: Voice): string {
  return plain('–', look);
}

/**
 * A value in its unit: money from minor units, a ratio as a percentage. Null is a dash.
 *
 * @param short leaves the decimals off money of a thousand and more, for narrow columns
 */
export function formatValue(value: number | null, measure: Measure, look: Voice, short = false): string {
  if (value === null) return noValue(look);
  const { unit, currency } = measure;
  if (unit === 'ratio') return percent(value, look, 1);
  if (unit === 'duration') return breakable(writeDuration(look.lang, value));
  if (unit === 'money' && currency !== null) return formatMoney(value, currency, look, short);
  const text = number(value, look, unit === 'score' ? 1 : 2);
  return unit.startsWith('custom:') ? `${text} ${unit.slice('custom:'.length)}` : text;
}

/** `amountMinor` in the smallest unit of the currency, by Stripe's table of decimals. */
export function formatMoney(amountMinor: number, currency: string, look: Voice, short = false): string {
  const code = currency.toUpperCase();
  const exponent = minorUnits(code);
  const isLong = Math.abs(amountMinor) >= 1000 * 10 ** exponent;
  return moneyTo(shownWhole.has(code) || (short && isLong) ? 0 : exponent, amountMinor, code, look);
}

/** Values that were rounded together: money without decimals where none of them has any. */
function formatTogether(values: readonly number[], measure: Measure, look: Voice): string[] {
  const { currency, unit } = measure;
  return unit === 'money' && currency !== null && areWholeUnits(values, currency)
    ? values.map((value) => moneyTo(0, value, currency.toUpperCase(), look))
    : values.map((value) => formatValue(value, measure, look));
}

function moneyTo(digits: number, amountMinor: number, code: string, look: Voice): string {
  const written = new Intl.NumberFormat(look.lang, {
    style: 'currency',
    currency: code,
    currencyDisplay: look.ascii && code !== 'USD' ? 'code' : 'symbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return breakable(written.format(amountMinor / 10 ** minorUnits(code)));
}

/** A fraction as "73 %". What is short of the whole never reads as 100 %, and what is above it is not clamped. */
export function percent(fraction: number | null, look: Voice, digits = 0): string {
  if (fraction === null) return noValue(look);
  const unitOfLastDigit = 10 ** digits;
  const scaled = fraction * 100 * unitOfLastDigit;
  const short = fraction < 1 && Math.round(scaled) >= 100 * unitOfLastDigit;
  const shown = (short ? Math.floor(scaled + 1e-9) : Math.round(scaled)) / unitOfLastDigit;
  return `${number(shown, look, digits)}${look.lang === 'en' ? ' ' : ''}%`;
}

export function number(value: number, look: Voice, digits = 2): string {
  // -0 would read as a movement that did not happen.
  return breakable(
    new Intl.NumberFormat(look.lang, { maximumFractionDigits: digits, signDisplay: 'negative' }).format(
      value,
    ),
  );
}

/** How long ago, in the one unit that matters: "5m", "2h", "3d". Null in, dash out. */
export function age(instant: string | null, look: Look): string {
  return instant === null ? noValue(look) : span(look.now.getTime() - Date.parse(instant), look);
}

/** How long until then, in the same units; what is due already reads as none left. */
export function ahead(instant: string, look: Look): string {
  return span(Date.parse(instant) - look.now.getTime(), look);
}

function span(ms: number, look: Look): string {
  const seconds = Math.max(0, ms / 1000);
  if (seconds < 3600) return unitOf(Math.floor(seconds / 60), 'minute', look);
  return seconds < 48 * 3600
    ? unitOf(Math.floor(seconds / 3600), 'hour', look)
    : unitOf(Math.floor(seconds / 86_400), 'day', look);
}

/** An instant in the viewer's zone, which is named; with `verbose` as it came, in UTC. */
export function instantText(instant: string | null, look: Look): string {
  if (instant === null) return noValue(look);
  if (look.verbose) return instant;
  const parts = new Intl.DateTimeFormat('en-CA', {
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(new Date(instant));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${breakable(parts.replace(',', ''))} ${zone}`;
}

/** The day before: cycles name the day after their last one. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

export function bytes(count: number, look: Voice): string {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${number(count / 1e3, look, 1)} kB` : `${number(count / 1e6, look, 1)} MB`;
}

export function durationMs(ms: number, look: Voice): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${number(ms / 1000, look, 1)} s`;
}

/** How the sentences of `src/i18n` write their quantities on a terminal. */
export function reasonFormat(measure: Measure, look: Look): ReasonFormat {
  return {
    fraction: (value) => percent(value, look),
    points: (value) => `${number(value * 100, look, 0)} ${look.lang === 'en' ? 'points' : '个百分点'}`,
    value: (value) => formatValue(value, measure, look),
    values: (values) => formatTogether(values, measure, look),
    day: (day) => day,
    instant: (instant) => instantText(instant, look),
  };
}

function unitOf(count: number, unit: 'minute' | 'hour' | 'day', look: Voice): string {
  return new Intl.NumberFormat(look.lang, { style: 'unit', unit, unitDisplay: 'narrow' }).format(count);
}

/** Intl joins with no-break spaces, which a locale without UTF-8 cannot show. */
function breakable(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
