import { type Random, random } from '../random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, weekday } from '../time.ts';
import { daysOf, type Stretch, trend } from './trend.ts';

/** An issue of the product's repository: a feature that was asked for, or a bug found in production. */
export type RepositoryIssue = {
  number: number;
  labels: readonly string[];
  openedAt: EpochSeconds;
  closedAt: EpochSeconds | null;
};
export type Release = { id: number; tag: string; publishedAt: EpochSeconds };
export type DeployRun = {
  id: number;
  startedAt: EpochSeconds;
  endedAt: EpochSeconds;
  conclusion: 'success' | 'failure';
};
export type Repository = { issues: RepositoryIssue[]; releases: Release[]; runs: DeployRun[] };

const RELEASE_DAYS = 42;
/** So that one release is five days into the demo's cycle, and its thirty days are over. */
const FIRST_RELEASE_DAY = 31;
const FOUND_WITHIN_DAYS = 30;

export function playRepository(stretch: Stretch): Repository {
  const { untilAt } = stretch;
  const releases = releasesOf(stretch);
  const opened = [...featuresOf(stretch), ...releases.flatMap((release) => bugsAfter(stretch, release))]
    .filter(({ openedAt }) => openedAt <= untilAt)
    .toSorted((a, b) => a.openedAt - b.openedAt);
  const issues = opened.map((issue, index) => {
    const closedAt = issue.closedAt !== null && issue.closedAt <= untilAt ? issue.closedAt : null;
    return { ...issue, closedAt, number: index + 1 };
  });
  return {
    issues,
    releases: releases.filter(({ publishedAt }) => publishedAt <= untilAt),
    runs: runsOf(stretch),
  };
}

function releasesOf({ anchorAt, untilAt }: Stretch): Release[] {
  const releases: Release[] = [];
  for (let index = 0; ; index += 1) {
    const publishedAt =
      anchorAt + (FIRST_RELEASE_DAY + index * RELEASE_DAYS) * DAY_SECONDS + 10 * HOUR_SECONDS;
    if (publishedAt > untilAt) return releases;
    releases.push({ id: index + 1, tag: `v3.${index}`, publishedAt });
  }
}

type Opened = Omit<RepositoryIssue, 'number'>;

/** About one a working day is finished; how long it had been open falls as the cycle goes on. */
function* featuresOf(stretch: Stretch): Generator<Opened> {
  const { anchorAt, seed, untilAt } = stretch;
  const days = trend(anchorAt, 20, 13);
  // What will be closed after the last day is open by then.
  for (const dayAt of daysOf({ ...stretch, untilAt: untilAt + 60 * DAY_SECONDS })) {
    if (isWeekend(dayAt)) continue;
    const rng = random(seed, 'feature', dayAt);
    const count = rng.int(1, 2);
    for (let index = 0; index < count; index += 1) {
      const closedAt = dayAt + rng.int(8, 17) * HOUR_SECONDS + rng.int(0, 3_599);
      const open = Math.max(1, days(closedAt) * Math.exp(0.45 * rng.normal() - 0.1)) * DAY_SECONDS;
      yield { labels: ['enhancement'], openedAt: Math.floor(closedAt - open), closedAt };
    }
  }
}

/** Bugs that users run into, most of them soon after a release; those later than its thirty days belong to nobody. */
function bugsAfter({ anchorAt, seed }: Stretch, { id, publishedAt }: Release): Opened[] {
  const rng = random(seed, 'bugs after', id);
  const count = Math.round(
    trend(anchorAt, 40, 25)(publishedAt + FOUND_WITHIN_DAYS * DAY_SECONDS) + 1.5 * rng.normal(),
  );
  return Array.from({ length: count }, () => {
    const openedAt = publishedAt + Math.floor(FOUND_WITHIN_DAYS * DAY_SECONDS * rng.next() ** 1.6 * 0.98);
    const closedAt = openedAt + rng.int(3, 400) * HOUR_SECONDS;
    return { labels: ['bug', 'production'], openedAt, closedAt };
  });
}

/** Three deployments a working day; they get faster as steps of them are automated, and one in ten fails. */
function runsOf(stretch: Stretch): DeployRun[] {
  const minutes = trend(stretch.anchorAt, 20, 7);
  const runs: DeployRun[] = [];
  for (const dayAt of daysOf(stretch)) {
    if (isWeekend(dayAt)) continue;
    const rng = random(stretch.seed, 'deploy', dayAt);
    for (let index = 0; index < 3; index += 1) {
      const startedAt = dayAt + (8 + index * 4) * HOUR_SECONDS + rng.int(0, 3 * HOUR_SECONDS);
      const endedAt = startedAt + lasting(rng, minutes(startedAt));
      const conclusion = rng.chance(0.1) ? 'failure' : 'success';
      if (endedAt <= stretch.untilAt) runs.push({ id: runs.length + 1, startedAt, endedAt, conclusion });
    }
  }
  return runs;
}

const lasting = (rng: Random, minutes: number): number =>
  Math.max(45, Math.round(60 * minutes * Math.exp(0.18 * rng.normal())));

const isWeekend = (dayAt: EpochSeconds): boolean => weekday(dayAt) % 6 === 0;
