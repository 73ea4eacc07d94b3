import { currencyCode, OWN_RATES } from './keep-rates.ts';
import type { Actor, Deps } from './ports.ts';
import type { RateWrite } from './ports-billing.ts';

/** The exchange rates into a currency that an owner gave, oldest first within a currency. */
export async function readRates(
  deps: Pick<Deps, 'rates'>,
  actor: Actor,
  base: string,
): Promise<{ base: string; rates: RateWrite[] }> {
  const into = currencyCode(base);
  return { base: into, rates: await deps.rates.rates(actor.workspace.id, OWN_RATES, into) };
}
