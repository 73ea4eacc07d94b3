import { AppError } from './errors.ts';
import type { Actor, ConnectionRecord, Deps, MetricRecord } from './ports.ts';
import type { RevenueScope } from './ports-billing.ts';

/** A scope in which money is counted. */
type Valued = RevenueScope & { money: NonNullable<RevenueScope['money']> };

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
): Promise<Valued> {
  const own = await scopeOf(deps, metric, connection, now);
  if (own === null) throw notReadYet(metric, connection);
  const money = own.money ?? only(own.onlyCurrency);
  if (money !== null) return { ...own, money };
  for (const other of await deps.sources.listMetrics(actor.workspace.id, connection.id)) {
    const scope = await scopeOf(deps, other, connection, now);
    if (scope?.money == null) continue;
    return { ...own, onlyCurrency: scope.onlyCurrency, money: scope.money };
  }
  throw new AppError(
    'conflict',
    'no_currency',
    `"${metric.key}" counts no money, and no metric of "${connection.key}" says in which currency to.`,
    'Add one that does, such as mrr, to the connection.',
  );
}

/** Null when it is not counted over what has been read. */
async function scopeOf(
  deps: Deps,
  { connectorMetric, params, timeZone }: MetricRecord,
  connection: ConnectionRecord,
  now: Date,
): Promise<RevenueScope | null> {
  const asked = { metric: connectorMetric, params, timeZone };
  const read = await deps.connectors.revenueScope(connection, asked, now);
  return read?.ok === true ? read.scope : null;
}

function only(currency: string | null): RevenueScope['money'] {
  return currency === null ? null : { reportingCurrency: currency, fx: undefined };
}

function notReadYet({ key }: MetricRecord, connection: ConnectionRecord): AppError {
  return new AppError(
    'conflict',
    'not_read_yet',
    `The subscriptions of "${connection.key}" have not been worked out for "${key}" yet.`,
    `Read them: tidemark sync now --connection ${connection.key}`,
  );
}
