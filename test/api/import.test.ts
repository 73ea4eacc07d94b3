import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await made('/api/v1/cycles', { key: 'q4', startDay: '2026-10-01', endDay: '2027-01-01' });
  await made('/api/v1/connections', { key: 'survey', connectorId: 'records', config: {} });
});
afterAll(() => server?.close());

async function made(path: string, body: unknown, status = 201): Promise<Record<string, unknown>> {
  const answer = await server.ask('POST', path, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
}
const drafts = (text: string) => made('/api/v1/imports/text/drafts', { text, cycle: 'q4' }, 200);
const save = (body: Record<string, unknown>, status = 201) =>
  made('/api/v1/imports/text', { cycle: 'q4', ...body }, status);
const rows = async (table: string) =>
  (await server.services.database.pool.query(`SELECT * FROM ${table} ORDER BY id`)).rows as Record<
    string,
    unknown
  >[];

describe('reading a text', () => {
  it('stores nothing, and answers typed drafts with every sentence in both languages', async () => {
    const answer = await drafts(
      '# Growth\nObjective: Grow\n- Reduce churn by 10% by the end of Q4\nInitiative: call ten customers\n',
    );
    expect(answer).toMatchObject({
      cycle: { key: 'q4', startDay: '2026-10-01', endDay: '2027-01-01' },
      counts: { objectives: 1, keyResults: 1, questions: 0, notUnderstood: 0 },
      objectives: [
        {
          line: 2,
          title: 'Grow',
          keyResults: [
            {
              at: '3',
              form: 'relative',
              direction: 'down',
              relative: -10,
              relativeIn: 'percent',
              deadline: { day: '2026-12-31' },
              goal: { kind: 'change', percent: -10, mode: 'relative', baselineValue: null },
              metric: { key: 'logo_churn_rate', title: { en: 'Customer churn', zh: '客户流失率' } },
            },
          ],
        },
      ],
    });
    expect(await rows('objective')).toEqual([]);
  });

  it('hints at what could be better, with the line that it is about', async () => {
    const { hints } = await drafts('Objective: Grow\n- Increase sign-ups from 10 to 20\n');
    expect(hints).toMatchObject([
      { code: 'hint_too_few_key_results', at: '1', text: { zh: expect.stringMatching(/\p{Script=Han}/u) } },
    ]);
  });

  it('tells several Key Results of one line apart', async () => {
    const { objectives } = await drafts(
      'Objective: Grow\n- Increase NPS from 10 to 40 and reduce churn by 10%\n',
    );
    const [objective] = objectives as { keyResults: { at: string }[] }[];
    expect(objective?.keyResults.map(({ at }) => at)).toEqual(['2.1', '2.2']);
  });

  it.each([
    { body: { text: '' }, code: 'validation' },
    { body: { text: 'x\n'.repeat(2001) }, code: 'too_many_lines' },
    { body: { text: 'Objective: x', cycle: 'none' }, code: 'not_found', status: 404 },
    { body: { text: 'Objective: x', extra: 1 }, code: 'validation' },
  ])('refuses $body.cycle $code', async ({ body, code, status = 422 }) => {
    expect(await made('/api/v1/imports/text/drafts', body, status)).toMatchObject({ code });
  });
});

describe('storing a text', () => {
  const text = [
    'Objective: Delight customers',
    '- Raise NPS from 8.0 to 9.5',
    '  Initiative: ask every tenth customer',
    '- Reduce the churn rate by 10%',
    '- Hold 12 interviews',
  ].join('\n');

  it('keeps the sentence, its metric, its window and what was assumed with each Key Result', async () => {
    const stored = await save({ text, bindings: [{ line: 2, connection: 'survey' }] });
    expect(stored).toMatchObject({
      objectives: [{ key: 'delight-customers', created: true }],
      keyResults: [
        {
          key: 'delight-customers.nps',
          at: '2',
          boundBy: 'asked',
          sameWindow: true,
          metric: { key: 'nps-average', connectionKey: 'survey' },
        },
        { key: 'delight-customers.churn-rate', metric: null, means: 'logo_churn_rate' },
        { key: 'delight-customers.interviews', metric: null, tracking: 'counted_when_tagged' },
      ],
      metrics: [{ key: 'nps-average' }],
    });
    const [nps, churn] = await rows('key_result');
    expect(nps).toMatchObject({
      unit: 'score',
      aggregate: 'latest',
      definition: {
        text: 'Raise NPS from 8.0 to 9.5',
        stage: 'satisfaction',
        metric: 'nps_average',
        params: { dedupe: 'latest_per_respondent' },
        window: { kind: 'trailing', days: 90 },
        assumptions: expect.arrayContaining([{ code: 'nps_mean_0_10', values: {} }]),
      },
    });
    // Three months: 80 days before a first of a month hold three last days of months, whichever they are.
    expect(churn).toMatchObject({ baseline_rule: { kind: 'trailing_mean', days: 80 } });
    expect((await rows('initiative')).map(({ title, key_result_id: id }) => [title, id])).toEqual([
      ['ask every tenth customer', nps?.['id']],
    ]);
  });

  it('stores the definition with the version of the metric that was made', async () => {
    const [version] = await rows('metric_version');
    expect(version).toMatchObject({
      definition: {
        kind: 'catalog',
        metric: 'nps_average',
        definitionVersion: 1,
        params: { dedupe: 'latest_per_respondent', minResponses: 1 },
        window: { kind: 'trailing', days: 90 },
        timeZone: 'UTC',
      },
    });
    const entry = (await server.ask('GET', '/api/v1/catalog/nps_average')).json;
    expect(entry).toMatchObject({ metrics: [{ key: 'nps-average', connectionKey: 'survey' }] });
  });

  it('records every change in the order of its making', async () => {
    const log = await rows('audit_log');
    expect(log.slice(-5).map(({ action, object_type: type }) => `${String(action)} ${String(type)}`)).toEqual(
      ['create metric', 'create objective', 'create key_result', 'create key_result', 'create key_result'],
    );
  });

  it('refuses what is there already, and adds to its objective what is new', async () => {
    const more = `${text}\n- Publish 4 articles`;
    const refused = await save({ text: more }, 409);
    expect(refused).toMatchObject({
      code: 'already_imported',
      detail: expect.stringContaining('delight-customers.churn-rate (line 4)'),
    });
    const stored = await save({ text: more, only: ['6'] });
    expect(stored).toMatchObject({
      objectives: [{ key: 'delight-customers', created: false }],
      keyResults: [{ key: 'delight-customers.publish-articles' }],
    });
  });

  it('does not take the answers of a team for those of customers, though the metric is the same', async () => {
    const stored = await save({
      text: 'Objective: Happy team\n- 内部团队的NPS从7.8增加到9.5\n- Raise customer NPS from 7.0 to 9.5\n',
    });
    expect(stored).toMatchObject({
      keyResults: [
        { metric: null, boundBy: null },
        { metric: { key: 'nps-average' }, boundBy: 'same_meaning' },
      ],
    });
  });

  it('makes one metric for two Key Results that ask for the same on the same connection', async () => {
    const twice = 'Objective: One reading\n- Increase CSAT from 70% to 80%\n- Raise CSAT from 60% to 90%\n';
    const bindings = [2, 3].map((line) => ({ line, connection: 'survey' }));
    const stored = await save({ text: twice, bindings });
    expect(stored['metrics']).toHaveLength(1);
  });

  it('captures a baseline over the days that were assumed, and as it is compared where those are the same', async () => {
    const both = 'Objective: Faster\n- 将平均交付时间减少30%\n- Reduce cart abandonment rates by 15%\n';
    const { keyResults } = await save({ text: both });
    const keys = (keyResults as { key: string }[]).map(({ key }) => key);
    const rules = (await rows('key_result')).filter(({ key }) => keys.includes(String(key)));
    // The lead time of 30 days is compared, and 90 days before the start are its baseline; carts: 28 days for both.
    expect(rules.map((row) => row['baseline_rule'])).toEqual([
      { kind: 'trailing_mean', days: 90 },
      { kind: 'as_compared' },
    ]);
  });

  it('writes all or nothing', async () => {
    const { deps, workspace } = server.services;
    const before = (await rows('objective')).length;
    const [cycle] = await deps.plan.listCycles(workspace.id);
    const half = deps.imports.inOne(async (writer) => {
      await writer.createObjective({
        workspaceId: workspace.id,
        cycleId: cycle?.id ?? '',
        parentId: null,
        key: 'half',
        title: 'Half',
        titles: {},
        description: '',
        owner: null,
        stage: null,
        phase: null,
        weight: 1,
      });
      throw new Error('the second row failed');
    });
    await expect(half).rejects.toThrow('the second row failed');
    expect(await rows('objective')).toHaveLength(before);
  });

  it.each([
    {
      body: { text: 'Just some prose about the weather.' },
      code: 'nothing_found',
      says: 'Nothing in the text',
    },
    {
      body: { text: 'Objective: P\n- Reduce churn from 5% by 10 percentage points' },
      code: 'drafts_invalid',
      says: '-5 %',
    },
    { body: { text: '- Hold 3 talks' }, code: 'objective_missing', says: '1' },
    {
      body: { text: 'Objective: P\n- Hold 3 talks', answers: [{ line: 'x', option: 'y' }] },
      code: 'validation',
      says: '',
    },
    {
      body: { text: 'Objective: P\n- Launch it', bindings: [{ line: 2, connection: 'survey' }] },
      code: 'drafts_invalid',
      says: 'names no metric',
    },
    {
      body: {
        text: 'Objective: P\n- Increase CSAT from 60% to 90%',
        bindings: [{ line: 2, connection: 'survey', params: { nonsense: 1 } }],
      },
      code: 'drafts_invalid',
      says: 'nonsense',
    },
  ])('refuses $code: $body.text', async ({ body, code, says }) => {
    const refused = await save(body, 422);
    expect(refused).toMatchObject({ code });
    expect(JSON.stringify(refused)).toContain(says);
    expect((await rows('objective')).filter(({ title }) => title === 'P')).toEqual([]);
  });

  it('refuses a closed cycle', async () => {
    await made('/api/v1/cycles', { key: 'old', startDay: '2026-01-01', endDay: '2026-04-01' });
    await made('/api/v1/cycles/old/closings', { asIs: true, reason: 'it is over' });
    const refused = await made(
      '/api/v1/imports/text',
      { cycle: 'old', text: 'Objective: P\n- Hold 3 talks' },
      409,
    );
    expect(refused).toMatchObject({ code: 'cycle_closed' });
  });
});
