import { jira } from '../../../../connectors/jira/index.ts';
import type { Acceptance, DayWindow, MetricReading, PlannedRead } from '../../../../connectors/sdk/index.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { type JiraServer, startJira, type World, worldOf } from './server.ts';

export const TOKEN = 'ATATT3xFfGF0kEpt0utOfSight=1A2B3C4D';
export const CONFIG = jira.configSchema.parse({ email: 'reader@globex.example', apiToken: TOKEN });

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export function planned(metric: string, days: DayWindow, params: object): PlannedRead {
  return { metric, params: definitionOf(metric).paramsSchema.parse(params) as unknown, window: days };
}

/** All reads of one run on one Jira, one after the other. */
export async function readAll(
  world: Partial<World>,
  reads: PlannedRead[],
  now: string,
): Promise<{ readings: MetricReading[]; server: JiraServer }> {
  const server = await startJira(worldOf(world));
  try {
    const { context } = testContext(CONFIG, server.endpoint, new Date(now));
    const readings: MetricReading[] = [];
    for (const { metric, params, window: days } of reads) {
      readings.push(await definitionOf(metric).read({ ...context, reads }, days, params));
    }
    return { readings, server };
  } finally {
    await server.close();
  }
}

/** The values of one metric by day. */
export async function valuesOf(world: Partial<World>, read: PlannedRead, now: string) {
  const { readings } = await readAll(world, [read], now);
  return Object.fromEntries((readings[0]?.points ?? []).map(({ day, value }) => [day, value]));
}

export async function accepted(world: Partial<World>, metric: string, params: object): Promise<Acceptance> {
  const server = await startJira(worldOf(world));
  try {
    const { context } = testContext(CONFIG, server.endpoint, new Date('2026-03-20T12:00:00Z'));
    const { accept, paramsSchema } = definitionOf(metric);
    if (accept === undefined) throw new Error(`${metric} asks nobody`);
    return await accept(context, paramsSchema.parse(params));
  } finally {
    await server.close();
  }
}

export function definitionOf(metric: string) {
  const definition = jira.metrics[metric];
  if (definition === undefined) throw new Error(`Jira has no metric ${metric}`);
  return definition;
}
