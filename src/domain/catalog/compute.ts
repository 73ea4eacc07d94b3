import { findMetric } from './metrics.ts';
import { checkParams } from './params.ts';
import type { RecordSets } from './record-sets.ts';
import type { Measurement, MetricWindow } from './types.ts';
import { checkWindow } from './window.ts';

/**
 * The value of a metric over a window, from records: the one way in which anything in the product computes one.
 *
 * @throws RangeError when the catalogue has no such metric, a parameter or the window is not one of its own, or the
 *   arithmetic gave something that is no number; a definition that was checked when it was stored gives none of these
 */
export function computeMetric(
  key: string,
  params: Readonly<Record<string, unknown>>,
  window: MetricWindow,
  records: RecordSets,
): Measurement {
  const metric = findMetric(key);
  if (metric === null) throw new RangeError(`the catalogue has no metric "${key}"`);
  const checked = checkParams(metric, params);
  if (!checked.ok) {
    throw new RangeError(checked.problems.map(({ problem }) => problem).join(' '));
  }
  const problem = checkWindow(metric, window);
  if (problem !== null) throw new RangeError(problem);
  const measurement = metric.compute(checked.params, window, records);
  if (measurement.value !== null && !Number.isFinite(measurement.value)) {
    throw new RangeError(`${key} came to ${measurement.value}, which is no number`);
  }
  return measurement;
}
