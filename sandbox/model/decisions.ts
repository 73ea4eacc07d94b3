import { isFree } from './acme-catalog.ts';
import { entry } from './catalog.ts';
import { collect } from './collection.ts';
import type { Discount, Item } from './facts.ts';
import { billChange } from './invoicing.ts';
import { end, type Life } from './life.ts';
import { idFor, random } from './random.ts';
import { addInterval, DAY_SECONDS, type EpochSeconds, officeTime, onWorkday } from './time.ts';

const MONTH_DAYS = 30.4;

// What a customer moves up to; the euro plans are found by their suffix.
const NEXT_PLAN: Record<string, string> = {
  price_free_month: 'price_starter_month',
  price_starter_month: 'price_team_month',
  price_team_month_old: 'price_team_month',
  price_team_month: 'price_business_month',
  price_starter_year: 'price_team_year',
  price_team_year: 'price_business_year',
  price_free_month_eur: 'price_starter_month_eur',
  price_starter_month_eur: 'price_team_month_eur',
  price_team_month_eur: 'price_business_month_eur',
};

const PREPAID: Record<string, string> = {
  price_starter_month: 'price_starter_year',
  price_team_month: 'price_team_year',
  price_business_month: 'price_business_year',
};

type Decision =
  | 'leave_later'
  | 'leave_now'
  | 'more'
  | 'plan_up'
  | 'prepay'
  | 'less'
  | 'coupon'
  | 'pause'
  | 'stay';

/**
 * Lets the customer think once a month (a yearly plan twelve times in its period) and writes what follows.
 *
 * @returns the start of a new billing period when a change moved the anchor, else null
 */
export function changeOfMind(life: Life, from: EpochSeconds, to: EpochSeconds): EpochSeconds | null {
  const days = (to - from) / DAY_SECONDS;
  const slots = Math.max(1, Math.round(days / MONTH_DAYS));
  for (let slot = 0; slot < slots; slot += 1) {
    const at = momentIn(life, from + ((to - from) * slot) / slots, (to - from) / slots, to);
    const decision = decide(life, Math.min(1, days / MONTH_DAYS));
    if (at === null || at <= Math.max(life.arrearsUntil, life.pausedUntil) || life.endsAt !== null) continue;
    const movedTo = act(life, decision, at, to);
    if (life.ended || movedTo !== null) return movedTo;
  }
  return null;
}

function momentIn(life: Life, from: number, length: number, to: EpochSeconds): EpochSeconds | null {
  const dayAt = Math.floor((from + life.rng.next() * length) / DAY_SECONDS) * DAY_SECONDS;
  const at = onWorkday(officeTime(dayAt, life.rng.next()));
  return at > from && at < to - DAY_SECONDS ? at : null;
}

function decide(life: Life, scale: number): Decision {
  const { churn, upgrades, downgrades, pauses, savingCoupons } = life.simulation.company;
  const free = isFree(life.items[0]?.priceId ?? '');
  const odds: (readonly [Decision, number])[] = free
    ? [
        ['leave_now', churn],
        ['plan_up', 0.03],
      ]
    : [
        ['leave_later', churn * 0.75],
        ['leave_now', churn * 0.25],
        ['more', upgrades * 0.75],
        ['plan_up', upgrades * 0.2],
        ['prepay', upgrades * 0.05],
        ['less', downgrades],
        ['coupon', savingCoupons],
        ['pause', pauses],
      ];
  let draw = life.rng.next();
  for (const [decision, share] of odds) {
    draw -= share * scale;
    if (draw < 0) return decision;
  }
  return 'stay';
}

function act(life: Life, decision: Decision, at: EpochSeconds, to: EpochSeconds): EpochSeconds | null {
  const { simulation, contract, rng } = life;
  const { subscriptionId } = contract;
  const first = life.items[0] as Item;
  switch (decision) {
    case 'leave_later':
      life.endsAt = to;
      simulation.emit({ kind: 'subscription_cancel_requested', at, subscriptionId, endsAt: to });
      return null;
    case 'leave_now':
      end(life, at, 'cancellation_requested');
      return null;
    case 'more':
    case 'less': {
      const seats = first.quantity ?? 1;
      const step = Math.max(1, Math.round(seats * (0.1 + 0.25 * rng.next())));
      const quantity = decision === 'more' ? seats + step : Math.max(1, seats - step);
      if (decision === 'less' && isHeld(life, at)) {
        life.quantityFromNext = quantity;
        return null;
      }
      return quantity === seats ? null : change(life, { ...first, quantity }, at, life.anchorAt);
    }
    case 'plan_up':
    case 'prepay': {
      const priceId = (decision === 'prepay' ? PREPAID : NEXT_PLAN)[first.priceId];
      if (priceId === undefined) return null;
      const quantity = isFree(first.priceId) ? rng.int(1, 4) : first.quantity;
      // From free to paid, or to another interval, a new billing period starts on the spot.
      const restarts = decision === 'prepay' || isFree(first.priceId);
      return change(life, { ...first, priceId, quantity }, at, restarts ? at : life.anchorAt);
    }
    case 'coupon':
      if (life.discounts.length === 0 && contract.currency === 'usd') addCoupon(life, at);
      return null;
    case 'pause': {
      const resumesAt = at + rng.int(20, 70) * DAY_SECONDS;
      const behavior = rng.pick(['keep_as_draft', 'mark_uncollectible', 'void'] as const);
      simulation.emit({ kind: 'collection_paused', at, subscriptionId, behavior, resumesAt });
      simulation.emit({ kind: 'collection_resumed', at: resumesAt, subscriptionId });
      life.pausedUntil = resumesAt;
      return null;
    }
    case 'stay':
      return null;
  }
}

/** Drawn from a stream of its own: companies that hold none back go on as they did. */
function isHeld({ contract, simulation }: Life, at: EpochSeconds): boolean {
  const share = simulation.company.heldDowngrades;
  return share > 0 && random(simulation.seed, 'held', contract.subscriptionId, at).chance(share);
}

function change(life: Life, item: Item, at: EpochSeconds, anchorAt: EpochSeconds): EpochSeconds | null {
  const { simulation, contract } = life;
  const to = [item, ...life.items.slice(1)];
  const { customerId, subscriptionId, currency, method } = contract;
  const moved = { from: life.items, to, anchorAt: life.anchorAt, newAnchorAt: anchorAt };
  const bill = billChange(simulation, moved, life.discounts, at);
  simulation.emit({ kind: 'subscription_items_changed', at, subscriptionId, items: to, anchorAt });
  const owed = bill.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  // Less is taken without paying back: the lower amount starts with the next invoice.
  if (owed > 0) {
    const terms = {
      reason: 'subscription_update',
      neverSucceeds: false,
      waived: false,
      testClockId: null,
    } as const;
    collect(simulation, { at, customerId, subscriptionId, currency, method, ...terms, ...bill });
  }
  life.items = to;
  life.quantityFromNext = null;
  if (anchorAt === life.anchorAt) return null;
  life.anchorAt = anchorAt;
  return anchorAt;
}

function addCoupon(life: Life, at: EpochSeconds): void {
  const { simulation, contract, rng } = life;
  const coupon = entry(simulation.catalog.coupons, rng.pick(['STAY25', 'SORRY10']));
  const months = coupon.durationInMonths;
  const discount: Discount = {
    id: idFor('di_', simulation.seed, contract.subscriptionId, at),
    couponId: coupon.id,
    startAt: at,
    endAt: months === null ? null : addInterval(at, 'month', months),
  };
  life.discounts = [discount];
  const { subscriptionId } = contract;
  simulation.emit({ kind: 'subscription_discounts_changed', at, subscriptionId, discounts: [discount] });
}
