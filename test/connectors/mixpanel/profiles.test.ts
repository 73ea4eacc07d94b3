import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statusError } from '../../../connectors/mixpanel/errors.ts';
import { readProfiles } from '../../../connectors/mixpanel/profiles.ts';
import { did, openProject, type Project } from '../../sandbox/mixpanel-support.ts';
import { startHttpServer } from '../support/http-server.ts';
import { fixture } from './support/read.ts';

type Page = {
  page: number;
  page_size: number;
  session_id: string | null;
  results: Array<{ $distinct_id: unknown; $properties: Record<string, unknown> }>;
};
type Form = Record<string, string>;
const made = fixture<{
  requests: Array<{ form: Form; response: Page }>;
  expected: { profiles: number; pro: number; distinctIds: string[] };
}>('made/engage_pages.json');

const running = new AbortController().signal;

/** Posts forms, as the connector's own client would: an error answer becomes the ConnectorError of its status. */
const engageAt = (url: URL, headers: Record<string, string>, asked: Form[]) => async (form: Form) => {
  asked.push(form);
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) });
  const answer: unknown = await response.json();
  if (!response.ok) throw statusError(response.status, JSON.stringify(answer), null);
  return answer;
};

/** Reads from a server that gives these texts one after the other. */
async function readFrom(
  answers: Array<{ status?: number; body: unknown } | { text: string }>,
  form: Form = {},
) {
  const asked: Form[] = [];
  const rest = [...answers];
  const server = await startHttpServer((_, response) => {
    const next = rest.shift() ?? { status: 500, body: { error: 'asked once too often' } };
    const status = 'status' in next ? next.status : 200;
    response.writeHead(status ?? 200, { 'content-type': 'application/json' });
    response.end('text' in next ? next.text : JSON.stringify(next.body));
  });
  try {
    const profiles = await readProfiles(engageAt(server.url, {}, asked), form, running).catch(
      (error: unknown) => error,
    );
    return { profiles, asked };
  } finally {
    await server.close();
  }
}

const page = (number: number, ids: unknown[], session: string | null = 's1'): { body: Page } => ({
  body: {
    page: number,
    page_size: 2,
    session_id: session,
    results: ids.map((id) => ({ $distinct_id: id, $properties: {} })),
  },
});
const gone = { status: 400, body: { error: 'session expired', status: 'error' } };
const named = (...ids: string[]) => ids.map((distinctId) => ({ distinctId, properties: {} }));

describe('engage_pages.json', () => {
  const read = () => readFrom(made.requests.map(({ response }) => ({ body: response })));

  it('gives all profiles of both pages, and the number among the ids as text', async () => {
    const { profiles } = (await read()) as {
      profiles: Array<{ distinctId: string; properties: Record<string, unknown> }>;
    };
    expect(profiles).toHaveLength(made.expected.profiles);
    expect(profiles.map(({ distinctId }) => distinctId)).toEqual(made.expected.distinctIds);
    expect(profiles.filter(({ properties }) => properties['plan'] === 'pro')).toHaveLength(made.expected.pro);
  });

  it('is asked for as it was recorded: without a session first, then by session and page', async () => {
    expect((await read()).asked).toEqual(made.requests.map(({ form }) => form));
  });
});

it('the list ends with the page that is not full, which may be empty', async () => {
  const { profiles, asked } = await readFrom([page(0, ['a', 'b']), page(1, [])]);
  expect(profiles).toEqual(named('a', 'b'));
  expect(asked).toHaveLength(2);
});

it('a filter goes with every page', async () => {
  const where = 'properties["plan"]=="pro"';
  const { asked } = await readFrom([page(0, ['a', 'b']), page(1, ['c'])], { where });
  expect(asked).toEqual([{ where }, { where, session_id: 's1', page: '1' }]);
});

describe('a session that is gone is begun again at the first page, and nothing of it is kept', () => {
  it('when Mixpanel refuses it', async () => {
    const { profiles, asked } = await readFrom([
      page(0, ['a', 'b']),
      gone,
      page(0, ['b', 'c'], 's2'),
      page(1, ['d'], 's2'),
    ]);
    expect(profiles).toEqual(named('b', 'c', 'd'));
    expect(asked).toEqual([{}, { session_id: 's1', page: '1' }, {}, { session_id: 's2', page: '1' }]);
  });

  it('when Mixpanel answers with a page of another', async () => {
    const { profiles } = await readFrom([page(0, ['a', 'b']), page(1, ['c'], 's9'), page(0, ['a'], 's9')]);
    expect(profiles).toEqual(named('a'));
  });

  it('three times at most; then the next run tries', async () => {
    const { profiles, asked } = await readFrom([1, 2, 3].flatMap(() => [page(0, ['a', 'b']), gone]));
    expect(profiles).toMatchObject({ code: 'session_gone', remedy: { by: 'time' } });
    expect(asked).toHaveLength(6);
  });
});

it.each([
  { what: 'a question that is refused at once', answers: [gone], error: { errorClass: 'config' } },
  {
    what: 'a limit between two pages',
    answers: [page(0, ['a', 'b']), { status: 429, body: { error: 'slow down' } }],
    error: { errorClass: 'rate_limited' },
  },
])('$what is no session that is gone', async ({ answers, error }) => {
  const { profiles, asked } = await readFrom(answers);
  expect(profiles).toMatchObject(error);
  expect(asked).toHaveLength(answers.length);
});

it('a page that comes again is not taken for more people', async () => {
  const { profiles } = await readFrom([page(0, ['a', 'b']), page(1, ['a', 'b'])]);
  expect(profiles).toMatchObject({ errorClass: 'bad_payload', code: 'repeated_page' });
});

it('an id beyond what a number holds exactly is refused, as two people would become one', async () => {
  const text = JSON.stringify(page(0, [1]).body).replace(
    '"$distinct_id":1',
    '"$distinct_id":9007199254740993',
  );
  expect((await readFrom([{ text }])).profiles).toMatchObject({ errorClass: 'schema_drift' });
});

describe('against the sandbox’s Mixpanel', () => {
  const ids = Array.from({ length: 1_200 }, (_, at) => `person-${String(at).padStart(4, '0')}`);
  let project: Project;
  beforeAll(async () => {
    const events = ids.map((id) => did(id, 'Sign Up', '2026-03-01T10:00:00Z'));
    project = await openProject({ events, now: '2026-03-02T10:00:00Z' });
  });
  afterAll(() => project.close());

  it('reads the 1,200 people of two pages, each once', async () => {
    const asked: Form[] = [];
    const url = new URL(`/api/query/engage?project_id=${project.access.projectId}`, project.url);
    const profiles = await readProfiles(engageAt(url, project.account, asked), {}, running);
    expect(profiles).toHaveLength(ids.length);
    expect(asked).toHaveLength(2);
  });

  it('begins again when its session has expired between two pages', async () => {
    const asked: Form[] = [];
    const url = new URL(`/api/query/engage?project_id=${project.access.projectId}`, project.url);
    const ask = engageAt(url, project.account, asked);
    const slow = async (form: Form) => {
      const answer = await ask(form);
      if (asked.length === 1) project.at('2026-03-02T12:00:00Z'); // sessions live an hour
      return answer;
    };
    expect(await readProfiles(slow, {}, running)).toHaveLength(ids.length);
    expect(asked.map(({ page: number }) => number)).toEqual([undefined, '1', undefined, '1']);
  });
});
