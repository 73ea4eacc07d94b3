import fc from 'fast-check';
import type {
  LedgerDiscount,
  LedgerInvoice,
  LedgerLine,
  LedgerSubscription,
  SubscriptionObservation,
  SubscriptionState,
} from '../../../../src/domain/billing/ledger-records.ts';
import { catalogueOf, couponOf, discountOf, itemOf, priceOf } from './ledger.ts';

/**
 * Random lives of subscriptions, played step by step. Each play writes down the truth, what a provider would have told
 * while it happened, and the invoices it would have made. Periods are 30 days for a month and 360 for a year.
 */
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
export const beginMs = Date.UTC(2026, 0, 1);
export const nowMs = beginMs + 400 * dayMs;

// What one of each brings in a month: 0, 12.00, 36.00, and 120.00 a year.
const monthly: Record<string, number> = { free: 0, small: 1_200, big: 3_600, yearly: 1_000 };
const inBoth = (unitAmount: string) => ({
  USD: { unitAmount, tiers: [] },
  EUR: { unitAmount, tiers: [] },
});
export const catalogue = catalogueOf(
  [
    priceOf('free', '0', { amounts: inBoth('0') }),
    priceOf('small', '1200', { amounts: inBoth('1200') }),
    priceOf('big', '3600', { amounts: inBoth('3600') }),
    priceOf('yearly', '12000', {
      amounts: inBoth('12000'),
      recurring: { interval: 'year', intervalCount: 1, usage: 'licensed' },
    }),
  ],
  [couponOf('quarter', { percentOff: '25' }), couponOf('half', { percentOff: '50', duration: 'repeating' })],
);
const percentOf: Record<string, number> = { quarter: 25, half: 50 };

type Step = {
  afterHours: number;
  what:
    | 'plan'
    | 'add'
    | 'remove'
    | 'discount'
    | 'pause'
    | 'resume'
    | 'past_due'
    | 'unpaid'
    | 'reset'
    | 'cancel';
  price: string;
  quantity: number;
  /** Whether the change is billed at once; else with the next renewal. */
  atOnce: boolean;
  coupon: 'quarter' | 'half';
  stop: 'void' | 'keep_as_draft' | 'mark_uncollectible';
};
export type Plan = {
  startHours: number;
  currency: 'USD' | 'EUR';
  trialDays: number | null;
  price: string;
  quantity: number;
  steps: readonly Step[];
};

const prices = fc.constantFrom('free', 'small', 'big', 'yearly');
const quantities = fc.integer({ min: 1, max: 4 });
export const plans: fc.Arbitrary<Plan> = fc.record({
  startHours: fc.integer({ min: 0, max: 120 * 24 }),
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
  trialDays: fc.constantFrom(null, null, 14),
  price: prices,
  quantity: quantities,
  steps: fc.array(
    fc.record({
      afterHours: fc.oneof(
        fc.integer({ min: 1, max: 50 * 24 }),
        fc.integer({ min: 1, max: 60 }).map((days) => days * 24),
      ),
      what: fc.constantFrom(
        ...([
          'plan',
          'plan',
          'add',
          'remove',
          'discount',
          'pause',
          'resume',
          'past_due',
          'reset',
          'unpaid',
          'cancel',
        ] as const),
      ),
      price: prices,
      quantity: quantities,
      atOnce: fc.boolean(),
      coupon: fc.constantFrom('quarter', 'half'),
      stop: fc.constantFrom('void', 'keep_as_draft', 'mark_uncollectible'),
    }),
    { maxLength: 9 },
  ),
});

type Truth = { atMs: number; brings: number; discounts: readonly LedgerDiscount[] };
export type Life = {
  subscription: LedgerSubscription;
  observations: SubscriptionObservation[];
  invoices: LedgerInvoice[];
  truth: Truth[];
};
type Held = { id: string; price: string; quantity: number; endMs: number };

/**
 * `billed`: nothing happens that invoices do not show: changes are prorated, and collection is paused and resumed when a
 * renewal comes up. Otherwise changes are not billed at all, and pauses begin at any time.
 */
export function play(name: string, plan: Plan, billed: boolean): Life {
  const createdMs = beginMs + plan.startHours * hourMs;
  const trialEndMs = plan.trialDays === null ? null : createdMs + plan.trialDays * dayMs;
  const items: Held[] = [];
  let [status, endedMs]: [string, number | null] = [trialEndMs === null ? 'active' : 'trialing', null];
  let discounts: LedgerDiscount[] = [];
  let paused: Step['stop'] | null = null;
  let wanted: Step['stop'] | null | undefined;
  let pending: LedgerLine[] = [];
  let made = 0;
  let givenUp = false;
  const observations: SubscriptionObservation[] = [];
  const invoices: LedgerInvoice[] = [];
  const truth: Truth[] = [];
  let shown: SubscriptionState | null = null;

  const state = (): SubscriptionState => ({
    status,
    items: items.map(({ id, price, quantity }) => itemOf(price, quantity, { id: `${name} ${id}` })),
    discounts: [...discounts],
    collectionPaused: paused === null ? null : { behavior: paused, resumesAt: null },
    inclusiveTaxPercent: null,
  });
  const tell = (atMs: number) => {
    discounts = discounts.filter(({ endAt }) => endAt === null || endAt.getTime() > atMs);
    const after = state();
    made += 1;
    const id = `${name} seen ${made}`;
    const at = new Date(atMs);
    observations.push({ id, subscriptionId: name, customerId: 'c1', at, before: shown, state: after });
    shown = after;
    const earns = (status === 'active' || status === 'past_due') && paused === null;
    const sum = items.reduce((total, { price, quantity }) => total + (monthly[price] ?? 0) * quantity, 0);
    truth.push({ atMs, brings: earns ? sum : 0, discounts: [...discounts] });
  };
  const line = (item: Held, fromMs: number, amountMinor: number, proration: boolean): LedgerLine => ({
    id: `${name} line ${(made += 1)}`,
    subscriptionId: name,
    itemId: `${name} ${item.id}`,
    priceId: item.price,
    quantity: item.quantity,
    amountMinor,
    discounts: [],
    startAt: new Date(fromMs),
    endAt: new Date(item.endMs),
    proration,
  });
  const cost = (item: Held) => (status === 'trialing' ? 0 : (monthly[item.price] ?? 0) * item.quantity);
  const bill = (atMs: number, lines: LedgerLine[], stands = false) => {
    const at = new Date(atMs);
    const stop = stands ? null : givenUp ? 'keep_as_draft' : paused;
    const soon = new Date(atMs + hourMs);
    invoices.push({
      id: `${name} invoice ${(made += 1)}`,
      customerId: 'c1',
      subscriptionId: name,
      currency: plan.currency,
      createdAt: at,
      status:
        stop === null
          ? 'paid'
          : stop === 'void'
            ? 'void'
            : stop === 'keep_as_draft'
              ? 'draft'
              : 'uncollectible',
      isHeld: stop === 'keep_as_draft',
      paidAt: stop === null ? at : null,
      uncollectibleAt: stop === 'mark_uncollectible' ? soon : null,
      voidedAt: stop === 'void' ? soon : null,
      totalMinor: 100,
      taxMinor: 0,
      paidMinor: stop === null ? 100 : 0,
      paymentIds: [],
      lines: [...pending, ...lines],
      discounts: discounts.filter(({ endAt }) => endAt === null || endAt > at),
      isTest: false,
    });
    pending = [];
  };
  const lengthOf = (price: string) => (price === 'yearly' ? 360 : 30) * dayMs;
  /** A new full period; in a trial up to its end. */
  const begin = (item: Held, atMs: number) => {
    item.endMs = status === 'trialing' && trialEndMs !== null ? trialEndMs : atMs + lengthOf(item.price);
    return line(item, atMs, cost(item), false);
  };
  const renewUntil = (untilMs: number) => {
    for (;;) {
      const atMs = Math.min(...items.map(({ endMs }) => endMs));
      if (atMs > untilMs || !Number.isFinite(atMs)) return;
      if (atMs === trialEndMs && status === 'trialing') {
        status = 'active';
        tell(atMs);
      }
      if (wanted !== undefined) {
        paused = wanted;
        wanted = undefined;
        tell(atMs);
      }
      const due = items.filter(({ endMs }) => endMs === atMs);
      bill(
        atMs,
        due.map((item) => begin(item, atMs)),
      );
    }
  };
  const change = (atMs: number, step: Step, lines: LedgerLine[], full: LedgerLine[] = []) => {
    tell(atMs);
    if (!billed) return;
    pending.push(...lines);
    if (full.length > 0 || (step.atOnce && paused === null)) bill(atMs, full);
  };
  const credit = (item: Held, atMs: number) => line(item, atMs, -cost(item), true);

  items.push({ id: 'i0', price: plan.price, quantity: plan.quantity, endMs: 0 });
  tell(createdMs);
  bill(
    createdMs,
    items.map((item) => begin(item, createdMs)),
  );
  let atMs = createdMs;
  for (const [index, step] of plan.steps.entries()) {
    atMs += step.afterHours * hourMs;
    if (atMs >= nowMs) break;
    renewUntil(atMs);
    const last = items.at(-1);
    if (status === 'unpaid' && step.what !== 'cancel') continue;
    switch (step.what) {
      case 'plan': {
        if (last === undefined || (last.price === step.price && last.quantity === step.quantity)) break;
        const back = credit(last, atMs);
        const sameLength = lengthOf(last.price) === lengthOf(step.price) || status === 'trialing';
        last.price = step.price;
        last.quantity = step.quantity;
        if (sameLength) change(atMs, step, [back, line(last, atMs, cost(last), true)]);
        else change(atMs, step, [back], [begin(last, atMs)]);
        break;
      }
      case 'reset': {
        if (!billed || status === 'trialing') break;
        const backs = items.map((item) => credit(item, atMs));
        change(
          atMs,
          step,
          backs,
          items.map((item) => begin(item, atMs)),
        );
        break;
      }
      case 'add': {
        const item = { id: `i${index + 1}`, price: step.price, quantity: step.quantity, endMs: 0 };
        const mate = items.find(({ price }) => lengthOf(price) === lengthOf(item.price));
        items.push(item);
        if (mate === undefined) change(atMs, step, [], [begin(item, atMs)]);
        else {
          item.endMs = mate.endMs;
          change(atMs, step, [line(item, atMs, cost(item), true)]);
        }
        break;
      }
      case 'remove': {
        // What changes before the next renewal, a year away, shows on no invoice, unless one is made now.
        const seldom = billed && items.slice(1).every(({ price }) => price === 'yearly');
        if (seldom && (paused !== null || wanted !== undefined)) break;
        const hides = seldom && discounts.some(({ endAt }) => endAt !== null && endAt.getTime() > atMs);
        const [gone] = items.length > 1 ? items.splice(0, 1) : [];
        if (gone !== undefined) change(atMs, { ...step, atOnce: step.atOnce || hides }, [credit(gone, atMs)]);
        break;
      }
      case 'discount': {
        if (discounts.some(({ endAt }) => endAt === null || endAt.getTime() > atMs)) break;
        const endAt = step.coupon === 'half' ? new Date(atMs + (400 + step.quantity * 7) * dayMs) : null;
        const shortEnd = step.coupon === 'half' && items.some(({ price }) => price !== 'yearly');
        discounts.push(
          discountOf(step.coupon, {
            id: `${name} discount ${index}`,
            startAt: new Date(atMs),
            endAt: shortEnd ? new Date(atMs + (31 + step.quantity * 7) * dayMs) : endAt,
            subscriptionId: name,
          }),
        );
        tell(atMs);
        break;
      }
      case 'pause':
      case 'resume':
        if (status === 'trialing') break;
        if (billed) wanted = step.what === 'pause' ? step.stop : null;
        else {
          paused = step.what === 'pause' ? step.stop : null;
          tell(atMs);
        }
        break;
      case 'past_due':
        if (status !== 'active') break;
        status = 'past_due';
        tell(atMs);
        break;
      case 'unpaid': {
        const open = invoices.at(-1);
        if (status === 'trialing' || paused !== null || open === undefined) break;
        if (open.lines.every(({ proration }) => proration) || atMs - open.createdAt.getTime() < 4 * hourMs)
          break;
        Object.assign(open, {
          status: 'uncollectible',
          paidAt: null,
          paidMinor: 0,
          uncollectibleAt: new Date(atMs),
        });
        status = 'unpaid';
        givenUp = true;
        tell(atMs);
        break;
      }
      case 'cancel':
        status = 'canceled';
        endedMs = atMs;
        tell(atMs);
        break;
    }
    if (endedMs !== null) break;
  }
  if (endedMs === null) renewUntil(nowMs);
  if (pending.length > 0) bill(endedMs ?? nowMs, [], !givenUp && paused === null);
  const subscription: LedgerSubscription = {
    id: name,
    customerId: 'c1',
    currency: plan.currency,
    createdAt: new Date(createdMs),
    endedAt: endedMs === null ? null : new Date(endedMs),
    trialStartAt: trialEndMs === null ? null : new Date(createdMs),
    trialEndAt: trialEndMs === null ? null : new Date(Math.min(trialEndMs, endedMs ?? trialEndMs)),
    isTest: false,
    state: state(),
    stateAt: new Date(nowMs),
  };
  return { subscription, observations, invoices, truth };
}

/** What a life brings at the close before `cut`, minor units a month: whole, because 1,200 less a quarter is. */
export function bringsAt({ truth }: Life, cut: Date): number {
  const held = truth.findLast(({ atMs }) => atMs < cut.getTime());
  if (held === undefined) return 0;
  const runs = held.discounts.filter(
    ({ startAt, endAt }) => startAt < cut && (endAt === null || endAt >= cut),
  );
  return runs.reduce((left, { couponId }) => (left * (100 - (percentOf[couponId] ?? 0))) / 100, held.brings);
}
