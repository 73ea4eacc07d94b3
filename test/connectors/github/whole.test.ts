import { describe, expect, it } from 'vitest';
import { planned, readAll, valuesOf, window } from './support/read.ts';
import type { FakeRun } from './support/server.ts';

const NOW = '2026-04-20T12:00:00Z';
const days = window('2026-03-01', '2026-03-02');
const count = planned('issue_count', days);
const issues = Array.from({ length: 5 }, (_, index) => ({
  number: index + 1,
  created_at: `2026-03-01T0${index}:00:00Z`,
}));

describe('a list', () => {
  it('is whole although somebody opens an old issue again while it is walked', async () => {
    // Number 99 comes into the list behind the first page, so that 2 comes again at the head of the second.
    const late = { number: 99, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-03-05T00:00:00Z' };
    const before = (request: number, world: { issues: object[] }) => {
      if (request === 2) world.issues.push(late);
    };
    expect(await valuesOf({ issues: [...issues], pageSize: 2, before }, count, NOW)).toEqual({
      '2026-03-01': '5',
    });
  });

  it('that comes in a full page without the header of links is not believed', async () => {
    const many = Array.from({ length: 101 }, (_, index) => ({
      number: index + 1,
      created_at: '2026-03-01T10:00:00Z',
    }));
    await expect(readAll({ issues: many, withoutLinks: true }, [count], NOW)).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code: 'link_missing',
    });
    // A hundred is a full page, too, and all there is: the second page says so.
    expect(await valuesOf({ issues: many.slice(1), withoutLinks: true }, count, NOW)).toEqual({
      '2026-03-01': '100',
    });
  });

  it.each([
    { why: 'goes round in circles', link: (url: URL) => url.href, code: 'repeated_page' },
    { why: 'goes on elsewhere', link: () => 'http://127.0.0.1:9/repos?page=2', code: 'foreign_page' },
  ])('that $why is an error', async ({ code, link }) => {
    const body = issues.map((each) => ({ ...each, state: 'open', closed_at: null, labels: [] }));
    const refuse = (url: URL) => ({ status: 200, headers: { link: `<${link(url)}>; rel="next"` }, body });
    await expect(readAll({ refuse }, [count], NOW)).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code,
    });
  });

  it('that promises more and sends nothing is an error', async () => {
    const refuse = (url: URL) => ({
      status: 200,
      headers: { link: `<${url.href}&page=2>; rel="next"` },
      body: [],
    });
    await expect(readAll({ refuse }, [count], NOW)).rejects.toMatchObject({ code: 'empty_page' });
  });
});

describe('more runs than GitHub lists', () => {
  const run = (id: number, created_at: string): FakeRun => ({
    id,
    workflow: 'deploy.yml',
    branch: 'main',
    conclusion: 'success',
    created_at,
    run_started_at: created_at,
    updated_at: created_at,
  });
  const params = { workflow: 'deploy.yml' };

  it('never pass for fewer: what came is held against the total', async () => {
    const runs = Array.from({ length: 120 }, (_, index) => run(index + 1, '2026-03-01T10:00:00Z'));
    const read = planned('deployment_count', days, params);
    await expect(readAll({ runs, cap: 50 }, [read], NOW)).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code: 'list_cut_off',
    });
  });

  it('than a second can be cut into are too many', async () => {
    const runs = Array.from({ length: 1_001 }, (_, index) => run(index + 1, '2026-03-01T10:00:00Z'));
    const read = planned('deployment_count', days, params);
    await expect(readAll({ runs }, [read], '2026-03-01T23:00:00Z')).rejects.toMatchObject({
      errorClass: 'too_large',
    });
  });

  it('1,001 of them are cut into halves, and none is lost or counted twice', async () => {
    const runs = Array.from({ length: 1_001 }, (_, index) =>
      run(index + 1, `2026-03-01T${index < 500 ? '08' : '15'}:00:00Z`),
    );
    const read = planned('deployment_count', days, params);
    expect(await valuesOf({ runs }, read, '2026-03-20T12:00:00Z')).toEqual({ '2026-03-01': '1001' });
  });
});

describe('a search', () => {
  const search = planned('search_count', days, { query: 'is:issue label:"user interview"' });
  const found = [{ number: 1, created_at: '2026-03-01T23:59:59Z', labels: ['user interview'] }];

  it('names repository, days and moment by itself', async () => {
    const { readings, server } = await readAll({ issues: found }, [search], NOW);
    expect(readings[0]?.points).toEqual([{ day: '2026-03-01', value: '1' }]);
    expect(server.asked[0]?.searchParams.get('q')).toBe(
      'repo:acme/shop is:issue label:"user interview" created:2026-03-01T00:00:00Z..2026-03-01T23:59:59Z',
    );
  });

  it('that GitHub gave up on is a failure and no smaller number', async () => {
    await expect(readAll({ issues: found, incompleteResults: true }, [search], NOW)).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code: 'incomplete_results',
    });
  });

  it.each(['repo:other/x bug', 'is:issue created:>2026-01-01', 'bug OR is:open', '(bug)'])(
    'with "%s" is refused before anybody is asked',
    (query) => {
      expect(() => planned('search_count', days, { query })).toThrow(/Leave out/);
    },
  );
});
