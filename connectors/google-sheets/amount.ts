import { Decimal } from 'decimal.js';
import { minorUnits, type PointReading, plain } from '../sdk/index.ts';
import type { Counted } from './params.ts';

/** A number of the sheet in the unit of the points: money in whole minor units. */
export function amountOf(number: Decimal, { currency, moneyIn, unit }: Counted): Decimal {
  return unit === 'money' && currency !== undefined ? minorUnits(number, currency, moneyIn) : number;
}

/** One sum over another, both kept. Over nothing there is no value. */
export function ratioPoint(
  day: string,
  numerator: Decimal,
  denominator: Decimal,
  { unit }: Pick<Counted, 'unit'>,
): PointReading {
  const parts = { numerator: plain(numerator), denominator: plain(denominator) };
  if (denominator.isZero()) return { day, value: null, reason: 'zero_denominator', ...parts };
  const quotient = numerator.div(denominator);
  return { day, value: plain(unit === 'money' ? quotient.round() : quotient), ...parts };
}

export const noObservation = (day: string): PointReading => ({
  day,
  value: null,
  reason: 'no_observation',
});

export function sum(numbers: readonly Decimal[]): Decimal {
  return numbers.reduce((total, number) => total.plus(number), new Decimal(0));
}
