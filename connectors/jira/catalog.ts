import type { CatalogMeaning, CatalogReading } from '../sdk/index.ts';
import type { BugsParams, CountParams, LeadTimeParams, PostReleaseParams, VelocityParams } from './params.ts';

/** What the metrics are in the catalogue's words. Its README says how each is computed. */

const daysOf = ({ window }: CatalogReading) => (window.kind === 'trailing' ? { days: window.days } : {});

export const velocityMeaning: CatalogMeaning<VelocityParams> = {
  metric: 'sprint_velocity',
  define: ({ lastN }) => ({ params: { lastN }, window: { kind: 'day' } }),
  suggest: ({ params: { lastN } }) => ({ lastN }),
};

export const countMeaning: CatalogMeaning<CountParams> = {
  metric: 'activity_count',
  // The catalogue's entries have one label and nothing else to filter them by.
  define: ({ jql, labels = [], types }) =>
    labels.length > 1 || jql !== undefined || types !== undefined
      ? null
      : { params: labels[0] === undefined ? {} : { label: labels[0] }, window: { kind: 'day' } },
  suggest: ({ params: { label } }) => (typeof label === 'string' ? { labels: [label] } : {}),
};

export const bugsMeaning: CatalogMeaning<BugsParams> = {
  metric: 'bugs_per_feature',
  define: ({ bugTypes, days, featureTypes }) => ({
    params: { bugTypes, featureTypes },
    window: { kind: 'trailing', days },
  }),
  suggest: (wanted) => ({
    ...daysOf(wanted),
    bugTypes: wanted.params['bugTypes'],
    featureTypes: wanted.params['featureTypes'],
  }),
};

export const leadTimeMeaning: CatalogMeaning<LeadTimeParams> = {
  metric: 'lead_time',
  define: ({ days, stat, unit }) => ({ params: { stat, unit }, window: { kind: 'trailing', days } }),
  suggest: (wanted) => ({ ...daysOf(wanted), stat: wanted.params['stat'], unit: wanted.params['unit'] }),
};

export const postReleaseMeaning: CatalogMeaning<PostReleaseParams> = {
  metric: 'post_release_bugs',
  // The connector waits for the days of a version to be over, so each number is of one moment already.
  define: ({ withinDays }) => ({ params: { withinDays }, window: { kind: 'none' } }),
  suggest: ({ params: { withinDays } }) => ({ withinDays }),
};
