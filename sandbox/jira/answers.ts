import type { JiraChange, JiraIssue, JiraWorld } from './world.ts';

export const BOARD = 12;
/** The zone of the account's profile: Jira reads dates of a question in it. */
const PROFILE_OFFSET_MS = -5 * 3_600_000;

/** What Jira says to an address; null where it has nothing. */
export function answerOf(world: JiraWorld, url: URL, body: Record<string, unknown> | null): unknown {
  const path = url.pathname;
  const page = (
    name: 'values' | 'issues',
    all: readonly unknown[],
    facts: 'isLast' | 'total' | 'both' = 'both',
  ) => paged(world, url, name, all, facts);
  if (path === '/rest/api/3/myself') return { displayName: 'Tidemark Reader', timeZone: 'America/New_York' };
  if (path === '/rest/api/3/serverInfo')
    return { baseUrl: 'https://globex.atlassian.net', deploymentType: 'Cloud' };
  if (path === '/rest/api/3/project/search')
    return page('values', [{ key: world.project, name: 'Web shop' }]);
  if (path === `/rest/api/3/project/${world.project}`) {
    return { key: world.project, issueTypes: world.types.map((name) => ({ name })) };
  }
  if (path === `/rest/api/3/project/${world.project}/version`) return page('values', world.versions);
  if (path === '/rest/api/3/field') return world.fields;
  if (path === '/rest/api/3/label') {
    return page('values', [...new Set(world.issues.flatMap(({ labels = [] }) => labels))]);
  }
  if (path === '/rest/api/3/jql/parse') return parsed(body);
  if (path === '/rest/api/3/search/jql') return searched(world, body);
  const history = /^\/rest\/api\/3\/issue\/(\w+)\/changelog$/.exec(path)?.[1];
  const issue = world.issues.find(({ id }) => id === history);
  if (issue !== undefined) return page('values', historiesOf(issue).toReversed());
  if (path === '/rest/agile/1.0/board') return page('values', [boardOf(world)]);
  if (path === `/rest/agile/1.0/board/${BOARD}`) return boardOf(world);
  if (path === `/rest/agile/1.0/board/${BOARD}/configuration`) return configurationOf(world);
  if (path === `/rest/agile/1.0/board/${BOARD}/sprint`) {
    const state = url.searchParams.get('state');
    // Oldest first, and without a total.
    return page(
      'values',
      world.sprints.filter((sprint) => state === null || sprint.state === state),
      'isLast',
    );
  }
  const sprint = Number(/^\/rest\/agile\/1\.0\/sprint\/(\d+)\/issue$/.exec(path)?.[1] ?? Number.NaN);
  if (!world.sprints.some(({ id }) => id === sprint)) return null;
  const inside = world.issues.filter(({ sprints = [] }) => sprints.includes(sprint));
  return page(
    'issues',
    inside.map((each) => sprintIssue(world, each)),
    'total',
  );
}

const boardOf = ({ boardType }: JiraWorld) => ({ id: BOARD, name: 'Web team', type: boardType });

function configurationOf({ doneStatuses, estimation }: JiraWorld) {
  const columns = [
    { name: 'To do', statuses: [{ id: '10' }] },
    { name: 'Doing', statuses: [{ id: '20' }] },
    { name: 'Done', statuses: doneStatuses.map((id) => ({ id })) },
  ];
  return { id: BOARD, name: 'Web team', type: 'scrum', columnConfig: { columns }, estimation };
}

function paged(
  { pageSize }: JiraWorld,
  url: URL,
  name: string,
  all: readonly unknown[],
  facts: 'isLast' | 'total' | 'both',
): unknown {
  const startAt = Number(url.searchParams.get('startAt') ?? 0);
  const maxResults = Math.min(pageSize, Number(url.searchParams.get('maxResults') ?? 50));
  const items = all.slice(startAt, startAt + maxResults);
  return {
    startAt,
    maxResults,
    ...(facts === 'isLast' ? {} : { total: all.length }),
    ...(facts === 'total' ? {} : { isLast: startAt + items.length >= all.length }),
    [name]: items,
  };
}

/** Reads the dates of the question in the profile's zone, as Jira does, and pages by token without a total. */
function searched({ issues, pageSize, project }: JiraWorld, body: Record<string, unknown> | null): unknown {
  const jql = String(body?.['jql']);
  if (!jql.includes(`project = "${project}"`)) return null;
  const from = Date.parse(`${/created >= "([\d-]+)"/.exec(jql)?.[1] ?? ''}T00:00:00Z`) - PROFILE_OFFSET_MS;
  const found = issues.filter(
    ({ created, resolutiondate }) =>
      at(created) >= from || (resolutiondate != null && at(resolutiondate) >= from),
  );
  const startAt = Number(body?.['nextPageToken'] ?? 0);
  const size = Math.min(pageSize, Number(body?.['maxResults']));
  const items = found.slice(startAt, startAt + size);
  const isLast = startAt + items.length >= found.length;
  return {
    issues: items.map(foundIssue),
    isLast,
    ...(isLast ? {} : { nextPageToken: String(startAt + items.length) }),
  };
}

const at = (text: string): number => Date.parse(text);

/** Jira writes the offset without a colon. */
const written = (text: string): string => text.replace('Z', '.000+0000');

function foundIssue({
  created,
  id,
  labels = [],
  resolution,
  resolutiondate = null,
  subtask = false,
  type,
  versions = [],
}: JiraIssue) {
  const known = resolution === undefined ? 'Done' : resolution;
  return {
    id,
    fields: {
      created: written(created),
      resolutiondate: resolutiondate === null ? null : written(resolutiondate),
      resolution: resolutiondate === null || known === null ? null : { name: known },
      issuetype: { name: type ?? 'Story', subtask },
      labels,
      versions: versions.map((version) => ({ id: version, name: `name of ${version}` })),
    },
  };
}

function sprintIssue({ historySize }: JiraWorld, issue: JiraIssue) {
  const { created, points = null, status = '10', subtask = false } = issue;
  const histories = historiesOf(issue).slice(0, historySize);
  return {
    id: issue.id,
    fields: {
      created: written(created),
      issuetype: { subtask },
      status: { id: status },
      customfield_10016: points,
    },
    changelog: { startAt: 0, maxResults: histories.length, total: (issue.changes ?? []).length, histories },
  };
}

/** Newest first. */
function historiesOf({ changes = [] }: JiraIssue) {
  const told = changes.map(({ at: when, field, fieldId, from, fromString, to }: JiraChange, index) => ({
    id: String(1_000 + index),
    created: written(when),
    items: [
      {
        field,
        fieldId: fieldId ?? field,
        from: from ?? null,
        fromString: fromString ?? null,
        to: to ?? null,
      },
    ],
  }));
  return told.toReversed();
}

function parsed(body: Record<string, unknown> | null): unknown {
  const [query = ''] = (body?.['queries'] ?? []) as string[]; // what the connector sent
  const unknown = /componentt/.test(query);
  return { queries: [{ query, ...(unknown ? { errors: ["Field 'componentt' does not exist."] } : {}) }] };
}
