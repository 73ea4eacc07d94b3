import { defineConnector } from '../sdk/index.ts';
import { checkJira } from './check.ts';
import { limits } from './client.ts';
import { allowedHosts, configSchema, type JiraConfig } from './config.ts';
import {
  bugsPerFeature,
  issueCount,
  leadTime,
  postReleaseBugs,
  sprintPoints,
  sprintVelocity,
} from './metrics.ts';

export const jira = defineConnector<JiraConfig>({
  id: 'jira',
  title: 'Jira Cloud',
  experimental: true,
  version: '1',
  configSchema,
  secretFields: ['apiToken'],
  guide:
    'Create an API token in your Atlassian account (Security, API tokens) and enter it with the account’s e-mail address. Enter the ' +
    'address of the site (https://SITE.atlassian.net) as the address of the connection; a token with scopes needs the id of the ' +
    'cloud instead. The account must see the projects and boards to measure.',
  allowedHosts,
  limits,
  check: checkJira,
  metrics: {
    sprint_velocity: sprintVelocity,
    sprint_points: sprintPoints,
    issue_count: issueCount,
    bugs_per_feature: bugsPerFeature,
    lead_time: leadTime,
    post_release_bugs: postReleaseBugs,
  },
});
