import { random } from '../random.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, weekday } from '../time.ts';
import { type Stretch, trend } from './trend.ts';

/** A two-week stretch of the team's board. */
export type Sprint = { id: number; name: string; startAt: EpochSeconds; completeAt: EpochSeconds };

/** A story, bug or hypothesis on the team's board. */
export type BoardItem = {
  id: number;
  type: 'Story' | 'Bug' | 'Task';
  labels: readonly string[];
  createdAt: EpochSeconds;
  /** When work on it began, and when it lay in the last column; null while it does not. */
  startedAt: EpochSeconds | null;
  doneAt: EpochSeconds | null;
  points: number | null;
  /** Oldest first. One that was not finished is in the next sprint, too. */
  sprints: readonly number[];
};

export type Board = { sprints: Sprint[]; items: BoardItem[] };

const SPRINT_DAYS = 14;
const SIZES = [1, 2, 3, 5, 8] as const;
/** A hypothesis is tested this often. */
const HYPOTHESIS_DAYS = 8;

/** What the team planned, did and broke, sprint by sprint, up to an instant. */
export function playBoard(stretch: Stretch): Board {
  const { anchorAt, untilAt } = stretch;
  // The first Monday, 09:00.
  const firstAt = anchorAt + ((8 - weekday(anchorAt)) % 7) * DAY_SECONDS + 9 * HOUR_SECONDS;
  const sprints: Sprint[] = [];
  const items: BoardItem[] = [];
  for (let index = 0; ; index += 1) {
    const startAt = firstAt + index * SPRINT_DAYS * DAY_SECONDS;
    if (startAt > untilAt) break;
    const completeAt = startAt + (SPRINT_DAYS - 3) * DAY_SECONDS + 7 * HOUR_SECONDS; // Friday, 16:00
    const sprint = { id: 101 + index, name: `Team sprint ${index + 1}`, startAt, completeAt };
    sprints.push(sprint);
    items.push(...storiesOf(stretch, sprint), ...bugsOf(stretch, sprint));
  }
  items.push(...hypotheses(stretch));
  const known = items.filter(({ createdAt }) => createdAt <= untilAt);
  return { sprints, items: known.map((item) => asOf(item, untilAt)) };
}

/** What has not happened yet is not known. */
function asOf(item: BoardItem, untilAt: EpochSeconds): BoardItem {
  const by = (at: EpochSeconds | null) => (at !== null && at <= untilAt ? at : null);
  return { ...item, startedAt: by(item.startedAt), doneAt: by(item.doneAt) };
}

/** Stories of as many points as the team gets done, and one that is carried over and done in the next sprint. */
function storiesOf(stretch: Stretch, sprint: Sprint): BoardItem[] {
  const rng = random(stretch.seed, 'sprint', sprint.id);
  const length = sprint.completeAt - sprint.startAt;
  const aim = trend(stretch.anchorAt, 32, 57)(sprint.completeAt) + 2 * rng.normal();
  const stories: BoardItem[] = [];
  const story = (points: number, doneAt: EpochSeconds, sprints: number[]): BoardItem => ({
    id: sprint.id * 100 + stories.length,
    type: 'Story',
    labels: [],
    createdAt: sprint.startAt - rng.int(1, 12) * DAY_SECONDS,
    startedAt: sprint.startAt + Math.floor(0.1 * length * rng.next()) + 60,
    doneAt,
    points,
    sprints,
  });
  // What was left over from the sprint before counts in this one.
  const carried = random(stretch.seed, 'carried', sprint.id - 1).pick(SIZES);
  for (let left = Math.round(aim) - (sprint.id === 101 ? 0 : carried); left > 0; ) {
    const points = Math.min(left, rng.pick(SIZES));
    left -= points;
    const doneAt = sprint.startAt + Math.floor(length * (0.15 + 0.84 * rng.next()));
    stories.push(story(points, doneAt, [sprint.id]));
  }
  const over = random(stretch.seed, 'carried', sprint.id).pick(SIZES);
  const nextDay = sprint.startAt + (SPRINT_DAYS + 1) * DAY_SECONDS + 4 * HOUR_SECONDS;
  stories.push(story(over, nextDay, [sprint.id, sprint.id + 1]));
  return stories;
}

/** Fewer for each story as the cycle goes on; all are found while the sprint runs. */
function bugsOf({ anchorAt, seed }: Stretch, sprint: Sprint): BoardItem[] {
  const rng = random(seed, 'bugs of the board', sprint.id);
  const velocity = trend(anchorAt, 32, 57)(sprint.completeAt);
  const count = Math.round(
    (velocity / 3.8) * trend(anchorAt, 1.7, 1.1)(sprint.completeAt) + 0.6 * rng.normal(),
  );
  return Array.from({ length: count }, (_, index) => {
    const createdAt = sprint.startAt + Math.floor(SPRINT_DAYS * DAY_SECONDS * rng.next());
    const doneAt = createdAt + rng.int(4, 200) * HOUR_SECONDS;
    const id = sprint.id * 100 + 60 + index;
    return { id, type: 'Bug', labels: [], createdAt, startedAt: null, doneAt, points: null, sprints: [] };
  });
}

/** Each was written down a month before it was confirmed or rejected. */
function hypotheses({ anchorAt, seed, untilAt }: Stretch): BoardItem[] {
  const found: BoardItem[] = [];
  for (
    let index = 0;
    anchorAt + index * HYPOTHESIS_DAYS * DAY_SECONDS <= untilAt + 30 * DAY_SECONDS;
    index += 1
  ) {
    const hour = random(seed, 'hypothesis', index).int(9, 17);
    const doneAt = anchorAt + index * HYPOTHESIS_DAYS * DAY_SECONDS + hour * HOUR_SECONDS;
    const createdAt = doneAt - 30 * DAY_SECONDS;
    const labels = ['hypothesis'];
    found.push({
      id: 900_000 + index,
      type: 'Task',
      labels,
      createdAt,
      startedAt: null,
      doneAt,
      points: null,
      sprints: [],
    });
  }
  return found;
}
