import type { ConnectorContext } from '../sdk/index.ts';
import type { ReportRequest } from './calls.ts';
import type { Ga4Config } from './config.ts';
import { scopeOf } from './run-state.ts';

/**
 * What a question costs in tokens before it is asked. Google names no prices, only that most calls cost ten tokens or
 * fewer and that rows, columns, filters and long ranges add to it.
 *
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
 */
const USUAL = 10;
const PER_THIRTY_DAYS = 1;
const PER_CONDITION = 2;
const PER_COHORT = 1;
const PER_STEP = 5;
/** Questions about names, whose answers tell nothing of tokens: as much as most calls cost. */
export const UNTOLD_TOKENS = USUAL;

/** What answers of a shape have cost, as far as this process knows, newest last: properties differ far more than days do. */
const learned = new Map<string, number>();
const MOST_SHAPES = 1_000;

/** What an answer of this shape consumed, if one was seen; else an estimate, meant to be too high rather than too low. */
export function tokensOf(propertyId: string, request: ReportRequest): number {
  const { conditions, cohorts, days } = sizesOf(request);
  const guessed =
    USUAL + PER_CONDITION * conditions + PER_THIRTY_DAYS * Math.floor(days / 30) + PER_COHORT * cohorts;
  return learned.get(`${propertyId} ${shapeOf(request)}`) ?? guessed;
}

export function funnelTokens(propertyId: string, steps: number, days: number): number {
  return learned.get(`${propertyId} ${funnelShape(steps, days)}`) ?? USUAL + PER_STEP * steps;
}

/**
 * Keeps what an answer has cost. A dearer one counts at once, and a cheaper one by half: what is set aside should not be
 * too little.
 *
 * @returns what is expected from now on; null when that is nothing else than before
 */
export function learnTokens(propertyId: string, shape: string, tokens: number): number | null {
  const key = `${propertyId} ${shape}`;
  const before = learned.get(key) ?? null;
  const expected = Math.max(tokens, Math.ceil(((before ?? tokens) + tokens) / 2));
  learned.delete(key);
  learned.set(key, expected);
  const [oldest] = learned.keys();
  if (learned.size > MOST_SHAPES && oldest !== undefined) learned.delete(oldest);
  return expected === before ? null : expected;
}

/** What all workers have learned; read once in a run, before it plans. */
export function recallTokens(context: ConnectorContext<Ga4Config>): Promise<void> {
  return context.shared('ga4-learned', async () => {
    const { propertyId } = context.config;
    const known = await context.quota.tokens.learned(scopeOf(context, 'core'));
    for (const [shape, tokens] of Object.entries(known)) learned.set(`${propertyId} ${shape}`, tokens);
  });
}

/** Questions of one shape cost about the same. */
export function shapeOf(request: ReportRequest): string {
  const { cohorts, conditions, days } = sizesOf(request);
  const columns = `${request.dimensions?.length ?? 0}d${request.metrics?.length ?? 0}m`;
  return `${columns}${conditions}f${Math.ceil(days / 30)}r${cohorts}c`;
}

export function funnelShape(steps: number, days: number): string {
  return `funnel ${steps}s${days}d`;
}

function sizesOf(request: ReportRequest): { conditions: number; cohorts: number; days: number } {
  const { dimensionFilter, dateRanges, cohortSpec } = request;
  const ranges = dateRanges ?? [];
  const days = ranges.map(({ startDate, endDate }) => daysBetween(startDate ?? '', endDate ?? ''));
  return {
    // Each condition names its field once.
    conditions: JSON.stringify(dimensionFilter ?? null).split('"fieldName"').length - 1,
    cohorts: cohortSpec?.cohorts?.length ?? 0,
    days: days.reduce((sum, one) => sum + one, 0),
  };
}

function daysBetween(startDay: string, endDay: string): number {
  const days = Math.round((Date.parse(endDay) - Date.parse(startDay)) / 86_400_000) + 1;
  return Number.isNaN(days) ? 0 : days;
}
