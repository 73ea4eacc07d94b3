import { defineMetric } from '../sdk/index.ts';
import { acceptBoard, acceptIssues } from './accept.ts';
import {
  bugsMeaning,
  countMeaning,
  leadTimeMeaning,
  postReleaseMeaning,
  velocityMeaning,
} from './catalog.ts';
import type { JiraConfig } from './config.ts';
import { readBugsPerFeature, readCount, readLeadTime } from './issue-readings.ts';
import {
  type BugsParams,
  bugsParams,
  type CountParams,
  countParams,
  type LeadTimeParams,
  leadTimeParams,
  type PostReleaseParams,
  postReleaseParams,
  type SprintParams,
  sprintParams,
  type VelocityParams,
  velocityParams,
} from './params.ts';
import { readSprintPoints, readVelocity } from './sprint-readings.ts';
import { readPostReleaseBugs } from './versions.ts';

/** The index of Jira follows a change within minutes, and people put types and resolutions right within days. */
const traits = { settlesAfterHours: 24, rereadDays: 7, history: 'backfill', stage: 'delivery' } as const;
/** A sprint's figure is read when it has closed, once more on the next day, and then stays. */
const ofSprints = {
  settlesAfterHours: 0,
  rereadDays: 1,
  readEveryHours: 6,
  history: 'backfill',
  stage: 'delivery',
  unit: 'custom:points',
  kind: 'stock',
} as const;
/** Points over days that overlap are levels, and none is ever added to another. */
const followsOr =
  <Kind>(own: Kind) =>
  ({ days }: { days: number }): Kind | 'stock' =>
    days === 1 ? own : 'stock';

export const sprintVelocity = defineMetric<JiraConfig, VelocityParams>({
  ...ofSprints,
  title: 'Sprint velocity',
  description:
    'Mean of the points completed in the newest sprints of a Scrum board that had closed by the end of the day, each as it ' +
    'stood in the moment when it closed.',
  paramsSchema: velocityParams,
  catalog: velocityMeaning,
  accept: acceptBoard,
  read: readVelocity,
});

export const sprintPoints = defineMetric<JiraConfig, SprintParams>({
  ...ofSprints,
  title: 'Points of a sprint',
  description:
    'Points completed in the sprint that closed on the day, as it stood in that moment. Days on which none closed have no value.',
  // Sprints of a month, with a week in between.
  staleAfterDays: () => 38,
  paramsSchema: sprintParams,
  accept: acceptBoard,
  read: readSprintPoints,
});

export const issueCount = defineMetric<JiraConfig, CountParams>({
  ...traits,
  stage: 'discovery',
  title: 'Issues by day',
  description:
    'Issues of a project that were created, or resolved as done, on each day. With a label it counts activities, such as user ' +
    'interviews kept as issues.',
  unit: 'count',
  kind: 'flow',
  paramsSchema: countParams,
  catalog: countMeaning,
  accept: acceptIssues,
  read: readCount,
});

export const bugsPerFeature = defineMetric<JiraConfig, BugsParams>({
  ...traits,
  title: 'Bugs per feature',
  description: 'Bugs created in the days up to a day, divided by features done in them.',
  unit: 'count',
  kind: 'stock',
  kindOf: followsOr('ratio'),
  paramsSchema: bugsParams,
  catalog: bugsMeaning,
  accept: (context, { bugTypes, featureTypes, jql, project }) =>
    acceptIssues(context, { project, jql, types: [...bugTypes, ...featureTypes] }),
  read: readBugsPerFeature,
});

export const leadTime = defineMetric<JiraConfig, LeadTimeParams>({
  ...traits,
  title: 'Lead time',
  description:
    'How long issues that were done in the days up to a day had been there, from created to resolved. Mean, median and the time ' +
    'that 85 of 100 do not exceed stand beside each other.',
  unit: 'duration',
  kind: 'stock',
  kindOf: followsOr('distribution'),
  paramsSchema: leadTimeParams,
  catalog: leadTimeMeaning,
  accept: acceptIssues,
  read: readLeadTime,
});

export const postReleaseBugs = defineMetric<JiraConfig, PostReleaseParams>({
  ...traits,
  title: 'Bugs after a release',
  description:
    'Bugs that name the newest released version whose days are over as affected, created in those days. Each value stands until ' +
    'the next version has had as long.',
  unit: 'count',
  kind: 'stock',
  paramsSchema: postReleaseParams,
  catalog: postReleaseMeaning,
  accept: (context, { bugTypes, jql, project }) => acceptIssues(context, { project, jql, types: bugTypes }),
  read: readPostReleaseBugs,
});
