import assert from 'node:assert/strict';
import { daysOf } from './local-day.ts';
import { FAULTS } from './test-kit-faults.ts';
import {
  assertNoSecret,
  checkCheck,
  checkDefinition,
  checkFault,
  checkStops,
  faults,
  type KitCheck,
  type KitGround,
  type KitRun,
  type KitServer,
  onServer,
  startRun,
} from './test-kit-run.ts';
import type { DayWindow, MetricReading } from './types.ts';

export type { KitCheck, KitServer } from './test-kit-run.ts';

export type KitMetric = {
  params: unknown;
  /** The value of every day that must come back, worked out by hand. */
  values: Record<string, string | null>;
  /** How many pages the fake server needs to tell it all: at least two for one list. */
  pages: number;
};

export type Kit<Config> = KitGround<Config> & {
  window: DayWindow;
  metrics: Record<string, KitMetric>;
};

/** What every connector promises, as checks for any test runner: `for (const { name, run } of connectorKit(…)) it(name, run)`. */
export function connectorKit<Config>(kit: Kit<Config>): KitCheck[] {
  const metricIds = Object.keys(kit.connector.metrics);
  return [
    { name: 'keeps its secrets apart and binds them to a host', run: async () => checkMetrics(kit) },
    {
      name: 'check: says which account it reached',
      run: () => onServer(kit, (server) => checkCheck(kit, server)),
    },
    ...metricIds.flatMap((id) => [
      {
        name: `${id}: reads to the last page, one finite point per day of the window`,
        run: () => onServer(kit, (server) => checkReading(kit, server, id)),
      },
      {
        name: `${id}: stops when told to, before and during a request`,
        run: () => onServer(kit, (server) => checkStops(kit, server, (run) => read(kit, run, id))),
      },
      ...faults().map((fault) => ({
        name: `${id}: ${FAULTS[fault].told}, and there are no points`,
        run: () => onServer(kit, (server) => checkFault(kit, server, fault, (run) => read(kit, run, id))),
      })),
    ]),
    ...faults().map((fault) => ({
      name: `check: ${FAULTS[fault].told}`,
      run: () =>
        onServer(kit, (server) => checkFault(kit, server, fault, (run) => kit.connector.check(run.context))),
    })),
  ];
}

async function read<Config>(kit: Kit<Config>, run: KitRun<Config>, id: string): Promise<MetricReading> {
  const metric = kit.connector.metrics[id];
  const given = kit.metrics[id];
  assert(metric !== undefined && given !== undefined, `the kit was given nothing for metric ${id}`);
  const params: unknown = metric.paramsSchema.parse(given.params);
  const reads = [{ metric: id, params, window: kit.window }];
  return metric.read({ ...run.context, reads }, kit.window, params);
}

function checkMetrics<Config>(kit: Kit<Config>): void {
  checkDefinition(kit);
  assert.deepEqual(Object.keys(kit.metrics).toSorted(), Object.keys(kit.connector.metrics).toSorted());
}

async function checkReading<Config>(kit: Kit<Config>, server: KitServer, id: string): Promise<void> {
  const run = startRun(kit, server);
  const reading = await read(kit, run, id);
  const days = reading.points.map((point) => point.day);
  assert.deepEqual(days, [...new Set(days)].toSorted(), 'days must come once each and in order');
  const window = new Set(daysOf(kit.window));
  for (const { day, value } of reading.points) {
    assert(window.has(day), `${day} lies outside the window`);
    assert(value === null || /^-?\d+(\.\d+)?$/.test(value), `${day}: ${value} is no plain decimal`);
  }
  const expected = kit.metrics[id];
  const values = Object.fromEntries(reading.points.map((point) => [point.day, point.value]));
  assert.deepEqual(values, expected?.values);
  assert.equal(reading.completeness.lastPageReached, true, 'the reading must prove that it is whole');
  assert.equal(reading.completeness.pages, expected?.pages);
  assert.equal(run.exchanges.length, server.requestCount(), 'every request must be recorded');
  assert(run.exchanges.every((exchange) => /^[0-9a-f]{64}$/.test(exchange.responseSha256 ?? '')));
  assertNoSecret(kit, run, reading);
}
