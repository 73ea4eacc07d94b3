import type { ExplainedMovements } from '../app/explain-movements.ts';
import type { RateWrite } from '../app/ports-billing.ts';

/** Why revenue moved, in the shapes of the contract. */

const KINDS = ['new', 'expansion', 'reactivation', 'contraction', 'churn', 'fx'] as const;
const CASH_KINDS = ['payment', 'refund', 'dispute'] as const;
type Totals = Record<(typeof KINDS)[number], number> & Partial<Record<(typeof CASH_KINDS)[number], number>>;

export function movementsView(explained: ExplainedMovements) {
  const { cash, change, connection, metric, reportingCurrency, throughAt } = explained;
  const totals = totalsOf(change.totals, cash === null ? KINDS : [...KINDS, ...CASH_KINDS]);
  return {
    metric: { id: metric.id, key: metric.key, title: metric.title, version: metric.version },
    connectionKey: connection.key,
    environment: connection.environment,
    currency: reportingCurrency,
    timeZone: metric.timeZone,
    measure: cash?.metric ?? ('mrr' as const),
    windows:
      cash === null ? null : { opening: daysOf(cash.windows.opening), closing: daysOf(cash.windows.closing) },
    openingDay: change.openingDay,
    closingDay: change.closingDay,
    opening: change.opening,
    closing: change.closing,
    totals,
    identity: identityOf(change.opening, totals, change.closing),
    customers: change.customers.map(({ customerId, movements, ...customer }) => ({
      ...customer,
      id: customerId,
      movements: movements.map(({ amountMinor, causes, ...movement }) => ({
        ...movement,
        amount: amountMinor,
        causes: causes.map((cause) => ({ ...cause })),
      })),
    })),
    others: change.others,
    throughAt: throughAt?.toISOString() ?? null,
  };
}

export function rateView({ currency, fromDay, rate }: RateWrite) {
  return { currency, day: fromDay, rate };
}

function daysOf({ endDay, startDay }: { startDay: string; endDay: string }) {
  return { startDay, endDay };
}

function totalsOf(given: Readonly<Record<string, number>>, kinds: readonly string[]): Totals {
  return Object.fromEntries(kinds.map((kind) => [kind, given[kind] ?? 0])) as Totals; // one entry a kind
}

/** "1000 + new 300 - churn 150 = 1150": every kind that is not nothing, in minor units. */
function identityOf(opening: number, totals: Totals, closing: number): string {
  const terms = [...KINDS, ...CASH_KINDS].flatMap((kind) => {
    const amount = totals[kind] ?? 0;
    const falls = kind === 'churn' || kind === 'contraction' ? amount > 0 : amount < 0;
    return amount === 0 ? [] : [`${falls ? '-' : '+'} ${kind} ${Math.abs(amount)}`];
  });
  return [`${opening}`, ...terms, `= ${closing}`].join(' ');
}
