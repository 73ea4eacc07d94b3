import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restate, type SandboxState } from '../../sandbox/index.ts';
import { knownDeeds } from '../../sandbox/truth/events-days.ts';
import { computeMetric, definitionOf } from '../../src/domain/catalog/index.ts';
import { addDays, localDay } from '../../src/domain/day.ts';
import { checkRecordsParams, findRecordsMetric } from '../../src/wiring/records-metrics.ts';
import { windowOn } from '../../src/wiring/records-points.ts';
import { asStored, CASES, type EventCase, pointsOf, recordsOf, rounded, STICKY } from './support/events.ts';
import { type Simulation, startSimulation } from './support/simulation.ts';

// Funnels, activation, retention and the like from Mixpanel's raw export, held against what the people of the sandbox
// company really did, counted by plain loops over the model.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HISTORY_DAYS = 100;

type Variant = { name: string; startAt: string; timeZone: string; initial: Partial<SandboxState> };
const VARIANTS: Variant[] = [
  // The clocks go forward on 8 March in New York, on 29 March in Berlin, and back on 5 April in Sydney.
  {
    name: 'New York, seed 3',
    startAt: '2026-05-20T06:30:00Z',
    timeZone: 'America/New_York',
    initial: { seed: 3 },
  },
  {
    name: 'Berlin, seed 42',
    startAt: '2026-05-19T23:10:00Z',
    timeZone: 'Europe/Berlin',
    initial: { seed: 42 },
  },
  {
    name: 'Sydney, seed 7',
    startAt: '2026-05-20T12:00:00Z',
    timeZone: 'Australia/Sydney',
    initial: { seed: 7 },
  },
];

describe.each(VARIANTS)('raw events of Mixpanel in $name', ({ initial, startAt, timeZone }) => {
  let simulation: Simulation;

  beforeAll(async () => {
    simulation = await startSimulation({
      startAt: new Date(startAt),
      historyDays: HISTORY_DAYS,
      sandbox: { anchorDay: '2026-01-05', company: { dailyVisitors: 9 }, timeZone, ...initial },
    });
    await simulation.connect('mixpanel', 'mixpanel', 24 * 60);
    for (const { key, metric, params } of CASES) await simulation.measure('mixpanel', key, metric, params);
    await simulation.work();
  }, 240_000);
  afterAll(() => simulation?.close());

  async function historyStart(key: string): Promise<string> {
    const { rows } = await simulation.services.database.pool.query<{ day: string }>(
      `SELECT v.history_start_day::text AS day FROM metric_version v JOIN metric m ON m.id = v.metric_id WHERE m.key = $1`,
      [key],
    );
    return rows[0]?.day ?? '';
  }
  const known = () => knownDeeds(simulation.sandbox.model(), { now: simulation.now(), timeZone });

  async function expectTrue({ key, truth }: EventCase): Promise<void> {
    const expected = asStored(truth(known()), await historyStart(key));
    expect(expected.length).toBeGreaterThan(10);
    expect(expected.some(({ value }) => (value ?? 0) > 0)).toBe(true);
    expect(rounded(await pointsOf(simulation, key))).toEqual(rounded(expected));
  }

  it.each(CASES)('$key: every day is what people really did', (each) => expectTrue(each));

  it.each(CASES)(
    '$key: the definition, computed over the same events in memory, agrees',
    async ({ key, metric, params }) => {
      const found = findRecordsMetric(metric.replace(/^events_/, ''));
      if (found === null) throw new Error(`no metric ${metric}`);
      const checked = checkRecordsParams(found.metric, params);
      if (!checked.ok) throw new Error(checked.problems.join(' '));
      const definition = definitionOf(found.metric, checked.params, checked.window, timeZone);
      const events = recordsOf(simulation.sandbox, simulation.now());
      const points = await pointsOf(simulation, key);
      // A few days from everywhere: the oracle looks at every event for each.
      for (const { day, value } of points.filter((_, index) => index % 13 === 0)) {
        const window = windowOn(definition, day, points.at(-1)?.day ?? day, simulation.now());
        if (window === null) continue;
        const told = computeMetric(found.metric.key, checked.params, window, { events });
        expect([day, told.value === null ? null : Number(told.value.toPrecision(9))]).toEqual([
          day,
          value === null ? null : Number(value.toPrecision(9)),
        ]);
      }
    },
  );

  it('warns of an event that Mixpanel has not seen, with the one that may be meant', async () => {
    const { deps, workspace } = simulation.services;
    const connection = await deps.sources.findConnection(workspace.id, 'mixpanel');
    if (connection === null) throw new Error('no connection');
    const params = { steps: ['Sign Up', 'Report Sharde'] };
    const asked = [{ metric: 'events_funnel_conversion', params }];
    const signal = new AbortController().signal;
    const [outcome] = await deps.connectors.accept(connection, asked, simulation.now(), signal);
    expect(outcome).toMatchObject({
      ok: true,
      acceptance: {
        problems: [],
        warnings: [expect.stringMatching(/no "Report Sharde" of late\. Do you mean "Report Shared"/)],
      },
    });
  });

  it('ends with the last local day that the whole days of UTC cover, and has no point for who is undecided', async () => {
    const midnight = new Date(Math.floor(simulation.now().getTime() / DAY_MS) * DAY_MS);
    const lastDay = addDays(localDay(midnight, timeZone), -1);
    const last = async (key: string) => (await pointsOf(simulation, key)).at(-1)?.day;
    expect(await last('newcomers')).toBe(lastDay);
    expect(await last('frequency')).toBe(lastDay);
    // 14, 7, 60 and 14 days of 24 hours after entering; a day more where a clock change lies between.
    expect(await last('activation')).toBe(addDays(lastDay, -14));
    expect(await last('first-share')).toBe(addDays(lastDay, -7));
    expect(await last('week-later')).toBe(addDays(lastDay, -14));
    expect([addDays(lastDay, -60), addDays(lastDay, -61)]).toContain(await last('month-later'));
  });

  it('names in its evidence the files, their digest, and through when they are told', async () => {
    const { rows } = await simulation.services.database.pool.query<{ completeness: { notes: string[] } }>(
      `SELECT e.completeness FROM sync_evidence e JOIN metric_version v ON v.id = e.metric_version_id
       JOIN metric m ON m.id = v.metric_id WHERE m.key = 'funnel' ORDER BY e.recorded_at DESC LIMIT 1`,
    );
    const notes = rows[0]?.completeness.notes.join('\n') ?? '';
    expect(notes).toMatch(/events: \d+ in \d+ files \(listing \d+\), sha256 of their digests [0-9a-f]{64}/);
    expect(notes).toMatch(/events from \d{4}-\d\d-\d\d on, told through \d{4}-\d\d-\d\dT00:00:00\.000Z/);
    expect(notes).toMatch(/events: \d+ read, .* of UTC/);
  });

  it('collects what a further metric needs from the beginning, and the others stay true', async () => {
    const reached = simulation.sandbox.usage().mixpanel.exports.asked;
    await simulation.moveTo(2 * HOUR_MS); // an hour's exports are free again
    await simulation.measure('mixpanel', STICKY.key, STICKY.metric, STICKY.params);
    await simulation.work();
    await expectTrue(STICKY);
    expect(simulation.sandbox.usage().mixpanel.exports.asked).toBeGreaterThan(reached + 5);
    for (const each of CASES) await expectTrue(each);
  }, 120_000);

  it('changes the past where an event of it arrives late, and keeps what was believed', async () => {
    await simulation.moveTo(DAY_MS);
    await simulation.work();
    const day = addDays(localDay(simulation.now(), timeZone), -4);
    const of = async (key: string) =>
      (await pointsOf(simulation, key)).find((point) => point.day === day)?.value;
    const before = (await of('newcomers')) ?? Number.NaN;
    await simulation.moveTo(DAY_MS + 2 * HOUR_MS);
    simulation.change((state) => restate(state, 'mixpanel', { day, now: simulation.now() }));
    await simulation.moveTo(2 * DAY_MS);
    await simulation.work();
    expect(await of('newcomers')).toBe(before + 1);
    const { rows } = await simulation.services.database.pool.query<{ value: number }>(
      `SELECT r.value::float8 AS value FROM metric_point_revision r JOIN metric_version v ON v.id = r.metric_version_id
       JOIN metric m ON m.id = v.metric_id WHERE m.key = 'newcomers' AND r.day = $1 ORDER BY r.revision`,
      [day],
    );
    expect(rows.map(({ value }) => value)).toContain(before);
    for (const each of [...CASES, STICKY]) await expectTrue(each);
  }, 120_000);
});
