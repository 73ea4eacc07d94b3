import { describe, expect, it } from 'vitest';
import { github } from '../../../connectors/github/index.ts';
import { ConnectorError, memoryQuota } from '../../../connectors/sdk/index.ts';
import { testContext } from '../support/context.ts';
import { CONFIG, planned, readAll, TOKEN, window } from './support/read.ts';
import { startGitHub, type World, worldOf } from './support/server.ts';

const NOW = '2026-03-20T12:00:00Z';
const read = planned('issue_count', window('2026-03-01', '2026-03-02'));

type Refusal = ReturnType<NonNullable<World['refuse']>>;

async function failureOf(refusal: NonNullable<Refusal>): Promise<ConnectorError> {
  const outcome = await readAll({ refuse: () => refusal }, [read], NOW).catch((error: unknown) => error);
  if (!(outcome instanceof ConnectorError)) throw new Error('no failure');
  return outcome;
}

describe('a limit', () => {
  it('of the hour lasts until GitHub’s own clock reaches its reset', async () => {
    // Thu, 05 Mar 2026 10:00:00 GMT is 1772704800; the reset is 90 seconds later.
    const headers = {
      date: 'Thu, 05 Mar 2026 10:00:00 GMT',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1772704890',
    };
    const failure = await failureOf({
      status: 403,
      headers,
      body: { message: 'API rate limit exceeded for user ID 1.' },
    });
    expect(failure).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 90_000 } });
  });

  it.each([403, 429])('that names its wait (%i) lasts as long', async (status) => {
    const failure = await failureOf({ status, headers: { 'retry-after': '30' }, body: { message: 'slow' } });
    expect(failure).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 30_000 } });
  });

  it('that is only said in words lasts a minute', async () => {
    const body = { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' };
    const failure = await failureOf({ status: 403, body });
    expect(failure).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 60_000 } });
  });

  it('keeps everybody else from asking while it lasts', async () => {
    const server = await startGitHub(
      worldOf({ refuse: () => ({ status: 429, headers: { 'retry-after': '30' } }) }),
    );
    try {
      const quota = memoryQuota(() => Date.parse(NOW));
      const again = () => {
        const { context } = testContext(CONFIG, server.endpoint, new Date(NOW));
        return github.metrics['issue_count']?.read({ ...context, quota }, read.window, read.params);
      };
      await expect(again()).rejects.toMatchObject({ code: 'http_429' });
      await expect(again()).rejects.toMatchObject({
        code: 'quota_paused',
        remedy: { by: 'time', afterMs: 30_000 },
      });
      expect(server.requestCount()).toBe(1);
    } finally {
      await server.close();
    }
  });
});

describe('a refusal', () => {
  it('of a right names the permission, as GitHub does', async () => {
    const headers = { 'x-accepted-github-permissions': 'issues=read' };
    const body = { message: 'Resource not accessible by personal access token' };
    const failure = await failureOf({ status: 403, headers, body });
    expect(failure).toMatchObject({ errorClass: 'config', code: 'forbidden', remedy: { by: 'owner' } });
    expect(failure.message).toBe(
      'The token may not read the issues of acme/shop (403). GitHub says: Resource not accessible by personal access token. ' +
        'Give the token the permission "issues: read" for this repository.',
    );
  });

  it.each([
    { status: 401, errorClass: 'auth', says: 'GitHub refused the token (401)' },
    { status: 404, errorClass: 'config', says: 'does not show the issues of acme/shop' },
    { status: 410, errorClass: 'config', says: 'Switch issues on' },
    { status: 301, errorClass: 'config', says: 'it was renamed' },
    { status: 422, errorClass: 'config', says: 'Check the parameters' },
  ])('with status $status asks the owner', async ({ errorClass, says, status }) => {
    const failure = await failureOf({ status, body: { message: `refused ${TOKEN}` } });
    expect(failure).toMatchObject({ errorClass, remedy: { by: 'owner' } });
    expect(failure.message).toContain(says);
    expect(failure.message).not.toContain(TOKEN);
  });
});

it('tells GitHub who asks and which version of its API is meant', async () => {
  const { server } = await readAll({}, [read], NOW);
  expect(server.headers[0]).toMatchObject({
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${TOKEN}`,
    'user-agent': 'tidemark',
    'x-github-api-version': '2022-11-28',
  });
});
