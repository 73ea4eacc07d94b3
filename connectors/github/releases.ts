import {
  begunDays,
  byLocalDay,
  type DayWindow,
  instantOfWall,
  localDay,
  type MetricReading,
  mergeCompleteness,
  type PointReading,
  shiftDay,
  trailingDays,
} from '../sdk/index.ts';
import { createGitHubClient, type GitHubContext } from './client.ts';
import { hasOne, type Issue, issuesSince, repositoryOf } from './issues.ts';
import { type Listed, walkLinks } from './pages.ts';
import type { PostReleaseParams, ReleaseParams } from './params.ts';
import { releasesSchema } from './schema.ts';

const DAY_MS = 86_400_000;

type Release = { id: number; tag: string; prerelease: boolean; publishedMs: number };

/** Every release that is public, oldest first. Drafts are none. */
function releasesOf(context: GitHubContext, repository: string): Promise<Listed<Release>> {
  return context.shared(`github-releases:${repository}`, async () => {
    const { completeness, items } = await walkLinks({
      client: createGitHubClient(context),
      signal: context.signal,
      path: `/repos/${repository}/releases`,
      asked: `the releases of ${repository}`,
      schema: releasesSchema,
      itemsOf: (answer) => answer,
      keyOf: ({ id }) => id,
    });
    const releases = items.flatMap(({ draft, id, prerelease, published_at, tag_name }) =>
      draft || published_at === null
        ? []
        : [{ id, tag: tag_name, prerelease, publishedMs: Date.parse(published_at) }],
    );
    return { items: releases.toSorted((a, b) => a.publishedMs - b.publishedMs || a.id - b.id), completeness };
  });
}

/** How many releases were published on each day. */
export async function readReleases(
  context: GitHubContext,
  window: DayWindow,
  params: ReleaseParams,
): Promise<MetricReading> {
  const { completeness, items } = await releasesOf(context, repositoryOf(context, params));
  const wanted = items.filter(({ prerelease }) => params.prereleases || !prerelease);
  const on = byLocalDay(wanted, ({ publishedMs }) => publishedMs, window.timeZone);
  const points = begunDays(window, context.now).map((day) => ({
    day,
    value: String(on(trailingDays(day, 1)).length),
  }));
  return { points, completeness };
}

/**
 * Bugs of the newest release whose days are over at the close of a day. A release whose days still run has no number yet:
 * it would look good. A bug is of the version that its label names; without such labels, of the release that was out when
 * it was opened.
 */
export async function readPostReleaseBugs(
  context: GitHubContext,
  window: DayWindow,
  params: PostReleaseParams,
): Promise<MetricReading> {
  const repository = repositoryOf(context, params);
  const listed = await releasesOf(context, repository);
  const releases = listed.items.filter(({ prerelease }) => params.prereleases || !prerelease);
  const judged = begunDays(window, context.now).map((day) => ({
    day,
    release: judgedAt(day, window, releases, params),
  }));
  const earliestMs = Math.min(
    ...judged.flatMap(({ release }) => (typeof release === 'object' ? [release.publishedMs] : [])),
  );
  const points = (bugs: readonly Issue[]): PointReading[] =>
    judged.map(({ day, release }) =>
      typeof release === 'string'
        ? { day, value: null, reason: release }
        : {
            day,
            value: String(bugs.filter((bug) => isOf(bug, release, releases, params)).length),
            flags: { release: release.tag },
          },
    );
  if (!Number.isFinite(earliestMs)) return { points: points([]), completeness: listed.completeness };
  const fromDay = localDay(earliestMs, window.timeZone);
  const { completeness, items } = await issuesSince(context, repository, fromDay);
  const bugs = items.filter((issue) => !issue.isPullRequest && hasOne(issue, params.bugLabels));
  return { points: points(bugs), completeness: mergeCompleteness(listed.completeness, completeness) };
}

/** The release that a day's number is about, or why there is none. */
function judgedAt(
  day: string,
  { timeZone }: DayWindow,
  releases: readonly Release[],
  { withinDays }: PostReleaseParams,
): Release | 'no_observation' | 'no_mature_cohort' {
  const closeMs = instantOfWall(Date.parse(`${shiftDay(day, 1)}T00:00:00Z`), timeZone);
  const known = releases.filter(({ publishedMs }) => publishedMs < closeMs);
  const over = known.findLast(({ publishedMs }) => publishedMs + withinDays * DAY_MS <= closeMs);
  return over ?? (known.length === 0 ? 'no_observation' : 'no_mature_cohort');
}

function isOf(
  { labels, openedMs }: Issue,
  release: Release,
  releases: readonly Release[],
  { versionLabel, withinDays }: PostReleaseParams,
): boolean {
  const { publishedMs, tag } = release;
  if (openedMs < publishedMs || openedMs >= publishedMs + withinDays * DAY_MS) return false;
  if (versionLabel !== undefined)
    return labels.includes(versionLabel.replaceAll('{version}', tag).toLowerCase());
  return releases.findLast((each) => each.publishedMs <= openedMs) === release;
}
