import { describe, expect, it } from 'vitest';
import { planned, readAll, valuesOf, window } from './support/read.ts';
import type { FakeIssue } from './support/server.ts';

const NOW = '2026-04-20T12:00:00Z';
const issue = (id: string, created: string, more: Partial<FakeIssue> = {}): FakeIssue => ({
  id,
  created,
  ...more,
});
const count = (params: object = {}, zone = 'UTC') =>
  planned('issue_count', window('2026-03-01', '2026-03-03', zone), { project: 'shop', ...params });

describe('issues by day', () => {
  it('are cut by their own instants, although Jira reads dates in the zone of the account', async () => {
    const issues = [
      issue('1', '2026-02-28T22:59:59Z'), // 28 February in Berlin
      issue('2', '2026-02-28T23:00:00Z'), // 1 March there; before New York's 1 March, which is the account's
      issue('3', '2026-03-01T22:59:59Z'),
      issue('4', '2026-03-01T23:00:00Z'), // 2 March
    ];
    expect(await valuesOf({ issues }, count({}, 'Europe/Berlin'), NOW)).toEqual({
      '2026-03-01': '2',
      '2026-03-02': '1',
    });
  });

  it('ask a bounded question for few fields, never the search that is gone', async () => {
    const { server } = await readAll({}, [count({ jql: 'component = Web OR component = API' })], NOW);
    expect(server.asked.map(({ url }) => url.pathname)).toEqual(['/rest/api/3/search/jql']);
    expect(server.asked[0]?.body).toEqual({
      jql:
        'project = "SHOP" AND (created >= "2026-02-28" OR resolutiondate >= "2026-02-28") ' +
        'AND (component = Web OR component = API) ORDER BY key ASC',
      fields: ['created', 'resolutiondate', 'resolution', 'issuetype', 'labels', 'versions'],
      maxResults: 100,
    });
  });

  it('count labels and types in any case, and as done only what was not given up', async () => {
    const resolved = { resolutiondate: '2026-03-02T10:00:00Z', labels: ['Interview'] };
    const issues = [
      issue('1', '2026-03-01T10:00:00Z', resolved),
      issue('2', '2026-03-01T10:00:00Z', { ...resolved, resolution: "Won't Do" }),
      issue('3', '2026-03-01T10:00:00Z', { ...resolved, type: 'Task' }),
      issue('4', '2026-03-01T10:00:00Z', { labels: ['interview'] }),
    ];
    const values = (params: object) => valuesOf({ issues }, count(params), NOW);
    expect(await values({ labels: ['interview'] })).toEqual({ '2026-03-01': '4', '2026-03-02': '0' });
    expect(await values({ by: 'resolved' })).toEqual({ '2026-03-01': '0', '2026-03-02': '2' });
    expect(await values({ by: 'resolved', notDone: [] })).toEqual({ '2026-03-01': '0', '2026-03-02': '3' });
    expect(await values({ by: 'resolved', types: ['TASK'] })).toEqual({
      '2026-03-01': '0',
      '2026-03-02': '1',
    });
  });

  it.each([
    { given: { jql: 'component = Web ORDER BY created' }, says: 'ORDER BY' },
    { given: { project: 'Web shop' }, says: 'key of a project' },
    { given: { project: 'X" OR project = "Y' }, says: 'key of a project' },
  ])('refuse $given before anybody is asked', ({ given, says }) => {
    expect(() => count(given)).toThrow(says);
  });
});

it('one walk serves all metrics of a run on the same project, from the earliest day that any needs', async () => {
  const days = window('2026-03-10', '2026-03-12');
  const reads = [
    planned('issue_count', days, { project: 'SHOP' }),
    planned('lead_time', days, { project: 'SHOP', days: 30 }),
    planned('bugs_per_feature', days, { project: 'SHOP', days: 7 }),
  ];
  const { server } = await readAll({ issues: [issue('1', '2026-03-10T10:00:00Z')] }, reads, NOW);
  expect(server.asked).toHaveLength(1);
  // 10 March is the last of 30 days that begin on 9 February; a day more for zones.
  expect(server.asked[0]?.body?.['jql']).toContain('created >= "2026-02-08"');
});

it('lead time leaves sub-tasks out unless they are named', async () => {
  const issues = [
    issue('1', '2026-03-01T10:00:00Z', { resolutiondate: '2026-03-02T10:00:00Z' }), // a day
    issue('2', '2026-03-01T22:00:00Z', {
      resolutiondate: '2026-03-02T10:00:00Z',
      type: 'Sub-task',
      subtask: true,
    }), // half
  ];
  const of = (params: object) =>
    valuesOf(
      { issues },
      planned('lead_time', window('2026-03-02', '2026-03-03'), { project: 'SHOP', ...params }),
      NOW,
    );
  expect(await of({})).toEqual({ '2026-03-02': '86400' });
  expect(await of({ types: ['Sub-task'] })).toEqual({ '2026-03-02': '43200' });
});

describe('bugs after a release', () => {
  it('name the version, and its days begin at local midnight of its date', async () => {
    const versions = [{ id: '7', name: '2.0', released: true, releaseDate: '2026-03-28' }];
    const bug = (id: string, created: string, affected = ['7']) =>
      issue(id, created, { type: 'Bug', versions: affected });
    const issues = [
      bug('1', '2026-03-27T22:59:59Z'), // the 27th in Berlin
      bug('2', '2026-03-27T23:00:00Z'),
      bug('3', '2026-03-29T22:59:59Z'), // 48 hours end at 23:00 UTC, which is 01:00 of summer time
      bug('4', '2026-03-29T23:00:00Z'),
      bug('5', '2026-03-28T12:00:00Z', ['6']),
      issue('6', '2026-03-28T12:00:00Z', { type: 'Task', versions: ['7'] }),
    ];
    const read = planned('post_release_bugs', window('2026-03-27', '2026-03-31', 'Europe/Berlin'), {
      project: 'SHOP',
      withinDays: 2,
    });
    const { readings } = await readAll({ issues, versions }, [read], NOW);
    expect(readings[0]?.points).toEqual([
      { day: '2026-03-27', value: null, reason: 'no_observation' },
      { day: '2026-03-28', value: null, reason: 'no_mature_cohort' },
      // The night has 23 hours, so that two times 24 hours end an hour after the 29th.
      { day: '2026-03-29', value: null, reason: 'no_mature_cohort' },
      { day: '2026-03-30', value: '2', flags: { release: '2.0' } },
    ]);
  });
});

describe('pages', () => {
  const page = (body: object) => ({ refuse: () => ({ status: 200, body }) });
  const one = {
    id: '1',
    fields: {
      created: '2026-03-01T10:00:00.000+0000',
      resolutiondate: null,
      resolution: null,
      issuetype: { name: 'Bug', subtask: false },
      labels: [],
    },
  };

  it.each([
    { why: 'promise more without a token', body: { issues: [one], isLast: false }, code: 'token_missing' },
    {
      why: 'promise more and hold nothing',
      body: { issues: [], isLast: false, nextPageToken: 'x' },
      code: 'empty_page',
    },
    {
      why: 'repeat themselves',
      body: { issues: [one], isLast: false, nextPageToken: 'x' },
      code: 'repeated_page',
    },
  ])('that $why are an error', async ({ body, code }) => {
    await expect(readAll(page(body), [count()], NOW)).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code,
    });
  });

  it.each([
    { why: 'are others than asked for', body: { startAt: 50, isLast: true, values: [] }, code: 'wrong_page' },
    {
      why: 'hold less than was counted',
      body: { startAt: 0, total: 3, isLast: true, values: [] },
      code: 'list_cut_off',
    },
    {
      why: 'hold nothing and are not the last',
      body: { startAt: 0, isLast: false, values: [] },
      code: 'empty_page',
    },
  ])('of sprints that $why are an error', async ({ body, code }) => {
    const read = planned('sprint_points', window('2026-03-01', '2026-03-02'), { board: 12 });
    await expect(readAll(page(body), [read], NOW)).rejects.toMatchObject({ errorClass: 'bad_payload', code });
  });
});
