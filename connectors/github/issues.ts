import type { z } from 'zod';
import { shiftDay } from '../sdk/index.ts';
import { createGitHubClient, type GitHubContext } from './client.ts';
import { type Listed, walkLinks } from './pages.ts';
import { issuesSchema } from './schema.ts';

/** An issue or a pull request. Labels are in small letters, since GitHub does not tell "Bug" from "bug". */
export type Issue = {
  number: number;
  isPullRequest: boolean;
  openedMs: number;
  /** Completed, and not closed as not planned or as a duplicate; of a pull request: merged. */
  doneMs: number | null;
  labels: readonly string[];
};

/** Metrics that look at issues, and how many days before its own a point looks back. */
const REACH: Record<string, (params: Record<string, unknown>) => number> = {
  issue_count: () => 1,
  bugs_per_feature: ({ days }) => Number(days),
  lead_time: ({ days }) => Number(days),
};

export function repositoryOf(context: GitHubContext, params: { repository?: string | undefined }): string {
  return params.repository ?? context.config.repository;
}

/**
 * Issues and pull requests that were touched on `fromDay` or later, and so everything that was opened, completed or merged
 * since. One walk serves all reads of the run on the same repository.
 */
export function issuesSince(
  context: GitHubContext,
  repository: string,
  fromDay: string,
): Promise<Listed<Issue>> {
  const since = context.reads.reduce((first, { metric, params, window }) => {
    const known = params as { repository?: string } & Record<string, unknown>; // what `paramsSchema` made of them
    const reach = REACH[metric]?.(known);
    if (reach === undefined || repositoryOf(context, known) !== repository) return first;
    const day = shiftDay(window.startDay, 1 - reach);
    return day < first ? day : first;
  }, fromDay);
  return context.shared(`github-issues:${repository}:${since}`, () => listIssues(context, repository, since));
}

async function listIssues(
  context: GitHubContext,
  repository: string,
  sinceDay: string,
): Promise<Listed<Issue>> {
  const { completeness, items } = await walkLinks({
    client: createGitHubClient(context),
    signal: context.signal,
    path: `/repos/${repository}/issues`,
    asked: `the issues of ${repository}`,
    schema: issuesSchema,
    params: {
      state: 'all',
      // The order of a list must not change while it is walked, and the time of an update does.
      sort: 'created',
      direction: 'asc',
      // A day of any zone begins at most 14 hours before that of UTC.
      since: `${shiftDay(sinceDay, -1)}T00:00:00Z`,
    },
    itemsOf: (answer) => answer,
    keyOf: ({ number }) => number,
  });
  return { items: items.map(issueOf), completeness };
}

const NOT_DONE = ['not_planned', 'duplicate'];

function issueOf(item: z.infer<typeof issuesSchema>[number]): Issue {
  const { closed_at, created_at, labels, number, pull_request, state_reason } = item;
  const isPullRequest = pull_request !== undefined && pull_request !== null;
  const isDropped = NOT_DONE.includes(state_reason ?? '');
  const doneAt = isPullRequest ? (pull_request.merged_at ?? null) : isDropped ? null : closed_at;
  return {
    number,
    isPullRequest,
    openedMs: Date.parse(created_at),
    doneMs: doneAt === null ? null : Date.parse(doneAt),
    labels: labels.map((label) => (typeof label === 'string' ? label : label.name).toLowerCase()),
  };
}

export const hasAll = ({ labels }: Issue, wanted: readonly string[] | undefined): boolean =>
  (wanted ?? []).every((label) => labels.includes(label.toLowerCase()));

export const hasOne = ({ labels }: Issue, wanted: readonly string[]): boolean =>
  wanted.some((label) => labels.includes(label.toLowerCase()));
