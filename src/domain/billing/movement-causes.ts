import type { Fraction } from 'fraction.js';
import { addDays } from '../day.ts';
import { isAlive } from './alive.ts';
import type { MovementCause } from './derived.ts';
import { sum } from './exact.ts';
import { payingStatuses } from './normalise.ts';
import type { Look, Piece } from './pieces.ts';

type Change = Pick<MovementCause, 'what' | 'from' | 'to'>;

/**
 * Why each subscription brings something else at the close of a day than at the close before: one entry for everything
 * about it that changed, each with the whole difference. `pieces` are those of one customer in one currency.
 */
export function causesOn(day: string, pieces: readonly Piece[]): { causes: MovementCause[]; moved: Piece[] } {
  const dayBefore = addDays(day, -1);
  const bySubscription = new Map<string, { before: Piece[]; after: Piece[] }>();
  for (const piece of pieces) {
    const entry = bySubscription.get(piece.subscriptionId) ?? { before: [], after: [] };
    bySubscription.set(piece.subscriptionId, entry);
    if (isAlive(piece.span, dayBefore)) entry.before.push(piece);
    if (isAlive(piece.span, day)) entry.after.push(piece);
  }
  const causes: MovementCause[] = [];
  const moved: Piece[] = [];
  for (const [subscriptionId, { before, after }] of bySubscription) {
    const [from, to] = [total(before), total(after)];
    if (from.equals(to)) continue;
    const last = before.at(-1);
    const next = after.at(-1);
    const hadPast = pieces.some((one) => one.subscriptionId === subscriptionId && one.span.fromDay < day);
    for (const change of changesBetween(last?.look() ?? null, next?.look() ?? null, hadPast))
      causes.push({ subscriptionId, ...change, before: from, after: to });
    const telling = next ?? last;
    if (telling !== undefined) moved.push(telling);
  }
  return { causes, moved };
}

function total(pieces: readonly Piece[]): Fraction {
  return sum(pieces.map(({ amount }) => amount));
}

function changesBetween(before: Look | null, after: Look | null, hadPast: boolean): Change[] {
  if (before === null)
    return [{ what: hadPast ? 'resumed' : 'started', from: null, to: after?.status ?? null }];
  if (after === null) return [{ what: 'ended', from: before.status, to: null }];
  const standing = standingChange(before, after);
  if (standing !== null) return [standing];
  const changes = [...itemChanges(before, after), ...discountChanges(before, after)];
  if (before.tax !== after.tax) changes.push({ what: 'tax', from: before.tax, to: after.tax });
  // Nothing that can be shown differs, and yet the amount does: what the items cost must.
  return changes.length > 0 ? changes : [{ what: 'plan', from: null, to: null }];
}

/** Whether it earns at all outweighs everything else that may have changed with it. */
function standingChange(before: Look, after: Look): Change | null {
  const change = { from: before.status, to: after.status };
  if (payingStatuses.has(before.status) !== payingStatuses.has(after.status))
    return { what: before.status === 'trialing' ? 'trial_converted' : 'status', ...change };
  if (before.isPaused === after.isPaused) return null;
  return { what: after.isPaused ? 'paused' : 'resumed', ...change };
}

function itemChanges(before: Look, after: Look): Change[] {
  const changes: Change[] = [];
  const [gone, added]: [string[], string[]] = [[], []];
  for (const [id, item] of before.items) {
    const next = after.items.get(id);
    if (next === undefined) {
      gone.push(item.price);
      continue;
    }
    if (item.price !== next.price) changes.push({ what: 'plan', from: item.price, to: next.price });
    if (item.quantity !== next.quantity)
      changes.push({ what: 'quantity', from: item.quantity, to: next.quantity });
    if (item.onTrial && !next.onTrial) changes.push({ what: 'trial_converted', from: null, to: next.price });
    if (!item.onTrial && next.onTrial) changes.push({ what: 'items', from: item.price, to: null });
  }
  for (const [id, { price }] of after.items) if (!before.items.has(id)) added.push(price);
  if (gone.length + added.length > 0) changes.push({ what: 'items', from: listed(gone), to: listed(added) });
  return changes;
}

function discountChanges(before: Look, after: Look): Change[] {
  const added = [...after.discounts].filter(([id]) => !before.discounts.has(id));
  const ended = [...before.discounts].filter(([id]) => !after.discounts.has(id));
  return [
    ...added.map(([, label]): Change => ({ what: 'discount_added', from: null, to: label })),
    ...ended.map(([, label]): Change => ({ what: 'discount_ended', from: label, to: null })),
  ];
}

function listed(names: readonly string[]): string | null {
  return names.length === 0 ? null : names.join(', ');
}
