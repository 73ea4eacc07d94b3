import type { BrokenCustomer } from '../app/derive-billing.ts';
import { OWN_RATES } from '../app/keep-rates.ts';
import type {
  ConnectionRecord,
  ReadFailure,
  Reading,
  ReadOutcome,
  ReadRequest,
  SourceStore,
} from '../app/ports.ts';
import type {
  BillingStore,
  BillingSurvey,
  MirrorPosition,
  RateStore,
  RevenueReader,
  RevenueScope,
  SeriesRecord,
} from '../app/ports-billing.ts';
import type { RecordStore } from '../app/ports-ingest.ts';
import { crossedRates } from '../domain/billing/crossed-rates.ts';
import type { Series } from '../domain/billing/derived.ts';
import type { LedgerKind } from '../domain/billing/ledger-records.ts';
import { addDays, eachDay, localDay, maxDay, minDay } from '../domain/day.ts';
import { dailyRates, type LedgerMoney } from './billing-money.ts';
import { type ReferralParams, referralRule } from './billing-referral.ts';

export type LedgerDeps = {
  billing: BillingStore;
  revenue: RevenueReader;
  rates: RateStore;
  survey: BillingSurvey;
  /** Where an attribution list is found. */
  connections: Pick<SourceStore, 'findConnection'>;
  records: RecordStore;
};

/** What the reads of one run share. */
export type LedgerReading = {
  deps: LedgerDeps;
  connection: ConnectionRecord;
  provider: string;
  now: Date;
  signal: AbortSignal;
  position: MirrorPosition;
  tally: Awaited<ReturnType<BillingSurvey['tally']>>;
  series: readonly SeriesRecord[];
  broken: readonly BrokenCustomer[];
  problems: Awaited<ReturnType<BillingStore['problems']>>;
};

export type Point = Reading['points'][number];

/** More problems than these are not named one by one. */
export const PROBLEMS_READ = 100;

/** Why a metric cannot be read from the ledger as it is; null when it can. */
export function refusalOf(
  { broken, position, problems, provider }: LedgerReading,
  kinds: readonly LedgerKind[],
  recurring: boolean,
): ReadFailure | null {
  const gap = position.gaps.find((each) => each.kinds.some((kind) => kinds.includes(kind)));
  if (gap !== undefined) {
    const { errorClass, hint, message } = gap;
    return { errorClass, message, hint, afterMs: null, concerns: 'metric' };
  }
  if (position.throughAt === null) {
    const message = `The records of ${provider} are still being read for the first time (${position.note || 'nothing yet'}).`;
    return { errorClass: 'transient', message, hint: null, afterMs: null };
  }
  // Nothing of such a customer is stored, money neither: every sum would be too small by what they brought.
  const [unbalanced] = broken;
  if (unbalanced !== undefined)
    return ofMetric('bug', `${sentence(unbalanced.message)} Nothing of that customer was stored.`);
  if (!recurring) return null;
  const [problem] = problems;
  if (problem === undefined) return null;
  const others =
    problems.length === 1 ? '' : ` So it is with ${atLeast(problems.length - 1)} other customers.`;
  return ofMetric(
    'schema_drift',
    `MRR cannot be worked out for customer ${problem.customerId}, ${problem.object}: ${sentence(problem.message)}${others}`,
  );
}

const ofMetric = (errorClass: string, message: string): ReadFailure => ({
  errorClass,
  message,
  hint: null,
  afterMs: null,
  concerns: 'metric',
});

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
const atLeast = (count: number): string => (count >= PROBLEMS_READ - 1 ? `${count} or more` : String(count));

export function failed(failure: ReadFailure): ReadOutcome {
  return { ok: false, failure, exchanges: [] };
}

/** Parameters that were accepted once and are no longer. */
export function outdated(metric: string, problems: readonly string[]): ReadOutcome {
  const message = [`"${metric}" cannot be computed any more.`, ...problems].join(' ');
  const hint = 'Make the metric anew with parameters that it has.';
  return failed({ errorClass: 'config', message, hint, afterMs: null, concerns: 'metric' });
}

/**
 * The days that have a point: from the first record on, because before it nobody has said that there was nothing, and up
 * to the day through which the mirror is complete. A ledger without any record has none.
 */
export function daysIn(
  { position, tally }: LedgerReading,
  { endDay, startDay, timeZone }: Pick<ReadRequest, 'startDay' | 'endDay' | 'timeZone'>,
): string[] {
  if (position.throughAt === null || tally.length === 0) return [];
  const throughDay = localDay(position.throughAt, timeZone);
  const firstDay = tally.map(({ firstAt }) => localDay(firstAt, timeZone)).reduce(minDay, throughDay);
  const [from, until] = [maxDay(startDay, firstDay), minDay(endDay, addDays(throughDay, 1))];
  return from < until ? eachDay(from, until) : [];
}

/** The proof that goes with the points: what of the mirror they stand on. */
export function completenessOf(
  { position, tally }: LedgerReading,
  kinds: readonly LedgerKind[],
  notes: readonly string[],
): Reading['completeness'] {
  const own = tally.filter(({ kind }) => kinds.includes(kind));
  const items = own.reduce((sum, { records }) => sum + records, 0);
  const counted = own.map(({ kind, records }) => `${records} of ${kind}`).join(', ');
  const through =
    position.throughAt === null ? 'not complete' : `complete through ${position.throughAt.toISOString()}`;
  const ledger = `ledger: ${counted === '' ? 'no records' : counted}; ${through}`;
  return { pages: 1, items, lastPageReached: true, notes: [ledger, ...notes] };
}

export function seriesOf(
  { series }: Pick<LedgerReading, 'series'>,
  { discountPolicy, timeZone }: Series,
): SeriesRecord {
  const found = series.find((each) => each.timeZone === timeZone && each.discountPolicy === discountPolicy);
  if (found === undefined) throw new Error(`there is no series for ${timeZone} and ${discountPolicy}`);
  return found;
}

type Scope = Pick<RevenueScope, 'onlyCurrency' | 'money'>;

/** @param counts whether the metric counts money at all */
export async function moneyScope(
  { connection, deps }: Pick<LedgerReading, 'connection' | 'deps'>,
  money: LedgerMoney,
  counts: boolean,
): Promise<Scope> {
  switch (money.mode) {
    case 'all':
      return { onlyCurrency: null, money: null };
    case 'only':
      return {
        onlyCurrency: money.currency,
        money: counts ? { reportingCurrency: money.currency, fx: undefined } : null,
      };
    case 'constant': {
      const { rates, reportingCurrency } = money;
      const fx = Object.keys(rates).length === 0 ? undefined : { mode: 'constant' as const, rates };
      return { onlyCurrency: null, money: { reportingCurrency, fx } };
    }
    case 'daily': {
      const { from, reportingCurrency } = money;
      // An owner's table is taken as it is; a provider tells what it has, and seldom into the currency that is asked for.
      const stored =
        from === 'table'
          ? await deps.rates.rates(connection.workspaceId, OWN_RATES, reportingCurrency)
          : crossedRates(await deps.rates.allRates(connection.workspaceId, connection.id), reportingCurrency);
      return { onlyCurrency: null, money: { reportingCurrency, fx: dailyRates(stored) } };
    }
  }
}

/** The rule with its attribution list; a sentence when that list is not where it should be. */
export async function referralScope(
  { connection, deps }: Pick<LedgerReading, 'connection' | 'deps'>,
  params: ReferralParams | null,
): Promise<{ ok: true; rule: RevenueScope['referral'] } | { ok: false; problem: string }> {
  if (params === null) return { ok: true, rule: null };
  if (params.attribution === null) return { ok: true, rule: referralRule(params, []) };
  const list = await deps.connections.findConnection(connection.workspaceId, params.attribution);
  if (list === null || list.connectorId !== 'records') {
    const problem = `There is no connection with records of the key "${params.attribution}" to take the attribution list from.`;
    return { ok: false, problem };
  }
  const rows = await deps.records.load(list.id, ['customers']);
  const won = rows.filter(({ payload }) => payload['channel'] === 'referral');
  return {
    ok: true,
    rule: referralRule(
      params,
      won.map(({ payload }) => String(payload['id'])),
    ),
  };
}
