export { type Rational, toDecimal, toNumber } from './model/rational.ts';
export { mrrAt, payingCustomersAt } from './truth/mrr.ts';
export { netRevenueByDay } from './truth/net-revenue.ts';
