import { describe, expect, it } from 'vitest';
import { funnelTokens, learnTokens, shapeOf, tokensOf } from '../../../connectors/ga4/costs.ts';
import { emptyPools, lowest, tokenPools, tokensUsed, toldOf } from '../../../connectors/ga4/pools.ts';
import type { Quota } from '../../../connectors/ga4/schema.ts';
import { claimTokens, EMPTY_BOOK, settleTokens } from '../../../connectors/sdk/token-book.ts';
import { peopleOf } from './support/people.ts';
import { property, quotasOf, quotaWith } from './support/property.ts';
import { berlin, runOn } from './support/read.ts';
import type { Respond } from './support/server.ts';

/** 12 minutes before the full hour; in California it is 06:48. */
const now = new Date('2026-03-20T13:48:00Z');
const left = (less: Record<string, number> = {}) => quotaWith(less) as Quota;

describe('what an answer costs', () => {
  it('is estimated for a shape that was never seen: ten, more for filters, long ranges and cohorts', () => {
    const dateRanges = [{ startDate: '2026-01-01', endDate: '2026-03-31' }];
    expect(tokensOf('1', { dateRanges: [{ startDate: '2026-03-01', endDate: '2026-03-03' }] })).toBe(10);
    // 90 days are three times thirty
    expect(tokensOf('1', { dateRanges })).toBe(13);
    const dimensionFilter = { filter: { fieldName: 'eventName', stringFilter: { value: 'a' } } };
    expect(tokensOf('1', { dateRanges, dimensionFilter })).toBe(15);
    expect(tokensOf('1', { cohortSpec: { cohorts: [{}, {}] } })).toBe(12);
    // ten, and five for each step
    expect(funnelTokens('1', 3, 8)).toBe(25);
  });

  it('is what answers of that shape have cost in this property, once one was seen', () => {
    const request = { dateRanges: [{ startDate: '2026-03-01', endDate: '2026-03-03' }] };
    learnTokens('2', shapeOf(request), 42);
    expect(tokensOf('2', request)).toBe(42);
    expect(tokensOf('3', request)).toBe(10);
  });

  it('is read from the answer, and an answer that does not tell teaches nothing', () => {
    expect(tokensUsed(left())).toBe(6);
    expect(tokensUsed({ tokensPerDay: { remaining: 5, consumed: 0 } })).toBeNull();
  });
});

/** What a claim of so many tokens comes to right after an answer has told what is left. */
function roomFor(tokens: number, quota: Quota) {
  const pools = tokenPools('acme');
  const asking = { pools, tokens: 0, kind: 'call', mayGoFirst: true } as const;
  const asked = claimTokens(EMPTY_BOOK, asking, now);
  const told = { tokens: 0, told: toldOf(quota, 'acme') };
  const { book } = settleTokens(asked.book, '1', pools, told, now);
  return claimTokens(book, { ...asking, tokens }, now).result;
}

describe('room in the pools', () => {
  it('is what is left less a tenth of the pool, which is for other tools', () => {
    // A tenth of 14,000 are 1,400: of 1,450 fifty may be spent.
    const quota = left({ tokensPerProjectPerHour: 1_450 });
    expect(roomFor(50, quota)).toMatchObject({ ok: true });
    expect(roomFor(51, quota)).toMatchObject({
      reason: 'short',
      pool: 'project:acme',
      left: 1_450,
      kept: 1_400,
      afterMs: 12 * 60_000,
    });
  });

  it('that is short twice waits for the slower one: midnight in California', () => {
    const quota = left({ tokensPerProjectPerHour: 0, tokensPerDay: 0 });
    expect(roomFor(1, quota)).toMatchObject({ pool: 'day', afterMs: (17 * 60 + 12) * 60_000 });
    expect(emptyPools(quota, now).map(({ label }) => label)).toEqual(['day', 'project and hour']);
  });

  it('that was not told is not empty', () => {
    expect(roomFor(5_000, {})).toMatchObject({ ok: true });
  });

  it('is the smaller number of each pool where the reports of a batch tell several', () => {
    const first = left({ tokensPerHour: 20_000, tokensPerDay: 90_000 });
    const { tokensPerDay: _, ...second } = left({ tokensPerHour: 20_010 });
    const told = Object.fromEntries(
      toldOf(lowest(first, second as Quota), 'acme').map(({ name, remaining }) => [name, remaining]),
    );
    expect(told).toEqual({ day: 90_000, hour: 20_000, 'project:acme': 13_700 });
  });
});

/** A running metric's last days, and the past of two others. */
const days = ['2026-03-16', '2026-03-17', '2026-03-18'].map((day) => [day, { sessions: 5, newUsers: 2 }]);
const increment = { metric: 'sessions', window: berlin('2026-03-16', '2026-03-19') };
const backfill = { metric: 'users', window: berlin('2025-03-01', '2026-03-19') };

/** The reports by date of a property, the people of its windows, and what is left. */
function withQuota(quota: Record<string, unknown>): Respond {
  const byDate = property(Object.fromEntries(days) as Record<string, Record<string, number>>, { quota });
  const people = peopleOf(() => 5, { quota });
  return (call) => {
    if (call.method === 'getPropertyQuotasSnapshot') return { body: quotasOf(quota) };
    const isByDate = (call.body.requests ?? []).some(({ dimensions }) => (dimensions ?? []).length > 0);
    return isByDate ? byDate(call) : people(call);
  };
}

describe.each(['rest', 'grpc'] as const)('a run that would need more than is left, over %s', (transport) => {
  // 384 days are 96 reports of four windows of 28 days each, ten tokens and three for their length: more than a thousand.
  const scarce = quotaWith({ tokensPerProjectPerHour: 1_500 });

  it('looks first, asks what fits, and lets the rest wait with the pool, what is left and until when', async () => {
    const { asked, outcomes } = await runOn(withQuota(scarce), [backfill, increment], { now, transport });
    const [past, newest] = outcomes;
    expect(past).toMatchObject({
      error: {
        errorClass: 'rate_limited',
        code: 'quota_budget',
        remedy: { by: 'time', afterMs: 12 * 60_000 },
      },
    });
    const { message } = (past as { error: Error }).error;
    expect(message).toContain(
      '1500 are left for the project and hour, and 1400 of them are kept for other tools',
    );
    expect(message).toContain('It is read after 2026-03-20 14:00 UTC.');
    expect(newest).toHaveProperty('points');
    expect(asked.map(({ method }) => method)).toEqual(['getPropertyQuotasSnapshot', 'batchRunReports']);
  });

  it('keeps what the newest days need, though the past is asked for first and would fit alone', async () => {
    // 108 windows of a week are 27 reports, each of which costs 60 tokens here: 1,620 in all.
    const past = { metric: 'users', params: { days: 7 }, window: berlin('2025-12-01', '2026-03-19') };
    const costing60 = (less: Record<string, number>) =>
      Object.fromEntries(
        Object.entries(quotaWith(less)).map(([pool, told]) => [pool, { ...(told as object), consumed: 60 }]),
      );
    const first = await runOn(withQuota(costing60({})), [past], { now, transport });
    expect(first.outcomes[0]).toHaveProperty('points');
    const enough = costing60({ tokensPerProjectPerHour: 1_400 + 27 * 60 });
    const { outcomes } = await runOn(withQuota(enough), [past, increment], { now, transport });
    expect(outcomes[0]).toMatchObject({ error: { code: 'quota_budget' } });
    expect(outcomes[1]).toHaveProperty('points');
  });
});

it('a run of few tokens asks without looking: the headroom is larger than what it may spend', async () => {
  const { asked, outcomes } = await runOn(withQuota(quotaWith()), [increment], { now });
  expect(outcomes[0]).toHaveProperty('points');
  expect(asked.map(({ method }) => method)).toEqual(['batchRunReports']);
});

it('an early API that is closed keeps nobody from reading: every call is weighed against the last answer', async () => {
  const open = withQuota(quotaWith());
  const closed: Respond = (call) =>
    call.method === 'getPropertyQuotasSnapshot'
      ? { status: 404, body: { error: { code: 404, message: 'Not found.', status: 'NOT_FOUND' } } }
      : open(call);
  const { outcomes } = await runOn(closed, [backfill], { now });
  expect(outcomes[0]).toHaveProperty('points');
});

it('nothing is asked beyond what is left, however often a run asks', async () => {
  let remaining = 1_400 + 60;
  let asked = 0;
  const respond: Respond = (call) => {
    asked += 10 * (call.body.requests?.length ?? 1);
    remaining -= 10 * (call.body.requests?.length ?? 1);
    return withQuota(quotaWith({ tokensPerProjectPerHour: remaining }))(call);
  };
  const windows = ['05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19'];
  const reads = windows.map((day) => ({
    metric: 'sessions',
    window: berlin('2026-03-01', `2026-03-${day}`),
  }));
  const { outcomes } = await runOn(respond, reads, { now });
  expect(asked).toBeLessThanOrEqual(60);
  expect(outcomes.some((outcome) => 'error' in outcome)).toBe(true);
});

it('another worker that finds the property paused is told so in words', async () => {
  const { outcomes } = await runOn(withQuota(quotaWith()), [increment], {
    now,
    change: (context) => void context.quota.pause('ga4:987654321', 720_000),
  });
  const { error } = outcomes[0] as { error: Error };
  expect(error).toMatchObject({ errorClass: 'rate_limited', code: 'quota_paused' });
  expect(error.message).toMatch(
    /The quota of GA4 property 987654321 is left alone: .* It is read after 2026-03-20 (13:59|14:00) UTC\./,
  );
});
