import type { SeriesRecord } from '../app/ports-billing.ts';
import type { LedgerReading } from './billing-reading.ts';

/** What a metric of one currency leaves out: by currency how much, over the days of a window. */
export type Others = {
  /** Such as "eur: 3, gbp: 1"; null when nothing was left out. */
  flag(days: { startDay: string; endDay: string }): string | null;
  notes: string[];
};

export const noOthers: Others = { flag: () => null, notes: [] };

/** Customers who pay in another currency at the close of the window's last day. */
export async function otherPayers(
  { deps }: Pick<LedgerReading, 'deps'>,
  series: SeriesRecord,
  currency: string,
): Promise<Others> {
  const steps = (await deps.survey.payersByCurrency(series.id)).filter((step) => step.currency !== currency);
  const tally = (endDay: string) =>
    tallied(steps.filter(({ day }) => day < endDay).map((step) => [step.currency, step.heads]));
  return {
    flag: ({ endDay }) => written(tally(endDay)),
    notes: noted(tally('9999-12-31'), currency, 'paying customers'),
  };
}

/** Payments, refunds and disputes of the window in another currency. */
export async function otherFlows(
  { connection, deps }: Pick<LedgerReading, 'connection' | 'deps'>,
  days: { startDay: string; endDay: string; timeZone: string },
  currency: string,
): Promise<Others> {
  const flows = (await deps.survey.flowsByCurrency(connection.id, days)).filter(
    (flow) => flow.currency !== currency,
  );
  const tally = (startDay: string, endDay: string) =>
    tallied(
      flows.filter(({ day }) => day >= startDay && day < endDay).map((flow) => [flow.currency, flow.flows]),
    );
  return {
    flag: ({ endDay, startDay }) => written(tally(startDay, endDay)),
    notes: noted(tally(days.startDay, days.endDay), currency, 'payments, refunds and disputes'),
  };
}

function tallied(entries: readonly (readonly [string, number])[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const [currency, count] of entries) counts.set(currency, (counts.get(currency) ?? 0) + count);
  return [...counts]
    .filter(([, count]) => count > 0)
    .toSorted(([left], [right]) => left.localeCompare(right));
}

function written(tally: readonly [string, number][]): string | null {
  if (tally.length === 0) return null;
  return tally.map(([currency, count]) => `${currency.toLowerCase()}: ${count}`).join(', ');
}

function noted(tally: readonly [string, number][], own: string, what: string): string[] {
  return tally.map(
    ([currency, count]) => `${count} ${what} in ${currency.toLowerCase()} left out of ${own.toLowerCase()}`,
  );
}
