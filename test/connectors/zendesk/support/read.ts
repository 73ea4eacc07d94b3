import type {
  Acceptance,
  CheckResult,
  DayWindow,
  MetricReading,
  PlannedRead,
} from '../../../../connectors/sdk/index.ts';
import { zendesk } from '../../../../connectors/zendesk/index.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { EMAIL, NOW, startZendesk, TOKEN, type World, worldOf, type ZendeskServer } from './server.ts';

export const CONFIG = zendesk.configSchema.parse({ email: EMAIL, apiToken: TOKEN });

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export function planned(metric: string, days: DayWindow, params: object = {}): PlannedRead {
  return { metric, params: definitionOf(metric).paramsSchema.parse(params) as unknown, window: days };
}

/** All reads of one run on one Zendesk, one after the other. */
export async function readAll(
  given: Partial<World>,
  reads: PlannedRead[],
): Promise<{ readings: MetricReading[]; server: ZendeskServer }> {
  const world = worldOf(given);
  const server = await startZendesk(world);
  try {
    const now = new Date(world.nowSeconds * 1_000);
    const { context } = testContext(CONFIG, server.endpoint, now);
    const readings: MetricReading[] = [];
    for (const { metric, params, window: days } of reads) {
      readings.push(await definitionOf(metric).read({ ...context, reads }, days, params));
    }
    return { readings, server };
  } finally {
    await server.close();
  }
}

/** The points of one metric. */
export async function pointsOf(world: Partial<World>, read: PlannedRead) {
  const { readings } = await readAll(world, [read]);
  return readings[0]?.points ?? [];
}

/** The values of one metric by day. */
export async function valuesOf(world: Partial<World>, read: PlannedRead) {
  return Object.fromEntries((await pointsOf(world, read)).map(({ day, value }) => [day, value]));
}

export async function accepted(world: Partial<World>, metric: string, params: unknown): Promise<Acceptance> {
  return onZendesk(world, async (context) => {
    const definition = definitionOf(metric);
    if (definition.accept === undefined) throw new Error(`${metric} asks nobody`);
    return definition.accept(context, definition.paramsSchema.parse(params));
  });
}

export async function checked(world: Partial<World>): Promise<CheckResult> {
  return onZendesk(world, (context) => zendesk.check(context));
}

async function onZendesk<T>(
  world: Partial<World>,
  act: (context: ReturnType<typeof testContext<typeof CONFIG>>['context']) => Promise<T>,
): Promise<T> {
  const server = await startZendesk(worldOf(world));
  try {
    return await act(testContext(CONFIG, server.endpoint, new Date(NOW)).context);
  } finally {
    await server.close();
  }
}

export function definitionOf(metric: string) {
  const definition = zendesk.metrics[metric];
  if (definition === undefined) throw new Error(`Zendesk has no metric ${metric}`);
  return definition;
}
