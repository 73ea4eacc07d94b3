import { aliveDays, type DayOf, type DaySpan, isAlive } from './alive.ts';
import { countsUnder, type DiscountPolicy, monthlyAmount } from './normalise.ts';
import { cutAt, type Look, type Piece } from './pieces.ts';
import type { Discount, Segment, Subscription } from './records.ts';

/** The pieces of a subscription whose history was told in segments. */
export function toldPieces(subscription: Subscription, dayOf: DayOf, policy: DiscountPolicy): Piece[] {
  const base = {
    subscriptionId: subscription.id,
    currency: subscription.currency.toUpperCase(),
    basis: 'told' as const,
    endBasis: 'told' as const,
  };
  return subscription.segments.flatMap((segment) =>
    piecesOf(segment, dayOf, policy).map(({ span, discounts }) => ({
      ...base,
      span,
      amount: monthlyAmount(segment, discounts),
      look: () => lookOf(segment, discounts),
    })),
  );
}

/** A segment in parts during which the same discounts run. */
function piecesOf(
  segment: Segment,
  dayOf: DayOf,
  policy: DiscountPolicy,
): { span: DaySpan; discounts: Discount[] }[] {
  const whole = aliveDays(segment.fromAt, segment.toAt, dayOf);
  const discounts = segment.discounts
    .filter((discount) => countsUnder(policy, discount))
    .map((discount) => ({ discount, span: discountDays(discount, whole, dayOf) }));
  const turns = discounts.flatMap(({ span }) => [span.fromDay, span.toDay ?? whole.fromDay]);
  return cutAt(whole, turns).map((span) => ({
    span,
    discounts: discounts.filter((one) => isAlive(one.span, span.fromDay)).map(({ discount }) => discount),
  }));
}

function discountDays(discount: Discount, segment: DaySpan, dayOf: DayOf): DaySpan {
  return {
    fromDay: discount.startAt === null ? segment.fromDay : dayOf(discount.startAt),
    toDay: discount.endAt === null ? null : dayOf(discount.endAt),
  };
}

/** Items and discounts have no names of their own in a segment: the first item of one follows the first of another. */
function lookOf(segment: Segment, discounts: readonly Discount[]): Look {
  const licensed = segment.items.filter(({ usage }) => usage === 'licensed');
  return {
    status: segment.status,
    isPaused: false,
    items: new Map(
      licensed.map(({ unitAmountMinor, quantity, interval, intervalCount }, index) => [
        String(index),
        {
          price: `${unitAmountMinor}/${intervalCount === 1 ? '' : `${intervalCount} `}${interval}`,
          quantity: String(quantity),
          onTrial: false,
        },
      ]),
    ),
    discounts: new Map(
      discounts.map(({ percentOff, amountOffMinor }, index) => {
        const label = percentOff === null ? String(amountOffMinor ?? 0) : `${percentOff} %`;
        return [`${index} ${label}`, label];
      }),
    ),
    tax: segment.tax?.inclusive === true ? String(segment.tax.ratePercent) : null,
  };
}
