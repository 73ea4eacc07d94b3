import { z } from 'zod';
import { parseFilter, parseFilters } from './filter.ts';
import { COMPARISONS } from './filter-condition.ts';
import { FilterError } from './filter-text.ts';
import { countsPeople, isMoney, isQuotient } from './names.ts';
import { parseStep } from './steps.ts';

/** A text of a small language of ours, kept as it was written and refused with the parser's own sentence. */
function written(parse: (text: string) => unknown, help: string) {
  return z
    .string({ error: help })
    .trim()
    .superRefine((text, context) => {
      try {
        parse(text);
      } catch (error) {
        if (!(error instanceof FilterError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    });
}

const FILTER_HELP = 'Give conditions such as "eventName == share" or ["country in France,Italy"]';
const filterText = written(parseFilter, FILTER_HELP);
export const filter = z
  .union([filterText.transform((text) => [text]), z.array(filterText, { error: FILTER_HELP }).max(20)])
  .default([])
  .describe(
    `Only what fits: conditions on dimensions such as "eventName == share", all of which hold. Compare with ${COMPARISONS}; join with and, or, not and brackets; add "ignoring case"`,
  );

const METRIC_HELP = 'Name a metric as the Data API does, such as eventCount or customEvent:credits';
const metricName = z
  .string({ error: METRIC_HELP })
  .trim()
  .regex(/^[A-Za-z]\w*(:[\w-]+)?$/, { error: METRIC_HELP });

/** A name whose days add up to longer windows. */
const additive = metricName
  .refine((name) => !countsPeople(name), {
    error: 'Users do not add up over days: somebody seen on two days is one person. Use the metric "users"',
    abort: true,
  })
  .refine((name) => !isQuotient(name), {
    error: 'Rates and averages do not add up. Use "report_ratio" with both of its counts',
    abort: true,
  })
  .refine((name) => !isMoney(name), { error: 'This is money. Use the metric "revenue"' });
const side = metricName.refine((name) => !isQuotient(name), {
  error: 'Name a count or a sum: a mean of rates or averages is no rate. Name the two counts it is made of',
});

const eventName = z
  .string({ error: 'Name the event, such as sign_up' })
  .trim()
  .regex(/^[A-Za-z]\w{0,39}$/, {
    error: 'Name the event as GA4 does: a letter, then letters, digits and underscores, such as sign_up',
  });

export const noParams = z.object({});
export const peopleParams = z.object({
  days: z
    .union([z.literal(1), z.literal(7), z.literal(28)], { error: 'Choose 1, 7 or 28 days' })
    .default(1)
    .describe('People active in this many days, the last of which is the day of the point'),
});
export const conversionParams = z.object({
  keyEvent: z
    .string({ error: 'Name the key event, such as sign_up' })
    .trim()
    .regex(/^[A-Za-z]\w{0,39}$/, {
      error:
        'Name the key event as GA4 does: a letter, then letters, digits and underscores, such as sign_up',
    })
    .describe('The event, marked as a key event in GA4'),
  per: z
    .enum(['session', 'user'], { error: 'Choose session or user' })
    .default('session')
    .describe('Share of sessions or of users'),
});
export const totalParams = z.object({
  metric: additive.describe('A count or sum of the Data API, such as eventCount, addToCarts, customEvent:x'),
  filter,
});
export const ratioParams = z.object({
  numerator: side.describe('What is counted above the line, such as engagedSessions'),
  numeratorFilter: filter,
  denominator: side.describe('What is counted below the line, such as sessions; users count once each day'),
  denominatorFilter: filter,
});
const usersCounted = z
  .enum(['activeUsers', 'totalUsers'], { error: 'Choose activeUsers or totalUsers' })
  .default('activeUsers')
  .describe('Active users were engaged or came for the first time; total users left any event');
export const usersParams = z.object({
  days: z
    .int({ error: 'Give a whole number of days' })
    .min(1, { error: 'At least 1 day' })
    .max(365, { error: 'At most 365 days' })
    .default(28)
    .describe('Different people in this many days, the last of which is the day of the point'),
  count: usersCounted,
  filter,
});
export const monthUsersParams = z.object({ count: usersCounted, filter });
const REVENUES = [
  'totalRevenue',
  'purchaseRevenue',
  'grossPurchaseRevenue',
  'itemRevenue',
  'totalAdRevenue',
  'refundAmount',
] as const;
export const revenueParams = z.object({
  metric: z
    .enum(REVENUES, { error: `Choose one of ${REVENUES.join(', ')}` })
    .default('totalRevenue')
    .describe('totalRevenue is purchases, subscriptions and ads less refunds'),
  currency: z
    .string({ error: 'Name the currency of the property, such as EUR' })
    .trim()
    .regex(/^[A-Za-z]{3}$/, { error: 'Name the currency with three letters, such as EUR' })
    .transform((code) => code.toLowerCase())
    .describe('The currency of the property, or of your choice with convert'),
  convert: z
    .boolean()
    .default(false)
    .describe('Let Google convert revenue into this currency, at its own daily rates'),
  filter,
});
export const eventConversionParams = z.object({
  event: eventName.describe('The event that counts as converted'),
  of: eventName.optional().describe('Compared with those that have this event; everybody when left out'),
  per: z
    .enum(['user', 'session'], { error: 'Choose user or session' })
    .default('user')
    .describe('Users, each once a day, or sessions'),
  filter,
});
const STEP_HELP = 'Name each step by its event, such as "sign_up" or "purchase where value > 50"';
export const funnelParams = z.object({
  steps: z
    .array(written(parseStep, STEP_HELP), { error: STEP_HELP })
    .min(2, { error: 'A funnel has at least two steps' })
    .max(10, { error: 'A funnel of GA4 has at most ten steps' })
    .describe(
      'Events in order, each with an optional filter on its parameters: "sign_up where method == google"',
    ),
  withinHours: z
    .int({ error: 'Give a whole number of hours' })
    .min(1, { error: 'At least 1 hour' })
    .max(24 * 60, { error: 'At most 1440 hours (60 days)' })
    .default(168)
    .describe('Time from one step to the next; GA4 does not count it from the first'),
  open: z
    .boolean()
    .default(false)
    .describe('Let people enter at any step; then all steps lie on the day itself'),
  filter,
});
export const retentionParams = z
  .object({
    cohort: z
      .enum(['day', 'week', 'month'], { error: 'Choose day, week or month' })
      .default('day')
      .describe('People by the day, the week (Sunday to Saturday) or the month of their first session'),
    n: z
      .int({ error: 'Give a whole number' })
      .min(1, { error: 'At least 1' })
      .max(365, { error: 'At most 365' })
      .default(7)
      .describe('Active in the n-th day, week or month after that of the first session'),
  })
  .refine(({ cohort, n }) => n <= { day: 365, week: 104, month: 24 }[cohort], {
    error: 'At most 365 days, 104 weeks or 24 months',
    path: ['n'],
  });

/** The filters of a parameter, as one. */
export const filterOf = parseFilters;

export type PeopleParams = z.infer<typeof peopleParams>;
export type ConversionParams = z.infer<typeof conversionParams>;
export type TotalParams = z.infer<typeof totalParams>;
export type RatioParams = z.infer<typeof ratioParams>;
export type UsersParams = z.infer<typeof usersParams>;
export type MonthUsersParams = z.infer<typeof monthUsersParams>;
export type RevenueParams = z.infer<typeof revenueParams>;
export type EventConversionParams = z.infer<typeof eventConversionParams>;
export type FunnelParams = z.infer<typeof funnelParams>;
export type RetentionParams = z.infer<typeof retentionParams>;
