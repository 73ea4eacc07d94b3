export { type Rational, toDecimal, toNumber } from './model/rational.ts';
export type { DiscountPolicy } from './truth/book.ts';
export { ga4ActiveUsers } from './truth/ga4-active-users.ts';
export { type Ga4Day, ga4ByDay } from './truth/ga4-by-day.ts';
export { type CohortTruth, ga4Cohort } from './truth/ga4-cohorts.ts';
export { ga4Funnel, type TruthStep } from './truth/ga4-funnel.ts';
export { ga4PurchasesByDay, type Takings } from './truth/ga4-revenue.ts';
export type { Ga4Look } from './truth/ga4-seen.ts';
export {
  type Movement,
  type MovementOptions,
  type MrrDay,
  movements,
  mrrByDay,
  retention,
} from './truth/movements.ts';
export { mrrAt, mrrByCustomer, payingCustomersAt } from './truth/mrr.ts';
export { netRevenueByDay } from './truth/net-revenue.ts';
export { taxInNetRevenueByDay } from './truth/tax.ts';
export { type TrialDay, trialToPaidByDay } from './truth/trial-to-paid.ts';
