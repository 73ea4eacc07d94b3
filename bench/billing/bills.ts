import { addMonths, chance, DAY_SECONDS, HOUR_SECONDS } from './chance.ts';
import type { Fate, Life, Line, Phase } from './life.ts';
import type { Interval } from './plans.ts';

const FAILURE = 1_000;
const REFUND = 2_000;
const DISPUTE = 3_000;
const MOST_INVOICES = 60;

export function periodStart(anchorAt: number, interval: Interval, periods: number): number {
  return addMonths(anchorAt, interval === 'year' ? periods * 12 : periods);
}

/** What is billed: the trial at nothing, each period in advance, more at once, less with the next period. */
export function bill(life: Life, lastAt: number, fate: Fate): void {
  const { anchorAt, interval, trialEndAt, startAt } = life;
  const until = Math.min(lastAt + 1, life.endAt ?? Number.POSITIVE_INFINITY);
  if (trialEndAt !== null) add(life, startAt, [line(first(life), 0, startAt, trialEndAt, false)], lastAt);
  let waiting: Line[] = [];
  let next = 1;
  for (let period = 0; ; period += 1) {
    const from = periodStart(anchorAt, interval, period);
    if (from >= until) return;
    const to = periodStart(anchorAt, interval, period + 1);
    const phase = life.phases[next - 1] as Phase;
    life.renewals.push(from);
    add(
      life,
      from,
      [...waiting, line(phase, phase.price.unitMinor * phase.quantity, from, to, false)],
      lastAt,
    );
    waiting = [];
    for (let after = life.phases[next]; after !== undefined && after.at < to; after = life.phases[next]) {
      if (after.at >= until && fate.change === undefined) return;
      const lines = prorated(life.phases[next - 1] as Phase, after, { from, to });
      if (lines[0] === undefined || (lines[1]?.amountMinor ?? 0) + lines[0].amountMinor <= 0)
        waiting.push(...lines);
      else add(life, after.at, lines, Math.max(lastAt, after.at));
      next += 1;
    }
    if (life.invoices.length >= MOST_INVOICES)
      throw new RangeError(`sub ${life.index} has too many invoices`);
  }
}

const first = (life: Life): Phase => life.phases[0] as Phase; // there is always the first

function line(phase: Phase, amountMinor: number, startAt: number, endAt: number, proration: boolean): Line {
  const { price, quantity } = phase;
  return { price, quantity, amountMinor, discountMinor: 0, startAt, endAt, proration };
}

function prorated(before: Phase, after: Phase, period: { from: number; to: number }): Line[] {
  const share = (period.to - after.at) / (period.to - period.from);
  const cost = ({ price, quantity }: Phase) => Math.round(price.unitMinor * quantity * share);
  return [
    line(before, -cost(before), after.at, period.to, true),
    line(after, cost(after), after.at, period.to, true),
  ];
}

function add(life: Life, at: number, lines: Line[], lastAt: number): void {
  const { index, discount } = life;
  const seq = life.invoices.length;
  const reason =
    seq === 0
      ? 'subscription_create'
      : lines.some(({ proration }) => !proration)
        ? 'subscription_cycle'
        : 'subscription_update';
  const subtotalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const runs = discount !== null && at < (discount.endAt ?? Number.POSITIVE_INFINITY) && subtotalMinor > 0;
  const discountMinor = runs ? Math.round((subtotalMinor * discount.coupon.percentOff) / 100) : 0;
  share(lines, discountMinor);
  const totalMinor = subtotalMinor - discountMinor;
  const finalizedAt = reason === 'subscription_cycle' ? at + HOUR_SECONDS : at;
  const tried = finalizedAt;
  const failed = totalMinor > 0 && seq > 0 && chance(index, FAILURE + seq) < 0.02;
  const paidAt = failed ? tried + 3 * DAY_SECONDS : tried;
  const paid = paidAt <= lastAt + HOUR_SECONDS ? paidAt : null;
  const refundAt = paidAt + 5 * DAY_SECONDS;
  const disputedAt = paidAt + 20 * DAY_SECONDS;
  const fate = totalMinor > 0 && paid !== null ? chance(index, REFUND + seq) : 1;
  const disputed = totalMinor > 0 && paid !== null && fate >= 0.01 && chance(index, DISPUTE + seq) < 0.000_5;
  life.invoices.push({
    seq,
    at,
    reason,
    lines,
    subtotalMinor,
    discountMinor,
    totalMinor,
    finalizedAt,
    paidAt: paid,
    failedAt: failed && tried <= lastAt + HOUR_SECONDS ? tried : null,
    refund:
      fate < 0.01 && refundAt <= lastAt
        ? { at: refundAt, amountMinor: fate < 0.005 ? totalMinor : Math.ceil(totalMinor / 2) }
        : null,
    disputedAt: disputed && disputedAt <= lastAt ? disputedAt : null,
  });
}

/** A discount falls on what is asked for, in proportion; the last line takes exactly the rest. */
function share(lines: Line[], discountMinor: number): void {
  let due = discountMinor;
  let cost = lines.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor), 0);
  for (const each of lines) {
    if (each.amountMinor <= 0 || cost === 0) continue;
    each.discountMinor = Math.round((due * each.amountMinor) / cost);
    due -= each.discountMinor;
    cost -= each.amountMinor;
  }
}
