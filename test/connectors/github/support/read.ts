import { github } from '../../../../connectors/github/index.ts';
import type {
  Acceptance,
  DayWindow,
  Exchange,
  MetricReading,
  PlannedRead,
} from '../../../../connectors/sdk/index.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { type GitHubServer, startGitHub, type World, worldOf } from './server.ts';

export const TOKEN = 'github_pat_kEpt0utOfSight1234567890';
export const CONFIG = github.configSchema.parse({ repository: 'acme/shop', token: TOKEN });

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export function planned(metric: string, days: DayWindow, params: unknown = {}): PlannedRead {
  return { metric, params: definitionOf(metric).paramsSchema.parse(params) as unknown, window: days };
}

/** All reads of one run on one GitHub, one after the other. */
export async function readAll(
  world: Partial<World>,
  reads: PlannedRead[],
  now: string,
): Promise<{ readings: MetricReading[]; server: GitHubServer; exchanges: Exchange[] }> {
  const server = await startGitHub(worldOf(world));
  try {
    const { context, exchanges } = testContext(CONFIG, server.endpoint, new Date(now));
    const readings: MetricReading[] = [];
    for (const { metric, params, window: days } of reads) {
      readings.push(await definitionOf(metric).read({ ...context, reads }, days, params));
    }
    return { readings, server, exchanges };
  } finally {
    await server.close();
  }
}

/** The values of one metric by day. */
export async function valuesOf(world: Partial<World>, read: PlannedRead, now: string) {
  const { readings } = await readAll(world, [read], now);
  return Object.fromEntries((readings[0]?.points ?? []).map(({ day, value }) => [day, value]));
}

export async function accepted(world: Partial<World>, metric: string, params: unknown): Promise<Acceptance> {
  const server = await startGitHub(worldOf(world));
  try {
    const { context } = testContext(CONFIG, server.endpoint, new Date('2026-03-20T12:00:00Z'));
    const definition = definitionOf(metric);
    const accept = definition.accept;
    if (accept === undefined) throw new Error(`${metric} asks nobody`);
    return await accept(context, definition.paramsSchema.parse(params));
  } finally {
    await server.close();
  }
}

export function definitionOf(metric: string) {
  const definition = github.metrics[metric];
  if (definition === undefined) throw new Error(`GitHub has no metric ${metric}`);
  return definition;
}
