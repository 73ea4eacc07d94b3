import type { Bill } from './bills.ts';
import type { LedgerInvoice, LedgerSubscription, SubscriptionState } from './ledger-records.ts';

type Span = { fromMs: number; toMs: number };
type Pause = Span & { behavior: string };

/** What a subscription's status was, and whether its collection was paused, as far as phases and invoices tell. */
export type Standing = {
  /** The moments at which any of it changes, in no order. */
  turnsMs: readonly number[];
  at(ms: number): Pick<SubscriptionState, 'status' | 'collectionPaused'>;
};

const hourMs = 3_600_000;

/** An incomplete subscription that nobody pays expires after 23 hours, so whatever was paid later never was incomplete. */
const completedWithinMs = 24 * hourMs;

/** Renewals are finalized about an hour after they were made, and what is stopped by a pause is stopped then. */
const atOnceMs = 3 * hourMs;

/**
 * `certain` is what the subscription is known to have been at `untilMs`; its status tells which of several readings of an
 * invoice is meant.
 */
export function pastStanding(
  subscription: LedgerSubscription,
  bills: readonly Bill[],
  certain: SubscriptionState,
  untilMs: number,
): Standing {
  const trial = spanOf(subscription.trialStartAt, subscription.trialEndAt, untilMs);
  const base = baseStatus(subscription, bills, certain);
  const unpaidMs = wasUnpaid(certain) ? unpaidSince(bills) : null;
  const incomplete = trial === null ? incompleteSpan(subscription, bills) : null;
  const idleMs = certain.status === 'paused' ? idleSince(trial, bills) : null;
  const pauses = pausesOf(bills, certain, untilMs);
  const statusAt = (ms: number): string => {
    if (trial !== null && isIn(trial, ms)) return 'trialing';
    if (unpaidMs !== null && ms >= unpaidMs) return 'unpaid';
    if (idleMs !== null && ms >= idleMs) return 'paused';
    if (incomplete !== null && isIn(incomplete, ms)) return 'incomplete';
    return base;
  };
  const spans = [...(trial === null ? [] : [trial]), ...(incomplete === null ? [] : [incomplete]), ...pauses];
  return {
    turnsMs: [
      ...spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
      ...[unpaidMs, idleMs].filter((ms) => ms !== null),
    ],
    at: (ms) => {
      // Nobody was ever asked for money: a standing that earns nothing was there all along, for all that is known.
      if (bills.length === 0) return { status: statusAt(ms), collectionPaused: certain.collectionPaused };
      const pause = pauses.find((span) => isIn(span, ms));
      const collectionPaused = pause === undefined ? null : { behavior: pause.behavior, resumesAt: null };
      return { status: statusAt(ms), collectionPaused };
    },
  };
}

/** What it was between the phases that are known: one that never began stays that, everything else was active. */
function baseStatus(
  { trialStartAt }: LedgerSubscription,
  bills: readonly Bill[],
  { status }: SubscriptionState,
): string {
  if (status === 'unpaid' && bills.length === 0) return status;
  if (status === 'incomplete' || status === 'incomplete_expired') return status;
  return status === 'trialing' && trialStartAt === null ? status : 'active';
}

/** A subscription that was canceled may have been unpaid before. */
function wasUnpaid({ status }: SubscriptionState): boolean {
  return status === 'unpaid' || status === 'canceled';
}

/**
 * Since an invoice was given up after the last one that was paid; where none was, since the first draft after it that
 * nothing finalizes, because that is what becomes of the renewals of an unpaid subscription. What was canceled must have
 * made nothing else since.
 */
function unpaidSince(bills: readonly Bill[]): number | null {
  const paidMs = Math.max(...bills.map(({ invoice }) => invoice.paidAt?.getTime() ?? -Infinity));
  const after = bills.filter(
    ({ invoice, periods }) => periods.length > 0 && invoice.createdAt.getTime() > paidMs,
  );
  const givenUp = bills
    .filter(({ invoice }) => invoice.status === 'uncollectible' && !isStoppedAtOnce(invoice))
    .map(({ invoice }) => invoice.uncollectibleAt?.getTime() ?? Infinity)
    .filter((ms) => ms > paidMs);
  const drafts = after
    .filter(({ invoice }) => invoice.status === 'draft' && invoice.isHeld)
    .map(({ invoice }) => invoice.createdAt.getTime());
  const sinceMs = Math.min(...(givenUp.length > 0 ? givenUp : drafts));
  if (!Number.isFinite(sinceMs)) return null;
  const wentOn = after.some(
    ({ invoice }) => invoice.status === 'open' && invoice.createdAt.getTime() >= sinceMs,
  );
  return wentOn ? null : sinceMs;
}

/** The first invoice of a subscription that begins without a trial: until it is paid nothing has begun. */
function incompleteSpan({ createdAt }: LedgerSubscription, bills: readonly Bill[]): Span | null {
  const first = bills[0]?.invoice;
  if (first === undefined || first.paidAt === null || first.totalMinor <= 0) return null;
  const fromMs = createdAt.getTime();
  const toMs = first.paidAt.getTime();
  const isFirstBill = first.createdAt.getTime() - fromMs < hourMs;
  return isFirstBill && toMs > fromMs && toMs - fromMs <= completedWithinMs ? { fromMs, toMs } : null;
}

/** Paused for want of a way to pay: since the trial ended, if nothing was billed after it. */
function idleSince(trial: Span | null, bills: readonly Bill[]): number | null {
  if (trial === null) return null;
  const billed = bills.some(({ periods }) => periods.some(({ fromMs }) => fromMs >= trial.toMs));
  return billed ? null : trial.toMs;
}

/**
 * The periods whose renewals were stopped: kept as drafts, voided or given up at once, and not billed again. Whoever did
 * it and why, nothing was to come in for that time, which is what a pause means to MRR. A pause in the middle of a period
 * leaves no trace, so it shows from the next renewal on; it lasts until one that stands, or until the period's end. Where
 * collection is known to be paused in the end, the last of them lasts until then.
 */
function pausesOf(bills: readonly Bill[], certain: SubscriptionState, untilMs: number): Pause[] {
  const renewals = bills
    .flatMap(({ invoice, periods }) => periods.map((period) => ({ ...period, stopped: stoppedAs(invoice) })))
    .filter(({ fromMs }) => fromMs < untilMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  if (renewals.every(({ stopped }) => stopped === null)) return [];
  const standingMs = renewals.filter(({ stopped }) => stopped === null).map(({ fromMs }) => fromMs);
  const pauses: Pause[] = [];
  for (const { fromMs, toMs, stopped } of renewals) {
    if (stopped === null || standingMs.includes(fromMs)) continue;
    const nextMs = standingMs.find((ms) => ms > fromMs);
    const goesOn = nextMs === undefined && certain.collectionPaused !== null;
    const behavior = certain.collectionPaused?.behavior ?? stopped;
    pauses.push({ fromMs, toMs: goesOn ? untilMs : Math.min(toMs, nextMs ?? untilMs), behavior });
  }
  return pauses;
}

function stoppedAs(invoice: LedgerInvoice): string | null {
  if (invoice.status === 'draft') return invoice.isHeld ? 'keep_as_draft' : null;
  if (!isStoppedAtOnce(invoice)) return null;
  return invoice.status === 'void' ? 'void' : 'mark_uncollectible';
}

function isStoppedAtOnce({ status, createdAt, voidedAt, uncollectibleAt }: LedgerInvoice): boolean {
  const stoppedAt = status === 'void' ? voidedAt : status === 'uncollectible' ? uncollectibleAt : null;
  return stoppedAt !== null && stoppedAt.getTime() - createdAt.getTime() <= atOnceMs;
}

function spanOf(fromAt: Date | null, toAt: Date | null, untilMs: number): Span | null {
  return fromAt === null ? null : { fromMs: fromAt.getTime(), toMs: toAt?.getTime() ?? untilMs };
}

function isIn({ fromMs, toMs }: Span, ms: number): boolean {
  return fromMs <= ms && ms < toMs;
}
