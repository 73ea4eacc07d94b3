import { ConnectorError } from '../../../connectors/sdk/index.ts';
import type { AcceptOutcome, ConnectionRecord, ReadRequest } from '../../app/ports.ts';
import { definitionOf } from '../../domain/catalog/index.ts';
import { addDays, localDay } from '../../domain/day.ts';
import { checkRecordsParams } from '../records-metrics.ts';
import { windowOn } from '../records-points.ts';
import { storedSchema } from './config.ts';
import { findTableMetric, splitLateDays } from './info.ts';
import { compiled } from './plan.ts';

/** Days back to a window of any cohort that is decided by now. */
const LONG_AGO_DAYS = 4_000;

/** Whether the statement of a definition can be written at all. The table itself is not asked: that is for a check. */
export function accept(
  { config }: ConnectionRecord,
  { metric: key, params }: Pick<ReadRequest, 'metric' | 'params'>,
  now: Date,
): AcceptOutcome {
  const problems = problemsOf(key, params, config, now);
  return {
    ok: true,
    acceptance: { problems, warnings: [], timeZone: null, currency: null },
    exchanges: [],
  };
}

function problemsOf(key: string, params: Record<string, unknown>, config: unknown, now: Date): string[] {
  // Secrets are not opened for this, and are not what it is about.
  const settings = storedSchema.safeParse(config);
  const found = findTableMetric(key);
  const split = splitLateDays(params);
  if (!settings.success || found === null || !split.ok) return [];
  const checked = checkRecordsParams(found.metric, split.params);
  if (!checked.ok) return checked.problems;
  const definition = definitionOf(found.metric, checked.params, checked.window, 'UTC');
  const from = addDays(localDay(now, 'UTC'), -LONG_AGO_DAYS);
  // A month ends on one of any 31 days.
  const windows = Array.from({ length: 31 }, (_, at) => addDays(from, at)).flatMap(
    (day) => windowOn(definition, day, localDay(now, 'UTC'), now) ?? [],
  );
  try {
    compiled({ metric: key, params: checked.params, windows: windows.slice(0, 1) }, settings.data);
    return [];
  } catch (error) {
    if (error instanceof ConnectorError) return [error.message];
    throw error;
  }
}
