import type { CatalogMetric } from './types.ts';

const SECONDS: Readonly<Record<string, number>> = { minutes: 60, hours: 3_600, days: 86_400 };

/**
 * What the metric's values count in under its parameters. A duration may be asked for in another unit, and is then
 * stored with another factor: `storedPer` stored units are one of `name`.
 */
export function unitOf(
  metric: Pick<CatalogMetric, 'unit'>,
  params: Readonly<Record<string, unknown>>,
): CatalogMetric['unit'] {
  const { unit } = metric;
  const asked = params['unit'];
  if (unit.storedAs !== 'duration' || typeof asked !== 'string') return unit;
  const storedPer = SECONDS[asked];
  return storedPer === undefined ? unit : { ...unit, name: asked, storedPer };
}
