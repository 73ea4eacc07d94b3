import { z } from 'zod';
import type { Question } from '../question.ts';
import { presetConnector } from './preset.ts';

const name = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/, { error: 'The name as it stands in the address' });
const repository = {
  repo: name.describe('Name of the repository'),
  branch: z.string().trim().min(1).max(200).default('main').describe('Branch'),
};

/** Codecov cuts days in UTC, and answers with one older day where the first one has no report. */
const trend = (where: string): Question => ({
  method: 'GET',
  path: `/api/v2/{{service}}/{{owner}}/repos/{{repo}}/${where}coverage/?interval=1d&branch={{branch}}&start_date={{start_day}}&end_date={{last_day}}&page_size=100`,
  per: 'window',
  paging: { kind: 'next_url', at: '/next' },
  errorsAt: [],
  pick: {
    items: '/results',
    day: '/timestamp',
    dayAs: 'date',
    value: '/avg',
    scale: '0.01',
    combine: 'error',
    absent: 'error',
    missing: 'none',
  },
});
const differs =
  'The catalogue takes the last report by the close of the day; here the reports of a day are averaged, and days without one have no value.';

export const codecov = presetConnector({
  id: 'codecov',
  title: 'Codecov',
  version: '1',
  experimental: true,
  guide:
    'Create an API token in Codecov (Settings, Access). An upload token cannot read. Enter the service and the owner of the repositories.',
  base: 'https://api.codecov.io',
  config: z.object({
    token: z
      .string({ error: 'Enter an API token' })
      .trim()
      .min(8, { error: 'Enter an API token' })
      .describe('API token'),
    owner: name.describe('Owner of the repositories: an organisation or a user'),
    service: z
      .enum(['github', 'gitlab', 'bitbucket', 'github_enterprise', 'gitlab_enterprise', 'bitbucket_server'])
      .default('github')
      .describe('Where the repositories are'),
  }),
  secretFields: ['token'],
  auth: { kind: 'bearer', secret: 'token' },
  limits: { requestsPerSecond: 2, concurrent: 1 },
  keyHint: 'Check the API token of this Codecov connection: an upload token cannot read.',
  check: {
    path: '/api/v2/{{service}}/{{owner}}/',
    accountAt: '/username',
    account: 'Codecov,',
    timeZone: 'UTC',
  },
  metrics: {
    coverage: {
      title: 'Coverage',
      description: `Covered lines of a branch as a fraction. ${differs}`,
      stage: 'activation',
      unit: 'ratio',
      kind: 'stock',
      near: 'coverage',
      params: z.object(repository),
      question: trend(''),
      settlesAfterHours: 6,
      rereadDays: 3,
    },
    flag_coverage: {
      title: 'Coverage of a flag',
      description: `The same of one flag, such as unit tests only. ${differs}`,
      stage: 'activation',
      unit: 'ratio',
      kind: 'stock',
      near: 'coverage',
      params: z.object({
        ...repository,
        flag: z.string().trim().min(1).max(200).describe('Name of the flag'),
      }),
      question: trend('flags/{{flag}}/'),
      settlesAfterHours: 6,
      rereadDays: 3,
    },
  },
});
