import { minorUnits } from '../domain/money.ts';
import type { Measure } from './format.ts';

/** What people type and what is stored differ: money is typed in its main unit, a share in percent. */

/** A stored amount as it is typed; empty where there is none. */
export function writeAmount(value: number | null, measure: Measure): string {
  if (value === null) return '';
  const shift = shiftOf(measure);
  return String(shift === 0 ? value : Number((value / 10 ** shift).toPrecision(15)));
}

/** What was typed as it is stored, or null where that is no number. A comma may stand for the point. */
export function readAmount(text: string, measure: Measure): number | null {
  const plain = text
    .trim()
    .replaceAll(/[\s%]/g, '')
    .replace(/^([+-]?\d+),(\d+)$/, '$1.$2');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  // The point is moved in the text: 0.29 × 100 is not 29 in a double.
  return Number(`${plain}e${shiftOf(measure)}`);
}

/** What stands behind the number: a currency, a percent sign, the name of a unit of one's own. */
export function amountUnit({ currency, unit }: Measure): string {
  if (unit === 'money') return (currency ?? '').toUpperCase();
  if (unit === 'ratio') return '%';
  return unit.startsWith('custom:') ? unit.slice('custom:'.length) : '';
}

/** By how many places the stored number is the larger one. */
function shiftOf({ currency, unit }: Measure): number {
  if (unit === 'ratio') return -2;
  return unit === 'money' && currency !== null ? minorUnits(currency) : 0;
}
