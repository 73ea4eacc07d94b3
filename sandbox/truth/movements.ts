import { countUntil } from '../model/facts.ts';
import type { Billing } from '../model/model.ts';
import { add, isPositive, type Rational, rational, subtract, ZERO } from '../model/rational.ts';
import { type DiscountPolicy, mrrIn, newBook, note } from './book.ts';
import { daysOf } from './days.ts';

type Told = Pick<Billing, 'catalog' | 'facts' | 'anchorDay'>;

export type MrrDay = {
  day: string;
  /** MRR at the close of the day by customer and currency; nobody who pays nothing. */
  byCustomer: ReadonlyMap<string, ReadonlyMap<string, Rational>>;
};

export type MovementOptions = { timeZone: string; now: Date; policy?: DiscountPolicy };

/** MRR at the close of every local day from the anchor through the day of `now`, which closes as if nothing more came. */
export function* mrrByDay(model: Told, { timeZone, now, policy }: MovementOptions): Generator<MrrDay> {
  const book = newBook();
  const known = countUntil(model.facts, Math.floor(now.getTime() / 1_000));
  let next = 0;
  for (const { day, lastSecond } of daysOf(model, { timeZone, now })) {
    for (let fact = model.facts[next]; next < known && fact !== undefined && fact.at <= lastSecond; ) {
      note(book, fact);
      next += 1;
      fact = model.facts[next];
    }
    yield { day, byCustomer: mrrIn(book, model.catalog, lastSecond, policy) };
  }
}

export type Movement = {
  day: string;
  customerId: string;
  currency: string;
  kind: 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation';
  before: Rational;
  after: Rational;
};

/** What changed between the close of each day and the one before it, by customer. */
export function movements(model: Told, options: MovementOptions): Movement[] {
  const found: Movement[] = [];
  const everPaid = new Set<string>();
  let before: MrrDay['byCustomer'] = new Map();
  for (const { day, byCustomer } of mrrByDay(model, options)) {
    for (const customerId of new Set([...before.keys(), ...byCustomer.keys()])) {
      const was = before.get(customerId);
      const is = byCustomer.get(customerId);
      for (const currency of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
        const from = was?.get(currency) ?? ZERO;
        const to = is?.get(currency) ?? ZERO;
        const kind = kindOf(from, to, everPaid.has(customerId));
        if (kind !== null) found.push({ day, customerId, currency, kind, before: from, after: to });
      }
    }
    for (const customerId of byCustomer.keys()) everPaid.add(customerId);
    before = byCustomer;
  }
  return found;
}

function kindOf(before: Rational, after: Rational, paidBefore: boolean): Movement['kind'] | null {
  const change = subtract(after, before);
  if (change.numerator === 0n) return null;
  if (!isPositive(before)) return paidBefore ? 'reactivation' : 'new';
  if (!isPositive(after)) return 'churn';
  return isPositive(change) ? 'expansion' : 'contraction';
}

/** Net and gross revenue retention from the close of one day to the close of another; null when nobody paid at first. */
export function retention(
  model: Told,
  options: MovementOptions & { currency: string; openingDay: string; closingDay: string },
): { nrr: Rational | null; grr: Rational | null } {
  const { currency, openingDay, closingDay } = options;
  let opening: MrrDay['byCustomer'] = new Map();
  let closing: MrrDay['byCustomer'] = new Map();
  for (const { day, byCustomer } of mrrByDay(model, options)) {
    if (day === openingDay) opening = byCustomer;
    if (day === closingDay) closing = byCustomer;
  }
  let [first, net, gross] = [ZERO, ZERO, ZERO];
  for (const [customerId, amounts] of opening) {
    const was = amounts.get(currency);
    if (was === undefined) continue;
    const is = closing.get(customerId)?.get(currency) ?? ZERO;
    first = add(first, was);
    net = add(net, is);
    gross = add(gross, isPositive(subtract(is, was)) ? was : is);
  }
  if (!isPositive(first)) return { nrr: null, grr: null };
  const share = (amount: Rational) =>
    rational(amount.numerator * first.denominator, amount.denominator * first.numerator);
  return { nrr: share(net), grr: share(gross) };
}
