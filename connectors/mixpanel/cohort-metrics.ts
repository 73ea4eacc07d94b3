import { defineMetric } from '../sdk/index.ts';
import { acceptEvents, acceptFunnel, acceptReport, type NamedEvent } from './accept.ts';
import { funnelMeaning, oneMonthMeaning, retentionMeaning } from './catalog.ts';
import type { MixpanelConfig } from './config.ts';
import { type FrequencyParams, frequencyParams, readFrequency } from './frequency.ts';
import { type FunnelParams, funnelParams, readFunnel } from './funnel.ts';
import { retentionCohorts } from './insights.ts';
import { byUnit, LATE_DAYS, settledAfterHours } from './late.ts';
import { readRetention } from './retention.ts';
import {
  BRACKET_DAYS,
  maturesAfterDays,
  type OneMonthParams,
  oneMonthParams,
  oneMonthQuestion,
  type RetentionParams,
  retentionParams,
  retentionQuestion,
} from './retention-questions.ts';
import {
  readSavedFunnel,
  readSavedRetention,
  refuseOtherUnit,
  type SavedFunnelParams,
  type SavedRetentionParams,
  savedFunnelEnds,
  savedFunnelParams,
  savedRetentionParams,
} from './saved-cohorts.ts';
import { askReport } from './saved-report.ts';

const ratio = { unit: 'ratio', kind: 'ratio', history: 'backfill' } as const;

/** Any event may be left open; only those that are named can be looked for. */
const named = (event: string | undefined, where: string | undefined): NamedEvent[] =>
  event === undefined ? [] : [{ event, where }];

export const funnelConversion = defineMetric<MixpanelConfig, FunnelParams>({
  ...ratio,
  title: 'Funnel conversion',
  description:
    'Of those who entered a saved funnel on a day, the share that got through within the days allowed. ' +
    'A day counts once everybody has had that long.',
  stage: 'activation',
  paramsSchema: funnelParams,
  settlesAfterHours: ({ lengthDays }) => lengthDays * 24,
  rereadDays: LATE_DAYS,
  catalog: funnelMeaning,
  accept: (context, { funnelId }) => acceptFunnel(context, funnelId),
  read: readFunnel,
});

export const retentionOneMonth = defineMetric<MixpanelConfig, OneMonthParams>({
  ...ratio,
  title: 'One-month retention',
  description:
    'Of those whose first event fell into a month, the share that was active 30 to 59 days after it (bracket 30–59 ' +
    'days, rolling). One point a month, on its last day, 60 days later.',
  stage: 'retention',
  paramsSchema: oneMonthParams,
  settlesAfterHours: BRACKET_DAYS * 24,
  // Far enough that the last day of the newest mature month is always read again.
  rereadDays: 31,
  cadence: 'month',
  catalog: oneMonthMeaning,
  accept: (context, { bornEvent, event }) =>
    acceptEvents(context, [{ event: bornEvent }, ...named(event, undefined)]),
  read: (context, window, params) => readRetention(context, window, oneMonthQuestion(params)),
});

export const retention = defineMetric<MixpanelConfig, RetentionParams>({
  ...ratio,
  title: 'Retention',
  description:
    'Of those who entered on a day, or in a week or month, the share that came back in interval n of their own clocks: ' +
    'a day is 24 hours from entering, a week 7 and a month 30 of them, not the next calendar day. One point a period, ' +
    'on its last day, once interval n is over for all of them. Compounded: who enters again in each period counts in ' +
    'each.',
  stage: 'retention',
  paramsSchema: retentionParams,
  settlesAfterHours: ({ n, unit }) => settledAfterHours(maturesAfterDays(n, unit), unit),
  ...byUnit,
  catalog: retentionMeaning,
  accept: (context, { bornEvent, bornWhere, event, where }) =>
    acceptEvents(context, [{ event: bornEvent, where: bornWhere }, ...named(event, where)]),
  read: (context, window, params) => readRetention(context, window, retentionQuestion(params)),
});

export const frequency = defineMetric<MixpanelConfig, FrequencyParams>({
  ...ratio,
  title: 'Frequency of use',
  description:
    'Of those who were active in a day, week or month at all, the share that was so in at least so many of its hours ' +
    'or days. One point a period, on its last day. The catalogue’s frequency is over any days, for example the last 28, ' +
    'and this over whole periods only. It is no stickiness: that divides days by people.',
  stage: 'retention',
  near: 'frequency_rate',
  paramsSchema: frequencyParams,
  settlesAfterHours: ({ unit }) => settledAfterHours(LATE_DAYS, unit),
  ...byUnit,
  accept: (context, { event, where }) => acceptEvents(context, named(event, where)),
  read: readFrequency,
});

export const savedFunnel = defineMetric<MixpanelConfig, SavedFunnelParams>({
  ...ratio,
  title: 'Saved funnel report',
  description:
    'Conversion of a funnel saved as an Insights report, as composed in Mixpanel: by day of entry where it shows its ' +
    'conversion over time, else one point for all its days. Days whose people may still finish have none.',
  stage: 'activation',
  near: 'funnel_conversion',
  paramsSchema: savedFunnelParams,
  settlesAfterHours: ({ lengthDays }) => lengthDays * 24,
  rereadDays: LATE_DAYS,
  accept: (context, params) =>
    acceptReport(context, async () =>
      savedFunnelEnds((await askReport(context, params)).report, params.lengthDays),
    ),
  read: readSavedFunnel,
});

export const savedRetention = defineMetric<MixpanelConfig, SavedRetentionParams>({
  ...ratio,
  title: 'Saved retention report',
  description:
    'Retention saved as an Insights report, as composed in Mixpanel: of those who entered in a period, the share that ' +
    'came back in interval n. Whether its clocks are rolling or of the calendar is a setting of the report; a cohort ' +
    'counts when both would be over.',
  stage: 'retention',
  near: 'retention',
  paramsSchema: savedRetentionParams,
  settlesAfterHours: ({ n, unit }) => settledAfterHours(maturesAfterDays(n, unit), unit),
  ...byUnit,
  accept: (context, { segment, unit, weekStart, ...report }) =>
    acceptReport(context, async () =>
      refuseOtherUnit(Object.keys(retentionCohorts((await askReport(context, report)).report, segment)), {
        unit,
        weekStart,
      }),
    ),
  read: readSavedRetention,
});
