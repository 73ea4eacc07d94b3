import type { ActivityEntry, LearningPlan, WorkHours } from '../activities/records.ts';
import type { Customer, Dispute, FxRates, Payment, Refund, Subscription } from '../billing/records.ts';
import type { Bug, Deployment, Issue, Release, Sprint, WorkItem } from '../delivery/records.ts';
import type { Content, Merchant, ProductEvent, Session, View } from '../events/records.ts';
import type { RatingTotal, StorefrontRating, SurveyAnswer } from '../surveys/records.ts';
import type { Ticket } from '../tickets/records.ts';

/**
 * What metrics are computed from: records that many providers share, and plain numbers that other metrics or a sheet
 * give. A set that is absent was not read, which is not the same as one that is empty.
 */
export type RecordSets = {
  events?: readonly ProductEvent[];
  sessions?: readonly Session[];
  views?: readonly View[];
  content?: readonly Content[];
  merchants?: readonly Merchant[];
  responses?: readonly SurveyAnswer[];
  countries?: readonly StorefrontRating[];
  before?: RatingTotal;
  after?: RatingTotal;
  tickets?: readonly Ticket[];
  sprints?: readonly Sprint[];
  issues?: readonly Issue[];
  items?: readonly WorkItem[];
  deploys?: readonly Deployment[];
  release?: Release;
  bugs?: readonly Bug[];
  plans?: readonly LearningPlan[];
  hours?: readonly WorkHours[];
  entries?: readonly ActivityEntry[];
  reportingCurrency?: string;
  fx?: FxRates;
  subscriptions?: readonly Subscription[];
  customers?: readonly Customer[];
  payments?: readonly Payment[];
  refunds?: readonly Refund[];
  disputes?: readonly Dispute[];
  /** Distinct people of the same window, from whatever counts them. */
  activeUsers?: number;
  /** Money in minor units of the reporting currency. */
  spend?: number;
  revenue?: number;
  cogs?: number;
  arpa?: number;
  cac?: number;
  newCustomers?: number;
  /** Fractions. `churnRates` are monthly, oldest first, the running month last. */
  churnRate?: number;
  churnRates?: readonly number[];
  grossMargin?: number;
  netRetention?: number;
  /** Of report coverage: line coverage as a fraction, of the default branch. */
  reports?: readonly { branch: string; coverage: number; at: Date }[];
};
