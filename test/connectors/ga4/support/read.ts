import type { Ga4Config } from '../../../../connectors/ga4/config.ts';
import { ga4 } from '../../../../connectors/ga4/index.ts';
import type {
  ConnectorContext,
  DayWindow,
  Exchange,
  MetricReading,
  PlannedRead,
} from '../../../../connectors/sdk/index.ts';
import { dayStart } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { type Ga4Server, KEY, PROPERTY, type Respond, startGrpc, startRest } from './server.ts';

export const config: Ga4Config = { propertyId: PROPERTY, serviceAccountKey: KEY, transport: 'rest' };

/** Whole days in the zone of the made property. */
export function berlin(startDay: string, endDay: string): DayWindow {
  const timeZone = 'Europe/Berlin';
  return {
    startDay,
    endDay,
    timeZone,
    startAt: dayStart(startDay, timeZone),
    endAt: dayStart(endDay, timeZone),
  };
}

/** The week of the made fixtures, long over. */
export const week = berlin('2026-03-02', '2026-03-09');
export const later = new Date('2026-03-20T12:00:00Z');

export type Read = { metric: string; params?: unknown; window?: DayWindow };
export type Outcome = MetricReading | { error: Error };
export type Run = { outcomes: Outcome[]; exchanges: Exchange[]; asked: Ga4Server['asked'] };

/** One run over all the reads, on a server that lives as long as it. */
export async function runOn(
  respond: Respond,
  reads: Read[],
  given: {
    transport?: 'rest' | 'grpc';
    now?: Date;
    change?: (context: ConnectorContext<Ga4Config>) => void;
  } = {},
): Promise<Run> {
  const transport = given.transport ?? 'rest';
  const server = await (transport === 'rest' ? startRest(respond) : startGrpc(respond));
  try {
    const { context, exchanges } = testContext({ ...config, transport }, server.endpoint, given.now ?? later);
    given.change?.(context);
    const planned = reads.map(({ metric, params = {}, window = week }): PlannedRead => {
      const parsed: unknown = ga4.metrics[metric]?.paramsSchema.parse(params);
      return { metric, params: parsed, window };
    });
    const outcomes: Outcome[] = [];
    for (const { metric, params, window } of planned) {
      const reading = ga4.metrics[metric]?.read({ ...context, reads: planned }, window, params);
      outcomes.push(await (reading as Promise<MetricReading>).catch((error: Error) => ({ error })));
    }
    return { outcomes, exchanges, asked: server.asked };
  } finally {
    await server.close();
  }
}

/** The same for one read that succeeds. */
export async function readOne(
  respond: Respond,
  read: Read,
  given: Parameters<typeof runOn>[2] = {},
): Promise<MetricReading & Omit<Run, 'outcomes'>> {
  const { outcomes, ...rest } = await runOn(respond, [read], given);
  const [outcome] = outcomes;
  if (outcome === undefined || 'error' in outcome) throw outcome?.error ?? new Error('nothing was read');
  return { ...outcome, ...rest };
}

/** Days and values, the way expectations are written. */
export function valuesOf(outcome: Outcome | undefined): Record<string, string | null> {
  if (outcome === undefined || 'error' in outcome) throw outcome?.error ?? new Error('nothing was read');
  return Object.fromEntries(outcome.points.map(({ day, value }) => [day, value]));
}
