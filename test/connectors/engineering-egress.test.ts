import { expect, it } from 'vitest';
import { github } from '../../connectors/github/index.ts';
import { jira } from '../../connectors/jira/index.ts';
import { createEgress, parseEgressAllow } from '../../src/egress/index.ts';
import { CONFIG as GITHUB_CONFIG } from './github/support/read.ts';
import { worldOf as repository, startGitHub } from './github/support/server.ts';
import { CONFIG as JIRA_CONFIG } from './jira/support/read.ts';
import { worldOf as site, startJira } from './jira/support/server.ts';
import { testContext } from './support/context.ts';

const NOW = new Date('2026-03-20T12:00:00Z');

function allowed({ host }: URL) {
  const allow = parseEgressAllow(host);
  if (!allow.ok) throw new Error(`${host} cannot be allowed`);
  return allow.rules;
}

it('GitHub is checked through the guarded way out, bound to its host', async () => {
  const server = await startGitHub(repository());
  const egress = createEgress({ allow: allowed(server.endpoint) });
  try {
    const { context } = testContext(GITHUB_CONFIG, server.endpoint, NOW);
    const fetch = egress.forHosts(github.allowedHosts(server.endpoint));
    expect(await github.check({ ...context, fetch })).toMatchObject({ warnings: [] });
    expect(server.headers[0]).toMatchObject({
      'x-github-api-version': '2022-11-28',
      'user-agent': 'tidemark',
    });
  } finally {
    await egress.close();
    await server.close();
  }
});

it('Jira is asked through the guarded way out, questions with a body as well', async () => {
  const server = await startJira(site({ issues: [{ id: '1', created: '2026-03-01T10:00:00Z' }] }));
  const egress = createEgress({ allow: allowed(server.endpoint) });
  try {
    const { context } = testContext(JIRA_CONFIG, server.endpoint, NOW);
    const guarded = { ...context, fetch: egress.forHosts(jira.allowedHosts(server.endpoint)) };
    expect(await jira.check(guarded)).toMatchObject({ warnings: [] });
    const metric = jira.metrics['issue_count'];
    const params: unknown = metric?.paramsSchema.parse({ project: 'SHOP' });
    const days = {
      startDay: '2026-03-01',
      endDay: '2026-03-02',
      timeZone: 'UTC',
      startAt: new Date('2026-03-01T00:00:00Z'),
      endAt: new Date('2026-03-02T00:00:00Z'),
    };
    expect((await metric?.read(guarded, days, params))?.points).toEqual([{ day: '2026-03-01', value: '1' }]);
  } finally {
    await egress.close();
    await server.close();
  }
});
