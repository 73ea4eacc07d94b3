import { defineMetric } from '../sdk/index.ts';
import { acceptNames } from './accept.ts';
import {
  bugsMeaning,
  countMeaning,
  deploymentCountMeaning,
  deploymentMinutesMeaning,
  leadTimeMeaning,
  postReleaseMeaning,
} from './catalog.ts';
import type { GitHubConfig } from './config.ts';
import { readDeploymentCount, readDeploymentMinutes } from './deployment-readings.ts';
import { readBugsPerFeature, readCount, readLeadTime } from './issue-readings.ts';
import {
  type BugsParams,
  bugsParams,
  type CountParams,
  countParams,
  type DeploymentMinutesParams,
  type DeploymentParams,
  deploymentMinutesParams,
  deploymentParams,
  type LeadTimeParams,
  leadTimeParams,
  type PostReleaseParams,
  postReleaseParams,
  type ReleaseParams,
  releaseParams,
  type SearchParams,
  searchParams,
} from './params.ts';
import { readPostReleaseBugs, readReleases } from './releases.ts';
import { readSearch } from './search.ts';

/** Labels are put on within days, and an issue may be opened again: a week is read anew by every sync. */
const traits = { settlesAfterHours: 24, rereadDays: 7, history: 'backfill', stage: 'delivery' } as const;
/** Points over days that overlap are levels, and none is ever added to another. */
const followsOr =
  <Kind>(own: Kind) =>
  ({ days }: { days: number }): Kind | 'stock' =>
    days === 1 ? own : 'stock';

export const issueCount = defineMetric<GitHubConfig, CountParams>({
  ...traits,
  stage: 'discovery',
  title: 'Issues by day',
  description:
    'Issues or pull requests that were opened, completed or merged on each day, if need be only those with certain labels. ' +
    'With a label it counts activities, such as user interviews kept as issues.',
  unit: 'count',
  kind: 'flow',
  paramsSchema: countParams,
  catalog: countMeaning,
  accept: (context, { labels, repository }) => acceptNames(context, { repository, labels }),
  read: readCount,
});

export const searchCount = defineMetric<GitHubConfig, SearchParams>({
  ...traits,
  title: 'Issues of a search by day',
  description:
    'What GitHub’s search finds in the repository, by the day on which it was created, closed or merged.',
  unit: 'count',
  kind: 'flow',
  readEveryHours: 1,
  paramsSchema: searchParams,
  accept: (context, { repository }) => acceptNames(context, { repository }),
  read: readSearch,
});

export const bugsPerFeature = defineMetric<GitHubConfig, BugsParams>({
  ...traits,
  title: 'Bugs per feature',
  description: 'Bugs opened in the days up to a day, divided by features finished in them.',
  unit: 'count',
  kind: 'stock',
  kindOf: followsOr('ratio'),
  paramsSchema: bugsParams,
  catalog: bugsMeaning,
  accept: (context, { bugLabels, featureLabels, repository }) =>
    acceptNames(context, { repository, labels: [...bugLabels, ...featureLabels] }),
  read: readBugsPerFeature,
});

export const leadTime = defineMetric<GitHubConfig, LeadTimeParams>({
  ...traits,
  title: 'Lead time',
  description:
    'How long issues that were completed in the days up to a day had been open, or pull requests until they were merged. ' +
    'Mean, median and the time that 85 of 100 do not exceed stand beside each other.',
  unit: 'duration',
  kind: 'stock',
  kindOf: followsOr('distribution'),
  paramsSchema: leadTimeParams,
  catalog: leadTimeMeaning,
  accept: (context, { labels, repository }) => acceptNames(context, { repository, labels }),
  read: readLeadTime,
});

export const postReleaseBugs = defineMetric<GitHubConfig, PostReleaseParams>({
  ...traits,
  title: 'Bugs after a release',
  description:
    'Bugs opened in the days after the newest release whose days are over. Each value stands until the next release has had as long.',
  unit: 'count',
  kind: 'stock',
  paramsSchema: postReleaseParams,
  catalog: postReleaseMeaning,
  accept: (context, { bugLabels, repository }) => acceptNames(context, { repository, labels: bugLabels }),
  read: readPostReleaseBugs,
});

export const releases = defineMetric<GitHubConfig, ReleaseParams>({
  ...traits,
  title: 'Releases by day',
  description:
    'Releases published on each day. Drafts are none, and pre-releases only where they are wanted.',
  unit: 'count',
  kind: 'flow',
  paramsSchema: releaseParams,
  accept: (context, { repository }) => acceptNames(context, { repository }),
  read: readReleases,
});

export const deploymentMinutes = defineMetric<GitHubConfig, DeploymentMinutesParams>({
  ...traits,
  title: 'Deployment time',
  description:
    'How long deployments took that succeeded and ended in the days up to a day: from the first "in progress" to the first ' +
    '"success", or the runs of a workflow.',
  unit: 'duration',
  kind: 'stock',
  kindOf: followsOr('distribution'),
  readEveryHours: 6,
  paramsSchema: deploymentMinutesParams,
  catalog: deploymentMinutesMeaning,
  accept: (context, { environment, repository, workflow }) =>
    acceptNames(context, { repository, workflow, environment }),
  read: readDeploymentMinutes,
});

export const deploymentCount = defineMetric<GitHubConfig, DeploymentParams>({
  ...traits,
  title: 'Deployments by day',
  description: 'Deployments, or runs of a workflow, that succeeded and ended on each day.',
  unit: 'count',
  kind: 'flow',
  readEveryHours: 6,
  paramsSchema: deploymentParams,
  catalog: deploymentCountMeaning,
  accept: (context, { environment, repository, workflow }) =>
    acceptNames(context, { repository, workflow, environment }),
  read: readDeploymentCount,
});
