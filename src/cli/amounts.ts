import { minorUnits } from '../domain/money.ts';
import { usageError } from './cli-error.ts';

/**
 * A number as people write it on the command line, in the metric's own unit: `15000`, `35%` (the fraction 0.35) or
 * `"1100.50 USD"` (110050 cents). A bare number is taken as it is, which for money means minor units.
 *
 * @throws CliError (exit code 2) when it is none of these, or has more decimals than the currency
 */
export function parseAmount(text: string, flag: string): number {
  const match = /^([+-]?\d+(?:\.\d+)?)\s*(%|[a-z]{3})?$/i.exec(text.trim());
  const [, digits = '', suffix] = match ?? [];
  if (match === null) {
    throw usageError(`${flag} "${text}" is not a number`, 'Write it like 15000, 35% or "1100.50 USD".');
  }
  if (suffix === undefined) return Number(digits);
  if (suffix === '%') return shifted(digits, -2);
  const amountMinor = shifted(digits, minorUnits(suffix));
  if (!Number.isInteger(amountMinor)) {
    throw usageError(`${flag} "${text}" has more decimals than ${suffix.toUpperCase()} has`);
  }
  return amountMinor;
}

/** A percentage with its sign, with or without "%": `-30`, `+20%`. */
export function parsePercent(text: string, flag: string): number {
  const match = /^([+-]?\d+(?:\.\d+)?)\s*%?$/.exec(text.trim());
  if (match === null) throw usageError(`${flag} "${text}" is not a percentage`, 'Write it like 20 or -30.');
  return Number(match[1]);
}

/** @throws CliError (exit code 2) when it is not a whole number of at least one */
export function parseCount(text: string, flag: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw usageError(`${flag} "${text}" is not a whole number of at least 1`);
  }
  return count;
}

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time with its unit, in milliseconds: `500ms`, `60s`, `5m`, `6h`, `30d`. */
export function parseDurationMs(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  if (match === null)
    throw usageError(`${flag} "${text}" is not a length of time`, 'Write it like 60s, 5m or 6h.');
  return Number(match[1]) * (unitMs[match[2] ?? ''] ?? Number.NaN);
}

/** Moves the decimal point in the text, where no digit is lost. */
function shifted(digits: string, places: number): number {
  return Number(`${digits}e${places}`);
}
