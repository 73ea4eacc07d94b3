import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CLAIM_MS,
  claimTokens,
  EMPTY_BOOK,
  leftOf,
  releaseTokens,
  settleTokens,
  type TokenBook,
} from '../../../connectors/sdk/token-book.ts';
import type { TokenClaim, TokenPool, TokensSpent } from '../../../connectors/sdk/token-pools.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-20T13:00:00Z');
const hour: TokenPool = { name: 'hour', refillMs: (now) => HOUR_MS - (now.getTime() % HOUR_MS) };
const day: TokenPool = { name: 'day', refillMs: () => 10 * HOUR_MS };

/** A book with a clock, told about in the words of the tests. */
function ledger(pools: TokenPool[] = [hour]) {
  let book: TokenBook = EMPTY_BOOK;
  let nowMs = START;
  return {
    wait: (ms: number) => void (nowMs += ms),
    claim(tokens: number, more: Partial<TokenClaim> = {}) {
      const asked = claimTokens(
        book,
        { pools, tokens, kind: 'call', mayGoFirst: true, ...more },
        new Date(nowMs),
      );
      ({ book } = asked);
      return asked.result;
    },
    /** The same, for a claim that has to fit. */
    id(tokens: number, more: Partial<TokenClaim> = {}): string {
      const claimed = this.claim(tokens, more);
      if (!claimed.ok) throw new Error(`no room: ${claimed.reason}`);
      return claimed.id;
    },
    tell(id: string, tokens: number | null, remaining: Record<string, number | null>, kept = 100) {
      const told = Object.entries(remaining).map(([name, left]) => ({ name, remaining: left, kept }));
      const spent: TokensSpent = { tokens, told };
      ({ book } = settleTokens(book, id, pools, spent, new Date(nowMs)));
    },
    release: (id: string) => void ({ book } = releaseTokens(book, id, new Date(nowMs))),
    left(name = 'hour') {
      const page = book.pages[name];
      return page === undefined ? undefined : leftOf(page);
    },
  };
}

/** One whose newest answer has told that so much is left. */
function toldOf(remaining: number) {
  const made = ledger();
  made.tell(made.id(10), 10, { hour: remaining });
  return made;
}

describe('tokens set aside', () => {
  it('are nobody else’s: what is left, less a tenth and all that is set aside, is all there is', () => {
    const tokens = toldOf(200); // 100 of them are kept
    tokens.id(60);
    expect(tokens.claim(41)).toMatchObject({ reason: 'set_aside', left: 200, kept: 100, setAside: 60 });
    expect(tokens.claim(40)).toMatchObject({ ok: true });
    expect(tokens.claim(101)).toMatchObject({ reason: 'short', left: 200, kept: 100, afterMs: HOUR_MS });
  });

  it('are set aside in every pool or in none, and the pool that is filled last is named', () => {
    const tokens = ledger([hour, day]);
    tokens.tell(tokens.id(10), 10, { hour: 500, day: 150 });
    expect(tokens.claim(60)).toMatchObject({ ok: false, pool: 'day', left: 150, afterMs: 10 * HOUR_MS });
    expect(tokens.claim(50)).toMatchObject({ ok: true });
  });

  it('of a plan are spent by its calls, which nobody else’s plan can push aside', () => {
    const tokens = toldOf(200);
    const plan = tokens.id(100, { kind: 'plan' });
    expect(tokens.claim(10)).toMatchObject({ reason: 'set_aside' });
    const call = tokens.id(70, { plan });
    // 30 of the plan are left, and no more than that is free.
    expect(tokens.claim(31, { plan })).toMatchObject({ ok: false });
    tokens.tell(call, 20, { hour: 180 });
    // It cost 50 less than was set aside: 180 - 100 - the 30 of the plan are free for everybody.
    expect(tokens.claim(50)).toMatchObject({ ok: true });
    tokens.release(plan);
    expect(tokens.claim(30)).toMatchObject({ ok: true });
  });

  it('for reads that are worth more only have to be there', () => {
    const tokens = toldOf(200);
    expect(tokens.claim(50, { kind: 'plan', beside: 51 })).toMatchObject({ reason: 'short' });
    tokens.id(50, { kind: 'plan', beside: 50 });
    expect(tokens.claim(50)).toMatchObject({ ok: true });
  });

  it('by a worker that died come back by themselves: a plan whole, a call as spent until an answer tells better', () => {
    const tokens = toldOf(200);
    tokens.id(30, { kind: 'plan' });
    tokens.id(20);
    tokens.wait(CLAIM_MS - 1);
    expect(tokens.claim(51)).toMatchObject({ reason: 'set_aside', setAside: 50 });
    tokens.wait(1);
    expect(tokens.claim(81)).toMatchObject({ reason: 'short', left: 180, setAside: 0 });
    const call = tokens.id(80);
    tokens.tell(call, 10, { hour: 190 });
    expect(tokens.left()).toBe(190);
  });
});

describe('while nobody knows what is left', () => {
  it('one goes first and the others wait for what its answer tells', () => {
    const tokens = ledger();
    const first = tokens.id(40);
    expect(tokens.claim(1)).toMatchObject({ reason: 'set_aside', left: null, setAside: 40 });
    tokens.tell(first, 40, { hour: 500 });
    expect(tokens.claim(400)).toMatchObject({ ok: true });
  });

  it('somebody with much to ask has to look first, which costs nothing', () => {
    const tokens = ledger();
    expect(tokens.claim(2_000, { kind: 'plan', mayGoFirst: false })).toMatchObject({ reason: 'unknown' });
    tokens.tell(tokens.id(0), 0, { hour: 5_000 });
    expect(tokens.claim(2_000, { kind: 'plan', mayGoFirst: false })).toMatchObject({ ok: true });
  });

  it('one that fails leaves it to the next to find out', () => {
    const tokens = ledger();
    tokens.tell(tokens.id(40), null, {});
    tokens.id(40);
    expect(tokens.claim(1)).toMatchObject({ reason: 'set_aside', left: null });
  });

  it('a pool that an answer does not name has no number to keep to', () => {
    const tokens = ledger();
    tokens.tell(tokens.id(40), 40, { hour: null });
    expect(tokens.claim(1_000_000)).toMatchObject({ ok: true });
  });

  it('a pool that was filled is unknown again, and what was asked before says nothing about it', () => {
    const tokens = toldOf(120);
    const before = tokens.id(10);
    tokens.wait(HOUR_MS - 1);
    tokens.wait(1);
    tokens.tell(before, 10, { hour: 110 });
    expect(tokens.left()).toBeUndefined();
    tokens.tell(tokens.id(10), 10, { hour: 990 });
    expect(tokens.left()).toBe(990);
  });
});

describe('answers out of order', () => {
  it('lower what is left at once', () => {
    const tokens = toldOf(500);
    const call = tokens.id(10);
    tokens.id(10);
    tokens.tell(call, 10, { hour: 300 });
    expect(tokens.left()).toBe(300);
  });

  it('raise nothing when they may be older than what is known', () => {
    const tokens = toldOf(500);
    const [early, late] = [tokens.id(10), tokens.id(10)];
    // Google counted the early one first (490) and the late one after it (480), and the late answer came first.
    tokens.tell(late, 10, { hour: 480 });
    tokens.tell(early, 10, { hour: 490 });
    expect(tokens.left()).toBe(480);
    // What is asked for now is answered later than both: its number is the newest, whatever it is.
    tokens.tell(tokens.id(10), 10, { hour: 470 });
    expect(tokens.left()).toBe(470);
    tokens.tell(tokens.id(10), 10, { hour: 800 });
    expect(tokens.left()).toBe(800);
  });

  it('do not know of a call whose answer was lost on the way', () => {
    const tokens = toldOf(500);
    const [told, lost] = [tokens.id(10), tokens.id(40)];
    tokens.tell(lost, null, {});
    // 490 may have been told before the lost one was counted.
    tokens.tell(told, 10, { hour: 490 });
    expect(tokens.left()).toBe(450);
  });
});

// A provider that counts by itself, workers whose calls overlap, get lost and die, and other tools that spend as well.
const SIZE = 300;
const KEPT = 100;
type Call = { id: string; tokens: number; cost: number; untilMs: number; answer: number | null; at: number };
type Step =
  | { do: 'claim'; tokens: number; share: number; inPlan: boolean }
  | { do: 'plan'; tokens: number }
  | { do: 'serve' | 'deliver' | 'fail' | 'die'; pick: number }
  | { do: 'others'; tokens: number }
  | { do: 'wait'; ms: number };

const steps = (others: boolean): fc.Arbitrary<Step[]> => {
  const pick = fc.nat(20);
  const call = (name: 'serve' | 'deliver' | 'fail' | 'die') => fc.record({ do: fc.constant(name), pick });
  const tokens = fc.integer({ min: 1, max: 40 });
  const all: Array<fc.WeightedArbitrary<Step>> = [
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('claim' as const),
        tokens,
        share: fc.constantFrom(1, 1, 1, 0.5, 0),
        inPlan: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('plan' as const), tokens }) },
    { weight: 8, arbitrary: call('serve') },
    { weight: 7, arbitrary: call('deliver') },
    { weight: 1, arbitrary: call('fail') },
    { weight: 1, arbitrary: call('die') },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.constantFrom(1, 1, 60_000, 60_000, 160_000, 1_500_000),
      }),
    },
    ...(others ? [{ weight: 2, arbitrary: fc.record({ do: fc.constant('others' as const), tokens }) }] : []),
  ];
  return fc.array(fc.oneof(...all), { minLength: 40, maxLength: 120, size: 'max' });
};

/**
 * Plays the steps and calls `onSpent` after each charge, with what is left and what others had spent that no answer had
 * told when the newest call was let through.
 */
function play(played: Step[], onSpent: (left: number, untold: number) => void) {
  let book: TokenBook = EMPTY_BOOK;
  let nowMs = START;
  let left = SIZE;
  let filledAtMs = START;
  let plan: string | null = null;
  let calls: Call[] = []; // of living workers
  let dead: Call[] = [];
  let served = 0; // a provider's own count of moments
  let newestTold = -1;
  let spentByOthers: Array<{ at: number; tokens: number }> = [];
  let knownAtClaim = -1;
  const now = () => new Date(nowMs);
  const pickOf = (list: Call[], pick: number) => list[pick % Math.max(1, list.length)];
  const claim = (wanted: Partial<TokenClaim> & { tokens: number }) => {
    const claimed = claimTokens(book, { pools: [hour], kind: 'call', mayGoFirst: true, ...wanted }, now());
    ({ book } = claimed);
    return claimed.result;
  };
  const settle = (call: Call, spent: TokensSpent) => {
    calls = calls.filter((one) => one !== call);
    // What comes after the time of its call, or after the pool was filled, says nothing any more.
    const isHeard = nowMs < call.untilMs && call.untilMs - CLAIM_MS >= filledAtMs;
    ({ book } = settleTokens(book, call.id, [hour], spent, now()));
    return isHeard;
  };
  for (const step of played) {
    if (step.do === 'wait') nowMs += step.ms;
    if (Math.floor(nowMs / HOUR_MS) > Math.floor(filledAtMs / HOUR_MS)) {
      filledAtMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
      left = SIZE;
      spentByOthers = [];
    }
    if (step.do === 'others') {
      left -= step.tokens;
      served += 1;
      spentByOthers.push({ at: served, tokens: step.tokens });
    }
    if (step.do === 'plan') {
      const claimed = claim({ tokens: step.tokens, kind: 'plan' });
      if (claimed.ok) plan = claimed.id;
    }
    if (step.do === 'claim') {
      const { tokens } = step;
      const claimed = claim({ tokens, plan: step.inPlan ? plan : null });
      if (!claimed.ok) continue;
      const cost = Math.floor(tokens * step.share);
      calls.push({ id: claimed.id, tokens, cost, untilMs: nowMs + CLAIM_MS, answer: null, at: 0 });
      knownAtClaim = newestTold;
    }
    if (step.do === 'serve') {
      // No request lives longer than its claim.
      const waiting = [...calls, ...dead].filter((one) => one.answer === null && nowMs < one.untilMs);
      const call = pickOf(waiting, step.pick);
      if (call === undefined) continue;
      left -= call.cost;
      served += 1;
      call.answer = left;
      call.at = served;
      const untold = spentByOthers.filter(({ at }) => at > knownAtClaim);
      onSpent(
        left,
        untold.reduce((sum, { tokens }) => sum + tokens, 0),
      );
    }
    if (!('pick' in step) || step.do === 'serve') continue;
    const able = step.do === 'deliver' ? calls.filter(({ answer }) => answer !== null) : calls;
    const call = pickOf(able, step.pick);
    if (call === undefined) continue;
    if (step.do === 'deliver') {
      const told = [{ name: 'hour', remaining: call.answer, kept: KEPT }];
      if (settle(call, { tokens: call.cost, told })) newestTold = Math.max(newestTold, call.at);
    }
    if (step.do === 'fail') settle(call, { tokens: null, told: [] });
    if (step.do === 'die') {
      calls = calls.filter((one) => one !== call);
      dead.push(call);
    }
    dead = dead.filter(({ untilMs }) => nowMs < untilMs);
  }
  return { book, nowMs, left };
}

it('whatever overlaps, gets lost or dies: no pool falls below what is kept', () => {
  fc.assert(
    fc.property(steps(false), (played) => {
      play(played, (left) => expect(left).toBeGreaterThanOrEqual(KEPT));
    }),
    { numRuns: 1_000 },
  );
});

it('where others spend too, it falls below by no more than what they spent that no answer had told', () => {
  fc.assert(
    fc.property(steps(true), (played) => {
      play(played, (left, untold) => expect(left).toBeGreaterThanOrEqual(KEPT - untold));
    }),
    { numRuns: 1_000 },
  );
});

it('after all of it, one answer that nothing overlaps tells exactly what is left', () => {
  fc.assert(
    fc.property(steps(true), (played) => {
      const { book, left, nowMs } = play(played, () => {});
      // Later than every claim, within one hour or the next.
      const now = new Date(nowMs + CLAIM_MS);
      const asked = claimTokens(book, { pools: [hour], tokens: 0, kind: 'call', mayGoFirst: true }, now);
      if (!asked.result.ok) throw new Error('a look is always let through');
      const told = [{ name: 'hour', remaining: left, kept: KEPT }];
      const { book: after } = settleTokens(asked.book, asked.result.id, [hour], { tokens: 0, told }, now);
      expect(after.pages['hour']).toMatchObject({ told: left, lost: 0 });
      expect(after.held).toEqual([]);
    }),
  );
});
