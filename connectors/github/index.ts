import { defineConnector } from '../sdk/index.ts';
import { checkGitHub } from './check.ts';
import { budgets, limits } from './client.ts';
import { allowedHosts, configSchema, type GitHubConfig } from './config.ts';
import {
  bugsPerFeature,
  deploymentCount,
  deploymentMinutes,
  issueCount,
  leadTime,
  postReleaseBugs,
  releases,
  searchCount,
} from './metrics.ts';

export const github = defineConnector<GitHubConfig>({
  id: 'github',
  title: 'GitHub',
  experimental: true,
  version: '1',
  configSchema,
  secretFields: ['token'],
  guide:
    'Create a fine-grained personal access token in GitHub (Settings, Developer settings) for the repository, with read access ' +
    'to Metadata, Issues, Pull requests, Contents, Deployments and Actions, as far as you want to measure them.',
  allowedHosts,
  limits,
  check: checkGitHub,
  budgets,
  metrics: {
    issue_count: issueCount,
    search_count: searchCount,
    bugs_per_feature: bugsPerFeature,
    lead_time: leadTime,
    post_release_bugs: postReleaseBugs,
    releases,
    deployment_minutes: deploymentMinutes,
    deployment_count: deploymentCount,
  },
});
