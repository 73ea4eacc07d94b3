import type { LedgerBalanceEntry, LedgerRecord } from '../domain/billing/ledger-records.ts';
import { localDay } from '../domain/day.ts';
import { minorUnits } from '../domain/money.ts';
import type { ConnectionRecord } from './ports.ts';
import type { BillingStore, RateStore, RateWrite } from './ports-billing.ts';

/** Writes the exchange rates that a provider's own records tell. */
export type RateKeeper = { keep(records: readonly LedgerRecord[]): Promise<void> };

/** Currencies of payments by id, remembered for the balance entries that come after them. */
const REMEMBERED = 100_000;
const WRITTEN_BY = 'mirror';

/**
 * A provider tells rates in two ways: as a list of a day, and beside each movement of its balance that was converted.
 * Both are kept under the connection's id, so that metrics may choose them over a table of their owner.
 */
export function createRateKeeper(
  rates: RateStore,
  { id, workspaceId }: Pick<ConnectionRecord, 'id' | 'workspaceId'>,
): RateKeeper {
  const currencyOf = new Map<string, string>();
  return {
    async keep(records) {
      const byBase = new Map<string, Map<string, RateWrite>>();
      const add = (base: string, rate: RateWrite): void => {
        const known = byBase.get(base) ?? new Map<string, RateWrite>();
        byBase.set(base, known.set(`${rate.currency} ${rate.fromDay}`, rate));
      };
      for (const { data, kind, id: recordId } of records) {
        if (kind === 'payment' || kind === 'refund' || kind === 'dispute') {
          if (currencyOf.size < REMEMBERED) currencyOf.set(recordId, data.currency);
        }
      }
      for (const record of records) {
        if (record.kind === 'balance_entry') addConverted(record.data, currencyOf, add);
      }
      // A list of the day speaks for everybody, a conversion for one payment: the list goes before it.
      for (const record of records) {
        if (record.kind !== 'exchange_rates') continue;
        const { base, day, rates: told } = record.data;
        for (const [currency, rate] of Object.entries(told))
          if (currency !== base) add(base, { currency, fromDay: day, rate });
      }
      for (const [base, told] of byBase) {
        await rates.keepRates(workspaceId, id, base, [...told.values()], WRITTEN_BY);
      }
    },
  };
}

/**
 * What the stored records say, once a walk is over: conversions whose payment came later, came before a kill, or was stored
 * when the process died before its rate was.
 */
export async function keepConversions(
  billing: Pick<BillingStore, 'conversions'>,
  rates: RateStore,
  { id, workspaceId }: Pick<ConnectionRecord, 'id' | 'workspaceId'>,
  since: Date | null,
): Promise<void> {
  const byBase = new Map<string, RateWrite[]>();
  for (const { base, currency, day, rate } of await billing.conversions(id, since)) {
    const told = { currency, fromDay: day, rate: shifted(rate, minorUnits(currency) - minorUnits(base)) };
    byBase.set(base, [...(byBase.get(base) ?? []), told]);
  }
  for (const [base, told] of byBase) await rates.keepRates(workspaceId, id, base, told, WRITTEN_BY);
}

/** The rate of an entry is between minor units; a rate of ours is between major ones. */
function addConverted(
  { createdAt, currency, exchangeRate, sourceId }: LedgerBalanceEntry,
  currencyOf: ReadonlyMap<string, string>,
  add: (base: string, rate: RateWrite) => void,
): void {
  const from = sourceId === null ? undefined : currencyOf.get(sourceId);
  if (exchangeRate === null || from === undefined || from === currency) return;
  const rate = shifted(exchangeRate, minorUnits(from) - minorUnits(currency));
  add(currency, { currency: from, fromDay: localDay(createdAt, 'UTC'), rate });
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
