import type { CatalogMeaning } from '../sdk/index.ts';
import type { CountParams } from './counts.ts';
import type { FunnelParams } from './funnel.ts';
import type { RetentionParams } from './retention.ts';
import type { SurveyParams } from './survey.ts';

/** What the metrics are in the catalogue's words. Its README says how each is computed. */

export const peopleMeaning: CatalogMeaning<CountParams> = {
  metric: 'active_users',
  // A filter leaves some of the active people out.
  define: ({ event, where }) =>
    where === undefined ? { params: { activeEvent: event }, window: { kind: 'day' } } : null,
  suggest: ({ params: { activeEvent } }) => (activeEvent === '*' ? {} : { event: activeEvent }),
};

export const funnelMeaning: CatalogMeaning<FunnelParams> = {
  metric: 'funnel_conversion',
  // Mixpanel keeps the events of a saved funnel to itself.
  define: ({ fromStep = 1, funnelId, lengthDays, toStep }) => ({
    params: {
      steps: [
        `step ${fromStep} of the Mixpanel funnel ${funnelId}`,
        `${toStep === undefined ? 'the last step' : `step ${toStep}`} of the Mixpanel funnel ${funnelId}`,
      ],
      withinHours: lengthDays * 24,
    },
    window: { kind: 'matured_cohort', days: 1 },
  }),
  suggest: ({ params: { withinHours } }) =>
    typeof withinHours === 'number' && withinHours % 24 === 0 ? { lengthDays: withinHours / 24 } : {},
};

export const retentionMeaning: CatalogMeaning<RetentionParams> = {
  metric: 'retention',
  define: ({ bornEvent, event }) => ({
    params: {
      startEvent: bornEvent,
      returnEvent: event ?? '*',
      criterion: 'bracket',
      bracketDays: [30, 59],
      clock: 'rolling',
      firstTimeOnly: true,
    },
    window: { kind: 'month' },
  }),
  suggest: ({ params: { returnEvent, startEvent } }) => ({
    bornEvent: startEvent,
    event: returnEvent === '*' ? undefined : returnEvent,
  }),
};

function surveyMeaning(metric: 'nps' | 'nps_average'): CatalogMeaning<SurveyParams> {
  return {
    metric,
    define: ({ days, dedupe, minResponses }) => ({
      params: { dedupe, minResponses },
      window: { kind: 'trailing', days },
    }),
    suggest: ({ params: { dedupe, minResponses }, window }) => ({
      dedupe,
      minResponses,
      days: window.kind === 'trailing' ? window.days : undefined,
    }),
  };
}

export const npsMeaning = surveyMeaning('nps');
export const averageMeaning = surveyMeaning('nps_average');
