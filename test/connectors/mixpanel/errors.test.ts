import { describe, expect, it } from 'vitest';
import { type ErrorClass, memoryQuota, type Remedy } from '../../../connectors/sdk/index.ts';
import { CONFIG, contextOn, fixture, planned, readRun, SECRET, utcWindow } from './support/read.ts';
import {
  type Answer,
  EVENTS,
  EXPORT,
  INSIGHTS,
  type MixpanelServer,
  series,
  startMixpanel,
} from './support/server.ts';

type Case = {
  name: string;
  http: number;
  headers?: Record<string, string>;
  body?: unknown;
  bodyText?: string;
};
type Due = { errorClass: ErrorClass; code: string; remedy: Partial<Remedy> };

// `do` of the fixture, in the words of the error classes.
const due: Record<string, Due> = {
  bad_credentials: { errorClass: 'auth', code: 'unauthorized', remedy: { by: 'owner' } },
  plan: { errorClass: 'config', code: 'plan', remedy: { by: 'owner' } },
  no_role: { errorClass: 'auth', code: 'forbidden', remedy: { by: 'owner' } },
  bad_dates: { errorClass: 'config', code: 'http_400', remedy: { by: 'owner' } },
  query_rate: { errorClass: 'rate_limited', code: 'http_429', remedy: { by: 'time' } },
  query_concurrency: { errorClass: 'rate_limited', code: 'http_429', remedy: { by: 'time', afterMs: 5_000 } },
  export_rate: { errorClass: 'rate_limited', code: 'http_429', remedy: { by: 'time' } },
  server: { errorClass: 'transient', code: 'http_500', remedy: { by: 'time' } },
  html: { errorClass: 'transient', code: 'http_503', remedy: { by: 'time' } },
};

const now = '2026-03-20T00:00:00Z';
const window = utcWindow('2026-03-01', '2026-03-02');
const reads = {
  query: planned('event_total', window, { event: 'A' }),
  export: planned('nps', window, { event: 'A' }),
  insights: planned('saved_report', window, { bookmarkId: 1, series: 'A' }),
};
type Failed = Error & Due & { remedy: Remedy };

async function failure(
  server: MixpanelServer,
  read: keyof typeof reads,
  quota = memoryQuota(),
): Promise<Failed> {
  const { context } = contextOn(server, now);
  const failed = await readRun({ ...context, quota }, [reads[read]]).catch((error: unknown) => error);
  return failed as Failed;
}

async function failWith(answer: Answer, read: keyof typeof reads = 'query') {
  const paths = { query: EVENTS, export: EXPORT, insights: INSIGHTS };
  const server = await startMixpanel({ [paths[read]]: () => answer });
  try {
    return { error: await failure(server, read), requests: server.requestCount() };
  } finally {
    await server.close();
  }
}

const answerOf = ({ http, headers, body, bodyText }: Case): Answer => ({
  status: http,
  ...(headers === undefined ? {} : { headers }),
  ...(bodyText === undefined ? { body } : { text: bodyText }),
});

describe('what an error of Mixpanel means', () => {
  const { cases } = fixture<{ cases: Case[] }>('made/errors.json');
  it('has an answer to every case of the fixture', () => {
    expect(Object.keys(due).toSorted()).toEqual(cases.map(({ name }) => name).toSorted());
  });

  it.each(cases)('$name ($http), asked once only because every call counts', async (given) => {
    const { remedy, ...facts } = due[given.name] as Due;
    const { error, requests } = await failWith(
      answerOf(given),
      given.name === 'export_rate' ? 'export' : 'query',
    );
    expect(error).toMatchObject({ name: 'ConnectorError', ...facts });
    expect(error.remedy).toMatchObject(remedy);
    expect(requests).toBe(1);
  });

  it('is the same where an error comes without JSON', async () => {
    expect((await failWith({ status: 402, text: 'Payment Required' })).error).toMatchObject(
      due['plan'] as Due,
    );
    expect((await failWith({ status: 401, text: 'no' }, 'export')).error).toMatchObject({
      code: 'unauthorized',
    });
  });
});

it('tells the owner about the plan, and does not ask again', async () => {
  const { error } = await failWith({ status: 402, body: { error: 'Your plan does not allow API calls.' } });
  expect(error.message).toContain('The Query API needs a paid Mixpanel plan');
});

it.each([401, 403])('says that a wrong region looks like wrong credentials (%d)', async (status) => {
  const { error } = await failWith({ status, body: { error: 'Unable to authenticate request' } });
  expect(error.remedy).toMatchObject({ by: 'owner', hint: expect.stringContaining('region') });
});

it('never repeats the credentials, in whatever form Mixpanel throws them back', async () => {
  const pair = `${CONFIG.serviceAccount}:${SECRET}`;
  const { error } = await failWith({ status: 400, body: { error: `no ${SECRET} ${btoa(pair)} ${pair}` } });
  expect(error.message).toContain('[redacted]');
  expect(error.message).not.toContain(SECRET);
  expect(error.message).not.toContain(btoa(pair).replace(/=+$/, ''));
});

describe('an error with the status of a success', () => {
  it.each([
    { error: 'Bookmark 1 not found', errorClass: 'config', by: 'owner' },
    { error: 'Invalid where expression', errorClass: 'config', by: 'owner' },
    { error: 'timeout while computing', errorClass: 'bad_payload', by: 'time' },
    { error: 'unexpected condition', errorClass: 'bad_payload', by: 'time' },
  ])('is no result, and its words tell whose it is: $error', async ({ error: said, errorClass, by }) => {
    const { error } = await failWith({ body: { error: said } }, 'insights');
    expect(error).toMatchObject({ errorClass, code: 'error_in_answer', remedy: { by } });
  });

  it('comes before everything else that the answer holds', async () => {
    const body = { error: 'unexpected', computed_at: '2026-03-20T00:00:00', headers: [], series: { A: {} } };
    expect((await failWith({ body }, 'insights')).error).toMatchObject({ errorClass: 'bad_payload' });
  });

  it('is found in an export, too', async () => {
    const { error } = await failWith({ body: { error: 'internal' } }, 'export');
    expect(error).toMatchObject({ errorClass: 'bad_payload', code: 'export_error' });
  });
});

it('does not take a web page for an export', async () => {
  const { error } = await failWith(
    { headers: { 'content-type': 'text/html' }, text: '<html></html>' },
    'export',
  );
  expect(error).toMatchObject({ errorClass: 'bad_payload', code: 'wrong_content_type' });
});

describe('the hourly budget', () => {
  const ok = () => series(['2026-03-01'], { A: { '2026-03-01': 1 } });
  const limited = () => ({ status: 429, body: { error: 'Query rate limit exceeded for project_id: 1.' } });

  it('leaves half of the 60 queries to people: the 31st of an hour is not asked', async () => {
    const server = await startMixpanel({ [EVENTS]: ok });
    const quota = memoryQuota();
    try {
      for (let call = 1; call <= 30; call += 1) {
        await readRun({ ...contextOn(server, now).context, quota }, [reads.query]);
      }
      const error = await failure(server, 'query', quota);
      expect(error).toMatchObject({
        errorClass: 'rate_limited',
        code: 'quota_spent',
        remedy: { by: 'time' },
      });
      expect(server.requestCount()).toBe(30);
    } finally {
      await server.close();
    }
  });

  it('without Retry-After waits until the oldest own call is an hour old, and keeps everybody waiting', async () => {
    let nowMs = 0;
    const quota = memoryQuota(() => nowMs);
    let answer: () => Answer = ok;
    const server = await startMixpanel({ [EVENTS]: () => answer() });
    try {
      await readRun({ ...contextOn(server, now).context, quota }, [reads.query]);
      nowMs = 600_000;
      answer = limited;
      // The first call was ten minutes ago: 50 minutes are left.
      expect(await failure(server, 'query', quota)).toMatchObject({
        remedy: { by: 'time', afterMs: 3_000_000 },
      });
      nowMs = 3_599_000;
      expect(await failure(server, 'query', quota)).toMatchObject({ code: 'quota_paused' });
      expect(server.requestCount()).toBe(2);
      nowMs = 3_601_000;
      answer = ok;
      await readRun({ ...contextOn(server, now).context, quota }, [reads.query]);
      expect(server.requestCount()).toBe(3);
    } finally {
      await server.close();
    }
  });

  it('waits a minute at least', async () => {
    let nowMs = 0;
    const quota = memoryQuota(() => nowMs);
    let answer: () => Answer = ok;
    const server = await startMixpanel({ [EVENTS]: () => answer() });
    try {
      await readRun({ ...contextOn(server, now).context, quota }, [reads.query]);
      nowMs = 3_590_000;
      answer = limited;
      expect(await failure(server, 'query', quota)).toMatchObject({
        remedy: { by: 'time', afterMs: 60_000 },
      });
    } finally {
      await server.close();
    }
  });

  it('is one for queries and another for exports, and belongs to the project', async () => {
    const server = await startMixpanel({ [EVENTS]: limited });
    const quota = memoryQuota();
    try {
      await failure(server, 'query', quota);
      const { context } = contextOn(server, now, { projectId: 7 });
      await readRun({ ...context, quota }, [reads.query]).catch(() => null); // another project may ask
      await failure(server, 'export', quota); // and so may an export
      expect(server.asked.map(({ path, query }) => [path, query['project_id']])).toEqual([
        [EVENTS, '2195193'],
        [EVENTS, '7'],
        [EXPORT, '2195193'],
      ]);
    } finally {
      await server.close();
    }
  });
});
