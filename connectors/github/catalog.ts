import type { CatalogMeaning, CatalogReading } from '../sdk/index.ts';
import type {
  BugsParams,
  CountParams,
  DeploymentMinutesParams,
  DeploymentParams,
  LeadTimeParams,
  PostReleaseParams,
} from './params.ts';

/** What the metrics are in the catalogue's words. Its README says how each is computed. */

const daysOf = ({ window }: CatalogReading) => (window.kind === 'trailing' ? { days: window.days } : {});

export const countMeaning: CatalogMeaning<CountParams> = {
  metric: 'activity_count',
  // The catalogue's entries have one label.
  define: ({ labels = [] }) =>
    labels.length > 1
      ? null
      : { params: labels[0] === undefined ? {} : { label: labels[0] }, window: { kind: 'day' } },
  suggest: ({ params: { label } }) => (typeof label === 'string' ? { labels: [label] } : {}),
};

export const bugsMeaning: CatalogMeaning<BugsParams> = {
  metric: 'bugs_per_feature',
  define: ({ bugLabels, days, featureLabels }) => ({
    params: { bugTypes: bugLabels, featureTypes: featureLabels },
    window: { kind: 'trailing', days },
  }),
  suggest: (wanted) => ({
    ...daysOf(wanted),
    bugLabels: wanted.params['bugTypes'],
    featureLabels: wanted.params['featureTypes'],
  }),
};

export const leadTimeMeaning: CatalogMeaning<LeadTimeParams> = {
  metric: 'lead_time',
  define: ({ days, stat, unit }) => ({ params: { stat, unit }, window: { kind: 'trailing', days } }),
  suggest: (wanted) => ({ ...daysOf(wanted), stat: wanted.params['stat'], unit: wanted.params['unit'] }),
};

export const postReleaseMeaning: CatalogMeaning<PostReleaseParams> = {
  metric: 'post_release_bugs',
  // The connector waits for the days of a release to be over, so each number is of one moment already.
  define: ({ withinDays }) => ({ params: { withinDays }, window: { kind: 'none' } }),
  suggest: ({ params: { withinDays } }) => ({ withinDays }),
};

export const deploymentMinutesMeaning: CatalogMeaning<DeploymentMinutesParams> = {
  metric: 'deployment_minutes',
  define: ({ days, stat }) => ({ params: { stat }, window: { kind: 'trailing', days } }),
  suggest: (wanted) => ({ ...daysOf(wanted), stat: wanted.params['stat'] }),
};

export const deploymentCountMeaning: CatalogMeaning<DeploymentParams> = {
  metric: 'deployment_count',
  define: () => ({ params: {}, window: { kind: 'day' } }),
};
