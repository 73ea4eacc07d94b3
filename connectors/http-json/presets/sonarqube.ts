import { z } from 'zod';
import { presetConnector } from './preset.ts';

/** What may be tracked, each a percentage. */
const MEASURES = ['coverage', 'line_coverage', 'branch_coverage'] as const;

export const sonarqube = presetConnector({
  id: 'sonarqube',
  title: 'SonarQube',
  version: '1',
  experimental: true,
  guide:
    'Enter the address of your SonarQube (https://sonarcloud.io for the cloud) and a user token of somebody who may browse the project. ' +
    'Coverage mixes lines and branches; line_coverage does not.',
  base: null,
  config: z.object({
    token: z
      .string({ error: 'Enter a user token' })
      .trim()
      .min(8, { error: 'Enter a user token' })
      .describe('User token'),
  }),
  secretFields: ['token'],
  auth: { kind: 'bearer', secret: 'token' },
  limits: { requestsPerSecond: 2, concurrent: 1 },
  keyHint: 'Check the user token of this SonarQube connection, and that its owner may browse the project.',
  check: { path: '/api/users/current', accountAt: '/login', account: 'SonarQube,' },
  metrics: {
    coverage: {
      title: 'Coverage',
      description:
        'Coverage of a branch after the last analysis of the day, as a fraction. Days without an analysis have no value, where the ' +
        'catalogue takes the last report before them.',
      stage: 'activation',
      unit: 'ratio',
      kind: 'stock',
      near: 'coverage',
      params: z.object({
        component: z.string().trim().min(1).max(400).describe('Key of the project'),
        branch: z.string().trim().min(1).max(200).default('main').describe('Branch'),
        measure: z.enum(MEASURES).default('line_coverage').describe('What is tracked'),
      }),
      question: {
        method: 'GET',
        path: '/api/measures/search_history?component={{component}}&branch={{branch}}&metrics={{measure}}&from={{start_day}}&to={{last_day}}&ps=1000',
        per: 'window',
        paging: { kind: 'page', first: 1, param: 'p', totalAt: '/paging/total' },
        errorsAt: ['/errors'],
        pick: {
          only: '/measures',
          items: '/history',
          day: '/date',
          dayAs: 'instant',
          value: '/value',
          scale: '0.01',
          combine: 'last',
          absent: 'none',
          missing: 'none',
        },
      },
      settlesAfterHours: 6,
      rereadDays: 3,
    },
  },
});
