import { describe, expect, it } from 'vitest';
import { allowedHosts, baseUrl, configSchema } from '../../../connectors/github/config.ts';
import { github } from '../../../connectors/github/index.ts';
import { testContext } from '../support/context.ts';
import { accepted, CONFIG, TOKEN } from './support/read.ts';
import { startGitHub, type World, worldOf } from './support/server.ts';

async function check(world: Partial<World>) {
  const server = await startGitHub(worldOf(world));
  try {
    return await github.check(testContext(CONFIG, server.endpoint, new Date('2026-03-20T12:00:00Z')).context);
  } finally {
    await server.close();
  }
}

describe('the settings of a connection', () => {
  it.each([
    { change: { repository: 'https://github.com/acme/shop' }, says: 'without https://github.com' },
    { change: { repository: 'acme' }, says: 'owner/name' },
    { change: { repository: 'acme/..' }, says: 'owner/name' },
    { change: { repository: undefined }, says: 'owner/name' },
    { change: { token: 'short' }, says: 'whole token' },
    { change: { token: `${TOKEN} and more` }, says: 'letters, digits and underscores' },
  ])('are refused with a sentence: $says', ({ change, says }) => {
    const parsed = configSchema.safeParse({ repository: 'acme/shop', token: TOKEN, ...change });
    expect(parsed.error?.issues[0]?.message).toContain(says);
  });

  it('bind the token to GitHub, or to the address that the owner gave', () => {
    expect(allowedHosts(null)).toEqual(['api.github.com']);
    expect(baseUrl(null)).toBe('https://api.github.com');
    const own = new URL('https://git.acme.example/api/v3/');
    expect(allowedHosts(own)).toEqual(['git.acme.example']);
    expect(baseUrl(own)).toBe('https://git.acme.example/api/v3');
  });
});

describe('the check', () => {
  it('names the repository, and nothing is missing', async () => {
    expect(await check({})).toEqual({
      account: 'GitHub repository acme/shop (private)',
      livemode: null,
      warnings: [],
    });
  });

  it('names what the token may not read, and the permission for it', async () => {
    const { warnings } = await check({ forbidden: ['/deployments', '/actions/workflows'] });
    expect(warnings).toEqual([
      'This token may not read deployment times. Give it the permission "Deployments: read" if you want them.',
      'This token may not read deployment times of a workflow. Give it the permission "Actions: read" if you want them.',
    ]);
  });

  it('says that issues are switched off, and does not ask for them', async () => {
    const { warnings } = await check({ hasIssues: false, forbidden: ['/issues'] });
    expect(warnings).toEqual(['Issues are switched off in acme/shop: nothing can be counted of them.']);
  });

  it('refuses a repository that is not there', async () => {
    await expect(check({ repository: 'acme/store' })).rejects.toMatchObject({
      code: 'not_found',
      errorClass: 'config',
    });
  });
});

describe('a definition', () => {
  const fine = { problems: [], warnings: [], timeZone: null, currency: null };

  it.each([
    { metric: 'issue_count', params: { labels: ['Interview'] } },
    { metric: 'bugs_per_feature', params: {} },
    { metric: 'lead_time', params: {} },
    { metric: 'deployment_minutes', params: { environment: 'Production' } },
    { metric: 'deployment_minutes', params: { workflow: 'deploy.yml' } },
    { metric: 'releases', params: {} },
  ])('of names that are there is taken: $metric $params', async ({ metric, params }) => {
    expect(await accepted({}, metric, params)).toEqual(fine);
  });

  it.each([
    {
      metric: 'issue_count',
      params: { repository: 'acme/shoop' },
      says: 'repository: GitHub has no "acme/shoop", or hides it from this token. Do you mean "acme/shop"?',
    },
    {
      metric: 'issue_count',
      params: { labels: ['intervew'] },
      says: 'labels: acme/shop has no label "intervew". Do you mean "interview"?',
    },
    {
      metric: 'bugs_per_feature',
      params: { featureLabels: ['story'] },
      says: 'labels: acme/shop has no label "story". There is "bug", "enhancement", "interview".',
    },
    {
      metric: 'deployment_minutes',
      params: { environment: 'prodction' },
      says: 'environment: acme/shop has no environment "prodction". Do you mean "production"?',
    },
    {
      metric: 'deployment_count',
      params: { workflow: 'deploy.yaml' },
      says: 'workflow: acme/shop has no workflow "deploy.yaml". Do you mean "deploy.yml"?',
    },
  ])('that names what is not there is refused: $says', async ({ metric, params, says }) => {
    expect((await accepted({}, metric, params)).problems).toEqual([says]);
  });

  it('looks for labels on every page', async () => {
    const labels = Array.from({ length: 7 }, (_, index) => `label ${index}`);
    expect(await accepted({ labels, pageSize: 2 }, 'lead_time', { labels: ['label 6'] })).toEqual(fine);
  });
});
