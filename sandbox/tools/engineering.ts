import type { CodecovWorld } from '../codecov/server.ts';
import { type GitHubWorld, gitHubWorld } from '../github/world.ts';
import {
  type JiraChange,
  type JiraIssue,
  type JiraSprint,
  type JiraWorld,
  jiraWorld,
} from '../jira/world.ts';
import type { BoardItem } from '../model/work/delivery.ts';
import type { Work } from '../model/work/work.ts';
import { CODECOV_OWNER, PROJECT, REPOSITORY, TOOL_EMAIL } from './names.ts';

/** The team's tools, as they stand at an instant (seconds since 1970). */

const iso = (at: number): string => new Date(at * 1_000).toISOString().replace('.000', '');
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export function gitHubOf({ repository: { issues, releases, runs } }: Work, token: string): GitHubWorld {
  return gitHubWorld({
    token,
    repository: REPOSITORY,
    labels: ['bug', 'enhancement', 'production'],
    workflows: ['deploy.yml'],
    issues: issues.map(({ closedAt, labels, number, openedAt }) => ({
      number,
      labels: [...labels],
      created_at: iso(openedAt),
      closed_at: isoOrNull(closedAt),
    })),
    releases: releases
      .map(({ id, publishedAt, tag }) => ({ id, tag_name: tag, published_at: iso(publishedAt) }))
      .toReversed(),
    runs: runs.map(({ conclusion, endedAt, id, startedAt }) => ({
      id,
      workflow: 'deploy.yml',
      branch: 'main',
      conclusion,
      created_at: iso(startedAt),
      run_started_at: iso(startedAt),
      updated_at: iso(endedAt),
    })),
  });
}

const STATUS = { open: '10', doing: '20', done: '30' } as const;

export function jiraOf({ board: { items, sprints } }: Work, token: string, now: number): JiraWorld {
  return jiraWorld({
    account: `${TOOL_EMAIL}:${token}`,
    project: PROJECT,
    types: ['Story', 'Bug', 'Task'],
    sprints: sprints.map(({ completeAt, id, name, startAt }): JiraSprint => {
      const state = completeAt <= now ? 'closed' : 'active';
      return {
        id,
        name,
        state,
        startDate: iso(startAt),
        ...(state === 'closed' ? { completeDate: iso(completeAt) } : {}),
      };
    }),
    issues: items.map(jiraIssue),
  });
}

function jiraIssue({
  createdAt,
  doneAt,
  id,
  labels,
  points,
  sprints,
  startedAt,
  type,
}: BoardItem): JiraIssue {
  const changes: JiraChange[] = [];
  const moved = (at: number, from: string, to: string) =>
    changes.push({ at: iso(at), field: 'status', fieldId: 'status', from, to });
  if (startedAt !== null) moved(startedAt, STATUS.open, STATUS.doing);
  if (doneAt !== null) moved(doneAt, startedAt === null ? STATUS.open : STATUS.doing, STATUS.done);
  return {
    id: String(id),
    created: iso(createdAt),
    type,
    labels: [...labels],
    points,
    sprints: [...sprints],
    status: doneAt !== null ? STATUS.done : startedAt !== null ? STATUS.doing : STATUS.open,
    resolutiondate: isoOrNull(doneAt),
    changes,
  };
}

export function codecovOf({ coverage }: Work, token: string, now: number): CodecovWorld {
  return {
    token,
    service: 'github',
    owner: CODECOV_OWNER,
    repo: 'app',
    branch: 'main',
    reports: coverage,
    flags: ['unit'],
    now,
  };
}
