import {
  begunDays,
  byLocalDay,
  type DayWindow,
  durationPoint,
  type MetricReading,
  trailingDays,
} from '../sdk/index.ts';
import type { GitHubContext } from './client.ts';
import { deploymentsFor } from './deployments.ts';
import type { DeploymentMinutesParams, DeploymentParams } from './params.ts';

/** How long deployments took that succeeded and ended in the days. */
export async function readDeploymentMinutes(
  context: GitHubContext,
  window: DayWindow,
  params: DeploymentMinutesParams,
): Promise<MetricReading> {
  const { completeness, items } = await deploymentsFor(context, window, params);
  const ended = byLocalDay(items, ({ endMs }) => endMs, window.timeZone);
  const points = begunDays(window, context.now).map((day) =>
    durationPoint(day, ended(trailingDays(day, params.days)), params.stat),
  );
  return { points, completeness };
}

/** How many deployments succeeded and ended on each day. */
export async function readDeploymentCount(
  context: GitHubContext,
  window: DayWindow,
  params: DeploymentParams,
): Promise<MetricReading> {
  const { completeness, items } = await deploymentsFor(context, window, params);
  const ended = byLocalDay(items, ({ endMs }) => endMs, window.timeZone);
  const points = begunDays(window, context.now).map((day) => ({
    day,
    value: String(ended(trailingDays(day, 1)).length),
  }));
  return { points, completeness };
}
