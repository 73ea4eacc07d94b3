import { type WindowRule, windowFor } from '../domain/catalog/index.ts';
import { addDays, isDay, localDay } from '../domain/day.ts';
import { AppError, invalidField } from './errors.ts';
import { type CashWindows, cashWindows } from './explain-cash.ts';
import { findConnection, findKeyResult, findMetric } from './find.ts';
import { ledgerScope } from './ledger-scope.ts';
import { type CashMetric, overCash, refuseOthers } from './over-movements.ts';
import type { Actor, ConnectionRecord, Deps, MetricRecord } from './ports.ts';
import type { RevenueChange, RevenueScope } from './ports-billing.ts';

/** Two days; null: the newest day with a value, and the one that it follows. */
export type AskedDays = { from: string | null; to: string | null; limit: number };
export type ExplainedMovements = {
  metric: MetricRecord;
  connection: ConnectionRecord;
  reportingCurrency: string;
  change: RevenueChange;
  /** Of a metric over money that moved: which one, and the days that it was compared over. Null: MRR at two closes. */
  cash: { metric: CashMetric; windows: CashWindows } | null;
  /** Up to when the ledger is known; null where nothing is mirrored. */
  throughAt: Date | null;
};

/** Names the customers and movements behind the difference between two closes of a metric. */
export async function explainMovements(
  deps: Deps,
  actor: Actor,
  key: string,
  asked: AskedDays,
): Promise<ExplainedMovements> {
  return movementsBehind(deps, actor, await findMetric(deps, actor, key), asked);
}

/** The same of the metric, and the very version of it, that a Key Result is judged by. */
export async function explainKeyResultMovements(
  deps: Deps,
  actor: Actor,
  key: string,
  asked: AskedDays,
): Promise<ExplainedMovements> {
  const keyResult = await findKeyResult(deps, actor, key);
  const { metricVersionId } = keyResult;
  const metric = metricVersionId === null ? null : await deps.sources.metricOfVersion(metricVersionId);
  if (metric !== null) return movementsBehind(deps, actor, metric, asked);
  throw new AppError(
    'conflict',
    'not_bound',
    `No metric feeds the Key Result "${keyResult.key}".`,
    `Bind one with \`tidemark kr bind ${keyResult.key} METRIC\`.`,
  );
}

async function movementsBehind(
  deps: Deps,
  actor: Actor,
  metric: MetricRecord,
  asked: AskedDays,
): Promise<ExplainedMovements> {
  refuseOthers(metric);
  const connection = await findConnection(deps, actor, metric.connectionId);
  const now = await deps.clock.now();
  const days = await daysOf(deps, metric, asked, now);
  const scope = await ledgerScope(deps, actor, metric, connection, now);
  const over = overCash(metric);
  const cash = over === null ? null : { ...over, ...cashWindows(metric, over, days, now) };
  const change =
    cash === null
      ? await deps.revenue.change(days, scope, asked.limit)
      : await deps.revenue.cashChange(cash.asked, scope, asked.limit);
  if ('missing' in change) throw await missingRate(deps, metric, connection, scope, change.missing);
  assertIdentity(metric, change);
  const { throughAt } = await deps.billing.position(connection.id);
  return {
    metric,
    connection,
    reportingCurrency: scope.money?.reportingCurrency ?? '',
    change,
    cash: cash === null ? null : { metric: cash.metric, windows: cash.windows },
    throughAt,
  };
}

/** @throws AppError when there is nothing to compare, or the days are no two days in their order */
async function daysOf(
  deps: Deps,
  metric: MetricRecord,
  asked: AskedDays,
  now: Date,
): Promise<{ openingDay: string; closingDay: string }> {
  const today = localDay(now, metric.timeZone);
  if (asked.to !== null) refuseDay('to', asked.to, today);
  if (asked.from !== null) refuseDay('from', asked.from, today);
  const closingDay = asked.to ?? (await newestDay(deps, metric, addDays(today, 1)));
  const openingDay = asked.from ?? (await dayBefore(deps, metric, closingDay, now));
  if (openingDay < closingDay) return { openingDay, closingDay };
  const detail = `${openingDay} is not before ${closingDay}.`;
  throw invalidField('/from', 'days_reversed', detail, 'Name the earlier close first.');
}

function refuseDay(field: 'from' | 'to', day: string, today: string): void {
  const no = (what: string) =>
    invalidField(`/${field}`, 'day_invalid', `${day} ${what}.`, 'Write a past day YYYY-MM-DD.');
  if (!isDay(day)) throw no('is not a day of the calendar');
  if (day > today) throw no(`lies in the future, and today is ${today}`);
}

async function newestDay(deps: Deps, metric: MetricRecord, before: string): Promise<string> {
  const points = await deps.sources.points(metric.versionId, metric.historyStartDay, before);
  const newest = points.findLast(({ value }) => value !== null);
  if (newest !== undefined) return newest.day;
  throw new AppError(
    'conflict',
    'no_point',
    `The metric "${metric.key}" has no value yet.`,
    'Read it with `tidemark sync now`, or name two days.',
  );
}

/** What a point follows: the point before, or, where MRR is compared, the close before the window began. */
async function dayBefore(deps: Deps, metric: MetricRecord, day: string, now: Date): Promise<string> {
  const { definition } = metric;
  const window =
    definition?.kind === 'catalog' && metric.kind !== 'stock'
      ? windowFor(
          { ...definition, params: {}, window: definition.window as WindowRule }, // the catalogue stored one of its rules
          day,
          now,
        )
      : null;
  const closeBefore = window?.kind === 'period' ? addDays(window.startDay, -1) : null;
  if (closeBefore !== null && overCash(metric) === null) return closeBefore;
  const points = await deps.sources.points(metric.versionId, metric.historyStartDay, day);
  return points.findLast(({ value }) => value !== null)?.day ?? closeBefore ?? addDays(day, -1);
}

async function missingRate(
  deps: Deps,
  { key }: MetricRecord,
  connection: ConnectionRecord,
  { money }: RevenueScope,
  { currency, day }: { currency: string; day: string },
): Promise<AppError> {
  const example = await deps.billing.exampleOf(connection.id, currency);
  const billed = example?.subscriptionId ?? example?.customerId;
  const what = billed === undefined ? '' : ` (${billed} is billed in it)`;
  const base = money?.reportingCurrency ?? '';
  return new AppError(
    'conflict',
    'missing_rate',
    `There is no rate of ${currency.toUpperCase()} into ${base} for ${day}${what}.`,
    money?.fx?.mode === 'daily'
      ? `Give one: tidemark rates upload FILE --into ${base}`
      : `Give one: tidemark metric change ${key} --param rates=${currency.toUpperCase()}=RATE --reason TEXT`,
  );
}

/** Amounts were exact fractions until here, so only the last digit of a double may differ. */
function assertIdentity({ key }: MetricRecord, { closing, opening, totals }: RevenueChange): void {
  const of = (kind: string): number => totals[kind] ?? 0;
  const flowed = of('payment') + of('refund') + of('dispute');
  const won = of('new') + of('expansion') + of('reactivation') + of('fx') + flowed;
  const reached = opening + won - of('contraction') - of('churn');
  const tolerance = 1e-9 * Math.max(1, Math.abs(opening), Math.abs(closing), Math.abs(won)) * 100;
  if (Math.abs(reached - closing) <= tolerance) return;
  throw new Error(
    `What is behind "${key}" goes from ${opening} to ${closing}, but its parts lead to ${reached}`,
  );
}
