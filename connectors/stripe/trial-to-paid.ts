import { z } from 'zod';
import {
  type ConnectorContext,
  type DayWindow,
  defineMetric,
  type MetricReading,
  mergeCompleteness,
} from '../sdk/index.ts';
import { readInvoices, readPastSubscriptions } from './billing.ts';
import { trialToPaidMeaning } from './catalog.ts';
import type { StripeConfig } from './official.ts';
import { type TrialParams, trialToPaidByDay } from './trials.ts';

const days = (most: number) => z.int().min(0).max(most);

export const trialToPaid = defineMetric<StripeConfig, TrialParams>({
  title: 'Trial to paid',
  description:
    'Of the customers whose first trial began on a day, the share that paid an invoice before the trial’s end plus the days of grace.',
  stage: 'revenue',
  unit: 'ratio',
  kind: 'ratio',
  paramsSchema: z.object({
    graceDays: days(90).default(7).describe('Days after the end of a trial in which a payment still counts'),
    trialDays: days(730)
      .default(14)
      .describe('The usual length of a trial: when a day settles, and the end of a trial that has none'),
  }),
  settlesAfterHours: ({ trialDays, graceDays }) => (trialDays + graceDays) * 24,
  rereadDays: 35,
  // It walks every subscription for cohorts that are weeks old.
  readEveryHours: 6,
  history: 'backfill',
  catalog: trialToPaidMeaning,
  read: readTrialToPaid,
});

async function readTrialToPaid(
  context: ConnectorContext<StripeConfig>,
  window: DayWindow,
  params: TrialParams,
): Promise<MetricReading> {
  if (window.startAt > context.now) {
    const notes = ['The window has not begun'];
    return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  const subscriptions = await readPastSubscriptions(context);
  const invoices = await readInvoices(context, { metric: 'trial_to_paid', window });
  return {
    points: trialToPaidByDay(subscriptions.items, invoices.items, window, params, context.now),
    completeness: mergeCompleteness(subscriptions.completeness, invoices.completeness),
  };
}
