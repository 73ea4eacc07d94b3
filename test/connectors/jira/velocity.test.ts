import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jira } from '../../../connectors/jira/index.ts';
import { BOARD } from '../../../sandbox/jira/answers.ts';
import { planned, readAll, valuesOf, window } from './support/read.ts';
import type { FakeChange, FakeIssue, FakeSprint } from './support/server.ts';

const NOW = '2026-04-20T12:00:00Z';
const sprint: FakeSprint = {
  id: 5,
  name: 'Sprint 5',
  state: 'closed',
  startDate: '2026-03-02T09:00:00Z',
  completeDate: '2026-03-13T15:00:00Z',
};
const status = (at: string, from: string, to: string): FakeChange => ({ at, field: 'status', from, to });
const estimate = (at: string, fromString: string): FakeChange => ({
  at,
  field: 'Story Points',
  fieldId: 'customfield_10016',
  fromString,
});
const issue = (given: Partial<FakeIssue>): FakeIssue => ({
  id: '1',
  created: '2026-02-20T10:00:00Z',
  status: '30',
  points: 5,
  sprints: [5],
  changes: [status('2026-03-10T10:00:00Z', '20', '30')],
  ...given,
});
const day = planned('sprint_velocity', window('2026-03-13', '2026-03-14'), { board: BOARD });
const velocity = async (issues: FakeIssue[], more: object = {}) =>
  (await valuesOf({ sprints: [sprint], issues, ...more }, day, NOW))['2026-03-13'];

describe('what a sprint brought is what was done in the moment when it closed', () => {
  it.each([
    { why: 'done during the sprint', given: {}, points: '5' },
    {
      why: 'done in the very second of its close',
      given: { changes: [status('2026-03-13T15:00:00Z', '20', '30')] },
      points: '5',
    },
    {
      why: 'done a second after its close',
      given: { changes: [status('2026-03-13T15:00:01Z', '20', '30')] },
      points: '0',
    },
    { why: 'not done, and carried over', given: { status: '20', sprints: [5, 6], changes: [] }, points: '0' },
    {
      why: 'carried over and done in the next sprint',
      given: {
        sprints: [5, 6],
        changes: [
          { at: '2026-03-13T15:00:00Z', field: 'Sprint', from: '5', to: '5, 6' },
          status('2026-03-18T10:00:00Z', '20', '30'),
        ],
      },
      points: '0',
    },
    {
      why: 'done, and opened again afterwards',
      given: {
        status: '20',
        changes: [status('2026-03-10T10:00:00Z', '20', '30'), status('2026-03-16T10:00:00Z', '30', '20')],
      },
      points: '5',
    },
    {
      why: 'done, opened again and not done by the close',
      given: {
        changes: [
          status('2026-03-05T10:00:00Z', '20', '30'),
          status('2026-03-06T10:00:00Z', '30', '20'),
          status('2026-03-20T10:00:00Z', '20', '30'),
        ],
      },
      points: '0',
    },
    {
      why: 'estimated anew after the close, twice',
      given: {
        points: 13,
        changes: [
          status('2026-03-10T10:00:00Z', '20', '30'),
          estimate('2026-03-16T10:00:00Z', '3'),
          estimate('2026-03-17T10:00:00Z', '8'),
        ],
      },
      points: '3',
    },
    {
      why: 'without an estimate until after the close',
      given: { changes: [status('2026-03-10T10:00:00Z', '20', '30'), estimate('2026-03-16T10:00:00Z', '')] },
      points: '0',
    },
    {
      why: 'put into the sprint when that was over',
      given: {
        changes: [
          status('2026-03-10T10:00:00Z', '20', '30'),
          { at: '2026-03-16T10:00:00Z', field: 'Sprint', from: '4', to: '4, 5' },
        ],
      },
      points: '0',
    },
    {
      why: 'done before the sprint began',
      given: { changes: [status('2026-03-01T10:00:00Z', '20', '30')] },
      points: '0',
    },
    { why: 'a sub-task', given: { subtask: true }, points: '0' },
    { why: 'created after the close', given: { created: '2026-03-14T10:00:00Z', changes: [] }, points: '0' },
    { why: 'of half a point', given: { points: 0.5 }, points: '0.5' },
  ])('$why: $points', async ({ given, points }) => {
    expect(await velocity([issue(given)])).toBe(points);
  });

  it('also where the history is longer than what comes with an issue', async () => {
    const changes = [
      status('2026-03-10T10:00:00Z', '20', '30'),
      ...Array.from({ length: 6 }, (_, index) =>
        estimate(`2026-03-1${index + 4}T10:00:00Z`, String(index + 1)),
      ),
    ];
    // The newest three come along; the first estimate after the close, from 1, is only in the whole history.
    expect(await velocity([issue({ points: 40, changes })], { historySize: 3, pageSize: 4 })).toBe('1');
  });

  it('counts issues where the board does', async () => {
    const issues = [issue({}), issue({ id: '2', points: null })];
    expect(await velocity(issues, { estimation: { type: 'issueCount' } })).toBe('2');
  });

  it('refuses a field that holds no numbers', async () => {
    const read = planned('sprint_velocity', window('2026-03-13', '2026-03-14'), {
      board: BOARD,
      pointsField: 'status',
    });
    const run = readAll({ sprints: [sprint], issues: [issue({})] }, [read], NOW);
    await expect(run).rejects.toMatchObject({ code: 'estimate_no_number' });
  });
});

describe('the velocity of a day', () => {
  it('is that of the catalogue’s example DEL-001', async () => {
    const sprints = z.array(
      z.object({
        id: z.string(),
        state: z.string(),
        completedAt: z.string().nullable(),
        completedPoints: z.number(),
      }),
    );
    const file = z.object({
      vectors: z.array(
        z.object({ id: z.string(), input: z.unknown(), expected: z.object({ value: z.unknown() }) }),
      ),
    });
    const { vectors } = file.parse(
      JSON.parse(readFileSync(new URL('../../vectors/delivery.json', import.meta.url), 'utf8')),
    );
    const vector = vectors.find(({ id }) => id === 'DEL-001');
    const told = z.object({ sprints }).parse(vector?.input).sprints;
    const world = {
      sprints: told.map(({ completedAt, state }, index) => ({
        id: index + 1,
        name: `s${index + 1}`,
        state,
        ...(completedAt === null ? {} : { completeDate: completedAt }),
      })),
      issues: told.map(({ completedAt, completedPoints }, index) =>
        issue({
          id: String(index + 1),
          points: completedPoints,
          sprints: [index + 1],
          created: '2026-01-01T10:00:00Z',
          changes: completedAt === null ? [] : [status(completedAt, '20', '30')],
        }),
      ),
    };
    const read = planned('sprint_velocity', window('2026-03-31', '2026-04-01'), { board: BOARD });
    expect(Number((await valuesOf(world, read, NOW))['2026-03-31'])).toBe(vector?.expected.value);
  });

  it('changes at the close of the local day in which a sprint ended, and keeps each sprint’s figure beside it', async () => {
    // 15:00 in UTC is the 14th in Auckland, and the 13th in Berlin.
    const world = { sprints: [sprint], issues: [issue({})] };
    const values = (zone: string) =>
      readAll(
        world,
        [planned('sprint_velocity', window('2026-03-13', '2026-03-15', zone), { board: BOARD })],
        NOW,
      );
    const berlin = (await values('Europe/Berlin')).readings[0]?.points;
    expect(berlin?.[0]).toEqual({
      day: '2026-03-13',
      value: '5',
      numerator: '5',
      denominator: '1',
      counts: { 'Sprint 5 (5)': 5 },
    });
    const auckland = (await values('Pacific/Auckland')).readings[0]?.points;
    expect(auckland?.map(({ reason, value }) => value ?? reason)).toEqual(['zero_denominator', '5']);
  });

  it('leaves out sprints of another board, unless they are wanted', async () => {
    const world = { sprints: [{ ...sprint, originBoardId: 99 }], issues: [issue({})] };
    expect((await valuesOf(world, day, NOW))['2026-03-13']).toBeNull();
    const read = planned('sprint_velocity', window('2026-03-13', '2026-03-14'), {
      board: BOARD,
      otherBoards: true,
    });
    expect((await valuesOf(world, read, NOW))['2026-03-13']).toBe('5');
  });

  it('is read once more on the day after, and then stands', () => {
    const { history, rereadDays, settlesAfterHours } = jira.metrics['sprint_velocity'] ?? {};
    expect({ history, rereadDays, settlesAfterHours }).toEqual({
      history: 'backfill',
      rereadDays: 1,
      settlesAfterHours: 0,
    });
  });

  it('shares board, sprints and issues with the points of a sprint in one run', async () => {
    const reads = [day, planned('sprint_points', window('2026-03-13', '2026-03-14'), { board: BOARD })];
    const { server } = await readAll({ sprints: [sprint], issues: [issue({})] }, reads, NOW);
    expect(server.asked.map(({ url }) => url.pathname)).toEqual([
      `/rest/agile/1.0/board/${BOARD}/sprint`,
      `/rest/agile/1.0/board/${BOARD}/configuration`,
      '/rest/agile/1.0/sprint/5/issue',
    ]);
  });
});
