import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../sandbox/index.ts';
import { problemSchema } from '../../src/api/contract.ts';
import { type Source, startSource } from './support/source.ts';

let source: Source;
beforeAll(async () => {
  source = await startSource();
  expect(await source.sync()).toMatchObject({ status: 'succeeded', errorClass: null });
});
afterAll(() => source.close());

const preview = { connection: 'shop', metric: 'net_revenue', params: { currency: 'usd' }, days: 5 };

/** What each trouble of a provider is called, and who is told to act. */
const TROUBLES: { fault: FaultKind; errorClass: string; says: RegExp; fix: RegExp; retryable: boolean }[] = [
  {
    fault: 'revoked',
    errorClass: 'auth',
    says: /^Shop: Stripe refused the key \(401\)/,
    fix: /restricted key in the Stripe Dashboard/,
    retryable: false,
  },
  {
    fault: 'forbidden',
    errorClass: 'auth',
    says: /^Shop: The Stripe key may not read this \(403\)/,
    fix: /permission rak_\w+_read/,
    retryable: false,
  },
  {
    fault: 'empty',
    errorClass: 'bad_payload',
    says: /^Shop: Stripe sent/,
    fix: /try again/,
    retryable: true,
  },
  {
    fault: 'not_json',
    errorClass: 'bad_payload',
    says: /^Shop: Stripe sent/,
    fix: /try again/,
    retryable: true,
  },
  { fault: 'cut_off', errorClass: 'bad_payload', says: /^Shop: Stripe/, fix: /try again/, retryable: true },
  {
    fault: 'changed_shape',
    errorClass: 'schema_drift',
    says: /^Shop: .*Stripe/,
    fix: /report it/,
    retryable: false,
  },
  {
    fault: 'server_error',
    errorClass: 'transient',
    says: /^Shop: Stripe could not answer \(500\)/,
    fix: /try again/,
    retryable: true,
  },
  {
    fault: 'rate_limit',
    errorClass: 'rate_limited',
    says: /^Shop: Stripe asks to slow down \(429/,
    fix: /try again/,
    retryable: true,
  },
];

describe.each(TROUBLES)('when Stripe has $fault', ({ fault, errorClass, says, fix, retryable }) => {
  // What has not changed is not asked for again, so it is something new that shows how answers look now.
  beforeAll(() => {
    source.sell();
    source.break(fault);
  });
  afterAll(() => source.heal());

  // A check asks for one object only, and the field that changes is not in it.
  const checks = fault === 'changed_shape' ? [] : ['a connection check says so and who acts'];
  it.each(checks)('%s', async () => {
    const answer = await source.server.ask('POST', '/api/v1/connections/shop/test-runs');
    expect(answer.status, answer.text).toBe(502);
    const problem = problemSchema.parse(answer.json);
    expect(problem).toMatchObject({ code: `source_${errorClass}`, retryable });
    expect(problem.detail).toMatch(says);
    expect(problem.fix).toMatch(fix);
  });

  it('a preview says so and stores nothing', async () => {
    const before = await source.points('revenue');
    const answer = await source.server.ask('POST', '/api/v1/bindings/previews', preview);
    expect(answer.status, answer.text).toBe(502);
    const problem = problemSchema.parse(answer.json);
    expect(problem).toMatchObject({ code: `source_${errorClass}`, retryable });
    expect(problem.detail).toMatch(says);
    expect(problem.fix).toMatch(fix);
    expect(answer.text).not.toMatch(/rk_test_[0-9a-f]{8}/);
    expect(await source.points('revenue')).toEqual(before);
  });

  it('a sync keeps every point and the status, and only the data state tells of it', async () => {
    const before = { revenue: await source.points('revenue'), mrr: await source.points('mrr') };
    const was = await source.row('money.net');
    const run = await source.sync();
    expect(run).toMatchObject({ errorClass });
    expect(run.status).not.toBe('succeeded');
    expect({ revenue: await source.points('revenue'), mrr: await source.points('mrr') }).toEqual(before);
    const row = await source.row('money.net');
    // A rate limit ends by itself: the data are late, not failing.
    expect(row.data.state).toBe(fault === 'rate_limit' ? 'late' : 'failing');
    expect(row.data.reason.text.length).toBeGreaterThan(10);
    expect(row.status.state).toBe(was.status.state);
    expect(row.status.state).not.toBe('unknown');
    expect(row).toMatchObject({ currentValue: was.currentValue, progress: was.progress });
  });
});

it('answers again after all that, and the data are fresh', async () => {
  expect(await source.sync()).toMatchObject({ status: 'succeeded', errorClass: null });
  expect((await source.row('money.net')).data.state).toBe('fresh');
});

describe('a well-formed empty list', () => {
  beforeAll(() => source.break('empty_list'));
  afterAll(() => source.heal());

  it('takes nothing away from what was read before: the run fails, and says what it expected', async () => {
    const before = { revenue: await source.points('revenue'), mrr: await source.points('mrr') };
    const run = await source.sync();
    expect(run).toMatchObject({ status: 'queued', errorClass: 'bad_payload' });
    expect(run.message).toMatch(
      /^Stripe left out of its events evt_\w+, which it had listed before: the list is not whole\. Nothing was taken from it/,
    );
    expect({ revenue: await source.points('revenue'), mrr: await source.points('mrr') }).toEqual(before);
    const row = await source.row('money.net');
    expect(row.data.state).toBe('failing');
    expect(row.status.state).not.toBe('unknown');
  });

  it('is no value, and no zero, for a metric that is read for the first time', async () => {
    const body = {
      key: 'new',
      connection: 'shop',
      metric: 'net_revenue',
      params: { currency: 'usd' },
      historyDays: 3,
    };
    expect((await source.server.ask('POST', '/api/v1/metrics', body)).status).toBe(201);
    await source.sync();
    expect(await source.points('new')).toEqual([]);
  });

  it('hides nothing of an account for ever: once it answers, the new metric has every day', async () => {
    await source.heal();
    expect(await source.sync()).toMatchObject({ status: 'succeeded', errorClass: null });
    const values = async (metric: string) =>
      (await source.points(metric)).slice(-4).map((point) => (point as { value: string }).value);
    expect(await values('new')).toHaveLength(4);
    expect(await values('new')).toEqual(await values('revenue'));
  });

  it('at the very first read leaves days without a value, and is made up for by the next', async () => {
    const other = await startSource();
    try {
      other.break('empty_list');
      expect(await other.sync()).toMatchObject({ status: 'succeeded', errorClass: null });
      expect({ revenue: await other.points('revenue'), mrr: await other.points('mrr') }).toEqual({
        revenue: [],
        mrr: [],
      });
      await other.heal();
      expect(await other.sync()).toMatchObject({ status: 'succeeded', errorClass: null });
      const day = ({ day: of, value }: { day: string; value: string }) => [of, value];
      // Today one of them has sold more.
      const days = async (from: Source) => ((await from.points('revenue')) as never[]).map(day).slice(0, -1);
      expect(await days(other)).toEqual(await days(source));
    } finally {
      await other.close();
    }
  });
});

it('data that stay away for days make the status unknown, with the last known one and its day', async () => {
  await source.heal();
  expect(await source.sync()).toMatchObject({ status: 'succeeded' });
  const before = await source.points('revenue');
  const was = await source.row('money.net');
  source.break('revoked');
  // Today's first hours must not pass for a whole day once it is over.
  await source.later(2);
  const soon = await source.row('money.net');
  expect(soon.status.state).toBe(was.status.state);
  expect(soon).toMatchObject({ currentValue: was.currentValue, progress: was.progress });
  await source.later(7);
  await source.sync();
  const row = await source.row('money.net');
  expect(row.data.state).toBe('stale');
  expect(row.status.state).toBe('unknown');
  expect(row.status.lastKnown).toMatchObject({ state: was.status.state });
  expect(row.data.dataThroughDay).toBe(was.data.dataThroughDay);
  expect(await source.points('revenue')).toEqual(before);
});
