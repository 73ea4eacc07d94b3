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
  heldDowngrades: number; // fraction of those that wait for the next period, so that an invoice shows their day
  savingCoupons: number; // fraction that is given a coupon to stay
  pauses: number; // fraction that pauses its payments
  euroShare: number; // fraction of customers billed in EUR
  failedPayments: number; // fraction of first attempts
  refunds: number; // fraction of paid charges
  disputes: number; // fraction of paid charges
  salesPerWorkday: number; // sales outside of subscriptions
  dailyVisitors: number; // people who come for the first time, mean over a week at the anchor
  signUpShare: number; // fraction of visitors that sign up for free; Stripe's customers come on top
  activationShare: number; // fraction of those signed up that makes three projects or more in two weeks
  monthlyReturn: number; // fraction of those signed up that is back in the second month
  surveyAnswers: number; // fraction of those asked that answers
  surveyMean: number; // of the answers 0..10 on the anchor day
  surveyYearlyGain: number; // by how much that mean rises in a year
  engagement: number; // how much longer than at Acme people stay in a visit
  referralShare: number; // fraction of customers whose metadata say source=referral
  formLoss: number; // fraction of those who begin the sign-up form and never finish; 0: nobody tells of beginning
  freeTrials: number; // fraction of those signed up who try the larger plan without a card; 0: nobody tells of it
  reviewPrompts: number; // fraction of people asked for a review after their second project; 0: nobody is asked
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
  heldDowngrades: 0,
  savingCoupons: 0.004,
  pauses: 0.0015,
  euroShare: 0.06,
  failedPayments: 0.04,
  refunds: 0.03,
  disputes: 0.006,
  salesPerWorkday: 1.7,
  dailyVisitors: 25,
  signUpShare: 0.14,
  activationShare: 0.52,
  monthlyReturn: 0.38,
  surveyAnswers: 0.42,
  surveyMean: 7.6,
  surveyYearlyGain: 0.55,
  engagement: 1,
  referralShare: 0,
  formLoss: 0,
  freeTrials: 0,
  reviewPrompts: 0,
};

export type ModelOptions = {
  seed: number;
  anchorDay: string; // first day of history; moving it makes another history
  timeZone?: string; // the company's own, 'UTC' unless given
  company?: Partial<Company>;
};
