import { periodStart } from './bills.ts';
import { chance, HOUR_SECONDS } from './chance.ts';
import type { Company } from './company.ts';
import type { Fate, Life } from './life.ts';
import { periodAt, statusAt } from './render-subscription.ts';

/** What happens in the hour: of these many changes, so many are of each kind. */
const KINDS = [
  { kind: 'more_seats', share: 0.4 },
  { kind: 'fewer_seats', share: 0.2 },
  { kind: 'other_plan', share: 0.08 },
  { kind: 'ends', share: 0.12 },
  { kind: 'starts', share: 0.2 },
] as const;

/**
 * Seats, plans and ends of subscriptions that run, and new ones, spread over the time between two moments.
 *
 * @throws RangeError when the company is too small for so many
 */
export function changesOf(
  company: Company,
  count: number,
  sinceAt: number,
  untilAt: number,
): Map<number, Fate> {
  const kinds = KINDS.flatMap(({ kind, share }) =>
    Array.from({ length: Math.round(count * share) }, () => kind),
  );
  const fates = new Map<number, Fate>();
  const running = runningOnes(company, untilAt);
  let newcomer = company.size();
  for (const [n, kind] of kinds.entries()) {
    const at =
      sinceAt + 1 + Math.floor(((n * 7_919) % kinds.length) * ((untilAt - sinceAt - 1) / kinds.length));
    if (kind === 'starts') {
      if (newcomer % 20 === 19) newcomer += 1; // never the second subscription of somebody
      fates.set(newcomer, { startAt: at });
      newcomer += 1;
      continue;
    }
    const { value: index, done } = running.next();
    if (done === true) throw new RangeError(`the company is too small for ${count} changes`);
    fates.set(index, kind === 'ends' ? { endAt: at } : { change: { at, kind } });
  }
  return fates;
}

/** In an order that has nothing to do with their age. */
function* runningOnes(company: Company, untilAt: number): Generator<number, undefined> {
  const size = company.size();
  const from = Math.floor(chance(size, 1) * size);
  const stride = 7_919; // a prime: every subscription once
  for (let n = 0; n < size; n += 1) {
    const index = (from + n * stride) % size;
    const life = company.life(index);
    if (life !== null && isSteady(life, untilAt)) yield index;
  }
}

/** Active, without an end, and in the middle of a period that was billed. */
function isSteady(life: Life, at: number): boolean {
  if (life.endAt !== null || life.renewals.length === 0 || statusAt(life, at) !== 'active') return false;
  const { from, to } = periodAt(life, at);
  const isLast = from === periodStart(life.anchorAt, life.interval, life.renewals.length - 1);
  return isLast && to > at + HOUR_SECONDS && at - from > HOUR_SECONDS;
}
