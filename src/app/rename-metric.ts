import { findMetric } from './find.ts';
import type { Actor, Deps, MetricRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type MetricNames = { title?: string | undefined; key?: string | undefined };

/** Changes what a metric is called. What it means is changed by another version of it. */
export async function renameMetric(
  deps: Deps,
  actor: Actor,
  key: string,
  names: MetricNames,
): Promise<MetricRecord> {
  const metric = await findMetric(deps, actor, key);
  await deps.atomically(async (inside) => {
    await inside.resources.changeMetric(metric.id, names);
    const before = { key: metric.key, title: metric.title };
    await recordChange(inside, actor, 'rename', 'metric', metric.id, { before, ...names });
  });
  return findMetric(deps, actor, metric.id);
}
