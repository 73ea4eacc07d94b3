import { defineMetric } from '../sdk/index.ts';
import { acceptCsat, acceptTickets } from './accept.ts';
import { countMeaning, csatMeaning } from './catalog.ts';
import type { ZendeskConfig } from './config.ts';
import { type CountParams, type CsatParams, countParams, csatParams } from './params.ts';
import { readCsat } from './ratings.ts';
import { readTicketCount } from './ticket-count.ts';

/** The search is late by minutes; tickets are merged, tagged and marked as spam, and ratings changed, within days. */
const traits = { settlesAfterHours: 24, history: 'backfill', stage: 'satisfaction' } as const;
const REREAD_DAYS = 7;
/** Far enough that the last day of the newest month is always read again. */
const REREAD_DAYS_OF_MONTHS = 31;

export const ticketCount = defineMetric<ZendeskConfig, CountParams>({
  ...traits,
  title: 'Tickets created',
  description:
    'Tickets that were created on each day, or in each month, if need be only those with certain tags or of one channel. Spam, ' +
    'merged and deleted tickets and follow-ups are left out.',
  unit: 'count',
  kind: 'flow',
  paramsSchema: countParams,
  rereadDays: ({ per }) => (per === 'month' ? REREAD_DAYS_OF_MONTHS : REREAD_DAYS),
  cadenceOf: ({ per }) => per,
  catalog: countMeaning,
  accept: acceptTickets,
  read: readTicketCount,
});

export const csat = defineMetric<ZendeskConfig, CsatParams>({
  ...traits,
  title: 'Customer satisfaction',
  description:
    'Share of good ratings among the good and bad ones that customers gave in the days up to each day. A survey without an ' +
    'answer says nothing.',
  unit: 'ratio',
  // Windows that overlap hold the same rating many times: their points are levels, and none is added to another.
  kind: 'stock',
  kindOf: ({ days, dedupe }) => (days === 1 && dedupe === 'all' ? 'ratio' : 'stock'),
  paramsSchema: csatParams,
  rereadDays: REREAD_DAYS,
  catalog: csatMeaning,
  accept: acceptCsat,
  read: readCsat,
});
