import type { Rate } from '../../../domain/billing/currency.ts';
import { type Fraction, wholeOver } from '../../../domain/billing/exact.ts';
import type { Days } from '../../../domain/billing/movements.ts';
import type { Cash } from './cash.ts';

/** Two windows of a metric over money that moved, and what is asked of them. */
export type CashPair = {
  opening: Days;
  closing: Days;
  timeZone: string;
  cash: Cash;
  rate: Rate;
};
/** `[startDay, endDay)` of the days that only the earlier window has, and of those that only the later one has. */
export function apart({ closing, opening }: Pick<CashPair, 'opening' | 'closing'>): {
  left: Days;
  entered: Days;
} {
  const leftEnd = opening.endDay < closing.startDay ? opening.endDay : closing.startDay;
  const enteredStart = opening.endDay > closing.startDay ? opening.endDay : closing.startDay;
  return {
    left: { startDay: opening.startDay, endDay: leftEnd },
    entered: { startDay: enteredStart, endDay: closing.endDay },
  };
}

/** What a metric counts of money that moved, in its own currency. Refunds are negative rows, and told as what was given back. */
export function countedOf(
  cash: Cash,
  amount: string,
  taxNumerator: string,
  taxDenominator: string,
): Fraction {
  const gross = wholeOver(BigInt(amount), 1n);
  const net = cash.excludeTax ? gross.sub(wholeOver(BigInt(taxNumerator), BigInt(taxDenominator))) : gross;
  return cash.givenBackOnly ? net.neg() : net;
}
