import type { CatalogMeaning } from '../sdk/index.ts';
import type { FunnelParams } from './funnel.ts';
import type { PeopleParams } from './questions.ts';
import type { OneMonthParams, RetentionParams } from './retention-questions.ts';
import type { SurveyParams } from './survey.ts';

/** What the metrics are in the catalogue's words. Its README says how each is computed. */

export const peopleMeaning: CatalogMeaning<PeopleParams> = {
  metric: 'active_users',
  // A filter leaves some of the active people out. The catalogue knows no weeks that begin on a set day.
  define: ({ event, unit, where }) =>
    where === undefined && unit !== 'week'
      ? { params: { activeEvent: event }, window: { kind: unit } }
      : null,
  suggest: ({ params: { activeEvent }, window }) => ({
    event: activeEvent === '*' ? undefined : activeEvent,
    unit: window.kind === 'month' ? 'month' : undefined,
  }),
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

export const oneMonthMeaning: CatalogMeaning<OneMonthParams> = {
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

export const retentionMeaning: CatalogMeaning<RetentionParams> = {
  metric: 'retention',
  // Who enters anew in every period, filters, and weeks that begin on a set day are none of the catalogue's.
  define: ({ bornEvent, bornWhere, event, n, retentionType, unit, where }) =>
    retentionType === 'birth' && bornWhere === undefined && where === undefined && unit !== 'week'
      ? {
          params: {
            startEvent: bornEvent,
            returnEvent: event ?? '*',
            criterion: 'on',
            unit,
            n,
            clock: 'rolling',
            firstTimeOnly: true,
          },
          window: unit === 'day' ? { kind: 'matured_cohort', days: 1 } : { kind: 'month' },
        }
      : null,
  suggest: ({ params: { n, returnEvent, startEvent, unit } }) => ({
    bornEvent: startEvent,
    event: returnEvent === '*' ? undefined : returnEvent,
    unit,
    n,
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
