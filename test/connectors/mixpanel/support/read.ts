import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MixpanelConfig } from '../../../../connectors/mixpanel/config.ts';
import { mixpanel } from '../../../../connectors/mixpanel/index.ts';
import type {
  ConnectorContext,
  DayWindow,
  Exchange,
  MetricReading,
  PlannedRead,
} from '../../../../connectors/sdk/index.ts';
import { testContext } from '../../support/context.ts';
import { type Answers, type MixpanelServer, startMixpanel } from './server.ts';

export const SECRET = 'kEpt0utOfSight';
export const CONFIG: MixpanelConfig = mixpanel.configSchema.parse({
  projectId: 2195193,
  serviceAccount: 'tidemark.1a2b3c.mp-service-account',
  serviceAccountSecret: SECRET,
});

type Context = ConnectorContext<MixpanelConfig>;
export type ReadOptions = {
  params?: unknown;
  now: string;
  window: DayWindow;
  config?: Partial<MixpanelConfig>;
};

/** A run's context on a server. */
export function contextOn(
  server: MixpanelServer,
  now: string,
  config: Partial<MixpanelConfig> = {},
): { context: Context; exchanges: Exchange[] } {
  return testContext({ ...CONFIG, ...config }, server.endpoint, new Date(now));
}

/** A read of a run, with its parameters checked as they are there. */
export function planned(metric: string, window: DayWindow, params: unknown): PlannedRead {
  return { metric, params: definitionOf(metric).paramsSchema.parse(params) as unknown, window };
}

/** All reads of one run, one after the other, as the sync makes them. */
export async function readRun(context: Context, reads: PlannedRead[]): Promise<MetricReading[]> {
  const readings: MetricReading[] = [];
  for (const { metric, window, params } of reads) {
    readings.push(await definitionOf(metric).read({ ...context, reads }, window, params));
  }
  return readings;
}

function definitionOf(metric: string) {
  const definition = mixpanel.metrics[metric];
  if (definition === undefined) throw new Error(`no metric ${metric}`);
  return definition;
}

/** One metric from answers that live for this read only. */
export async function readOnce(
  answers: Answers,
  metric: string,
  options: ReadOptions,
): Promise<MetricReading & { asked: MixpanelServer['asked'] }> {
  const server = await startMixpanel(answers);
  try {
    const { context } = contextOn(server, options.now, options.config);
    const [reading] = await readRun(context, [planned(metric, options.window, options.params ?? {})]);
    if (reading === undefined) throw new Error('nothing was read');
    return { ...reading, asked: server.asked };
  } finally {
    await server.close();
  }
}

/** A window of UTC days, which need no table of zones. */
export function utcWindow(startDay: string, endDay: string): DayWindow {
  const midnight = (day: string) => new Date(`${day}T00:00:00Z`);
  return { startDay, endDay, timeZone: 'UTC', startAt: midnight(startDay), endAt: midnight(endDay) };
}

/** A window in another zone, with its two midnights given by hand. */
export function zonedWindow(start: string, end: string, timeZone: string): DayWindow {
  const day = (instant: string) => instant.slice(0, 10);
  return { startDay: day(start), endDay: day(end), timeZone, startAt: new Date(start), endAt: new Date(end) };
}

/** Days and values, the way the expectations of these tests are written. */
export function valuesOf(reading: MetricReading): Record<string, string | null> {
  return Object.fromEntries(reading.points.map(({ day, value }) => [day, value]));
}

/** A file below `test/fixtures/mixpanel`; the caller says what is in it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function fixture<T>(path: string): T {
  const file = fileURLToPath(new URL(`../../../fixtures/mixpanel/${path}`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
