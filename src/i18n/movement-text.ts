import type { Translate } from './speak.ts';

/** What the API says of a movement, in words of a language. A code that this version does not know is shown as it is. */

type Cause = { subscriptionId: string; what: string; from: string | null; to: string | null };
const mrrKinds = ['new', 'expansion', 'reactivation', 'contraction', 'churn', 'fx'] as const;
const cashKinds = ['payment', 'refund', 'dispute'] as const;
const kinds = [...mrrKinds, ...cashKinds];
export type MovementKindName = (typeof mrrKinds)[number];
type CashKindName = (typeof cashKinds)[number];
type Totals = Readonly<Record<MovementKindName, number> & Partial<Record<CashKindName, number | undefined>>>;
type Days = { startDay: string; endDay: string };
/** What is compared, and the days of its two windows where it has some. */
type Compared = {
  measure: string;
  windows: { opening: Days; closing: Days } | null;
  openingDay: string;
  closingDay: string;
  opening: number;
  closing: number;
  totals: Totals;
};

export function movementKind(t: Translate, kind: string): string {
  const key = `movement.kind.${kind}`;
  return t.knows(key) ? t(key) : kind;
}

/** "payments" in a sum, where each of them is a "payment". Movements of MRR are called the same in both. */
function sumKind(t: Translate, kind: string): string {
  const key = `movement.sum.${kind}`;
  return t.knows(key) ? t(key) : movementKind(t, kind);
}

/**
 * "MRR $12,340.00 (2026-06-30) → $12,890.00 (2026-07-07): +$550.00 = new $550.00", or of a sum over money that moved, with
 * the days of its windows.
 */
export function comparedText(
  t: Translate,
  compared: Compared,
  write: (amount: number) => string,
  dayText: (day: string) => string,
): string {
  const { closingDay, measure, openingDay, windows } = compared;
  const values = {
    opening: write(compared.opening),
    closing: write(compared.closing),
    difference: differenceText(t, compared, write),
  };
  const key = `movement.measure.${measure}`;
  if (windows === null || !t.knows(key))
    return t('movement.line', {
      ...values,
      openingDay: dayText(openingDay),
      closingDay: dayText(closingDay),
    });
  const days = (from: string, to: string): string =>
    from === to ? dayText(to) : t('movement.days', { from: dayText(from), to: dayText(to) });
  return t('movement.line_cash', {
    ...values,
    measure: t(key),
    openingDays: days(windows.opening.startDay, openingDay),
    closingDays: days(windows.closing.startDay, closingDay),
  });
}

/** What happened: the causes of a movement of MRR, or the payment, refund or dispute that it is. */
export function whatText(
  t: Translate,
  { causes, day, record }: { causes: readonly Cause[]; day: string; record?: FlowRecord | undefined },
  { windows }: Pick<Compared, 'windows'>,
): string {
  if (record === undefined) return causes.map((cause) => causeText(t, cause)).join('; ');
  const { id, paymentId } = record;
  const named = id === paymentId ? id : t('movement.of_payment', { id, payment: paymentId });
  const earlier = windows !== null && day < windows.closing.startDay;
  return earlier ? `${named}; ${t('movement.earlier')}` : named;
}
type FlowRecord = { id: string; paymentId: string };

/** What the customer paid in a currency of their own: before and after of MRR, the amount of what moved. */
export function nativeText(
  t: Translate,
  { native, record }: { native: { before: number; after: number }; record?: FlowRecord | undefined },
  write: (amount: number) => string,
): string {
  const { after, before } = native;
  if (record !== undefined) return write(Math.abs(after - before));
  return t('movement.native', { before: write(before), after: write(after) });
}

/** The customer's name, or what there is instead; `id` is told beside it where it says more. */
export function customerText(
  t: Translate,
  { guestPaymentId, id, name }: { id: string; name: string | null; guestPaymentId?: string | undefined },
): { name: string; id: string | null } {
  if (guestPaymentId !== undefined) return { name: t('movement.guest', { id: guestPaymentId }), id: null };
  return name === null ? { name: id, id: null } : { name, id };
}

/** What a movement adds. Amounts of MRR are positive whichever way they go, but for exchange rates; others have a sign. */
export function signedAmount(kind: string, amount: number): number {
  return kind === 'churn' || kind === 'contraction' ? -amount : amount;
}

/** "+$550.00": what goes up says so, too. */
export function withSign(amount: number, write: (size: number) => string): string {
  return `${amount < 0 ? '−' : '+'}${write(Math.abs(amount))}`;
}

export function causeText(t: Translate, { from, subscriptionId, to, what }: Cause): string {
  const key = `cause.${what}`;
  const change = from === null && to === null ? t('cause.changed') : `${from ?? '–'} → ${to ?? '–'}`;
  const values = { subscription: subscriptionId, change };
  return t.knows(key) ? t(key, values) : t('cause.other', { ...values, what });
}

/** "+$550.00 = new $300.00 + expansion $400.00 − churn $150.00", every kind that is not nothing. */
export function differenceText(
  t: Translate,
  { closing, opening, totals }: { opening: number; closing: number; totals: Totals },
  write: (amount: number) => string,
): string {
  const terms = kinds.filter((kind) => (totals[kind] ?? 0) !== 0);
  if (terms.length === 0) return t('movement.unchanged');
  const sum = terms
    .map((kind, index) => {
      const amount = signedAmount(kind, totals[kind] ?? 0);
      const sign = amount < 0 ? '− ' : index === 0 ? '' : '+ ';
      return `${sign}${sumKind(t, kind)} ${write(Math.abs(amount))}`;
    })
    .join(' ');
  return `${withSign(closing - opening, write)} = ${sum}`;
}

/** Whether the amounts of that sum, each rounded to whole minor units, still add up. */
export function addsUpRounded({
  closing,
  opening,
  totals,
}: {
  opening: number;
  closing: number;
  totals: Totals;
}): boolean {
  const moved = kinds.reduce((sum, kind) => sum + Math.round(signedAmount(kind, totals[kind] ?? 0)), 0);
  return Math.round(opening) + moved === Math.round(closing);
}
