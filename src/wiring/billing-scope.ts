import { RECORDS_CONNECTOR } from '../app/ingest-records.ts';
import type { ConnectionRecord, ReadRequest } from '../app/ports.ts';
import type { RevenueScope, SeriesRecord } from '../app/ports-billing.ts';
import { type CatalogMetric, findMetric } from '../domain/catalog/index.ts';
import { checkLtv } from './billing-ltv.ts';
import { checkLedgerParams } from './billing-metrics.ts';
import { needsOf } from './billing-needs.ts';
import { type LedgerDeps, moneyScope, referralScope } from './billing-reading.ts';
import { checkRecordsParams } from './records-metrics.ts';
import { needsMoney } from './records-money.ts';

/**
 * Over which rows, and in which money, a metric is counted, as its parameters say: the one place that reads them so, for its
 * points and for why they moved.
 */
type ScopeRead = { ok: true; scope: RevenueScope } | { ok: false; problems: string[] };

/** Whoever sends customers says how each was won. */
const REFERRED: RevenueScope['referral'] = {
  coupons: [],
  promotionCodes: [],
  metadata: [],
  customerIds: [],
  channels: ['referral'],
};

type Asked = Pick<ReadRequest, 'metric' | 'params' | 'timeZone'>;
type Place = { deps: LedgerDeps; connection: ConnectionRecord; now: Date };

/** Null for a metric that is not counted over the ledger. `series` are those that have been made. */
export async function scopeOf(
  place: Place,
  asked: Asked,
  series: readonly SeriesRecord[],
): Promise<ScopeRead | null> {
  const { connectorId, id: connectionId } = place.connection;
  const needs = needsOf(connectorId, asked);
  if (needs === null) return null;
  const found = series.find(
    (each) => each.timeZone === needs.series?.timeZone && each.discountPolicy === needs.series.discountPolicy,
  );
  if (needs.series !== null && found === undefined)
    return { ok: false, problems: [`There is no series for ${needs.series.timeZone} yet.`] };
  const base = { connectionId, series: found ?? null, now: place.now };
  if (asked.metric === 'ltv') {
    const checked = checkLtv(asked.params);
    if (!checked.ok) return checked;
    return {
      ok: true,
      scope: { ...base, ...(await moneyScope(place, checked.money, true)), referral: null },
    };
  }
  const metric = findMetric(asked.metric);
  if (metric === null) return null;
  return connectorId === RECORDS_CONNECTOR
    ? toldScope(place, base, metric, asked.params)
    : ledgerScope(place, base, metric, asked.params);
}

type Base = Pick<RevenueScope, 'connectionId' | 'series' | 'now'>;

async function toldScope(
  place: Place,
  base: Base,
  metric: CatalogMetric,
  params: Record<string, unknown>,
): Promise<ScopeRead> {
  const checked = checkRecordsParams(metric, params);
  if (!checked.ok) return checked;
  const money = await moneyScope(place, checked.money ?? { mode: 'all' }, needsMoney(metric));
  const referral = metric.records.includes('customers') ? REFERRED : null;
  return { ok: true, scope: { ...base, ...money, referral } };
}

async function ledgerScope(
  place: Place,
  base: Base,
  metric: CatalogMetric,
  params: Record<string, unknown>,
): Promise<ScopeRead> {
  const checked = checkLedgerParams(metric, params);
  if (!checked.ok) return checked;
  const referral = await referralScope(place, checked.referral);
  if (!referral.ok) return { ok: false, problems: [referral.problem] };
  const money = await moneyScope(place, checked.money, needsMoney(metric));
  return { ok: true, scope: { ...base, ...money, referral: referral.rule } };
}
