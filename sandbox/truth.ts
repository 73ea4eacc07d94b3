export { type Rational, toDecimal, toNumber } from './model/rational.ts';
export type { DiscountPolicy } from './truth/book.ts';
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
