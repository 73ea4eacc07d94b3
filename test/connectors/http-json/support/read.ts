import { httpJson } from '../../../../connectors/http-json/index.ts';
import type { Connector, DayWindow, MetricReading } from '../../../../connectors/sdk/index.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import type { FakeApi } from './server.ts';

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

export type Asked = {
  connector?: Connector;
  config?: Record<string, unknown>;
  window?: DayWindow;
  now?: Date;
};

/** One reading of a metric from a fake API, with parameters as somebody would enter them. */
export async function readMetric(
  api: Pick<FakeApi, 'endpoint'>,
  metric: string,
  params: Record<string, unknown>,
  asked: Asked = {},
): Promise<MetricReading> {
  const { connector = httpJson, config = { auth: 'none' }, now = new Date('2026-03-10T12:00:00Z') } = asked;
  const definition = connector.metrics[metric];
  if (definition === undefined) throw new Error(`there is no metric ${metric}`);
  const { context } = testContext(connector.configSchema.parse(config), api.endpoint, now);
  const of = asked.window ?? window('2026-03-01', '2026-03-04');
  return definition.read(context, of, definition.paramsSchema.parse(params));
}

/** The values of a reading by day. */
export async function valuesOf(reading: Promise<MetricReading>): Promise<Record<string, string | null>> {
  const { points } = await reading;
  return Object.fromEntries(points.map(({ day, value }) => [day, value]));
}
