import { type Completeness, shiftDay, walkPages } from '../sdk/index.ts';
import { createJiraClient, type JiraContext } from './client.ts';
import { badAnswer } from './errors.ts';
import type { Listed } from './pages.ts';
import { searchSchema } from './schema.ts';

/** Names in small letters. `doneMs`: when it was resolved, with a resolution that means done or not. */
export type Issue = {
  id: string;
  type: string;
  isSubtask: boolean;
  createdMs: number;
  resolvedMs: number | null;
  resolution: string | null;
  labels: readonly string[];
  affectedVersions: readonly string[];
};

type Asked = { project: string; jql?: string | undefined };

/** Metrics that look at issues, and how many days before its own a point looks back. */
const REACH: Record<string, (params: Record<string, unknown>) => number> = {
  issue_count: () => 1,
  bugs_per_feature: ({ days }) => Number(days),
  lead_time: ({ days }) => Number(days),
};

const FIELDS = ['created', 'resolutiondate', 'resolution', 'issuetype', 'labels', 'versions'];
const PER_PAGE = 100;

/**
 * The issues of a project that were created or resolved on `fromDay` or later. One walk serves all reads of the run that
 * ask the same project with the same filter.
 */
export function issuesSince(
  context: JiraContext,
  { jql, project }: Asked,
  fromDay: string,
): Promise<Listed<Issue>> {
  const since = context.reads.reduce((first, { metric, params, window }) => {
    const known = params as Asked & Record<string, unknown>; // what `paramsSchema` made of them
    const reach = REACH[metric]?.(known);
    if (reach === undefined || known.project !== project || known.jql !== jql) return first;
    const day = shiftDay(window.startDay, 1 - reach);
    return day < first ? day : first;
  }, fromDay);
  const question = boundedJql({ jql, project }, since);
  return context.shared(`jira-issues:${question}`, () =>
    search(context, question, `the issues of ${project}`),
  );
}

/**
 * Jira reads dates without a zone in the profile of the account, so the question is a day wider than what is wanted, and
 * what comes is cut by its own instants.
 */
export function boundedJql({ jql, project }: Asked, sinceDay: string): string {
  const from = shiftDay(sinceDay, -1);
  const own = jql === undefined ? '' : ` AND (${jql})`;
  return `project = "${project}" AND (created >= "${from}" OR resolutiondate >= "${from}")${own} ORDER BY key ASC`;
}

/** Pages by token until Jira says that the last one was reached: there is no total. */
async function search(context: JiraContext, jql: string, asked: string): Promise<Listed<Issue>> {
  const client = createJiraClient(context);
  const found = new Map<string, Issue>();
  let token: string | undefined;
  const { completeness } = await walkPages<string>({
    provider: 'Jira',
    what: `pages of ${asked}`,
    signal: context.signal,
    keyOf: String,
    async page(after) {
      const question = { jql, fields: FIELDS, maxResults: PER_PAGE, nextPageToken: token };
      const answer = await client.ask('/rest/api/3/search/jql', asked, searchSchema, question);
      const before = found.size;
      for (const each of answer.issues) found.set(each.id, issueOf(each));
      if (answer.isLast) return { items: [`after ${after}`], hasMore: false };
      const next = answer.nextPageToken ?? '';
      if (next === '') throw badAnswer('token_missing', `promised more of ${asked} and did not say where`);
      if (answer.issues.length === 0)
        throw badAnswer('empty_page', `promised more of ${asked} and sent none`);
      if (found.size === before) throw badAnswer('repeated_page', `listed the same page of ${asked} twice`);
      token = next;
      return { items: [next], hasMore: true };
    },
  });
  return { items: [...found.values()], completeness: withItems(completeness, found.size) };
}

const withItems = (completeness: Completeness, items: number): Completeness => ({ ...completeness, items });

function issueOf({ fields, id }: (typeof searchSchema)['_output']['issues'][number]): Issue {
  const { created, issuetype, labels, resolution, resolutiondate, versions } = fields;
  return {
    id,
    type: issuetype.name.toLowerCase(),
    isSubtask: issuetype.subtask,
    createdMs: Date.parse(created),
    resolvedMs: resolutiondate === null ? null : Date.parse(resolutiondate),
    resolution: resolution?.name.toLowerCase() ?? null,
    labels: labels.map((label) => label.toLowerCase()),
    affectedVersions: (versions ?? []).map((version) => version.id),
  };
}

/** When an issue was done: resolved, and not given up. */
export function doneMs(issue: Issue, notDone: readonly string[]): number | null {
  const givenUp = notDone.some((name) => name.toLowerCase() === issue.resolution);
  return givenUp ? null : issue.resolvedMs;
}

export const isOneOf = ({ type }: Issue, types: readonly string[]): boolean =>
  types.some((name) => name.toLowerCase() === type);
