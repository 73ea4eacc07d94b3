import { en } from './en.ts';
import type { MessageKey } from './keys.ts';
import type { Translate } from './translator.ts';

/** What the API says of a movement, in words of a language. A code that this version does not know is shown as it is. */

type Cause = { subscriptionId: string; what: string; from: string | null; to: string | null };
type Totals = Readonly<Record<MovementKindName, number>>;

const kinds = ['new', 'expansion', 'reactivation', 'contraction', 'churn', 'fx'] as const;
export type MovementKindName = (typeof kinds)[number];

export function movementKind(t: Translate, kind: string): string {
  const key = `movement.kind.${kind}`;
  return isMessageKey(key) ? t(key) : kind;
}

/** What a movement adds to MRR. Amounts are positive whichever way they go, but for exchange rates. */
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
  return isMessageKey(key) ? t(key, values) : t('cause.other', { ...values, what });
}

/** "+$550.00 = new $300.00 + expansion $400.00 − churn $150.00", every kind that is not nothing. */
export function differenceText(
  t: Translate,
  { closing, opening, totals }: { opening: number; closing: number; totals: Totals },
  write: (amount: number) => string,
): string {
  const terms = kinds.filter((kind) => totals[kind] !== 0);
  if (terms.length === 0) return t('movement.unchanged');
  const sum = terms
    .map((kind, index) => {
      const amount = signedAmount(kind, totals[kind]);
      const sign = amount < 0 ? '− ' : index === 0 ? '' : '+ ';
      return `${sign}${movementKind(t, kind)} ${write(Math.abs(amount))}`;
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
  const moved = kinds.reduce((sum, kind) => sum + Math.round(signedAmount(kind, totals[kind])), 0);
  return Math.round(opening) + moved === Math.round(closing);
}

function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}
