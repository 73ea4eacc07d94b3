import { findMetric, maturityHours, type ParamValues } from '../domain/catalog/index.ts';
import { type CohortDays, cohortDays } from '../domain/cohort.ts';
import type { CycleRecord, MetricRecord } from './ports.ts';

/** No tool restates its days for longer by itself: what settles later waits for people to have had their time. */
const LONGEST_RESTATEMENT_HOURS = 7 * 24;

/** Whether the points of a metric belong to the days on which people entered, and wait for them to be decided. */
export function followsCohorts(metric: Pick<MetricRecord, 'definition' | 'settlesAfterHours'>): boolean {
  const { definition, settlesAfterHours } = metric;
  if (settlesAfterHours > LONGEST_RESTATEMENT_HOURS) return true;
  if (definition?.kind !== 'catalog') return false;
  const known = findMetric(definition.metric);
  if (known === null) return false;
  // Stored as the catalogue's own check had read them.
  const hours = maturityHours(known, definition.params as ParamValues);
  // A metric that can follow cohorts may also be asked for a window in which nobody waits; then it settles sooner.
  return hours > 0 && settlesAfterHours >= hours;
}

/** Null where no cohort is involved. */
export function cohortOf(metric: MetricRecord | null, cycle: CycleRecord): CohortDays | null {
  return metric !== null && followsCohorts(metric) ? cohortDays(metric, cycle) : null;
}
