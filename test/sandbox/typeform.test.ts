import { afterEach, describe, expect, it } from 'vitest';
import { type TypeformResponse, type TypeformWorld, typeformServer } from '../../sandbox/typeform/server.ts';
import { startHttpServer, type TestServer } from '../connectors/support/http-server.ts';

const TOKEN = 'tfp_a_token_of_the_sandbox';

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const response = (token: string, submittedAt: string, more: Partial<TypeformResponse> = {}) => ({
  formId: 'form1',
  token,
  submittedAt,
  ...more,
});

const worldOf = (given: Partial<TypeformWorld>): TypeformWorld => ({
  nowSeconds: Date.parse('2026-03-20T12:00:00Z') / 1_000,
  token: TOKEN,
  scopes: ['responses:read', 'forms:read'],
  forms: [
    {
      id: 'form1',
      title: 'One',
      hidden: ['user_id'],
      fields: [
        { id: 'q1', ref: 'recommend', title: 'Recommend?', type: 'nps' },
        {
          id: 'g1',
          title: 'More',
          type: 'group',
          fields: [{ id: 'q2', title: 'Stars', type: 'rating', steps: 5 }],
        },
      ],
    },
  ],
  responses: [],
  lateSeconds: 1_800,
  requestsPerSecond: 2,
  ...given,
});

/** What it says to one address after another; with each of them `stepMs` have passed. */
async function asked(given: Partial<TypeformWorld>, paths: readonly string[], stepMs = 1_000, key = TOKEN) {
  const world = worldOf(given);
  let passedMs = 0;
  const serve = typeformServer(
    () => world,
    () => (passedMs += stepMs),
  );
  server = await startHttpServer(serve);
  const answers = [];
  for (const path of paths) {
    const sent = await fetch(new URL(path, server.url), { headers: { authorization: `Bearer ${key}` } });
    answers.push({ status: sent.status, body: (await sent.json()) as Any });
  }
  return answers;
}
// oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape are looked at
type Any = any;

const LIST = '/forms/form1/responses';
const tokens = ({ body }: { body: Any }) => (body.items as { token: string }[]).map(({ token }) => token);

describe('the sandbox’s Typeform', () => {
  const responses = [
    response('a', '2026-03-01T10:00:00Z'),
    response('b', '2026-03-02T10:00:00.900Z', { hidden: { user_id: 'ann' } }),
    response('c', '2026-03-03T10:00:00Z', { kind: 'partial' }),
    response('d', '2026-03-04T10:00:00Z', { processedAt: '2026-03-01T11:00:00Z' }),
    response('e', '2026-03-20T11:45:00Z'),
  ];

  it('lists completed responses, the last processed first, and holds back those of the newest half hour', async () => {
    const [list, kinds] = await asked({ responses }, [LIST, `${LIST}?response_type=partial,completed`]);
    expect(list && tokens(list)).toEqual(['b', 'd', 'a']);
    expect(list?.body).toMatchObject({ total_items: 3, page_count: 1 });
    expect(kinds && tokens(kinds)).toEqual(['c', 'b', 'd', 'a']);
  });

  it('takes since and until to the second, both inclusive, and cursors without either', async () => {
    const second = Date.parse('2026-03-02T10:00:00Z') / 1_000;
    const answers = await asked({ responses }, [
      `${LIST}?since=${second}&until=${second}`,
      `${LIST}?since=2026-03-02T10:00:01`,
      `${LIST}?before=b`,
      `${LIST}?after=a`,
      `${LIST}?before=b&since=${second}`,
      `${LIST}?before=b&sort=submitted_at,asc`,
      `${LIST}?before=nobody`,
    ]);
    expect(answers.slice(0, 4).map(tokens)).toEqual([['b'], ['d'], ['d', 'a'], ['b', 'd']]);
    expect(answers.slice(4).map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  it('sends twenty-five responses unless more are asked for, and no more than a thousand', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) =>
      response(`t${index}`, new Date(Date.parse('2026-03-01T00:00:00Z') + index * 1_000).toISOString()),
    );
    const [usual, most, tooMany] = await asked({ responses: many }, [
      LIST,
      `${LIST}?page_size=1000`,
      `${LIST}?page_size=1001`,
    ]);
    expect([usual, most].map((each) => each && tokens(each).length)).toEqual([25, 1_000]);
    expect(usual?.body).toMatchObject({ total_items: 1_001, page_count: 41 });
    expect(tooMany?.status).toBe(400);
  });

  it('writes an answer with its question, and nothing where nobody answered', async () => {
    const answered = response('x', '2026-03-05T10:00:00Z', {
      answers: [
        { fieldId: 'q1', number: 9 },
        { fieldId: 'gone', text: 'hello' },
      ],
    });
    const [list] = await asked({ responses: [answered, response('y', '2026-03-04T10:00:00Z')] }, [LIST]);
    expect(list?.body.items[0].answers).toEqual([
      { field: { id: 'q1', type: 'nps', ref: 'recommend' }, type: 'number', number: 9 },
      { field: { id: 'gone', type: 'short_text', ref: 'gone' }, type: 'text', text: 'hello' },
    ]);
    expect(list?.body.items[1].answers).toBeNull();
  });

  it('describes a form with the questions of its groups and its hidden fields', async () => {
    const [form] = await asked({}, ['/forms/form1']);
    expect(form?.body).toMatchObject({
      hidden: ['user_id'],
      fields: [{ id: 'q1' }, { id: 'g1', properties: { fields: [{ id: 'q2', properties: { steps: 5 } }] } }],
    });
  });

  it('refuses whom it does not know, what the token may not see, and what is not there', async () => {
    const [nobody] = await asked({}, [LIST], 1_000, 'tfp_another');
    expect([nobody?.status, nobody?.body.code]).toEqual([403, 'AUTHENTICATION_FAILED']);
    await server?.close();
    const answers = await asked({ scopes: ['responses:read'] }, [
      '/forms/form1',
      LIST,
      '/forms/no/responses',
      '/me',
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 200, 404, 404]);
    expect(answers[0]?.body.code).toBe('FORBIDDEN');
  });

  it('allows two requests a second', async () => {
    const quick = await asked({}, [LIST, LIST, LIST], 100);
    expect(quick.map(({ status }) => status)).toEqual([200, 200, 429]);
    await server?.close();
    const slow = await asked({}, [LIST, LIST, LIST, LIST], 500);
    expect(slow.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});
