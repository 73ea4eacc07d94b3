import type { Model } from '../model/model.ts';
import { toNumber } from '../model/rational.ts';
import { customerChurn } from './customer-churn.ts';
import { mrrAt, payingCustomersAt } from './mrr.ts';

/**
 * Customer lifetime value at `now` in minor units: MRR per paying customer over the mean monthly customer churn of the
 * last `months` complete months. Null when nobody pays, no month opened with a customer, or nobody left.
 */
export function ltvAt(
  model: Model,
  options: { timeZone: string; currency: string; now: Date; months: number },
): number | null {
  const customers = payingCustomersAt(model, options.now, options.currency);
  const rates = customerChurn(model, options)
    .filter(({ opening }) => opening > 0)
    .map(({ opening, lost }) => lost / opening);
  const churn = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  if (customers === 0 || rates.length === 0 || churn === 0) return null;
  return toNumber(mrrAt(model, options.now, options.currency)) / customers / churn;
}
