import type { GitHubIssue, GitHubRun, GitHubWorld } from './world.ts';

type Answer = { body: unknown; link: string | null };

/** What GitHub says to an address; null where it has nothing. */
export function answerOf(world: GitHubWorld, url: URL, path: string): Answer | null {
  const base = `/repos/${world.repository}`;
  const page = (items: readonly unknown[], wrap?: (items: unknown[], total: number) => unknown) =>
    paged(world, url, items, wrap);
  if (path === '/user/repos') {
    return page([world.repository, ...world.others].map((full_name) => ({ full_name })));
  }
  if (path === '/search/issues') return page(found(world, url), searched(world));
  if (path === base) {
    const { hasIssues: has_issues, repository: full_name } = world;
    return { body: { full_name, private: true, archived: false, has_issues }, link: null };
  }
  if (path === `${base}/issues`) return page(listed(world, url).map(issueBody));
  if (path === `${base}/pulls`) return page([]);
  if (path === `${base}/labels`) return page(world.labels.map((name) => ({ name })));
  if (path === `${base}/releases`) {
    return page(world.releases.map((release) => ({ draft: false, prerelease: false, ...release })));
  }
  if (path === `${base}/environments`) {
    const environments = world.environments.map((name) => ({ name }));
    return page(environments, (items, total_count) => ({ total_count, environments: items }));
  }
  if (path === `${base}/actions/workflows`) {
    const workflows = world.workflows.map((file, index) => ({
      id: index + 1,
      name: file,
      path: `.github/workflows/${file}`,
    }));
    return page(workflows, (items, total_count) => ({ total_count, workflows: items }));
  }
  if (path === `${base}/deployments`) {
    const wanted = world.deployments
      .filter(({ environment }) => environment === (url.searchParams.get('environment') ?? environment))
      .toSorted((a, b) => b.id - a.id);
    return page(wanted.map(({ created_at, id }) => ({ id, created_at })));
  }
  const statuses = new RegExp(`^${base}/deployments/(\\d+)/statuses$`).exec(path)?.[1];
  if (statuses !== undefined) {
    const deployment = world.deployments.find(({ id }) => String(id) === statuses);
    if (deployment === undefined) return null;
    const numbered = deployment.statuses.map((status, index) => ({
      id: deployment.id * 100 + index,
      ...status,
    }));
    return page(numbered.toReversed()); // newest first
  }
  const workflow = new RegExp(`^${base}/actions/workflows/([^/]+)/runs$`).exec(path)?.[1];
  if (workflow === undefined || !world.workflows.includes(workflow)) return null;
  const runs = runsOf(world, workflow, url);
  return page(runs, (items, total_count) => ({ total_count, workflow_runs: items }));
}

/** One page, and where the next one is. Of what is counted GitHub lists no more than its cap. */
function paged(
  { cap, pageSize }: GitHubWorld,
  url: URL,
  all: readonly unknown[],
  wrap?: (items: unknown[], total: number) => unknown,
): Answer {
  const items = wrap === undefined ? all : all.slice(0, cap);
  const size = Math.min(pageSize, Number(url.searchParams.get('per_page') ?? 30));
  const number = Number(url.searchParams.get('page') ?? 1);
  const slice = items.slice((number - 1) * size, number * size);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(number < last ? [linkTo(url, number + 1, 'next'), linkTo(url, last, 'last')] : []),
    ...(number > 1 ? [linkTo(url, number - 1, 'prev'), linkTo(url, 1, 'first')] : []),
  ];
  const body = wrap === undefined ? slice : wrap([...slice], all.length);
  return { body, link: links.length === 0 ? null : links.join(', ') };
}

function linkTo(url: URL, page: number, rel: string): string {
  const there = new URL(url);
  there.searchParams.set('page', String(page));
  return `<${there.href}>; rel="${rel}"`;
}

/** `since` is about the last change, not about when an issue was opened. */
function listed({ issues }: GitHubWorld, url: URL): GitHubIssue[] {
  const since = Date.parse(url.searchParams.get('since') ?? '1970-01-01T00:00:00Z');
  return issues
    .filter((issue) => Date.parse(changedAt(issue)) >= since)
    .toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.number - b.number);
}

const changedAt = ({ closed_at, created_at, merged_at, updated_at }: GitHubIssue): string =>
  updated_at ?? merged_at ?? closed_at ?? created_at;

function issueBody({ closed_at = null, labels = [], merged_at, ...issue }: GitHubIssue) {
  const at = closed_at ?? merged_at ?? null;
  return {
    id: issue.number * 1_000,
    state: at === null ? 'open' : 'closed',
    state_reason: at === null || merged_at !== undefined ? null : 'completed',
    ...issue,
    closed_at: at,
    labels: labels.map((name) => ({ id: 1, name })),
    ...(merged_at === undefined ? {} : { pull_request: { url: 'https://api.github.com/x', merged_at } }),
  };
}

/** Reads the qualifiers that the tests use: is:, label: and one range of instants. */
function found({ issues }: GitHubWorld, url: URL) {
  const query = url.searchParams.get('q') ?? '';
  const [, field = 'created', from = '', to = ''] =
    /(created|closed|merged):(\S+)\.\.(\S+)/.exec(query) ?? [];
  const [, quoted, bare] = /label:(?:"([^"]+)"|(\S+))/.exec(query) ?? [];
  const label = quoted ?? bare;
  const names = { created: 'created_at', closed: 'closed_at', merged: 'merged_at' } as const;
  return issues
    .filter((issue) => {
      const at = issue[names[field as keyof typeof names]];
      const inside =
        typeof at === 'string' && Date.parse(at) >= Date.parse(from) && Date.parse(at) <= Date.parse(to);
      const isWanted = !query.includes('is:issue') || issue.merged_at === undefined;
      return inside && isWanted && (label === undefined || (issue.labels ?? []).includes(label));
    })
    .map(issueBody);
}

function searched({ incompleteResults: incomplete_results }: GitHubWorld) {
  return (items: unknown[], total_count: number) => ({ total_count, incomplete_results, items });
}

function runsOf({ runs }: GitHubWorld, workflow: string, url: URL): GitHubRun[] {
  const { searchParams } = url;
  const [from = '', to = ''] = (searchParams.get('created') ?? '').split('..');
  const branch = searchParams.get('branch');
  const status = searchParams.get('status');
  return runs
    .filter((run) => run.workflow === workflow && (branch === null || run.branch === branch))
    .filter((run) => status === null || run.conclusion === status)
    .filter(
      ({ created_at }) =>
        Date.parse(created_at) >= Date.parse(from) && Date.parse(created_at) <= Date.parse(to),
    )
    .toSorted((a, b) => b.id - a.id);
}
