import type {
  Acceptance,
  CheckResult,
  DayWindow,
  MetricReading,
  PlannedRead,
} from '../../../../connectors/sdk/index.ts';
import { typeform } from '../../../../connectors/typeform/index.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { FORM, NOW, startTypeform, TOKEN, type TypeformServer, type World, worldOf } from './server.ts';

export const CONFIG = typeform.configSchema.parse({ form: FORM.id, token: TOKEN });

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export function planned(metric: string, days: DayWindow, params: object = {}): PlannedRead {
  return { metric, params: definitionOf(metric).paramsSchema.parse(params) as unknown, window: days };
}

/** All reads of one run on one Typeform, one after the other. */
export async function readAll(
  world: Partial<World>,
  reads: PlannedRead[],
): Promise<{ readings: MetricReading[]; server: TypeformServer }> {
  const server = await startTypeform(worldOf(world));
  try {
    const { context } = testContext(CONFIG, server.endpoint, new Date(NOW));
    const readings: MetricReading[] = [];
    for (const { metric, params, window: days } of reads) {
      readings.push(await definitionOf(metric).read({ ...context, reads }, days, params));
    }
    return { readings, server };
  } finally {
    await server.close();
  }
}

export async function pointsOf(world: Partial<World>, read: PlannedRead) {
  const { readings } = await readAll(world, [read]);
  return readings[0]?.points ?? [];
}

/** The values of one metric by day. */
export async function valuesOf(world: Partial<World>, read: PlannedRead) {
  return Object.fromEntries((await pointsOf(world, read)).map(({ day, value }) => [day, value]));
}

export async function accepted(world: Partial<World>, metric: string, params: unknown): Promise<Acceptance> {
  return onTypeform(world, async (context) => {
    const definition = definitionOf(metric);
    if (definition.accept === undefined) throw new Error(`${metric} asks nobody`);
    return definition.accept(context, definition.paramsSchema.parse(params));
  });
}

export async function checked(world: Partial<World>): Promise<CheckResult> {
  return onTypeform(world, (context) => typeform.check(context));
}

async function onTypeform<T>(
  world: Partial<World>,
  act: (context: ReturnType<typeof testContext<typeof CONFIG>>['context']) => Promise<T>,
): Promise<T> {
  const server = await startTypeform(worldOf(world));
  try {
    return await act(testContext(CONFIG, server.endpoint, new Date(NOW)).context);
  } finally {
    await server.close();
  }
}

export function definitionOf(metric: string) {
  const definition = typeform.metrics[metric];
  if (definition === undefined) throw new Error(`Typeform has no metric ${metric}`);
  return definition;
}
