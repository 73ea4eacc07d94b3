import type { ParamValues, WindowRule } from '../domain/catalog/types.ts';
import { type MeasureRequest, measurableFor } from './catalog-binding.ts';
import { findConnection } from './find.ts';
import type { Actor, Deps } from './ports.ts';
import { type MetricPreview, previewMetric } from './preview-metric.ts';

const DAYS = 30;
/** A metric with a point a month, the newest of which may be three months old. */
const MONTHLY_DAYS = 120;

/** What a metric of the catalogue would be on a connection, read as it is wanted. Nothing is stored. */
export async function previewMeasurement(
  deps: Deps,
  actor: Actor,
  wanted: { metric: string; params: ParamValues; window: WindowRule },
  request: MeasureRequest,
  signal: AbortSignal,
): Promise<MetricPreview> {
  const connection = await findConnection(deps, actor, request.connection);
  const measurable = measurableFor(deps, connection, wanted, request);
  const suggested = measurable.catalog?.suggest({ params: wanted.params, window: wanted.window }) ?? {};
  return previewMetric(
    deps,
    actor,
    {
      connection: connection.id,
      metric: measurable.metric,
      params: { ...suggested, ...request.params },
      days: measurable.cadence === 'month' ? MONTHLY_DAYS : DAYS,
    },
    signal,
  );
}
