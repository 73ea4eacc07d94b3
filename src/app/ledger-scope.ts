import type { FxRates } from '../domain/billing/records.ts';
import { findMetric } from '../domain/catalog/index.ts';
import { AppError } from './errors.ts';
import { OWN_RATES } from './keep-rates.ts';
import type { Actor, ConnectionRecord, Deps, MetricRecord } from './ports.ts';
import type { RevenueScope, SeriesRecord } from './ports-billing.ts';

/**
 * Over which movements, and in which money, a metric is counted. One that counts no money is valued in the currency of
 * another metric of its connection: customers have to be put in some order.
 *
 * @throws AppError when nothing was read yet, or no metric names a currency
 */
export async function ledgerScope(
  deps: Deps,
  actor: Actor,
  metric: MetricRecord,
  connection: ConnectionRecord,
  now: Date,
): Promise<RevenueScope> {
  const series = await seriesOf(deps, metric, connection);
  const valued = await valuedAs(deps, actor, metric, connection);
  return { connectionId: connection.id, series, referral: null, now, ...valued };
}

/** The movements that the metric is counted over, if they have been worked out already. */
async function seriesOf(
  deps: Deps,
  { definition, key, params, timeZone }: MetricRecord,
  connection: ConnectionRecord,
): Promise<SeriesRecord> {
  const meant = definition?.kind === 'catalog' ? definition.params : params;
  const policy = meant['discountPolicy'] ?? findMetric('mrr')?.params['discountPolicy']?.default;
  const known = await deps.billing.listSeries(connection.id);
  const found = known.find((each) => each.timeZone === timeZone && each.discountPolicy === policy);
  if (found !== undefined) return found;
  throw new AppError(
    'conflict',
    'not_read_yet',
    `The subscriptions of "${connection.key}" have not been worked out for "${key}" yet.`,
    `Read them: tidemark sync now --connection ${connection.key}`,
  );
}

type Valued = Pick<RevenueScope, 'onlyCurrency'> & { money: NonNullable<RevenueScope['money']> };

async function valuedAs(
  deps: Deps,
  actor: Actor,
  metric: MetricRecord,
  connection: ConnectionRecord,
): Promise<Valued> {
  const only = code(metric.params['currency']);
  if (only !== null) return { onlyCurrency: only, money: { reportingCurrency: only, fx: undefined } };
  const others = await deps.sources.listMetrics(actor.workspace.id, connection.id);
  for (const { params } of [metric, ...others]) {
    const reportingCurrency = code(params['reportingCurrency']);
    if (reportingCurrency === null) continue;
    const fx = await ratesOf(deps, connection, params, reportingCurrency);
    return { onlyCurrency: null, money: { reportingCurrency, fx } };
  }
  const single = others.map(({ params }) => code(params['currency'])).find((each) => each !== null);
  if (single !== undefined && single !== null)
    return { onlyCurrency: single, money: { reportingCurrency: single, fx: undefined } };
  throw new AppError(
    'conflict',
    'no_currency',
    `"${metric.key}" counts no money, and no metric of "${connection.key}" says in which currency to.`,
    'Add one that does, such as mrr, to the connection.',
  );
}

function code(written: unknown): string | null {
  return typeof written === 'string' ? written.toUpperCase() : null;
}

/** The rates that the definition names: constant ones stand in it, daily ones in a table or in what the provider told. */
async function ratesOf(
  deps: Deps,
  connection: ConnectionRecord,
  { fx, rates, ratesFrom }: Record<string, unknown>,
  base: string,
): Promise<FxRates | undefined> {
  if (fx !== 'daily') return Array.isArray(rates) ? constantRates(rates) : undefined;
  const source = ratesFrom === 'provider' ? connection.id : OWN_RATES;
  const byCurrency: Record<string, { fromDay: string; rate: number }[]> = {};
  for (const { currency, fromDay, rate } of await deps.rates.rates(connection.workspaceId, source, base)) {
    const known = byCurrency[currency] ?? [];
    known.push({ fromDay, rate: Number(rate) });
    byCurrency[currency] = known;
  }
  return { mode: 'daily', rates: byCurrency };
}

/** Written as `USD=0.92`, and checked when the metric was made. */
function constantRates(written: readonly unknown[]): FxRates {
  const pairs = written.flatMap((each): [string, number][] => {
    const [currency = '', rate = ''] = String(each).split('=');
    return rate === '' ? [] : [[currency.trim().toUpperCase(), Number(rate)]];
  });
  return { mode: 'constant', rates: Object.fromEntries(pairs) };
}
