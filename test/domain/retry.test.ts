import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErrorClass, type RetryInput, retryDecision } from '../../src/domain/retry.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** `random` one half is the middle of the jitter: the base itself. */
const decide = (errorClass: ErrorClass, attempt: number, over: Partial<RetryInput> = {}) =>
  retryDecision({ errorClass, attempt, afterMs: null, random: 0.5, ...over });

describe('a provider that does not answer', () => {
  it('is tried six times, further and further apart', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) => decide('transient', attempt));
    expect(delays.map((found) => (found.action === 'retry' ? found.delayMs : null))).toEqual([
      5 * second,
      30 * second,
      2 * minute,
      10 * minute,
      30 * minute,
    ]);
    expect(decide('transient', 6)).toEqual({
      action: 'give_up',
      outcome: 'failed',
      because: 'attempts_used',
    });
  });

  it('is not asked sooner than it wants to be', () => {
    expect(decide('transient', 1, { afterMs: 90 * second })).toMatchObject({ delayMs: 90 * second });
    expect(decide('transient', 3, { afterMs: second })).toMatchObject({ delayMs: 2 * minute });
  });

  it('is left to the next slot when the retry would come after it', () => {
    expect(decide('transient', 5, { nextSlotInMs: 20 * minute })).toEqual({
      action: 'give_up',
      outcome: 'failed',
      because: 'next_slot',
    });
    expect(decide('transient', 4, { nextSlotInMs: 20 * minute }).action).toBe('retry');
  });
});

it('waits half to one and a half times the base, never the same for all', () => {
  expect(decide('transient', 2, { random: 0 })).toMatchObject({ delayMs: 15 * second });
  expect(decide('transient', 2, { random: 0.999_999 })).toMatchObject({ delayMs: 44_999 });
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1, max: 5 }),
      (random, attempt) => {
        const found = decide('transient', attempt, { random });
        const base = [5, 30, 120, 600, 1800][attempt - 1] ?? 0;
        const delay = found.action === 'retry' ? found.delayMs / second : -1;
        expect(delay).toBeGreaterThanOrEqual(base * 0.5);
        expect(delay).toBeLessThanOrEqual(base * 1.5);
      },
    ),
  );
});

describe('a rate limit', () => {
  it.each([
    { asked: 30 * second, waits: 30 * second },
    { asked: 0, waits: second },
    { asked: 9 * hour, waits: 6 * hour },
  ])('that asks for $asked ms is given $waits', ({ asked, waits }) => {
    expect(decide('rate_limited', 1, { afterMs: asked })).toEqual({
      action: 'retry',
      delayMs: waits,
      usesAttempt: false,
      pausesConnection: true,
      queue: 'normal',
    });
  });

  it('that asks for nothing is given a minute, doubling to an hour', () => {
    const delays = [0, 1, 5, 6, 60].map((limitedCount) => decide('rate_limited', 1, { limitedCount }));
    expect(delays.map((found) => (found.action === 'retry' ? found.delayMs / minute : null))).toEqual([
      1, 2, 32, 60, 60,
    ]);
  });

  it('uses no attempt, and becomes the owner’s after a day', () => {
    expect(decide('rate_limited', 99).action).toBe('retry');
    const owner = { action: 'owner', connectionState: 'quota_exhausted' };
    expect(decide('rate_limited', 1, { limitedForMs: 25 * hour })).toEqual(owner);
    expect(decide('rate_limited', 1, { afterMs: 25 * hour })).toEqual(owner);
    expect(decide('rate_limited', 1, { limitedForMs: 24 * hour }).action).toBe('retry');
  });
});

describe('a refused key', () => {
  it('is tried once more after a minute, and then is the owner’s', () => {
    expect(decide('auth', 1)).toMatchObject({ action: 'retry', delayMs: minute });
    expect(decide('auth', 2)).toEqual({ action: 'owner', connectionState: 'needs_reauth' });
  });

  it('counts its own refusals only', () => {
    expect(decide('auth', 4, { previousErrorClass: 'transient' }).action).toBe('retry');
    expect(decide('auth', 5, { previousErrorClass: 'auth' }).action).toBe('owner');
    expect(decide('auth', 1, { previousErrorClass: null }).action).toBe('retry');
  });
});

it('gives a broken answer three attempts and a bug of ours two', () => {
  expect([1, 2, 3].map((attempt) => decide('bad_payload', attempt).action)).toEqual([
    'retry',
    'retry',
    'give_up',
  ]);
  expect([1, 2].map((attempt) => decide('bug', attempt).action)).toEqual(['retry', 'give_up']);
  expect(decide('bug', 2)).toMatchObject({ outcome: 'dead' });
  expect(decide('bad_payload', 3)).toMatchObject({ outcome: 'failed' });
});

it.each(['schema_drift', 'too_large', 'blocked_destination'] as const)(
  'never repeats what only a change can mend: %s',
  (errorClass) => {
    expect(decide(errorClass, 1)).toEqual({ action: 'give_up', outcome: 'failed', because: 'not_retryable' });
  },
);

it('asks the owner about a wrong setting at once', () => {
  expect(decide('config', 1)).toEqual({ action: 'owner', connectionState: 'misconfigured' });
});

it('moves a run that kills its process aside after three starts, and buries it after five', () => {
  const fates = [1, 2, 3, 4, 5].map((starts) => decide('poison', starts));
  expect(fates.map((found) => (found.action === 'retry' ? found.queue : found.action))).toEqual([
    'normal',
    'normal',
    'quarantine',
    'quarantine',
    'give_up',
  ]);
  expect(fates[4]).toMatchObject({ outcome: 'dead' });
});

it('does not hold our own database against a run', () => {
  expect(decide('internal', 6)).toMatchObject({ action: 'retry', usesAttempt: false });
});
