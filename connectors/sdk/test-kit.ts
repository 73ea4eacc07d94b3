import assert from 'node:assert/strict';
import { FAULTS } from './test-kit-faults.ts';
import { checkEmpty, checkReading, checkZone, type Kit, readMetric, ZONES } from './test-kit-read.ts';
import {
  checkCheck,
  checkDefinition,
  checkFault,
  checkStops,
  faults,
  type KitCheck,
  onServer,
} from './test-kit-run.ts';

export type { Kit, KitMetric } from './test-kit-read.ts';
export type { KitCheck, KitServer } from './test-kit-run.ts';

/** What every connector promises, as checks for any test runner: `for (const { name, run } of connectorKit(…)) it(name, run)`. */
export function connectorKit<Config>(kit: Kit<Config>): KitCheck[] {
  const { startEmpty } = kit;
  return [
    { name: 'keeps its secrets apart and binds them to a host', run: async () => checkMetrics(kit) },
    {
      name: 'check: says which account it reached',
      run: () => onServer(kit, (server) => checkCheck(kit, server)),
    },
    ...Object.keys(kit.connector.metrics).flatMap((id) => [
      {
        name: `${id}: reads to the last page, one finite point per day of the window`,
        run: () => onServer(kit, (server) => checkReading(kit, server, id)),
      },
      ...(startEmpty === undefined
        ? []
        : [
            {
              name: `${id}: a provider that has nothing says zero or nothing, as it was declared`,
              run: () => onServer({ ...kit, start: startEmpty }, (server) => checkEmpty(kit, server, id)),
            },
          ]),
      ...zonesOf(kit, id).map((zone) => ({
        name: `${id}: days are those of ${zone}, or it is told that they cannot be`,
        run: () => onServer(kit, (server) => checkZone(kit, server, id, zone)),
      })),
      {
        name: `${id}: stops when told to, before and during a request`,
        run: () => onServer(kit, (server) => checkStops(kit, server, (run) => readMetric(kit, run, id))),
      },
      ...faults().map((fault) => ({
        name: `${id}: ${FAULTS[fault].told}, and there are no points`,
        run: () =>
          onServer(kit, (server) => checkFault(kit, server, fault, (run) => readMetric(kit, run, id))),
      })),
    ]),
    ...faults().map((fault) => ({
      name: `check: ${FAULTS[fault].told}`,
      run: () =>
        onServer(kit, (server) => checkFault(kit, server, fault, (run) => kit.connector.check(run.context))),
    })),
  ];
}

function zonesOf<Config>(kit: Kit<Config>, id: string): string[] {
  return [...new Set([...ZONES, ...Object.keys(kit.metrics[id]?.zones ?? {})])];
}

function checkMetrics<Config>(kit: Kit<Config>): void {
  checkDefinition(kit);
  assert.deepEqual(Object.keys(kit.metrics).toSorted(), Object.keys(kit.connector.metrics).toSorted());
}
