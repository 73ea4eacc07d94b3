import type { CatalogMeaning } from '../sdk/index.ts';
import type { LtvTerms } from './lifetime-value.ts';
import type { TrialParams } from './trials.ts';

/** What the metrics are in the catalogue's words. Its README says how each is computed. */

const daily = { kind: 'day' } as const;
/** Running and repeating discounts come off, one-time ones do not. */
const discounted = { discountPolicy: 'recurring' };

export const mrrMeaning: CatalogMeaning<{ currency: string }> = {
  metric: 'mrr',
  define: () => ({ params: discounted, window: daily }),
};

export const netRevenueMeaning: CatalogMeaning<{ currency: string }> = {
  metric: 'net_revenue',
  define: () => ({ params: { excludeTax: false }, window: daily }),
};

export const payingCustomersMeaning: CatalogMeaning<{ currency?: string | undefined }> = {
  metric: 'paying_customers',
  // Those of one currency are some of the customers only.
  define: ({ currency }) => (currency === undefined ? { params: discounted, window: daily } : null),
};

export const ltvMeaning: CatalogMeaning<LtvTerms> = {
  metric: 'ltv',
  define: ({ formula, assumedMinChurn, maxLifetimeMonths }) => ({
    params: {
      formula,
      ...(assumedMinChurn === undefined ? {} : { assumedMinChurn }),
      ...(maxLifetimeMonths === undefined ? {} : { maxLifetimeMonths }),
    },
    window: { kind: 'none' },
  }),
  suggest: ({ params: { formula, assumedMinChurn, maxLifetimeMonths } }) => ({
    formula,
    assumedMinChurn,
    maxLifetimeMonths,
  }),
};

export const trialToPaidMeaning: CatalogMeaning<TrialParams> = {
  metric: 'trial_to_paid_rate',
  define: ({ graceDays, trialDays }) =>
    // The catalogue knows no trial that is over as it begins.
    trialDays + graceDays < 1
      ? null
      : {
          params: {
            trialEvent: 'first trial of a Stripe customer',
            paidEvent: 'Stripe invoice paid with more than nothing',
            withinDays: trialDays + graceDays,
            graceDays,
          },
          window: { kind: 'matured_cohort', days: 1 },
        },
  suggest({ params: { graceDays, withinDays } }) {
    if (typeof withinDays !== 'number') return { graceDays };
    const grace = typeof graceDays === 'number' ? graceDays : GRACE_DAYS;
    return withinDays < grace ? {} : { graceDays: grace, trialDays: withinDays - grace };
  },
};

/** The catalogue's own, and the connector's. */
const GRACE_DAYS = 7;
