import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './support/read-source.ts';

// A cycle that began ten days ago. Net revenue settles a day late: today the newest settled day is two days back.
let bench: Bench;
const day = (offset: number): string => bench.day(offset);

beforeAll(async () => {
  bench = await startBench();
  await bench.post('/api/v1/connections', {
    key: 'shop',
    connectorId: 'stripe',
    environment: 'sandbox',
    config: { apiKey: 'rk_test_definition0000000000' },
  });
  await bench.post('/api/v1/cycles', { key: 'now', startDay: day(-10), endDay: day(80) });
  await bench.post('/api/v1/objectives', { key: 'money', title: 'Money', cycle: 'now' });
});
afterAll(() => bench.close());

const change = { kind: 'change', percent: -30, mode: 'relative', baselineValue: null };

async function newMetric(key: string, more: Record<string, unknown> = {}): Promise<void> {
  const params = { currency: 'usd' };
  await bench.post('/api/v1/metrics', {
    key,
    connection: 'shop',
    metric: 'net_revenue',
    params,
    historyDays: 60,
    ...more,
  });
}

async function newKeyResult(key: string, more: Record<string, unknown>): Promise<Record<string, unknown>> {
  return bench.post('/api/v1/key-results', { key, title: key, objective: 'money', ...more });
}

const baselines = async (key: string) =>
  (await bench.get(`/api/v1/key-results/${key}/baselines`)) as unknown as {
    startValue: number | null;
    baselines: {
      value: number;
      rule: string;
      startDay: string;
      endDay: string;
      observations: number;
      overriddenBy: string | null;
      reason: string | null;
      evidence: { points: { day: string; revision: number; value: number }[] };
    }[];
  };
const row = (key: string) => bench.get(`/api/v1/key-results/${key}`);

describe('a baseline', () => {
  it('G8: is captured over its window and frozen with the points that it was made from', async () => {
    await newMetric('base');
    // The seven days before the start: 1000 each, and 1700 on the last, so their mean is (6 × 1000 + 1700) ÷ 7 = 1100.
    const says = (_: unknown, on: string) => (on === day(-11) ? 1700 : on < day(-10) ? 1000 : 935);
    const rule = { kind: 'trailing_mean', days: 7 };
    await newKeyResult('base.change', { metric: 'base', goal: change, baselineRule: rule });
    expect(await row('base.change')).toMatchObject({ startValue: null, progress: null });
    await bench.sync('shop', says);
    // 30 % down from 1100 is 770; 935 is half of the way.
    expect(await row('base.change')).toMatchObject({ startValue: 1100, targetValue: 770, progress: 0.5 });
    const {
      baselines: [first],
    } = await baselines('base.change');
    expect(first).toMatchObject({
      value: 1100,
      rule: 'trailing_mean',
      startDay: day(-17),
      endDay: day(-10),
      observations: 7,
      overriddenBy: null,
    });
    expect(first?.evidence.points.at(-1)).toEqual({
      day: day(-11),
      revision: 1,
      value: 1700,
      numerator: null,
      denominator: null,
    });
  });

  it('C27: survives a restatement, the loss of its points and of its connection, with its provenance', async () => {
    const before = await baselines('base.change');
    await bench.sync('shop', (_, on) => (on < day(-10) ? 5000 : 935));
    expect(await row('base.change')).toMatchObject({ startValue: 1100, progress: 0.5 });
    const { pool } = bench.server.services.database;
    await pool.query(
      `DELETE FROM metric_point p USING metric_version v JOIN metric m ON m.id = v.metric_id
       WHERE v.id = p.metric_version_id AND m.key = 'base' AND p.day < $1`,
      [day(-10)],
    );
    await bench.server.ask('PATCH', '/api/v1/connections/shop', {
      config: { apiKey: 'rk_test_another00000000000000' },
    });
    await bench.sync('shop', (_, on) => (on < day(-10) ? undefined : 935));
    expect(await baselines('base.change')).toEqual(before);
    expect(await row('base.change')).toMatchObject({ startValue: 1100, progress: 0.5 });
  });

  it('is overridden by an owner with a reason, and what was captured stays in the list', async () => {
    const body = { value: 1200, reason: 'the week before the start was a holiday' };
    const answer = await bench.post('/api/v1/key-results/base.change/baselines', body);
    expect(answer).toMatchObject({ startValue: 1200 });
    const [stated, captured] = (await baselines('base.change')).baselines;
    expect(stated).toMatchObject({ value: 1200, rule: 'stated', reason: body.reason, observations: 0 });
    expect(stated?.overriddenBy).not.toBeNull();
    expect(captured).toMatchObject({ value: 1100, rule: 'trailing_mean' });
    // (935 - 1200) ÷ (840 - 1200) = 265 ÷ 360.
    expect((await row('base.change'))['progress']).toBeCloseTo(265 / 360, 12);
    expect((await bench.audited('set_baseline')).at(-1)).toMatchObject({ value: 1200, before: 1100 });
  });

  it('raises the version of the Key Result, so that snapshots name the definition that they were computed with', async () => {
    const version = async () => {
      const explained = await bench.get('/api/v1/key-results/base.change/explanation');
      return (explained['snapshot'] as { definitionVersion: number }).definitionVersion;
    };
    const before = await version();
    await bench.post('/api/v1/key-results/base.change/baselines', { value: 1300, reason: 'another reason' });
    expect(await version()).toBe(before + 1);
  });

  it('needs a reason', async () => {
    const path = '/api/v1/key-results/base.change/baselines';
    for (const body of [{ value: 1 }, { value: 1, reason: '  ' }, { recapture: true }]) {
      expect(await bench.refused('POST', path, body, 422)).toMatchObject({ code: 'validation' });
    }
  });

  it('is captured again when somebody asks for it, by another rule', async () => {
    await bench.changePast('shop', day(-12));
    await bench.sync('shop', (_, on) => (on < day(-10) ? 2000 : 935));
    const body = {
      recapture: true,
      rule: { kind: 'last_value', days: 3 },
      reason: 'the provider has restated June',
    };
    expect(await bench.post('/api/v1/key-results/base.change/baselines', body)).toMatchObject({
      startValue: 2000,
    });
    const [newest] = (await baselines('base.change')).baselines;
    expect(newest).toMatchObject({ rule: 'last_value', startDay: day(-11), observations: 1 });
    expect((await bench.audited('recapture_baseline')).at(-1)).toMatchObject({
      reason: body.reason,
      before: 1300,
    });
  });

  it('C17: is refused with the arithmetic when the goal cannot be: 10 points off a churn of 5 %', async () => {
    await bench.post('/api/v1/metrics/values', { key: 'churn', kind: 'ratio', unit: 'ratio' });
    const points = { kind: 'change', percent: -10, mode: 'points', baselineValue: null };
    await newKeyResult('churn.down', { metric: 'churn', goal: points });
    const path = '/api/v1/key-results/churn.down/baselines';
    const problem = await bench.refused('POST', path, { value: 0.05, reason: 'from the finance sheet' }, 422);
    expect(problem.detail).toContain('5 % - 10 points = -5 %');
    expect(await row('churn.down')).toMatchObject({ startValue: null });
    expect((await baselines('churn.down')).baselines).toEqual([]);
    await bench.post(path, { value: 0.25, reason: 'from the finance sheet' });
    expect(await row('churn.down')).toMatchObject({ startValue: 0.25, targetValue: 0.15 });
  });

  it('is refused where nothing is measured from one, and where no source could give it', async () => {
    await newKeyResult('count.up', { goal: { kind: 'accumulate', targetValue: 10 }, unit: 'count' });
    const stated = { value: 1, reason: 'no reason at all' };
    const none = await bench.refused('POST', '/api/v1/key-results/count.up/baselines', stated, 409);
    expect(none).toMatchObject({ code: 'no_baseline' });
    await newKeyResult('by.hand', {
      goal: { kind: 'reach', startValue: null, targetValue: 10 },
      unit: 'count',
    });
    const again = { recapture: true, reason: 'to see it' };
    expect(await bench.refused('POST', '/api/v1/key-results/by.hand/baselines', again, 409)).toMatchObject({
      code: 'not_automatic',
    });
    const rule = { baselineRule: { kind: 'last_value', days: 7 } };
    const goal = { kind: 'accumulate', targetValue: 10 };
    const body = { key: 'no.rule', title: 'x', objective: 'money', goal, unit: 'count', ...rule };
    await bench.refused('POST', '/api/v1/key-results', body, 422);
    await bench.refused('GET', '/api/v1/key-results/none/baselines', undefined, 404);
  });

  it('is captured anew on another metric, and stays on the same one', async () => {
    for (const [key, value] of [
      ['first', 10],
      ['second', 400],
    ] as const) {
      await bench.post('/api/v1/metrics/values', { key, kind: 'stock', unit: 'count' });
      await bench.post(`/api/v1/metrics/${key}/values`, { values: [{ day: day(-11), value }] });
    }
    await newKeyResult('moved', { metric: 'first', goal: change });
    expect(await row('moved')).toMatchObject({ startValue: 10 });
    await bench.post('/api/v1/key-results/moved/bindings', { metric: 'first' });
    expect(await row('moved')).toMatchObject({ startValue: 10 });
    await bench.post('/api/v1/key-results/moved/bindings', { metric: 'second' });
    expect(await row('moved')).toMatchObject({ startValue: 400 });
    expect((await bench.audited('bind')).at(-1)).toMatchObject({ metric: 'second', forgotten: 10 });
    await bench.post('/api/v1/key-results/moved/baselines', { value: 500, reason: 'agreed in the review' });
    await bench.post('/api/v1/key-results/moved/bindings', { metric: 'first' });
    expect(await row('moved')).toMatchObject({ startValue: 500 });
  });

  it('looks as far back as its rule says, also further than an evaluation usually does', async () => {
    await bench.post('/api/v1/metrics/values', { key: 'long', kind: 'stock', unit: 'count' });
    await bench.post('/api/v1/metrics/long/values', {
      values: [
        { day: day(-100), value: 10 },
        { day: day(-20), value: 30 },
        { day: day(-1), value: 25 },
      ],
    });
    await newKeyResult('long.mean', {
      metric: 'long',
      goal: change,
      baselineRule: { kind: 'trailing_mean', days: 120 },
    });
    expect(await row('long.mean')).toMatchObject({ startValue: 20 });
  });
});

describe('an override', () => {
  it('C25: shows the stated value with its reason, and the automatic one that goes on beside it', async () => {
    await newMetric('over');
    await newKeyResult('over.reach', {
      metric: 'over',
      goal: { kind: 'reach', startValue: 0, targetValue: 1000 },
    });
    await bench.sync('shop', () => 200);
    expect(await row('over.reach')).toMatchObject({ currentValue: 200, override: null });
    const body = { value: 650, untilDay: day(5), reason: 'tracking broke with release 4.2' };
    const made = await bench.post('/api/v1/key-results/over.reach/overrides', body);
    expect(made).toMatchObject({
      value: 650,
      fromDay: day(0),
      untilDay: day(5),
      reason: body.reason,
      endedAt: null,
    });
    await bench.sync('shop', () => 300);
    const detail = await row('over.reach');
    expect(detail).toMatchObject({
      currentValue: 650,
      progress: 0.65,
      override: { value: 650, untilDay: day(5) },
      automatic: { value: 300, asOfDay: day(-2) },
      overrides: [{ value: 650, reason: body.reason }],
    });
    const series = detail['series'] as { day: string; value: number; origin: string }[];
    expect(series.at(-1)).toMatchObject({ value: 300, origin: expect.stringMatching(/auto|backfill/) });
    expect((await bench.audited('override')).at(-1)).toMatchObject({ value: 650, reason: body.reason });
    const explained = await bench.get('/api/v1/key-results/over.reach/explanation');
    expect(explained['override']).toMatchObject({ reason: body.reason });
  });

  it('C25: ends by hand before its last day, and the source speaks again', async () => {
    const ended = await bench.server.ask('DELETE', '/api/v1/key-results/over.reach/overrides/current');
    expect(ended.status, ended.text).toBe(200);
    expect(ended.json['endedAt']).not.toBeNull();
    expect(await row('over.reach')).toMatchObject({ currentValue: 300, override: null });
    const again = '/api/v1/key-results/over.reach/overrides/current';
    expect(await bench.refused('DELETE', again, undefined, 409)).toMatchObject({ code: 'no_override' });
    const other = `/api/v1/key-results/over.reach/overrides/${String(ended.json['id'])}`;
    await bench.refused('DELETE', other, undefined, 404);
  });

  it('C25: expires by itself on the day after its last', async () => {
    await bench.post('/api/v1/key-results/over.reach/overrides', {
      value: 640,
      fromDay: day(-3),
      untilDay: day(0),
      reason: 'until the fix is out',
    });
    expect(await row('over.reach')).toMatchObject({ currentValue: 640 });
    const { database, deps } = bench.server.services;
    await database.pool.query('UPDATE app_clock SET offset_ms = $1', [86_400_000]);
    try {
      const keyResult = await row('over.reach');
      await deps.evaluate([String(keyResult['id'])]);
      expect(await row('over.reach')).toMatchObject({ currentValue: 300, override: null });
    } finally {
      await database.pool.query('UPDATE app_clock SET offset_ms = 0');
    }
  });

  it('is refused for what people keep by hand, which says what to do instead', async () => {
    const body = { value: 3, untilDay: day(5), reason: 'because I say so' };
    const problem = await bench.refused('POST', '/api/v1/key-results/by.hand/overrides', body, 409);
    expect(problem).toMatchObject({ code: 'not_automatic' });
    expect(problem.fix).toContain('Check in');
  });

  it('is refused without an end, without a reason, for too long and outside of the cycle', async () => {
    const path = '/api/v1/key-results/over.reach/overrides';
    await bench.refused('POST', path, { value: 3, reason: 'no end' }, 422);
    await bench.refused('POST', path, { value: 3, untilDay: day(5) }, 422);
    const long = await bench.refused('POST', path, { value: 3, untilDay: day(60), reason: 'for ever' }, 422);
    expect(long.detail).toContain('an override lasts 31 at most');
    await bench.refused(
      'POST',
      path,
      { value: 3, fromDay: day(-20), untilDay: day(1), reason: 'too early' },
      422,
    );
  });
});

describe('a guard', () => {
  it('G22: stands on the row with its own value, and never touches the progress', async () => {
    await bench.post('/api/v1/metrics/values', {
      key: 'refunds',
      kind: 'ratio',
      unit: 'ratio',
      title: 'Refund rate',
    });
    await newMetric('guarded');
    await newKeyResult('guarded.reach', {
      metric: 'guarded',
      goal: { kind: 'reach', startValue: 0, targetValue: 400 },
    });
    await bench.sync('shop', () => 200);
    const guard = { metric: 'refunds', operator: 'at_most', bound: 0.02, aggregate: null };
    expect(await bench.put('/api/v1/key-results/guarded.reach/guard', guard)).toMatchObject({
      guard: {
        metricKey: 'refunds',
        state: 'unknown',
        currentValue: null,
        reason: { code: 'no_observation' },
      },
    });
    // 3 of 100 is above 2 %: the guard breaks by the delivery of its own metric, and the progress stays.
    await bench.post('/api/v1/metrics/refunds/values', {
      values: [{ day: day(-1), numerator: 3, denominator: 100 }],
    });
    expect(await row('guarded.reach')).toMatchObject({
      progress: 0.5,
      guard: {
        state: 'broken',
        currentValue: 0.03,
        bound: 0.02,
        asOfDay: day(-1),
        unit: 'ratio',
        reason: null,
      },
    });
    await bench.post('/api/v1/metrics/refunds/values', {
      values: [{ day: day(-1), numerator: 2, denominator: 100 }],
    });
    expect(await row('guarded.reach')).toMatchObject({ guard: { state: 'kept', currentValue: 0.02 } });
    const board = JSON.stringify(await bench.get('/api/v1/board'));
    expect(board).toContain('"metricTitle":"Refund rate"');
  });

  it('captures "not above the start" once, and holds later days against it', async () => {
    await bench.post('/api/v1/metrics/values', { key: 'load', kind: 'stock', unit: 'count' });
    await bench.post('/api/v1/metrics/load/values', {
      values: [
        { day: day(-12), value: 40 },
        { day: day(-1), value: 45 },
      ],
    });
    const guard = { metric: 'load', operator: 'at_most' };
    expect(await bench.put('/api/v1/key-results/guarded.reach/guard', guard)).toMatchObject({
      guard: { state: 'broken', bound: 40, currentValue: 45 },
    });
    await bench.post('/api/v1/metrics/load/values', { values: [{ day: day(-12), value: 99 }] });
    expect(await row('guarded.reach')).toMatchObject({ guard: { bound: 40, state: 'broken' } });
  });

  it('is taken away again, and both are in the audit log', async () => {
    const answer = await bench.server.ask('DELETE', '/api/v1/key-results/guarded.reach/guard');
    expect(answer.json).toMatchObject({ guard: null });
    expect(await bench.audited('set_guard')).toHaveLength(2);
    expect(await bench.audited('remove_guard')).toHaveLength(1);
    const path = '/api/v1/key-results/guarded.reach/guard';
    expect(await bench.refused('DELETE', path, undefined, 409)).toMatchObject({ code: 'no_guard' });
  });

  it('is refused on its own metric, and where points cannot be looked at in that way', async () => {
    const path = '/api/v1/key-results/guarded.reach/guard';
    const own = await bench.refused('PUT', path, { metric: 'guarded', operator: 'at_least', bound: 1 }, 422);
    expect(own.detail).toContain('measured by');
    const sum = { metric: 'refunds', operator: 'at_most', bound: 1, aggregate: 'sum' };
    expect((await bench.refused('PUT', path, sum, 422)).detail).toContain('cannot be added up');
    await bench.refused('PUT', path, { metric: 'nowhere', operator: 'at_most', bound: 1 }, 404);
  });
});

describe('C24, G9: a definition that changes in the middle of a cycle', () => {
  const started = { kind: 'reach', startValue: 0, targetValue: 1000 };
  const path = '/api/v1/key-results/drift.reach/definition-change';
  type Change = {
    from: { version: number };
    to: { version: number };
    jump: Record<string, unknown> | null;
    overlap: Record<string, unknown> | null;
    days: { day: string; old: number | null; new: number | null }[];
    onOld: Record<string, unknown>;
    onNew: Record<string, unknown> | null;
    problem: string | null;
  };
  const readChange = async () => (await bench.get(path)) as unknown as Change;

  it('makes a new version and leaves the Key Result on the old one', async () => {
    await bench.post('/api/v1/metrics', {
      key: 'drift',
      connection: 'shop',
      metric: 'trial_to_paid',
      params: { trialDays: 1, graceDays: 1 },
      historyDays: 30,
    });
    await newKeyResult('drift.reach', { metric: 'drift', goal: { ...started, targetValue: 1 } });
    await bench.sync('shop', (request) => (request.metric === 'trial_to_paid' ? rate(1, 10) : 200));
    const changed = await bench.post('/api/v1/metrics/drift/versions', {
      params: { graceDays: 2 },
      reason: 'cards take two days to clear',
    });
    expect(changed).toMatchObject({ version: 2, params: { trialDays: 1, graceDays: 2 }, liveVersions: 2 });
    expect(await row('drift.reach')).toMatchObject({
      currentValue: 0.1,
      newDefinition: { version: 2, reason: 'cards take two days to clear' },
    });
    expect(await bench.get('/api/v1/metrics')).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ key: 'drift', version: 2, liveVersions: 2 })]),
    });
    expect((await bench.audited('change_definition')).at(-1)).toMatchObject({
      from: { version: 1, params: { graceDays: 1 } },
      to: { version: 2, params: { graceDays: 2 } },
      reason: 'cards take two days to clear',
    });
    expect(await readChange()).toMatchObject({ jump: null, overlap: null });
  });

  it('reads both from then on, shows the jump, and what the verdict would become, and stores none of it', async () => {
    // The old definition says 10 %, the new one 40 %: four times as much, 30 points more.
    await bench.sync('shop', (request) => {
      if (request.metric !== 'trial_to_paid') return 200;
      return request.params['graceDays'] === 2 ? rate(4, 10) : rate(1, 10);
    });
    const seen = await readChange();
    expect(seen).toMatchObject({ from: { version: 1 }, to: { version: 2 }, problem: null });
    expect(seen.jump).toMatchObject({ day: day(-4), old: 0.1, new: 0.4 });
    expect(seen.jump?.['difference']).toBeCloseTo(0.3, 12);
    expect(seen.jump?.['percent']).toBeCloseTo(3, 12);
    // 30 days of history up to four days ago, in both.
    expect(seen.overlap).toMatchObject({ old: expect.closeTo(0.1, 9), new: expect.closeTo(0.4, 9) });
    expect(seen.overlap?.['differing']).toBe(seen.overlap?.['days']);
    expect(seen.onOld).toMatchObject({ currentValue: 0.1, progress: 0.1 });
    expect(seen.onNew).toMatchObject({ currentValue: 0.4, progress: 0.4 });
    expect(await row('drift.reach')).toMatchObject({ currentValue: 0.1, progress: 0.1 });
    expect(await bench.get('/api/v1/definition-changes')).toMatchObject({
      data: [{ keyResult: { key: 'drift.reach' }, to: { version: 2 } }],
    });
  });

  it('takes no other version than the one that was looked at', async () => {
    const accept = '/api/v1/key-results/drift.reach/acceptances';
    expect(await bench.refused('POST', accept, { version: 3 }, 409)).toMatchObject({
      code: 'definition_moved_on',
    });
    expect(await row('drift.reach')).toMatchObject({ currentValue: 0.1 });
  });

  it('moves the Key Result when its owner accepts, and stops collecting the old one', async () => {
    const accepted = await bench.post('/api/v1/key-results/drift.reach/acceptances', { version: 2 });
    expect(accepted).toMatchObject({ currentValue: 0.4, newDefinition: null });
    expect(await bench.get('/api/v1/definition-changes')).toMatchObject({ data: [] });
    expect(await bench.refused('GET', path, undefined, 409)).toMatchObject({ code: 'no_new_definition' });
    const { data } = await bench.get('/api/v1/metrics/drift/versions');
    expect(data).toMatchObject([
      { version: 1, retiredAt: expect.any(String), changeReason: null },
      { version: 2, retiredAt: null, changeReason: 'cards take two days to clear' },
    ]);
    expect((await bench.audited('accept_definition')).at(-1)).toMatchObject({ from: 1, to: 2 });
    const explained = await bench.get('/api/v1/key-results/drift.reach/explanation');
    expect(explained['metric']).toMatchObject({ version: 2, params: { graceDays: 2 } });
    // What was judged before names the version that it was judged by.
    const { pool } = bench.server.services.database;
    const versions = await pool.query<{ version: number }>(
      `SELECT DISTINCT v.version FROM progress_snapshot s JOIN metric_version v ON v.id = s.metric_version_id
       JOIN key_result k ON k.id = s.key_result_id WHERE k.key = 'drift.reach' ORDER BY 1`,
    );
    expect(versions.rows.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('is withdrawn while nobody uses it, and not afterwards', async () => {
    const withdraw = '/api/v1/metrics/drift/withdrawals';
    const reason = 'it counted robots';
    expect(await bench.refused('POST', withdraw, { reason }, 409)).toMatchObject({ code: 'version_in_use' });
    await bench.post('/api/v1/metrics/drift/versions', { params: { graceDays: 3 }, reason: 'three days' });
    expect(await row('drift.reach')).toMatchObject({ newDefinition: { version: 3 } });
    expect(await bench.post(withdraw, { reason })).toMatchObject({ version: 2, liveVersions: 1 });
    expect(await row('drift.reach')).toMatchObject({ newDefinition: null });
    expect((await bench.audited('withdraw_definition')).at(-1)).toMatchObject({ version: 3, reason });
    // The next one has a number of its own: no two definitions ever share one.
    const next = await bench.post('/api/v1/metrics/drift/versions', {
      params: { graceDays: 4 },
      reason: 'four days',
    });
    expect(next).toMatchObject({ version: 4 });
    await bench.post(withdraw, { reason });
  });

  it('keeps a frozen baseline of the old version, unless the owner has it captured on the new one', async () => {
    await bench.post('/api/v1/metrics', {
      key: 'shift',
      connection: 'shop',
      metric: 'trial_to_paid',
      params: { trialDays: 1, graceDays: 5 },
      historyDays: 60,
    });
    for (const key of ['shift.kept', 'shift.again']) {
      const goal = { ...change, percent: 100 };
      await newKeyResult(key, { metric: 'shift', goal, baselineRule: { kind: 'trailing_mean', days: 7 } });
    }
    const says = (request: { metric: string; params: Record<string, unknown> }) => {
      if (request.metric !== 'trial_to_paid') return 200;
      return request.params['graceDays'] === 6 ? rate(4, 10) : rate(1, 10);
    };
    await bench.sync('shop', says);
    await bench.post('/api/v1/metrics/shift/versions', {
      params: { graceDays: 6 },
      reason: 'cards are slow',
    });
    await bench.sync('shop', says);
    expect(await bench.get('/api/v1/key-results/shift.kept/definition-change')).toMatchObject({
      baseline: 0.1,
    });
    // From 10 % to 20 %: on the new series, which says 40 %, that is (0.4 - 0.1) ÷ 0.1 = 3 times the way.
    const kept = await bench.post('/api/v1/key-results/shift.kept/acceptances', {});
    expect(kept).toMatchObject({ startValue: 0.1, currentValue: 0.4, progress: expect.closeTo(3, 9) });
    expect(await row('shift.again')).toMatchObject({ newDefinition: { version: 2 }, currentValue: 0.1 });
    const again = await bench.post('/api/v1/key-results/shift.again/acceptances', { recapture: true });
    expect(again).toMatchObject({ startValue: 0.4, targetValue: 0.8, progress: 0 });
    expect((await baselines('shift.again')).baselines).toMatchObject([{ value: 0.4 }, { value: 0.1 }]);
    expect((await bench.audited('accept_definition')).at(-1)).toMatchObject({ recaptured: 0.1 });
  });

  it('is refused at the acceptance when it counts in another currency than the goal', async () => {
    await newMetric('coin');
    await newKeyResult('coin.reach', { metric: 'coin', goal: started });
    await bench.post('/api/v1/metrics/coin/versions', {
      params: { currency: 'eur' },
      reason: 'the company moved',
    });
    const problem = await bench.refused('POST', '/api/v1/key-results/coin.reach/acceptances', {}, 409);
    expect(problem).toMatchObject({ code: 'definition_impossible' });
    expect(problem.detail).toContain('money (USD)');
    expect(problem.detail).toContain('money (EUR)');
    const seen = await bench.get('/api/v1/key-results/coin.reach/definition-change');
    expect(seen).toMatchObject({ onNew: null, problem: expect.stringContaining('EUR') });
    expect(await row('coin.reach')).toMatchObject({ currency: 'usd' });
  });

  it('is refused without a reason, without a change, and for numbers that are given', async () => {
    const change2 = '/api/v1/metrics/coin/versions';
    await bench.refused('POST', change2, { params: { currency: 'gbp' } }, 422);
    const same = { params: { currency: 'eur' }, reason: 'no change at all' };
    expect(await bench.refused('POST', change2, same, 409)).toMatchObject({ code: 'unchanged' });
    const wrong = { params: { nonsense: 1, currency: 'nonsense' }, reason: 'to see it' };
    await bench.refused('POST', change2, wrong, 422);
    const given = { timeZone: 'Asia/Shanghai', reason: 'to see it' };
    expect(await bench.refused('POST', '/api/v1/metrics/churn/versions', given, 409)).toMatchObject({
      code: 'not_computed',
    });
    await bench.refused('POST', change2, { formula: 'a / b', reason: 'to see it' }, 422);
  });
});

describe('a formula', () => {
  const push = (metric: string, values: [string, number][]) =>
    bench.post(`/api/v1/metrics/${metric}/values`, {
      values: values.map(([on, value]) => ({ day: on, value })),
    });

  it('combines what is stored at once, and anew with whatever its metrics bring', async () => {
    await bench.post('/api/v1/metrics/values', { key: 'tickets', kind: 'flow', unit: 'count' });
    await bench.post('/api/v1/metrics/values', { key: 'visits', kind: 'flow', unit: 'count' });
    await push('tickets', [
      [day(-3), 6],
      [day(-2), 5],
    ]);
    await push('visits', [
      [day(-3), 12],
      [day(-2), 0],
    ]);
    const made = await bench.post('/api/v1/metrics/formulas', {
      key: 'per-visit',
      formula: 'tickets/visits',
    });
    expect(made).toMatchObject({
      source: 'formula',
      kind: 'ratio',
      unit: 'ratio',
      definition: { formula: 'tickets / visits' },
    });
    await newKeyResult('per-visit.down', {
      metric: 'per-visit',
      goal: { kind: 'reach', startValue: 1, targetValue: 0.5 },
      aggregate: { trailingDays: 3 },
    });
    // 6 ÷ 12 = 0.5; nobody came on the second day, which is no value and no zero.
    expect(await bench.get('/api/v1/metrics/per-visit/points')).toMatchObject({
      data: [
        { day: day(-3), value: '0.5', numerator: '6', denominator: '12', reason: null },
        { day: day(-2), value: null, numerator: '5', denominator: '0', reason: 'zero_denominator' },
      ],
    });
    await push('tickets', [[day(-1), 1]]);
    expect(await bench.get('/api/v1/metrics/per-visit/points')).toMatchObject({
      data: [{}, {}, { day: day(-1), value: null, reason: 'no_observation' }],
    });
    await push('visits', [[day(-1), 4]]);
    // Three days: (6 + 5 + 1) ÷ (12 + 0 + 4) = 0.75, half of the way from 1 to 0.5; the mean of the rates is another number.
    expect(await row('per-visit.down')).toMatchObject({
      currentValue: 0.75,
      progress: 0.5,
      source: { kind: 'formula', connectionKey: '', environment: 'live', metricKey: 'per-visit' },
    });
  });

  it('keeps a restated day as a revision, like any other metric', async () => {
    await push('tickets', [[day(-1), 2]]);
    const { data } = await bench.get('/api/v1/metrics/per-visit/points');
    expect((data as unknown[]).at(-1)).toMatchObject({ day: day(-1), value: '0.5', revision: 3 });
  });

  it('is no end of the walk: each of its metrics is explained with its own days and who brought them', async () => {
    const explained = await bench.get('/api/v1/key-results/per-visit.down/explanation');
    expect(explained).toMatchObject({
      metric: { key: 'per-visit', definition: { kind: 'formula', formula: 'tickets / visits' } },
      inputs: [
        { name: 'tickets', points: [{ day: day(-1), value: '2' }, { value: '5' }, { value: '6' }] },
        { name: 'visits', points: [{ day: day(-1), value: '4' }, { value: '0' }, { value: '12' }] },
      ],
    });
    const ingests = explained['ingests'] as { via: string; digest: string }[];
    expect(ingests.length).toBeGreaterThanOrEqual(4);
    expect(ingests[0]).toMatchObject({ via: 'push', digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('over a sandbox account is labelled as sandbox, and names the runs and requests of its metrics', async () => {
    await newMetric('gross');
    await bench.post('/api/v1/metrics', {
      key: 'net',
      connection: 'shop',
      metric: 'net_revenue',
      params: { currency: 'usd' },
    });
    const formula = { key: 'gross-share', formula: 'net / gross', title: 'Share of gross' };
    await bench.post('/api/v1/metrics/formulas', formula);
    await newKeyResult('gross.up', {
      metric: 'gross-share',
      goal: { kind: 'reach', startValue: 0, targetValue: 2 },
    });
    await bench.sync('shop', (request) => (request.metric === 'net_revenue' ? 50 : undefined));
    // The same reading behind both: 50 ÷ 50 = 1.
    expect(await row('gross.up')).toMatchObject({
      currentValue: 1,
      progress: 0.5,
      source: { kind: 'formula', environment: 'sandbox' },
    });
    const explained = await bench.get('/api/v1/key-results/gross.up/explanation');
    const [run] = explained['runs'] as { evidence: { exchanges: { url: string }[] }[] }[];
    expect(run?.evidence.length).toBe(2);
    expect(run?.evidence[0]?.exchanges[0]?.url).toBe('https://provider.test/net_revenue');
    const asked = await bench.post('/api/v1/sync-runs', { keyResult: 'gross.up' }, 202);
    expect(asked['data']).toMatchObject([{ connectionKey: 'shop' }]);
    const none = await bench.refused('POST', '/api/v1/sync-runs', { keyResult: 'per-visit.down' }, 409);
    expect(none).toMatchObject({ code: 'not_read' });
  });

  it.each([
    { formula: 'tickets / nothing', says: 'There is no metric "nothing"' },
    { formula: 'tickets +', says: 'formula' },
    { formula: 'per-visit * 2', says: 'There is no metric "per"' },
    { formula: '`per-visit` * 2', says: 'is a formula itself' },
    { formula: 'tickets + gross', says: 'joins' },
    { formula: 'tickets / 0', says: 'divides by 0' },
    { formula: '1 + 1', says: 'reads no metric' },
  ])('is refused: $formula', async ({ formula, says }) => {
    const problem = await bench.refused('POST', '/api/v1/metrics/formulas', { key: 'wrong', formula }, 422);
    expect(`${problem.detail} ${problem.fix}`).toContain(says);
  });

  it('says how to write a formula over a formula', async () => {
    const body = { key: 'nested', formula: '`per-visit` * 2' };
    const problem = await bench.refused('POST', '/api/v1/metrics/formulas', body, 422);
    expect(problem.fix).toContain('(tickets / visits)');
  });

  it('G9: changes its text as a new version, and the Key Result waits for its owner', async () => {
    const change2 = { formula: '2 * tickets / visits', reason: 'a ticket costs two contacts' };
    expect(await bench.post('/api/v1/metrics/per-visit/versions', change2)).toMatchObject({
      version: 2,
      liveVersions: 2,
    });
    expect(await row('per-visit.down')).toMatchObject({ newDefinition: { version: 2 } });
    // Version 2 is computed over the same days at once: 2 × 2 ÷ 4 = 1 on the last one.
    expect(await bench.get('/api/v1/key-results/per-visit.down/definition-change')).toMatchObject({
      jump: { day: day(-1), old: 0.5, new: 1, difference: 0.5, percent: 1 },
      problem: null,
    });
    await push('tickets', [[day(-1), 4]]);
    const both = await bench.get('/api/v1/key-results/per-visit.down/definition-change');
    expect(both).toMatchObject({ jump: { old: 1, new: 2 } });
    await bench.post('/api/v1/key-results/per-visit.down/acceptances', {});
    // 2 × (6 + 5 + 4) ÷ 16 = 1.875.
    expect(await row('per-visit.down')).toMatchObject({ currentValue: 1.875, newDefinition: null });
  });

  it('stays on the definition of its metrics that it was checked with', async () => {
    await bench.post('/api/v1/metrics/gross/versions', {
      timeZone: 'Asia/Shanghai',
      reason: 'the books are kept there',
    });
    await bench.sync('shop', (request) => (request.timeZone === 'UTC' ? 50 : 70));
    expect(await row('gross.up')).toMatchObject({ currentValue: 1 });
    // The two no longer share their days, so the formula cannot follow.
    const again = { reason: 'follow the books' };
    const problem = await bench.refused('POST', '/api/v1/metrics/gross-share/versions', again, 422);
    expect(problem.detail).toContain('Asia/Shanghai');
  });
});

function rate(numerator: number, denominator: number) {
  return {
    value: String(numerator / denominator),
    numerator: String(numerator),
    denominator: String(denominator),
  };
}
