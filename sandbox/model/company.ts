/** The size and habits of a fake company. Rates are per customer and month unless they say otherwise. */
export type Company = {
  name: string;
  country: string;
  customersAtStart: number;
  dailySignups: number; // mean over a week at the anchor
  yearlyGrowth: number; // of signups: 0.3 = 30 % more each year
  churn: number; // fraction that leaves
  upgrades: number; // fraction that buys more
  downgrades: number;
  euroShare: number; // fraction of customers billed in EUR
  failedPayments: number; // fraction of first attempts
  refunds: number; // fraction of paid charges
  disputes: number; // fraction of paid charges
  salesPerWorkday: number; // sales outside of subscriptions
};

export const ACME: Company = {
  name: 'Acme',
  country: 'US',
  customersAtStart: 70,
  dailySignups: 0.42,
  yearlyGrowth: 0.3,
  churn: 0.022,
  upgrades: 0.055,
  downgrades: 0.015,
  euroShare: 0.06,
  failedPayments: 0.04,
  refunds: 0.03,
  disputes: 0.006,
  salesPerWorkday: 1.7,
};

export type ModelOptions = {
  seed: number;
  anchorDay: string; // first day of history; moving it makes another history
  timeZone?: string; // the company's own, 'UTC' unless given
  company?: Partial<Company>;
};
