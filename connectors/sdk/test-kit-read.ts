import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ConnectorError } from './error.ts';
import { begunDays, instantOfWall } from './local-day.ts';
import { assertNoSecret, type KitGround, type KitRun, type KitServer, startRun } from './test-kit-run.ts';
import type { DayWindow, MetricReading } from './types.ts';

/** Values of days, as they must come back: null is "no value", and a day that is left out has no point. */
export type DayValues = Record<string, string | null>;

export type KitMetric = {
  params: unknown;
  /** The value of every day that must come back, worked out by hand. */
  values: DayValues;
  /** How many pages the fake server needs to tell it all: at least two for one list. */
  pages: number;
  /** The same where the provider has nothing to tell: zero where nothing happened, null where nothing can be said. */
  empty?: DayValues;
  /** The same data cut into the days of other zones, worked out by hand: something happens near a midnight. */
  zones?: Record<string, DayValues>;
};

export type Kit<Config> = KitGround<Config> & {
  window: DayWindow;
  metrics: Record<string, KitMetric>;
  /** The same provider without an object: then every metric says with `empty` what that means. */
  startEmpty?(): Promise<KitServer>;
};

/** Far apart from each other and from most providers' own, one of them with clocks that change. */
export const ZONES = ['Asia/Shanghai', 'America/New_York'] as const;

export async function readMetric<Config>(
  kit: Kit<Config>,
  run: KitRun<Config>,
  id: string,
  window: DayWindow = kit.window,
): Promise<MetricReading> {
  const metric = kit.connector.metrics[id];
  const given = kit.metrics[id];
  assert(metric !== undefined && given !== undefined, `the kit was given nothing for metric ${id}`);
  const params: unknown = metric.paramsSchema.parse(given.params);
  const reads = [{ metric: id, params, window }];
  return metric.read({ ...run.context, reads }, window, params);
}

export async function checkReading<Config>(kit: Kit<Config>, server: KitServer, id: string): Promise<void> {
  const run = startRun(kit, server);
  const reading = await readMetric(kit, run, id);
  checkPoints(reading, begunDays(kit.window, kit.now));
  const expected = kit.metrics[id];
  assert.deepEqual(valuesOf(reading), expected?.values);
  assert.equal(reading.completeness.lastPageReached, true, 'the reading must prove that it is whole');
  assert.equal(reading.completeness.pages, expected?.pages);
  assert.equal(run.exchanges.length, server.requestCount(), 'every request must be recorded');
  assert(run.exchanges.every((exchange) => /^[0-9a-f]{64}$/.test(exchange.responseSha256 ?? '')));
  assertNoSecret(kit, run, reading);
}

/** Nothing there is an answer: what it means is declared, and zero and null are never mixed up. */
export async function checkEmpty<Config>(kit: Kit<Config>, server: KitServer, id: string): Promise<void> {
  const { empty } = kit.metrics[id] ?? {};
  assert(empty !== undefined, `${id} does not say with "empty" what a provider without an object means`);
  const run = startRun(kit, server);
  const reading = await readMetric(kit, run, id);
  assert.deepEqual(valuesOf(reading), empty);
  assert.equal(reading.completeness.lastPageReached, true, 'an empty list is whole as well');
}

/**
 * The same days of another zone: the values that were worked out for it, and in any case nothing outside of the window and
 * nothing of a day that has not begun there. A provider that cuts days itself may refuse a zone, and tells its owner so.
 */
export async function checkZone<Config>(
  kit: Kit<Config>,
  server: KitServer,
  id: string,
  timeZone: string,
): Promise<void> {
  const values = kit.metrics[id]?.zones?.[timeZone];
  const run = startRun(kit, server);
  const window = windowIn(kit.window, timeZone);
  let reading: MetricReading;
  try {
    reading = await readMetric(kit, run, id, window);
  } catch (error) {
    assert(error instanceof ConnectorError, `not a ConnectorError: ${inspect(error)}`);
    assert(values === undefined, `${timeZone} was refused: ${error.message}`);
    assert.equal(error.errorClass, 'config', inspect(error));
    assert.equal(error.remedy.by, 'owner');
    assertNoSecret(kit, run, error);
    return;
  }
  checkPoints(reading, begunDays(window, kit.now));
  if (values !== undefined) assert.deepEqual(valuesOf(reading), values);
}

/** The days of a window, from midnight to midnight of another zone. */
function windowIn({ endDay, startDay }: DayWindow, timeZone: string): DayWindow {
  const midnight = (day: string) => new Date(instantOfWall(Date.parse(`${day}T00:00:00Z`), timeZone));
  return { startDay, endDay, timeZone, startAt: midnight(startDay), endAt: midnight(endDay) };
}

function checkPoints({ points }: MetricReading, allowed: readonly string[]): void {
  const days = points.map((point) => point.day);
  assert.deepEqual(days, [...new Set(days)].toSorted(), 'days must come once each and in order');
  for (const { day, value } of points) {
    assert(allowed.includes(day), `${day} lies outside the window, or has not begun`);
    assert(value === null || /^-?\d+(\.\d+)?$/.test(value), `${day}: ${value} is no plain decimal`);
  }
}

const valuesOf = ({ points }: MetricReading): DayValues =>
  Object.fromEntries(points.map(({ day, value }) => [day, value]));
