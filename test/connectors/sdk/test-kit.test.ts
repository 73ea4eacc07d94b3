import { describe, expect, it } from 'vitest';
import {
  type Connector,
  ConnectorError,
  type MetricReading,
  type PointReading,
} from '../../../connectors/sdk/index.ts';
import { connectorKit, type Kit } from '../../../connectors/sdk/test-kit.ts';
import type { TemplateConfig } from '../../../connectors/template/config.ts';
import { template } from '../../../connectors/template/index.ts';
import { windowOf } from '../../../src/domain/day.ts';
import { startTemplate } from '../template/support/server.ts';
import { itemAt, NOW, TOKEN, worldOf } from '../template/support/world.ts';

/** What the kit says of connectors that break one promise each: a check that nobody can fail is none. */

type Read = Connector<TemplateConfig>['metrics'][string]['read'];
const { items_created } = template.metrics;
if (items_created === undefined) throw new Error('the template has no metric');
const good = items_created;

/** The template with another way to read. */
function reading(read: Read): Connector<TemplateConfig> {
  return { ...template, metrics: { items_created: { ...good, read } } };
}

const changed = (change: (points: PointReading[]) => PointReading[]): Read => {
  return async (...asked) => {
    const { completeness, points } = await good.read(...asked);
    return { completeness, points: change(points) };
  };
};

/** Nobody may know that something failed. */
const whole: MetricReading['completeness'] = { pages: 2, items: 3, lastPageReached: true, notes: [] };

const kit = (connector: Connector<TemplateConfig>, more: Partial<Kit<TemplateConfig>> = {}) =>
  connectorKit({
    connector,
    config: { token: TOKEN },
    secrets: [TOKEN],
    start: () =>
      startTemplate(
        worldOf({
          items: [
            itemAt('2026-03-06T02:00:00Z'),
            itemAt('2026-03-07T20:00:00Z'),
            itemAt('2026-03-08T10:00:00Z'),
          ],
          pageSize: 2,
        }),
      ),
    startEmpty: () => startTemplate(worldOf()),
    now: NOW,
    window: windowOf('2026-03-06', '2026-03-09', 'UTC'),
    metrics: {
      items_created: {
        params: {},
        values: { '2026-03-06': '1', '2026-03-07': '1', '2026-03-08': '1' },
        pages: 2,
        empty: { '2026-03-06': '0', '2026-03-07': '0', '2026-03-08': '0' },
        zones: { 'Asia/Shanghai': { '2026-03-06': '1', '2026-03-07': '0', '2026-03-08': '2' } },
      },
    },
    ...more,
  });

/** The names of the checks that fail. */
async function failing(
  connector: Connector<TemplateConfig>,
  more: Partial<Kit<TemplateConfig>> = {},
): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of kit(connector, more)) await run().catch(() => failed.push(name));
  return failed;
}

const EMPTY = 'items_created: a provider that has nothing says zero or nothing, as it was declared';
const REVOKED = 'items_created: a right that was taken away asks the owner, and there are no points';
const inZone = (zone: string) =>
  `items_created: days are those of ${zone}, or it is told that they cannot be`;
const READS = 'items_created: reads to the last page, one finite point per day of the window';

describe('the connector kit', () => {
  it('finds nothing wrong with the template', async () => {
    expect(await failing(template)).toEqual([]);
  });

  it('finds a connector that takes a missing right for an empty account', async () => {
    const silent = reading(async (...asked) => {
      try {
        return await good.read(...asked);
      } catch (error) {
        if (error instanceof ConnectorError && error.code === 'http_403')
          return { points: [], completeness: whole };
        throw error;
      }
    });
    expect(await failing(silent)).toEqual([REVOKED]);
  });

  it('finds a connector that leaves a missing right to time', async () => {
    const patient = reading((...asked) =>
      good.read(...asked).catch((error: unknown) => {
        if (!(error instanceof ConnectorError) || error.code !== 'http_403') throw error;
        const { code, errorClass, message } = error;
        throw new ConnectorError(message, { code, errorClass, remedy: { by: 'time' } });
      }),
    );
    expect(await failing(patient)).toEqual([REVOKED]);
  });

  it('finds a connector that takes nothing for a zero, or a zero for nothing', async () => {
    const mixed = reading(
      changed((points) => points.map((point) => (point.value === '0' ? { ...point, value: null } : point))),
    );
    expect(await failing(mixed)).toEqual([EMPTY, inZone('Asia/Shanghai')]);
  });

  it('finds a connector that cuts days in UTC whatever zone is asked for', async () => {
    const utc = reading(async (context, window, params) =>
      good.read(context, { ...windowOf(window.startDay, window.endDay, 'UTC') }, params),
    );
    expect(await failing(utc)).toEqual([inZone('Asia/Shanghai')]);
  });

  it('finds a connector that tells of days to come', async () => {
    // It is noon of 10 March in UTC, and 11 March nowhere that is asked for.
    const later = changed((points) => [...points, { day: '2026-03-11', value: '0' }]);
    const window = windowOf('2026-03-10', '2026-03-12', 'UTC');
    const values = { '2026-03-10': '0', '2026-03-11': '0' };
    const metrics = { items_created: { params: {}, values, pages: 1, empty: values } };
    // The values say so, too: only the days themselves give it away.
    expect(await failing(reading(later), { metrics, window })).toEqual([
      READS,
      inZone('Asia/Shanghai'),
      inZone('America/New_York'),
    ]);
  });

  it('finds a secret that is written to a log', async () => {
    const chatty = reading(async (context, ...asked) => {
      console.debug('reading', { headers: { authorization: `Bearer ${context.config.token}` } });
      return good.read(context, ...asked);
    });
    const { debug } = console;
    console.debug = () => {}; // not into the log of this test
    try {
      const failed = await failing(chatty);
      expect(failed).toContain(READS);
      expect(failed).toContain(REVOKED);
      // What reads nothing writes nothing.
      expect(failed.filter((name) => name.startsWith('check: '))).toEqual([]);
    } finally {
      console.debug = debug;
    }
  });

  it('asks every metric what nothing means once it can be shown nothing', async () => {
    const metrics = {
      items_created: {
        params: {},
        values: { '2026-03-06': '1', '2026-03-07': '1', '2026-03-08': '1' },
        pages: 2,
      },
    };
    expect(await failing(template, { metrics })).toEqual([EMPTY]);
  });

  it('takes the word of a connector whose provider means something else by a fault', async () => {
    const means = { forbidden: { classes: ['rate_limited'], by: 'time' } } as const;
    expect(await failing(template, { means })).toEqual([
      REVOKED,
      'check: a right that was taken away asks the owner',
    ]);
  });
});
