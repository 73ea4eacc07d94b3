import { minorUnits } from '../domain/money.ts';
import { invalidField } from './errors.ts';
import type { Actor, Deps } from './ports.ts';
import type { RateWrite } from './ports-billing.ts';
import { recordChange } from './record-change.ts';
import { type LineProblem, placed, type RowProblem, refuseLines, rowProblem } from './refused-rows.ts';

/** Where rates are kept that an owner gives; a connection's own would carry its id. */
export const OWN_RATES = 'table';

/** A rate as it was sent: what one `currency` was worth in the base, from that day on. */
export type RateRow = { line: number; day: string; currency: string; rate: string };
export type KeptRates = {
  base: string;
  rows: number;
  changed: number;
  currencies: string[];
  firstDay: string | null;
  lastDay: string | null;
};

/**
 * Keeps exchange rates into a currency. All of them or none: a table with holes would count some days at rates of others.
 *
 * @param unread what was wrong with rows before they came here
 */
export async function keepRates(
  deps: Deps,
  actor: Actor,
  base: string,
  rows: readonly RateRow[],
  unread: { problems: readonly LineProblem[]; more: boolean } = { problems: [], more: false },
): Promise<KeptRates> {
  const into = currencyCode(base);
  refuseLines([...unread.problems, ...placed(checkRates(into, rows))], unread.more);
  const rates = rows.map(
    ({ currency, day, rate }): RateWrite => ({ currency: currency.toUpperCase(), fromDay: day, rate }),
  );
  const days = rates.map(({ fromDay }) => fromDay).toSorted();
  const told: Omit<KeptRates, 'changed'> = {
    base: into,
    rows: rates.length,
    currencies: [...new Set(rates.map(({ currency }) => currency))].toSorted(),
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
  };
  const kept = await deps.atomically(async (inside): Promise<KeptRates> => {
    const changed = await inside.rates.keepRates(actor.workspace.id, OWN_RATES, into, rates, actor.name);
    await recordChange(inside, actor, 'keep', 'exchange_rates', into, { ...told, changed });
    return { ...told, changed };
  });
  if (kept.changed > 0 && kept.firstDay !== null) await computeAgain(deps, actor, into, kept.firstDay);
  return kept;
}

/** @throws AppError unless it is three letters */
export function currencyCode(written: string): string {
  try {
    minorUnits(written);
  } catch {
    const detail = `"${written}" is not a currency of three letters.`;
    throw invalidField('/base', 'currency_invalid', detail, 'Name it like EUR.');
  }
  return written.toUpperCase();
}

function checkRates(base: string, rows: readonly RateRow[]): RowProblem[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ currency, day, line, rate }) => {
    const code = currency.toUpperCase();
    if (!/^[A-Z]{3}$/.test(code))
      return [rowProblem(line, 'currency', `"${currency}" is not three letters; write it like USD`)];
    if (code === base) return [rowProblem(line, 'currency', `one ${base} is one ${base}; leave the row out`)];
    if (Number(rate) <= 0)
      return [rowProblem(line, 'rate', `"${rate}" is not above zero; write what one ${code} is in ${base}`)];
    const first = seen.get(`${day} ${code}`);
    seen.set(`${day} ${code}`, first ?? line);
    if (first === undefined) return [];
    const what = `${code} on ${day} is on line ${first} already; leave one of them out`;
    return [rowProblem(line, 'day', what)];
  });
}

/** What is counted at rates of this table has another value now. */
async function computeAgain(deps: Deps, actor: Actor, base: string, fromDay: string): Promise<void> {
  const metrics = await deps.sources.listMetrics(actor.workspace.id);
  const touched = new Set(
    metrics.filter(({ params }) => readsTable(params, base)).map(({ connectionId }) => connectionId),
  );
  for (const connection of await deps.sources.listConnections(actor.workspace.id)) {
    if (!touched.has(connection.id)) continue;
    await deps.runs.readAgain(connection.id, fromDay);
    // Whoever has paused the connection reads it when it is resumed.
    if (connection.state === 'paused') continue;
    await deps.runs.request(actor.workspace.id, connection.id, 'manual');
  }
}

/** Constant rates stand in the definition, and what a provider tells is kept under its connection. */
function readsTable({ fx, ratesFrom, reportingCurrency }: Record<string, unknown>, base: string): boolean {
  const into = typeof reportingCurrency === 'string' ? reportingCurrency.toUpperCase() : null;
  return fx === 'daily' && ratesFrom !== 'provider' && into === base;
}
