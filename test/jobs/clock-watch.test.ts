import { expect, it } from 'vitest';
import { skewBetween, startClockWatch } from '../../jobs/clock-watch.ts';
import { silent } from './support/queue.ts';

it.each([
  { asked: 1000, answered: 1200, database: 1100, skew: 0, why: 'within the time that the answer took' },
  { asked: 7000, answered: 7010, database: 1000, skew: 6000, why: 'a computer that is 6 s fast' },
  { asked: 1000, answered: 1010, database: 7010, skew: -6000, why: 'a computer that is 6 s slow' },
])('skewBetween: $why', ({ asked, answered, database, skew }) => {
  expect(skewBetween(asked, answered, database)).toBe(skew);
});

it.each([
  { aheadMs: 60_000, fits: [false], why: 'takes no jobs with a clock that is a minute fast' },
  { aheadMs: -3_600_000, fits: [false], why: 'takes no jobs with a clock that is an hour slow' },
  { aheadMs: 3_000, fits: [], why: 'goes on with a clock that is 3 s off' },
])('$why', async ({ aheadMs, fits }) => {
  const told: boolean[] = [];
  let asked = () => {};
  const answered = new Promise<void>((done) => (asked = done));
  const databaseNow = async () => {
    asked();
    return new Date();
  };
  const watch = startClockWatch(
    databaseNow,
    (fit) => told.push(fit),
    silent,
    () => Date.now() + aheadMs,
  );
  await answered;
  await watch.stop(); // waits for the check that has begun
  expect(told).toEqual(fits);
});
