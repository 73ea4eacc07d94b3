import { describe, expect, it } from 'vitest';
import { allowedHosts, baseUrl, configSchema } from '../../../connectors/jira/config.ts';
import { jira } from '../../../connectors/jira/index.ts';
import { ConnectorError } from '../../../connectors/sdk/index.ts';
import { testContext } from '../support/context.ts';
import { accepted, CONFIG, planned, readAll, TOKEN, window } from './support/read.ts';
import { startJira, type World, worldOf } from './support/server.ts';

const NOW = '2026-03-20T12:00:00Z';
const CLOUD = '11223344-a1b2-4b33-8c44-def123456789';

async function check(world: Partial<World>) {
  const server = await startJira(worldOf(world));
  try {
    return await jira.check(testContext(CONFIG, server.endpoint, new Date(NOW)).context);
  } finally {
    await server.close();
  }
}

describe('the settings of a connection', () => {
  it.each([
    { change: { email: 'nobody' }, says: 'e-mail address' },
    { change: { apiToken: 'short' }, says: 'whole API token' },
    { change: { apiToken: 'a token with blanks in it' }, says: 'no blanks' },
    { change: { cloudId: 'globex' }, says: 'tenant_info' },
  ])('are refused with a sentence: $says', ({ change, says }) => {
    const parsed = configSchema.safeParse({ email: 'a@globex.example', apiToken: TOKEN, ...change });
    expect(parsed.error?.issues[0]?.message).toContain(says);
  });

  it('say the site by its address, or by the id of its cloud', () => {
    expect(allowedHosts(null)).toEqual(['api.atlassian.com']);
    expect(baseUrl({ cloudId: CLOUD }, null)).toBe(`https://api.atlassian.com/ex/jira/${CLOUD}`);
    const site = new URL('https://globex.atlassian.net/');
    expect(allowedHosts(site)).toEqual(['globex.atlassian.net']);
    expect(baseUrl({ cloudId: CLOUD }, site)).toBe('https://globex.atlassian.net');
  });

  it('that say neither are the owner’s to mend', () => {
    expect(() => baseUrl({}, null)).toThrow('https://SITE.atlassian.net');
  });
});

describe('the check', () => {
  it('names the site and the account', async () => {
    expect(await check({})).toEqual({
      account: 'Jira globex.atlassian.net as Tidemark Reader',
      livemode: null,
      warnings: [],
    });
  });

  it.each([
    { status: 403, body: { errorMessages: ['You do not have access to Jira Software.'] } },
    { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } },
  ])('says that boards may not be read ($status)', async ({ body, status }) => {
    const refuse = (url: URL) => (url.pathname.startsWith('/rest/agile') ? { status, body } : null);
    expect((await check({ refuse })).warnings).toEqual([
      'This account may not read boards and sprints. Give it access to Jira Software if you want velocity.',
    ]);
  });
});

describe('a definition', () => {
  it.each([
    { metric: 'sprint_velocity', params: { board: 12 } },
    { metric: 'sprint_velocity', params: { board: 12, pointsField: 'customfield_10016' } },
    { metric: 'bugs_per_feature', params: { project: 'SHOP', featureTypes: ['story', 'Task'] } },
    { metric: 'lead_time', params: { project: 'SHOP', jql: 'component = Web' } },
  ])('of names that are there is taken: $metric $params', async ({ metric, params }) => {
    expect(await accepted({}, metric, params)).toEqual({
      problems: [],
      warnings: [],
      timeZone: null,
      currency: null,
    });
  });

  const kanban = { boardType: 'kanban' };
  const unestimated = { estimation: { type: 'none' } };
  const labelled = { issues: [{ id: '1', created: '2026-03-01T10:00:00Z', labels: ['interview'] }] };
  it.each([
    {
      world: {},
      metric: 'sprint_velocity',
      params: { board: 13 },
      says: 'board: Jira has no board 13, or hides it from this account. There is 12 "Web team".',
    },
    {
      world: kanban,
      metric: 'sprint_velocity',
      params: { board: 12 },
      says: 'board: "Web team" (12) is a Kanban board and has no sprints. Choose a Scrum board.',
    },
    {
      world: unestimated,
      metric: 'sprint_points',
      params: { board: 12 },
      says: 'board: "Web team" (12) estimates nothing. Choose an estimation statistic in its settings, or name a field as pointsField.',
    },
    {
      world: {},
      metric: 'sprint_velocity',
      params: { board: 12, pointsField: 'customfield_10061' },
      says: 'pointsField: Jira has no field customfield_10061. Do you mean "customfield_10016"?',
    },
    {
      world: {},
      metric: 'sprint_velocity',
      params: { board: 12, pointsField: 'customfield_10020' },
      says: 'pointsField: customfield_10020 "Sprint" holds no numbers. Fields with numbers are customfield_10016 "Story Points".',
    },
    {
      world: {},
      metric: 'lead_time',
      params: { project: 'SHOPP' },
      says: 'project: Jira has no project "SHOPP", or hides it from this account. Do you mean "SHOP"?',
    },
    {
      world: {},
      metric: 'bugs_per_feature',
      params: { project: 'SHOP', featureTypes: ['Storie'] },
      says: 'types: project SHOP has no issue type "Storie". Do you mean "Story"?',
    },
    {
      world: labelled,
      metric: 'issue_count',
      params: { project: 'SHOP', labels: ['intervew'] },
      says: 'labels: no issue has the label "intervew". Do you mean "interview"?',
    },
    {
      world: {},
      metric: 'issue_count',
      params: { project: 'SHOP', jql: 'componentt = Web' },
      says: "jql: Jira says: Field 'componentt' does not exist.",
    },
  ])('that names what is not there is refused: $says', async ({ metric, params, says, world }) => {
    expect((await accepted(world, metric, params)).problems).toEqual([says]);
  });
});

describe('an answer that is none', () => {
  const read = planned('issue_count', window('2026-03-01', '2026-03-02'), { project: 'SHOP' });

  async function failureOf(refusal: { status: number; headers?: Record<string, string>; body?: unknown }) {
    const outcome = await readAll({ refuse: () => refusal }, [read], NOW).catch((error: unknown) => error);
    if (!(outcome instanceof ConnectorError)) throw new Error('no failure');
    return outcome;
  }

  it('to a burst lasts until the instant that Jira names, by its own clock', async () => {
    const headers = {
      date: 'Thu, 05 Mar 2026 10:00:00 GMT',
      'x-ratelimit-reset': '2026-03-05T10:00:45Z',
      'ratelimit-reason': 'jira-burst-based',
    };
    const failure = await failureOf({ status: 429, headers });
    expect(failure).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 45_000 } });
    expect(failure.message).toContain('jira-burst-based');
  });

  it('takes Retry-After before the instant', async () => {
    const headers = { 'retry-after': '5', 'x-ratelimit-reset': '2026-03-05T10:00:45Z' };
    expect(await failureOf({ status: 429, headers })).toMatchObject({
      remedy: { by: 'time', afterMs: 5_000 },
    });
  });

  it('but empty, to somebody whom Jira does not know, is a refused key and no zero', async () => {
    const headers = { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
    const failure = await failureOf({ status: 200, headers, body: { issues: [], isLast: true } });
    expect(failure).toMatchObject({ errorClass: 'auth', code: 'anonymous', remedy: { by: 'owner' } });
  });

  it.each([
    { status: 400, says: "Field 'x' does not exist" },
    { status: 404, says: 'Jira says "not found" for both' },
    { status: 410, says: 'Check the parameters' },
  ])('with status $status asks the owner, without the token', async ({ says, status }) => {
    const body = { errorMessages: [`Field 'x' does not exist. ${TOKEN}`], errors: {} };
    const failure = await failureOf({ status, body });
    expect(failure).toMatchObject({ errorClass: 'config', remedy: { by: 'owner' } });
    expect(failure.message).toContain(says);
    expect(failure.message).not.toContain(TOKEN);
  });
});
