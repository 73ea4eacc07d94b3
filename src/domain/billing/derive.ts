import { cashFlowsOf } from './cash-flows.ts';
import { type CutSeries, dayFinders } from './cut-series.ts';
import type { BillingProblem, DerivedCustomer, MovementRow, Series } from './derived.ts';
import { historyOf } from './history.ts';
import { ledgerPieces } from './ledger-pieces.ts';
import type {
  CustomerLedger,
  LedgerCatalogue,
  LedgerInvoice,
  LedgerSubscription,
  SubscriptionObservation,
} from './ledger-records.ts';
import { movementRowsOf } from './movement-rows.ts';
import { customerDiscounts } from './past-discounts.ts';
import { BillingProblemError } from './problem.ts';
import { traitsOf } from './traits.ts';
import { firstTrial } from './trials.ts';

export { deriveTold, type ToldRecords, toldDerivation } from './derive-told.ts';

/**
 * Works out everything that is stored of one customer. A price or coupon that cannot be worked out becomes the customer's
 * `problem`, and what does not depend on it goes on.
 *
 * @throws RangeError naming customer and day when movements and MRR disagree: nothing of that may be stored
 */
export function deriveCustomer(
  ledger: CustomerLedger,
  catalogue: LedgerCatalogue,
  series: readonly Series[],
): DerivedCustomer {
  return derivation(catalogue, series)(ledger);
}

/** The same for many customers: days are looked up in each zone once for all of them. */
export function derivation(
  catalogue: LedgerCatalogue,
  series: readonly Series[],
): (ledger: CustomerLedger) => DerivedCustomer {
  const cut = dayFinders(series);
  return (ledger) => {
    const { customerId } = ledger;
    const isTest = isTestCustomer(ledger);
    const cash = isTest ? [] : cashFlowsOf(ledger);
    const rest = {
      customerId,
      cash,
      trial: isTest ? null : firstTrial(ledger),
      traits: traitsOf(ledger, cash),
      isTest,
    };
    if (isTest) return { ...rest, movements: series.map(() => []), problem: null };
    const found = withoutProblem(() => movementsOf(ledger, catalogue, cut));
    return 'problem' in found
      ? { ...rest, movements: null, problem: found.problem }
      : { ...rest, ...found, problem: null };
  };
}

/** A customer who is nobody, or of whom there is nothing but tests. */
function isTestCustomer({ customer, subscriptions }: CustomerLedger): boolean {
  if (customer !== null) return customer.isTest;
  return subscriptions.length > 0 && subscriptions.every(({ isTest }) => isTest);
}

function movementsOf(
  ledger: CustomerLedger,
  catalogue: LedgerCatalogue,
  series: readonly CutSeries[],
): { movements: MovementRow[][] } {
  const { customer, customerObservations, invoices } = ledger;
  const discounts = customerDiscounts(customer, customerObservations, invoices, catalogue);
  const observations = bySubscription(ledger.observations);
  const lives = ledger.subscriptions
    .filter(({ isTest }) => !isTest)
    .map((subscription) => ({
      subscription,
      history: historyOf(
        subscription,
        observations.get(subscription.id) ?? [],
        invoicesOf(subscription, ledger),
        catalogue,
        ledger.watchedSinceAt ?? null,
      ),
    }));
  return {
    movements: series.map(({ discountPolicy, dayOf }) => {
      const terms = { catalogue, policy: discountPolicy, customerDiscounts: discounts };
      const pieces = lives.flatMap(({ subscription, history }) =>
        ledgerPieces(subscription, history, terms, dayOf),
      );
      return movementRowsOf(ledger.customerId, pieces);
    }),
  };
}

/** Those that may have a line of the subscription: an invoice that names another one has none. */
function invoicesOf(
  { id }: LedgerSubscription,
  { invoices, subscriptions }: CustomerLedger,
): readonly LedgerInvoice[] {
  if (subscriptions.length === 1) return invoices;
  return invoices.filter(({ subscriptionId }) => subscriptionId === null || subscriptionId === id);
}

function bySubscription(
  observations: readonly SubscriptionObservation[],
): Map<string, SubscriptionObservation[]> {
  const found = new Map<string, SubscriptionObservation[]>();
  for (const observation of observations) {
    const own = found.get(observation.subscriptionId);
    if (own === undefined) found.set(observation.subscriptionId, [observation]);
    else own.push(observation);
  }
  return found;
}

function withoutProblem<Result extends object>(work: () => Result): Result | { problem: BillingProblem } {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BillingProblemError)) throw error;
    return { problem: { object: error.object, message: error.message } };
  }
}
