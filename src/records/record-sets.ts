import { z } from 'zod';
import type { RecordSets } from '../domain/catalog/record-sets.ts';
import * as billing from './billing.ts';
import { count, currency } from './fields.ts';
import * as product from './product.ts';
import * as work from './work.ts';

const ratio = z.number();
const money = z.number(); // averages and rates of minor units have fractions

/**
 * The records of a metric as JSON, tool-neutral: instants are RFC 3339, money is integer minor units. Fields that are
 * not named here pass unread; one that is missing is named with its path. Absent sets were not read.
 */
export const recordSetsSchema = z.object({
  events: z.array(product.productEvent).exactOptional(),
  sessions: z.array(product.session).exactOptional(),
  views: z.array(product.view).exactOptional(),
  content: z.array(product.content).exactOptional(),
  merchants: z.array(product.merchant).exactOptional(),
  responses: z.array(product.surveyAnswer).exactOptional(),
  countries: z.array(product.storefrontRating).exactOptional(),
  before: product.ratingTotal.exactOptional(),
  after: product.ratingTotal.exactOptional(),
  tickets: z.array(product.ticket).exactOptional(),
  sprints: z.array(work.sprint).exactOptional(),
  issues: z.array(work.issue).exactOptional(),
  items: z.array(work.workItem).exactOptional(),
  deploys: z.array(work.deployment).exactOptional(),
  release: work.release.exactOptional(),
  bugs: z.array(work.bug).exactOptional(),
  plans: z.array(work.learningPlan).exactOptional(),
  hours: z.array(work.workHours).exactOptional(),
  entries: work.activityEntries.exactOptional(),
  reportingCurrency: currency.exactOptional(),
  fx: billing.fxRates.exactOptional(),
  subscriptions: z.array(billing.subscription).exactOptional(),
  customers: z.array(billing.customer).exactOptional(),
  payments: z.array(billing.payment).exactOptional(),
  refunds: z.array(billing.refund).exactOptional(),
  disputes: z.array(billing.dispute).exactOptional(),
  activeUsers: count.exactOptional(),
  spend: money.exactOptional(),
  revenue: money.exactOptional(),
  cogs: money.exactOptional(),
  arpa: money.exactOptional(),
  cac: money.exactOptional(),
  newCustomers: count.exactOptional(),
  churnRate: ratio.exactOptional(),
  churnRates: z.array(ratio).exactOptional(),
  grossMargin: ratio.exactOptional(),
  netRetention: ratio.exactOptional(),
  reports: z.array(work.coverageReport).exactOptional(),
} satisfies Record<keyof RecordSets, z.ZodType>) satisfies z.ZodType<RecordSets>;

/** Where the input is not what it should be, such as `payments.2.paidAt`, and what was expected there. */
export type RecordProblem = { path: string; problem: string };
export type ParsedRecordSets = { ok: true; records: RecordSets } | { ok: false; problems: RecordProblem[] };

/** JSON as records. Everything that is wrong with it is told, not only the first thing. */
export function parseRecordSets(input: unknown): ParsedRecordSets {
  const parsed = recordSetsSchema.safeParse(input);
  if (parsed.success) return { ok: true, records: parsed.data };
  const problems = parsed.error.issues.map(({ message, path }) => ({
    path: path.map(String).join('.') || 'input',
    problem: message,
  }));
  return { ok: false, problems };
}
