/**
 * What follows a failed attempt, decided from its class alone. `poison`: the process died in the run; `internal`: our
 * own database was away; `bug`: anything that nobody foresaw.
 */
export type ErrorClass =
  | 'transient'
  | 'rate_limited'
  | 'auth'
  | 'config'
  | 'bad_payload'
  | 'schema_drift'
  | 'too_large'
  | 'blocked_destination'
  | 'bug'
  | 'poison'
  | 'internal';

export type RetryInput = {
  errorClass: ErrorClass;
  /** Attempts made, this one included. For `poison`: starts. */
  attempt: number;
  /** What the provider asked for (Retry-After), or null. */
  afterMs: number | null;
  /** 0 (inclusive) to 1 (exclusive), drawn by the caller. */
  random: number;
  /** The class of the attempt before, null for the first; absent: the same class each time. */
  previousErrorClass?: ErrorClass | null;
  /** Rate limits met in a row before this one, and for how long already. They use no attempt. */
  limitedCount?: number;
  limitedForMs?: number;
  /** Until the schedule's next slot; a retry after it is pointless, because that slot reads the same days. */
  nextSlotInMs?: number | null;
};

export type RetryDecision =
  | {
      action: 'retry';
      delayMs: number;
      usesAttempt: boolean;
      /** The whole credential waits, not only this run. */
      pausesConnection: boolean;
      /** A run that kills its process goes where it can only hurt itself. */
      queue: 'normal' | 'quarantine';
    }
  | {
      action: 'give_up';
      outcome: 'failed' | 'dead';
      because: 'not_retryable' | 'attempts_used' | 'next_slot';
    }
  | { action: 'owner'; connectionState: 'needs_reauth' | 'misconfigured' | 'quota_exhausted' };

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

const transientDelaysMs = [5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs, 30 * minuteMs];
const attemptsOf = { transient: 6, bad_payload: 3, bug: 2 } as const;
const poisonStarts = 5;

/** Half to one and a half times the base, so that runs which failed together do not come back together. */
function jittered(baseMs: number, random: number): number {
  return Math.trunc(baseMs * (0.5 + random));
}

export function retryDecision(input: RetryInput): RetryDecision {
  switch (input.errorClass) {
    case 'transient':
    case 'bad_payload':
    case 'bug':
      return backoff(input, input.errorClass);
    case 'rate_limited':
      return afterLimit(input);
    case 'auth': {
      // One confirmation: providers answer 401 during their own incidents, and a wrong pause stops good data.
      const previous = input.previousErrorClass;
      const confirmed = previous === undefined ? input.attempt >= 2 : previous === 'auth';
      if (confirmed) return { action: 'owner', connectionState: 'needs_reauth' };
      return retry(jittered(minuteMs, input.random), input);
    }
    case 'config':
      return { action: 'owner', connectionState: 'misconfigured' };
    case 'schema_drift':
    case 'too_large':
    case 'blocked_destination':
      return { action: 'give_up', outcome: 'failed', because: 'not_retryable' };
    case 'poison': {
      if (input.attempt >= poisonStarts)
        return { action: 'give_up', outcome: 'dead', because: 'attempts_used' };
      const queue = input.attempt >= 3 ? 'quarantine' : 'normal';
      const delayMs = jittered(2 * secondMs, input.random);
      return { action: 'retry', delayMs, usesAttempt: true, pausesConnection: false, queue };
    }
    case 'internal': {
      const delayMs = jittered(5 * secondMs, input.random);
      return { action: 'retry', delayMs, usesAttempt: false, pausesConnection: false, queue: 'normal' };
    }
  }
}

function backoff(input: RetryInput, errorClass: keyof typeof attemptsOf): RetryDecision {
  if (input.attempt >= attemptsOf[errorClass]) {
    return { action: 'give_up', outcome: errorClass === 'bug' ? 'dead' : 'failed', because: 'attempts_used' };
  }
  const base = transientDelaysMs[input.attempt - 1] ?? 30 * minuteMs;
  // What the provider asked for is a floor: coming back sooner is what it asked us not to do.
  return retry(Math.max(jittered(base, input.random), input.afterMs ?? 0), input);
}

function retry(delayMs: number, input: RetryInput): RetryDecision {
  if (typeof input.nextSlotInMs === 'number' && delayMs >= input.nextSlotInMs) {
    return { action: 'give_up', outcome: 'failed', because: 'next_slot' };
  }
  return { action: 'retry', delayMs, usesAttempt: true, pausesConnection: false, queue: 'normal' };
}

/** Waits as asked, 1 s to 6 h; unasked 60 s, doubling to 1 h. After a day of it the owner has to buy more, or ask less. */
function afterLimit(input: RetryInput): RetryDecision {
  const asked = input.afterMs;
  if ((asked ?? 0) > 24 * hourMs || (input.limitedForMs ?? 0) > 24 * hourMs) {
    return { action: 'owner', connectionState: 'quota_exhausted' };
  }
  const unasked = Math.min(minuteMs * 2 ** Math.min(input.limitedCount ?? 0, 10), hourMs);
  const delayMs =
    asked === null
      ? jittered(unasked, input.random)
      : Math.trunc(Math.min(Math.max(asked, secondMs), 6 * hourMs));
  return { action: 'retry', delayMs, usesAttempt: false, pausesConnection: true, queue: 'normal' };
}
