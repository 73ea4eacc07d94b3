import {
  begunDays,
  type DayWindow,
  instantOfWall,
  type MetricReading,
  mergeCompleteness,
  type PointReading,
  shiftDay,
} from '../sdk/index.ts';
import { createJiraClient, type JiraContext } from './client.ts';
import { type Issue, isOneOf, issuesSince } from './issues.ts';
import { type Listed, walkOffsets } from './pages.ts';
import type { PostReleaseParams } from './params.ts';
import { versionsSchema } from './schema.ts';

const DAY_MS = 86_400_000;

/** `releaseDay` is a calendar day without a zone. */
type Version = { id: string; name: string; releaseDay: string };

/** Released versions that say when, oldest first. */
function releasedVersions(context: JiraContext, project: string): Promise<Listed<Version>> {
  return context.shared(`jira-versions:${project}`, async () => {
    const { completeness, items } = await walkOffsets({
      client: createJiraClient(context),
      signal: context.signal,
      path: `/rest/api/3/project/${project}/version`,
      asked: `the versions of ${project}`,
      schema: versionsSchema,
      maxResults: 50,
      itemsOf: ({ values }) => values,
      keyOf: ({ id }) => id,
    });
    const released = items.flatMap(({ id, name, released: isOut, releaseDate }) =>
      isOut && releaseDate !== undefined && releaseDate !== null
        ? [{ id, name, releaseDay: releaseDate }]
        : [],
    );
    const byDay = released.toSorted((a, b) =>
      a.releaseDay === b.releaseDay ? Number(a.id) - Number(b.id) : a.releaseDay < b.releaseDay ? -1 : 1,
    );
    return { items: byDay, completeness };
  });
}

/**
 * Bugs that name the newest version whose days are over at the close of a day. A version whose days still run has no number
 * yet: it would look good.
 */
export async function readPostReleaseBugs(
  context: JiraContext,
  window: DayWindow,
  params: PostReleaseParams,
): Promise<MetricReading> {
  const { bugTypes, project, withinDays } = params;
  const listed = await releasedVersions(context, project);
  const startOf = (day: string): number => instantOfWall(Date.parse(`${day}T00:00:00Z`), window.timeZone);
  const spanOf = ({ releaseDay }: Version) => {
    const startMs = startOf(releaseDay);
    return { startMs, endMs: startMs + withinDays * DAY_MS };
  };
  const judged = begunDays(window, context.now).map((day) => {
    const closeMs = startOf(shiftDay(day, 1));
    const known = listed.items.filter((version) => spanOf(version).startMs < closeMs);
    const version = known.findLast((each) => spanOf(each).endMs <= closeMs) ?? null;
    return { day, version, isKnown: known.length > 0 };
  });
  const earliest = judged.reduce<string | null>(
    (first, { version }) =>
      version !== null && (first === null || version.releaseDay < first) ? version.releaseDay : first,
    null,
  );
  const points = (bugs: readonly Issue[]): PointReading[] =>
    judged.map(({ day, isKnown, version }) => {
      if (version === null)
        return { day, value: null, reason: isKnown ? 'no_mature_cohort' : 'no_observation' };
      const { endMs, startMs } = spanOf(version);
      const found = bugs.filter(
        ({ affectedVersions, createdMs }) =>
          affectedVersions.includes(version.id) && createdMs >= startMs && createdMs < endMs,
      );
      return { day, value: String(found.length), flags: { release: version.name } };
    });
  if (earliest === null) return { points: points([]), completeness: listed.completeness };
  const { completeness, items } = await issuesSince(context, params, earliest);
  const bugs = items.filter((issue) => isOneOf(issue, bugTypes));
  return { points: points(bugs), completeness: mergeCompleteness(listed.completeness, completeness) };
}
