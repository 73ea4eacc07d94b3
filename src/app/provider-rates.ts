import { minorUnits } from '../domain/money.ts';
import type { ConnectionRecord } from './ports.ts';
import type { BillingStore, RateStore, RateWrite } from './ports-billing.ts';

const WRITTEN_BY = 'mirror';

/**
 * Writes the exchange rates that a provider's own records tell. It tells them in two ways: as a list of a day, and beside
 * each movement of its balance that was converted. Both are kept under the connection's id, so that metrics may choose them
 * over a table of their owner.
 *
 * They are taken from what is stored, once a walk is over: so the order in which records came, where a page ended and
 * where a process died have no say in which rate a day has.
 *
 * @param since from when on what was stored may not have been looked at yet; null: all of it
 */
export async function keepProviderRates(
  billing: Pick<BillingStore, 'conversions'>,
  rates: RateStore,
  { id, workspaceId }: Pick<ConnectionRecord, 'id' | 'workspaceId'>,
  since: Date | null,
): Promise<void> {
  const byBase = new Map<string, RateWrite[]>();
  for (const { base, between, currency, day, rate } of await billing.conversions(id, since)) {
    const places = between === 'minor' ? minorUnits(currency) - minorUnits(base) : 0;
    const told = byBase.get(base) ?? [];
    told.push({ currency, fromDay: day, rate: shifted(rate, places) });
    byBase.set(base, told);
  }
  for (const [base, told] of byBase) await rates.keepRates(workspaceId, id, base, told, WRITTEN_BY);
}

/** A decimal text times ten to a power, digit by digit. */
function shifted(text: string, places: number): string {
  const [whole = '0', part = ''] = text.split('.');
  if (places >= 0) {
    const padded = part.padEnd(places, '0');
    return trimmed(`${whole}${padded.slice(0, places)}.${padded.slice(places)}`);
  }
  const padded = whole.padStart(1 - places, '0');
  return trimmed(`${padded.slice(0, places)}.${padded.slice(places)}${part}`);
}

function trimmed(text: string): string {
  const [whole = '0', part = ''] = text.split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  return /^0*$/.test(part) ? digits : `${digits}.${part}`;
}
