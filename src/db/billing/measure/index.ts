import type { RevenueReader } from '../../../app/ports-billing.ts';
import type { Database } from '../../database.ts';
import type { Answer } from './ask.ts';
import { netRevenue, referralRevenue, refunds } from './cash.ts';
import { readCashChange } from './cash-change.ts';
import { readChange } from './change.ts';
import { logoChurnRate, newPayingCustomers } from './customers.ts';
import { movementTotal, mrrChurnRate, mrrMovements } from './flows.ts';
import { retention } from './retention.ts';
import { arpa, arr, mrr, payingCustomers } from './stocks.ts';
import { trialToPaidRate } from './trials.ts';

const answers: ReadonlyMap<string, Answer> = new Map([
  ['mrr', mrr],
  ['arr', arr],
  ['arpa', arpa],
  ['paying_customers', payingCustomers],
  ['new_paying_customers', newPayingCustomers],
  ['mrr_movements', mrrMovements],
  ['mrr_new', movementTotal('new')],
  ['mrr_expansion', movementTotal('expansion')],
  ['mrr_contraction', movementTotal('contraction')],
  ['mrr_churn', movementTotal('churn')],
  ['mrr_reactivation', movementTotal('reactivation')],
  ['referral_new_mrr', movementTotal('new', true)],
  ['nrr', retention('net')],
  ['grr', retention('gross')],
  ['gross_mrr_churn_rate', mrrChurnRate('gross')],
  ['net_mrr_churn_rate', mrrChurnRate('net')],
  ['logo_churn_rate', logoChurnRate],
  ['net_revenue', netRevenue],
  ['refunds', refunds],
  ['referral_revenue', referralRevenue],
  ['trial_to_paid_rate', trialToPaidRate],
]);

/** The catalogue's revenue metrics as sums over stored movements, money and trials: a few statements for any number of windows. */
export function createRevenueReader(database: Database): RevenueReader {
  return {
    metrics: [...answers.keys()],
    async measure(metric, params, windows, scope) {
      const answer = answers.get(metric);
      if (answer === undefined) throw new RangeError(`the ledger has no metric "${metric}"`);
      return windows.length === 0 ? [] : answer(database, { params, windows, scope });
    },
    change: (days, scope, limit) => readChange(database, days, scope, limit),
    cashChange: (asked, scope, limit) => readCashChange(database, asked, scope, limit),
  };
}
