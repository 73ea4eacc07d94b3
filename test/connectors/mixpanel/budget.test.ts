import { afterEach, describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { ConnectorError, type PlannedRead } from '../../../connectors/sdk/index.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { createQuotaStore } from '../../../src/db/quota.ts';
import { sharedQuota } from '../../../src/wiring/quota.ts';
import { did, openProject, type Project } from '../../sandbox/mixpanel-support.ts';
import { freshDatabase } from '../../support/database.ts';
import { testContext } from '../support/context.ts';
import { planned, readRun, utcWindow } from './support/read.ts';

// Mixpanel allows 60 queries an hour and 5 at once, for all Key Results of a project and everybody else in it.

const now = '2026-04-10T12:00:00Z';
const recent = utcWindow('2026-03-31', '2026-04-11');
/** What metrics ask for that need a month or more to mature. */
const long = utcWindow('2025-12-01', '2026-04-11');
const longer = utcWindow('2025-11-15', '2026-04-11');

const events = ['2026-01-05', '2026-02-10', '2026-03-20', '2026-04-02'].flatMap((day) => [
  did('a', 'Sign Up', `${day}T10:00:00Z`, { properties: { seats: 2 } }),
  did('b', 'Page Viewed', `${day}T11:00:00Z`),
]);

let project: Project | null = null;
afterEach(async () => {
  await project?.close();
  project = null;
});

function contextOn({ access, url }: Project) {
  const { projectId, secret, username } = access;
  const config = mixpanel.configSchema.parse({
    projectId,
    serviceAccount: username,
    serviceAccountSecret: secret,
  });
  return testContext(config, new URL(url), new Date(now)).context;
}

const A = { event: 'Sign Up' };
const B = { event: 'Page Viewed' };
const ratio = { ...A, ofEvent: 'Page Viewed' };
const where = 'properties["seats"] > 1';
const seats = { ...A, property: 'seats' };

const GROUPS: { what: string; queries: number; reads: PlannedRead[] }[] = [
  {
    what: 'totals and people of many events by day: one for each type',
    queries: 2,
    reads: [
      planned('event_total', recent, A),
      planned('event_total', recent, B),
      planned('unique_users', recent, A),
      planned('unique_users', recent, B),
      planned('events_per_user', recent, A),
      planned('events_per_user', recent, B),
      planned('unique_ratio', recent, ratio),
    ],
  },
  {
    what: 'people by month, alone, by each other and per user: one for each type',
    queries: 2,
    reads: [
      planned('unique_users', long, { ...A, unit: 'month' }),
      planned('unique_users', longer, { ...B, unit: 'month' }),
      planned('unique_ratio', long, { ...ratio, unit: 'month' }),
      planned('events_per_user', long, { ...A, unit: 'month' }),
    ],
  },
  {
    what: 'the same filter of one event',
    queries: 2,
    reads: [
      planned('event_total', recent, { ...A, where }),
      planned('events_per_user', recent, { ...A, where }),
      planned('unique_users', recent, { ...A, where }),
    ],
  },
  {
    what: 'sum and average of one property',
    queries: 2,
    reads: [planned('event_property_sum', recent, seats), planned('event_property_average', recent, seats)],
  },
  {
    what: 'every step of one funnel',
    queries: 1,
    reads: [
      planned('funnel_conversion', long, { funnelId: 7510 }),
      planned('funnel_conversion', long, { funnelId: 7510, toStep: 2 }),
      planned('funnel_conversion', longer, { funnelId: 7510, fromStep: 2 }),
    ],
  },
  {
    what: 'every interval of one retention, whatever each needs to mature',
    queries: 1,
    reads: [
      planned('retention', long, { bornEvent: 'Sign Up', unit: 'month', n: 0 }),
      planned('retention', longer, { bornEvent: 'Sign Up', unit: 'month', n: 2 }),
      planned('retention_one_month', long, {}),
    ],
  },
  {
    what: 'every frequency of one event',
    queries: 1,
    reads: [2, 3, 4].map((atLeast) => planned('frequency', long, { ...B, atLeast })),
  },
  {
    what: 'every number of one saved report',
    queries: 1,
    reads: [
      planned('saved_report', recent, { bookmarkId: 5512, series: 'Uniques of Sign Up' }),
      planned('saved_report', recent, { bookmarkId: 5512, series: 'Total of Report Shared' }),
    ],
  },
];

describe('as few queries as the data needs', () => {
  it.each(GROUPS)('$what: $queries', async ({ queries, reads }) => {
    project = await openProject({ events, now, since: '2025-11-01T00:00:00Z' });
    const readings = await readRun(contextOn(project), reads);
    expect(readings.every(({ points }) => points.length > 0)).toBe(true);
    expect(project.server.usage().queries.asked).toBe(queries);
  });

  it('and no more when all of them are read in one run, in any order', async () => {
    project = await openProject({ events, now, since: '2025-11-01T00:00:00Z' });
    const reads = GROUPS.flatMap((group) => group.reads);
    await readRun(contextOn(project), reads.toReversed());
    // 2 + 2 + 2 + 2 + 1 + 1 + 1 + 1
    expect(project.server.usage().queries.asked).toBe(12);
  });

  it('and each answer is the same as when it is read alone', async () => {
    project = await openProject({ events, now, since: '2025-11-01T00:00:00Z' });
    for (const { reads } of GROUPS) {
      const together = await readRun(contextOn(project), reads);
      for (const [index, read] of reads.entries()) {
        const own = await openProject({ events, now, since: '2025-11-01T00:00:00Z' });
        const [alone] = await readRun(contextOn(own), [read]);
        await own.close();
        expect(together[index]?.points, read.metric).toEqual(alone?.points);
      }
    }
  });
});

it('two workers never exceed the budget of a project: what does not fit waits, and says so', async () => {
  project = await openProject({ events, now });
  const database = await freshDatabase();
  const workers = [openDatabase(database.url), openDatabase(database.url)];
  try {
    const open = project;
    const outcomes = await Promise.all(
      workers.flatMap((worker, which) => {
        const quota = sharedQuota(createQuotaStore(worker.pool), new AbortController().signal);
        // Each worker reads on two connections at once, 12 questions on each: 48 for a budget of 30.
        return [0, 1].map(async (lane) => {
          const failures: unknown[] = [];
          for (let index = 0; index < 12; index += 1) {
            const own = `properties["seats"] != ${which * 100 + lane * 50 + index}`;
            const reads = [planned('event_total', recent, { ...A, where: own })];
            await readRun({ ...contextOn(open), quota }, reads).catch((error: unknown) =>
              failures.push(error),
            );
          }
          return failures;
        });
      }),
    );
    const failures = outcomes.flat();
    expect(project.server.usage().queries).toMatchObject({ asked: 30, refused: 0 });
    expect(project.server.usage().queries.mostAtOnce).toBeLessThanOrEqual(3);
    expect(failures).toHaveLength(18);
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(ConnectorError);
      expect(failure).toMatchObject({ errorClass: 'rate_limited', code: 'quota_spent' });
      expect((failure as ConnectorError).remedy).toMatchObject({ by: 'time', afterMs: expect.any(Number) });
      expect((failure as ConnectorError).message).toContain('Reading goes on by itself');
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await database.close();
  }
});
