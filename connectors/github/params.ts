import { z } from 'zod';
import { STATISTICS } from '../sdk/index.ts';
import { repositorySchema } from './config.ts';

/** GitHub takes labels of up to 50 characters. */
const label = z.string().trim().min(1).max(50);
const labels = z.array(label).min(1).max(10);
const repository = repositorySchema
  .optional()
  .describe('Another repository than that of the connection, as owner/name');
const stat = z
  .enum(STATISTICS)
  .default('mean')
  .describe('Which statistic is the value; the others stand beside it');
const trailing = (usual: number) =>
  z.int().min(1).max(365).default(usual).describe('A point looks at this many days up to its own');

const search = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((query) => !/\b(repo|org|user|created|closed|merged|sort):/i.test(query), {
    error: 'Leave out repo, org, user, created, closed, merged and sort: repository and days are added',
  })
  .refine((query) => !/\b(OR)\b|[()]/.test(query), {
    error: 'Leave out OR and brackets: they would let other repositories in',
  });

export const countParams = z.object({
  repository,
  labels: labels.optional().describe('Only what carries all of these labels'),
  of: z.enum(['issues', 'pull_requests']).default('issues').describe('What is counted'),
  by: z
    .enum(['opened', 'closed', 'merged'])
    .default('opened')
    .describe('Which moment counts; closed leaves out what was closed as not planned'),
});

export const searchParams = z.object({
  repository,
  query: search.describe('Words and qualifiers of GitHub’s search, such as is:issue label:"user interview"'),
  by: z.enum(['created', 'closed', 'merged']).default('created').describe('Which moment counts'),
});

export const bugsParams = z.object({
  repository,
  bugLabels: labels.default(['bug']).describe('What carries one of these labels is a bug'),
  featureLabels: labels.default(['enhancement']).describe('What carries one of these labels is a feature'),
  features: z
    .enum(['issues', 'pull_requests'])
    .default('issues')
    .describe('Whether features are issues that were completed, or pull requests that were merged'),
  days: trailing(30),
});

export const leadTimeParams = z.object({
  repository,
  of: z
    .enum(['issues', 'pull_requests'])
    .default('issues')
    .describe('Issues from opened to completed, or pull requests from opened to merged'),
  labels: labels.optional().describe('Only what carries all of these labels'),
  days: trailing(30),
  stat,
  unit: z.enum(['days', 'hours']).default('days').describe('In which the value is shown'),
});

export const postReleaseParams = z.object({
  repository,
  bugLabels: labels.default(['bug']).describe('What carries one of these labels is a bug'),
  withinDays: z.int().min(1).max(365).default(30).describe('How many days after a release bugs are its own'),
  versionLabel: z
    .string()
    .trim()
    .min(9)
    .max(50)
    .refine((text) => text.includes('{version}'), {
      error: 'Write {version} where the tag of the release stands',
    })
    .optional()
    .describe('How a label names the version of a bug, such as affects {version}'),
  prereleases: z.boolean().default(false).describe('Whether pre-releases are releases'),
});

export const deploymentParams = z.object({
  repository,
  environment: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .default('production')
    .describe('Environment of the deployments'),
  workflow: z
    .string()
    .trim()
    .regex(/^[\w.-]+\.ya?ml$|^\d+$/, {
      error: 'Enter the file of the workflow, such as deploy.yml, or its number',
    })
    .optional()
    .describe('Runs of this workflow instead of deployments, by file name such as deploy.yml'),
  branch: z.string().trim().min(1).max(255).optional().describe('Only runs on this branch; for workflows'),
});
export const deploymentMinutesParams = deploymentParams.extend({ days: trailing(14), stat });

export const releaseParams = z.object({
  repository,
  prereleases: z.boolean().default(false).describe('Whether pre-releases are counted'),
});

export type CountParams = z.infer<typeof countParams>;
export type SearchParams = z.infer<typeof searchParams>;
export type BugsParams = z.infer<typeof bugsParams>;
export type LeadTimeParams = z.infer<typeof leadTimeParams>;
export type PostReleaseParams = z.infer<typeof postReleaseParams>;
export type DeploymentParams = z.infer<typeof deploymentParams>;
export type DeploymentMinutesParams = z.infer<typeof deploymentMinutesParams>;
export type ReleaseParams = z.infer<typeof releaseParams>;
