import { describe, expect, it } from 'vitest';
import { planned, readAll, valuesOf, window } from './support/read.ts';

const NOW = '2026-04-20T12:00:00Z';
const issue = (number: number, created_at: string, more: object = {}) => ({ number, created_at, ...more });

describe('issues by day', () => {
  it('are cut at local midnight, on both sides of a clock change', async () => {
    const issues = [
      issue(1, '2026-03-28T22:59:59Z'), // 23:59:59 in Berlin on the 28th
      issue(2, '2026-03-28T23:00:00Z'), // midnight of the 29th, which has 23 hours
      issue(3, '2026-03-29T21:59:59Z'), // 23:59:59 of the 29th, summer time
      issue(4, '2026-03-29T22:00:00Z'), // midnight of the 30th
    ];
    const berlin = planned('issue_count', window('2026-03-28', '2026-03-31', 'Europe/Berlin'));
    expect(await valuesOf({ issues }, berlin, NOW)).toEqual({
      '2026-03-28': '1',
      '2026-03-29': '2',
      '2026-03-30': '1',
    });
    const auckland = planned('issue_count', window('2026-03-29', '2026-03-31', 'Pacific/Auckland'));
    // 13 hours ahead: 1 and 2 fall on the 29th at noon, 3 and 4 on the 30th.
    expect(await valuesOf({ issues }, auckland, NOW)).toEqual({ '2026-03-29': '2', '2026-03-30': '2' });
  });

  it('ask for what changed since, and count what was opened', async () => {
    // Opened in January, touched in March: in the list, and none of March's.
    const issues = [
      issue(1, '2026-01-05T10:00:00Z', { updated_at: '2026-03-02T10:00:00Z' }),
      issue(2, '2026-03-02T11:00:00Z'),
    ];
    const { readings, server } = await readAll(
      { issues },
      [planned('issue_count', window('2026-03-02', '2026-03-03'))],
      NOW,
    );
    expect(readings[0]?.points).toEqual([{ day: '2026-03-02', value: '1' }]);
    expect(readings[0]?.completeness.items).toBe(2);
    expect(server.asked[0]?.searchParams.get('since')).toBe('2026-03-01T00:00:00Z');
  });

  it('say nothing of days that have not begun in the zone', async () => {
    const read = planned('issue_count', window('2026-04-20', '2026-04-22', 'America/New_York'));
    expect(Object.keys(await valuesOf({}, read, '2026-04-21T02:00:00Z'))).toEqual(['2026-04-20']);
  });

  it('count by labels in any case, closed only when completed, and pull requests apart', async () => {
    const issues = [
      issue(1, '2026-03-01T10:00:00Z', { closed_at: '2026-03-02T10:00:00Z', labels: ['Interview', 'Q1'] }),
      issue(2, '2026-03-01T10:00:00Z', {
        closed_at: '2026-03-02T10:00:00Z',
        state_reason: 'not_planned',
        labels: ['interview'],
      }),
      issue(3, '2026-03-01T10:00:00Z', {
        closed_at: '2026-03-02T10:00:00Z',
        state_reason: 'duplicate',
        labels: ['interview'],
      }),
      issue(4, '2026-03-01T10:00:00Z', { labels: ['interview'] }),
      issue(5, '2026-03-01T10:00:00Z', { merged_at: '2026-03-02T10:00:00Z', labels: ['interview'] }),
      issue(6, '2026-03-01T10:00:00Z', {
        merged_at: null,
        closed_at: '2026-03-02T10:00:00Z',
        labels: ['interview'],
      }),
    ];
    const days = window('2026-03-01', '2026-03-03');
    const values = (params: object) => valuesOf({ issues }, planned('issue_count', days, params), NOW);
    expect(await values({ labels: ['INTERVIEW'] })).toEqual({ '2026-03-01': '4', '2026-03-02': '0' });
    expect(await values({ labels: ['interview'], by: 'closed' })).toEqual({
      '2026-03-01': '0',
      '2026-03-02': '1',
    });
    expect(await values({ labels: ['interview', 'q1'] })).toEqual({ '2026-03-01': '1', '2026-03-02': '0' });
    // 6 was closed without being merged.
    expect(await values({ of: 'pull_requests', by: 'merged' })).toEqual({
      '2026-03-01': '0',
      '2026-03-02': '1',
    });
  });

  it('follow a label that was put on later when the day is read again', async () => {
    const read = planned('issue_count', window('2026-03-01', '2026-03-02'), { labels: ['bug'] });
    expect(await valuesOf({ issues: [issue(1, '2026-03-01T10:00:00Z')] }, read, NOW)).toEqual({
      '2026-03-01': '0',
    });
    const triaged = [
      issue(1, '2026-03-01T10:00:00Z', { labels: ['bug'], updated_at: '2026-03-04T10:00:00Z' }),
    ];
    expect(await valuesOf({ issues: triaged }, read, NOW)).toEqual({ '2026-03-01': '1' });
  });
});

describe('one run', () => {
  it('walks the issues of a repository once for all metrics, from the earliest day that any needs', async () => {
    const reads = [
      planned('issue_count', window('2026-03-10', '2026-03-12')),
      planned('lead_time', window('2026-03-10', '2026-03-12'), { days: 30 }),
      planned('bugs_per_feature', window('2026-03-10', '2026-03-12'), { days: 7 }),
    ];
    const { readings, server } = await readAll({ issues: [issue(1, '2026-03-10T10:00:00Z')] }, reads, NOW);
    expect(readings).toHaveLength(3);
    expect(server.asked).toHaveLength(1);
    // 10 March is the last of 30 days that begin on 9 February; a day more for zones.
    expect(server.asked[0]?.searchParams.get('since')).toBe('2026-02-08T00:00:00Z');
  });

  it('asks another repository where a metric names one', async () => {
    const read = planned('issue_count', window('2026-03-10', '2026-03-11'), { repository: 'acme/site' });
    await expect(readAll({}, [read], NOW)).rejects.toMatchObject({ errorClass: 'config', code: 'not_found' });
  });
});

describe('bugs per feature', () => {
  it('counts what is labelled as both as a bug, and merged pull requests as features when asked to', async () => {
    const issues = [
      issue(1, '2026-03-01T10:00:00Z', { labels: ['bug', 'enhancement'], closed_at: '2026-03-02T10:00:00Z' }),
      issue(2, '2026-03-01T10:00:00Z', { labels: ['bug'] }),
      issue(3, '2026-03-01T10:00:00Z', { labels: ['bug'] }),
      issue(4, '2026-03-01T10:00:00Z', { labels: ['enhancement'], closed_at: '2026-03-02T10:00:00Z' }),
      issue(5, '2026-03-01T10:00:00Z', { labels: ['enhancement'], merged_at: '2026-03-02T11:00:00Z' }),
      issue(6, '2026-03-01T10:00:00Z', { labels: ['enhancement'], merged_at: '2026-03-02T12:00:00Z' }),
    ];
    const of = (params: object) =>
      readAll({ issues }, [planned('bugs_per_feature', window('2026-03-02', '2026-03-03'), params)], NOW);
    const byIssues = (await of({})).readings[0]?.points;
    expect(byIssues).toEqual([{ day: '2026-03-02', value: '3', numerator: '3', denominator: '1' }]); // 3 by issue 4
    const byMerges = (await of({ features: 'pull_requests' })).readings[0]?.points;
    expect(byMerges).toEqual([{ day: '2026-03-02', value: '1.5', numerator: '3', denominator: '2' }]); // 3 by 5 and 6
  });

  it('has no value where no feature was finished, and says how many bugs there were', async () => {
    const issues = [issue(1, '2026-03-01T10:00:00Z', { labels: ['bug'] })];
    const { readings } = await readAll(
      { issues },
      [planned('bugs_per_feature', window('2026-03-01', '2026-03-02'))],
      NOW,
    );
    expect(readings[0]?.points).toEqual([
      { day: '2026-03-01', value: null, reason: 'zero_denominator', numerator: '1', denominator: '0' },
    ]);
  });
});

describe('lead time', () => {
  it('trails: what was finished the day before the window counts no more', async () => {
    const issues = [
      issue(1, '2026-03-01T00:00:00Z', { closed_at: '2026-03-02T00:00:00Z' }), // a day
      issue(2, '2026-03-01T00:00:00Z', { closed_at: '2026-03-04T00:00:00Z' }), // three
    ];
    const read = planned('lead_time', window('2026-03-02', '2026-03-07'), { days: 3 });
    expect(await valuesOf({ issues }, read, NOW)).toEqual({
      '2026-03-02': '86400',
      '2026-03-03': '86400',
      '2026-03-04': '172800', // (1 + 3) / 2 days
      '2026-03-05': '259200', // the second alone: the 2nd is out of 3rd to 5th
      '2026-03-06': '259200',
    });
  });

  it('is of merged pull requests when asked to, with all three statistics beside each other', async () => {
    const issues = [2, 4, 12].map((hours, index) =>
      issue(index + 1, '2026-03-01T00:00:00Z', {
        merged_at: `2026-03-01T${String(hours).padStart(2, '0')}:00:00Z`,
      }),
    );
    const read = planned('lead_time', window('2026-03-01', '2026-03-02'), {
      of: 'pull_requests',
      stat: 'median',
    });
    const { readings } = await readAll({ issues }, [read], NOW);
    expect(readings[0]?.points).toEqual([
      {
        day: '2026-03-01',
        value: '14400', // 4 hours
        flags: {
          sampleSize: 3,
          meanSeconds: '21600', // 6 hours
          medianSeconds: '14400',
          p85Seconds: '34560', // place 0.85 x 2 = 1.7: 4 + 0.7 x 8 = 9.6 hours
        },
      },
    ]);
  });

  it('leaves out what ended before it began, and says so', async () => {
    const issues = [
      issue(1, '2026-03-01T10:00:00Z', { closed_at: '2026-03-01T09:00:00Z' }),
      issue(2, '2026-03-01T10:00:00Z', { closed_at: '2026-03-01T11:00:00Z' }),
    ];
    const { readings } = await readAll(
      { issues },
      [planned('lead_time', window('2026-03-01', '2026-03-02'))],
      NOW,
    );
    expect(readings[0]?.points[0]).toMatchObject({
      value: '3600',
      denominator: '1',
      flags: { endedBeforeStart: 1 },
    });
  });
});

describe('bugs after a release', () => {
  const releases = [
    { id: 3, tag_name: 'v3-rc', published_at: '2026-03-12T00:00:00Z', prerelease: true },
    { id: 2, tag_name: 'v2', published_at: '2026-03-10T00:00:00Z' },
    { id: 1, tag_name: 'v1', published_at: '2026-03-05T00:00:00Z' },
  ];
  const bug = (number: number, created_at: string) => issue(number, created_at, { labels: ['bug'] });

  it('are of the release that was out, and end where its days end', async () => {
    const issues = [
      bug(1, '2026-03-04T23:59:59Z'), // before v1
      bug(2, '2026-03-05T00:00:00Z'),
      bug(3, '2026-03-11T23:59:59Z'), // within 7 days of v1, but v2 was out
      bug(4, '2026-03-16T23:59:59Z'), // the last second of v2's 7 days
      bug(5, '2026-03-17T00:00:00Z'), // too late
    ];
    const read = planned('post_release_bugs', window('2026-03-10', '2026-03-18'), { withinDays: 7 });
    const { readings } = await readAll({ issues, releases }, [read], NOW);
    const told = (readings[0]?.points ?? []).map(({ day, flags, reason, value }) => [
      day,
      value,
      flags?.['release'] ?? reason,
    ]);
    expect(told).toEqual([
      ['2026-03-10', null, 'no_mature_cohort'],
      ['2026-03-11', '1', 'v1'], // closes at the 12th 00:00, seven days after the 5th
      ['2026-03-12', '1', 'v1'],
      ['2026-03-13', '1', 'v1'],
      ['2026-03-14', '1', 'v1'],
      ['2026-03-15', '1', 'v1'],
      ['2026-03-16', '2', 'v2'],
      ['2026-03-17', '2', 'v2'],
    ]);
  });

  it('have no observation before the first release, and none is asked for then', async () => {
    const read = planned('post_release_bugs', window('2026-03-01', '2026-03-03'));
    const { readings, server } = await readAll({ releases }, [read], NOW);
    expect(readings[0]?.points.map(({ reason }) => reason)).toEqual(['no_observation', 'no_observation']);
    expect(server.asked.map(({ pathname }) => pathname)).toEqual(['/repos/acme/shop/releases']);
  });
});

describe('deployments', () => {
  const production = { environment: 'production' };

  it('take their time from the first "in progress" to the first "success"', async () => {
    const deployments = [
      {
        ...production,
        id: 1,
        created_at: '2026-03-01T10:00:00Z',
        statuses: [
          { state: 'queued', created_at: '2026-03-01T10:01:00Z' },
          { state: 'in_progress', created_at: '2026-03-01T10:10:00Z' },
          { state: 'failure', created_at: '2026-03-01T10:12:00Z' },
          { state: 'in_progress', created_at: '2026-03-01T10:20:00Z' },
          { state: 'success', created_at: '2026-03-01T10:30:00Z' }, // 20 minutes after the first
          { state: 'inactive', created_at: '2026-03-09T10:30:00Z' },
          { state: 'success', created_at: '2026-03-09T11:30:00Z' },
        ],
      },
      // Without "in progress" the deployment itself is the beginning: 2 minutes.
      {
        ...production,
        id: 2,
        created_at: '2026-03-01T12:00:00Z',
        statuses: [{ state: 'success', created_at: '2026-03-01T12:02:00Z' }],
      },
      {
        ...production,
        id: 3,
        created_at: '2026-03-01T13:00:00Z',
        statuses: [{ state: 'failure', created_at: '2026-03-01T13:02:00Z' }],
      },
      {
        environment: 'staging',
        id: 4,
        created_at: '2026-03-01T14:00:00Z',
        statuses: [{ state: 'success', created_at: '2026-03-01T18:00:00Z' }],
      },
    ];
    const read = planned('deployment_minutes', window('2026-03-01', '2026-03-02'), { stat: 'median' });
    const { readings } = await readAll({ deployments }, [read], NOW);
    expect(readings[0]?.points[0]).toMatchObject({ value: '660', flags: { sampleSize: 2 } }); // (20 + 2) / 2 minutes
  });

  it('are walked newest first and no further than they can matter', async () => {
    const deployments = Array.from({ length: 10 }, (_, index) => ({
      ...production,
      id: index + 1,
      created_at: `2025-0${index === 9 ? 9 : index}-15T10:00:00Z`.replace('-00-', '-01-'),
      statuses: [{ state: 'success', created_at: '2025-12-01T00:00:00Z' }],
    }));
    const newest = { ...production, id: 11, created_at: '2026-03-01T10:00:00Z', statuses: [] };
    const read = planned('deployment_count', window('2026-03-01', '2026-03-02'));
    const { server } = await readAll({ deployments: [...deployments, newest], pageSize: 2 }, [read], NOW);
    expect(server.asked.map(({ pathname }) => pathname)).toEqual([
      '/repos/acme/shop/deployments',
      '/repos/acme/shop/deployments/11/statuses',
    ]);
  });

  it('may be the runs of a workflow, on one branch', async () => {
    const run = (id: number, branch: string, minutes: number, conclusion = 'success') => ({
      id,
      workflow: 'deploy.yml',
      branch,
      conclusion,
      created_at: '2026-03-01T09:00:00Z',
      run_started_at: '2026-03-01T10:00:00Z',
      updated_at: `2026-03-01T10:${String(minutes).padStart(2, '0')}:00Z`,
    });
    const runs = [run(1, 'main', 20), run(2, 'main', 10), run(3, 'topic', 50), run(4, 'main', 40, 'failure')];
    const params = { workflow: 'deploy.yml', branch: 'main' };
    const values = await valuesOf(
      { runs },
      planned('deployment_minutes', window('2026-03-01', '2026-03-02'), params),
      NOW,
    );
    expect(values).toEqual({ '2026-03-01': '900' }); // (20 + 10) / 2 minutes
  });
});
