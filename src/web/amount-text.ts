import { minorUnits } from '../domain/money.ts';
import type { Measure } from './format.ts';

/** Amounts as people type them: 73 for 73 %, 84.20 for 8420 cents. Moved by decimal places in the text, so that no digit is lost. */

/** Null: it is no number. */
export function storedAmount(text: string, measure: Measure): number | null {
  const plain = text
    .trim()
    .replace(/[\s,，]/g, '')
    .replace(/%$/, '');
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain)) return null;
  return Number(`${plain}e${placesOf(measure)}`);
}

/** For a field that is to be changed; not for reading. */
export function typedAmount(value: number | null, measure: Measure): string {
  return value === null ? '' : String(Number(`${value}e${-placesOf(measure)}`));
}

/** What stands behind the field. */
export function amountSign({ currency, unit }: Measure): string {
  if (unit === 'ratio') return '%';
  if (unit === 'money') return currency?.toUpperCase() ?? '';
  if (unit === 'duration') return 's';
  return unit.startsWith('custom:') ? unit.slice('custom:'.length) : '';
}

function placesOf({ currency, unit }: Measure): number {
  if (unit === 'ratio') return -2;
  if (unit !== 'money' || currency === null || !/^[A-Za-z]{3}$/.test(currency)) return 0;
  return minorUnits(currency);
}
