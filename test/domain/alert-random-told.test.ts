import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { all, broken, isTakenCareOf, threads } from './alert-random-promises.ts';
import { live, repeatHours, turns } from './alert-random-world.ts';

// What channels are told over random histories. `tell` compares with what it remembers; the promises are read from the
// log of a whole history when that is over.

it('keeps every promise', () => {
  fc.assert(
    fc.property(turns, repeatHours, (acts, repeat) => {
      expect(broken(live(acts, repeat))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('has histories in which everything happens', () => {
  const counts: Record<string, number> = {};
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  for (const [acts, repeat] of fc.sample(fc.tuple(turns, repeatHours), { numRuns: 150, seed: 7 })) {
    for (const thread of threads(live(acts, repeat))) {
      for (const { say } of all(thread)) count(`${say}${thread.isLate ? ' late' : ''}`);
      for (const view of thread.views) {
        if (view.state === 'firing' && !view.mayHear) count('burns unheard');
        if (view.state === 'firing' && isTakenCareOf(view)) count('taken care of');
        if (view.state === 'resolved' && !view.mayHear) count('resolved unheard');
      }
      if (all(thread).length === 0 && thread.views.at(-1)?.firedAt !== null) count('never heard');
    }
  }
  const wanted = ['fired', 'got_worse', 'still', 'over', 'got_worse late', 'still late', 'over late'];
  for (const what of [...wanted, 'burns unheard', 'taken care of', 'resolved unheard', 'never heard'])
    expect(counts[what], what).toBeGreaterThan(10);
});
