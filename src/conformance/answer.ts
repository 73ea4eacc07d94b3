import {
  computeMetric,
  findMetric,
  type Measurement,
  type RecordSets,
  unitOf,
} from '../domain/catalog/index.ts';
import { isCompiled } from '../event-sql/index.ts';
import { parseRecordSets } from '../records/index.ts';
import { progressMetrics } from './progress-answers.ts';
import type { StoredEvents } from './stored-events.ts';
import { toWindow } from './to-window.ts';
import type { Vector } from './vector-file.ts';

/** What the product says to a vector: numbers by name (the value itself is `value`), or why there is none. */
export type Answer =
  | { kind: 'numbers'; numbers: Readonly<Record<string, number>>; unit: string | null }
  | { kind: 'nothing'; reason: string; unit: string | null }
  /** The question itself could not be asked. */
  | { kind: 'refused'; why: string };

/** The answer of the same functions that the workers call. */
export async function answerOf(vector: Vector, stored: StoredEvents): Promise<Answer> {
  const progress = progressMetrics[vector.metric];
  if (progress !== undefined) return progress(vector);
  const metric = findMetric(vector.metric);
  if (metric === null) return { kind: 'refused', why: `"${vector.metric}" is no metric of the catalogue` };
  const parsed = parseRecordSets(vector.input);
  if (!parsed.ok) {
    const told = parsed.problems.map(({ path, problem }) => `input.${path}: ${problem}`);
    return { kind: 'refused', why: told.join('; ') };
  }
  const { records } = parsed;
  const result = await measured(vector, records, stored);
  const unit = writtenUnit(unitOf(metric, vector.params).name, records.reportingCurrency);
  if (result.value === null) return { kind: 'nothing', reason: result.reason, unit };
  const { beside, denominator, numerator, parts, sampleSize, value } = result;
  const sides = Object.entries({ numerator, denominator, n: sampleSize });
  const known = Object.fromEntries(sides.filter((side): side is [string, number] => side[1] !== undefined));
  return { kind: 'numbers', numbers: { ...beside, ...known, ...parts, value }, unit };
}

/** Events are asked in the store that keeps them; everything else is loaded and computed. */
async function measured(
  { metric, params, window }: Vector,
  records: RecordSets,
  stored: StoredEvents,
): Promise<Measurement> {
  const { events, sessions } = records;
  const isStored = events !== undefined && sessions === undefined && isCompiled(metric);
  return isStored
    ? stored.measure(metric, params, toWindow(window), events)
    : computeMetric(metric, params, toWindow(window), records);
}

/** The unit as the vectors write it: money by its currency, where the records name one. */
function writtenUnit(name: string, currency: string | undefined): string | null {
  if (name !== 'money') return name;
  return currency === undefined ? null : `${currency} minor`;
}
