import type { EventName } from './activity.ts';
import type { Person, Stage } from './person.ts';
import type { Random } from './random.ts';
import { askSurvey } from './survey.ts';
import { DAY_SECONDS, type EpochSeconds, HOUR_SECONDS, weekday } from './time.ts';
import { type Doing, visit } from './visit.ts';

const FIRST_WEEKS_SECONDS = 14 * DAY_SECONDS;

/** How a signed-up person comes back: until when, and after how many days on average. */
export type Habit = { untilAt: EpochSeconds; meanGapDays: number };

/** A visit fixed in advance; habitual visits make room for it. `at` rising. */
export type Appointment = { at: EpochSeconds; doings: readonly Doing[] };

/** Plays somebody who has signed up, or is about to at the first appointment. */
export function playMember(
  stage: Stage,
  person: Person,
  fromAt: EpochSeconds,
  appointments: readonly Appointment[],
  habit: Habit,
): void {
  const bornAt = appointments[0]?.at ?? Number.NEGATIVE_INFINITY;
  let due = 0;
  let nextAt = fromAt;
  for (;;) {
    const appointment = appointments[due];
    const early = appointment !== undefined && nextAt > appointment.at - 2 * HOUR_SECONDS;
    const at = early ? appointment.at : nextAt;
    if (at > stage.untilAt || (!early && at > habit.untilAt)) {
      if (appointment === undefined || early) return;
      nextAt = appointment.at; // away until then
      continue;
    }
    if (early) due += 1;
    const inFirstWeeks = person.signedUp && at < bornAt + FIRST_WEEKS_SECONDS;
    const doings = [...(early ? appointment.doings : []), ...usualDoings(stage, person, at, inFirstWeeks)];
    const endedAt = visit(stage, person, at, doings, person.rng.int(1, 2));
    nextAt = comeBack(person.rng, endedAt, at < bornAt + FIRST_WEEKS_SECONDS ? 2.4 : habit.meanGapDays);
  }
}

function usualDoings(stage: Stage, person: Person, at: EpochSeconds, inFirstWeeks: boolean): Doing[] {
  const { rng, active } = person;
  const doings: Doing[] = [];
  if (!person.signedUp) return doings;
  let projects = 0;
  if (inFirstWeeks) projects = Math.min(person.projectsPlanned, rng.int(1, 3));
  else if (rng.chance(active ? 0.14 : 0.03)) projects = 1;
  if (inFirstWeeks) person.projectsPlanned -= projects;
  for (let index = 0; index < projects; index += 1) doings.push(doing('Project Created'));
  if (rng.chance(active ? 0.13 : 0.02)) doings.push(doing('Report Shared'));
  if (rng.chance(active ? 0.05 : 0.01)) doings.push(doing('Invite Sent'));
  const answer = askSurvey(stage, person, at);
  if (answer !== null) doings.push(answer);
  return doings;
}

export function doing(name: EventName, at: EpochSeconds | null = null): Doing {
  return { name, at, more: null };
}

/** The next visit: exponential gaps of at least five hours, at waking hours, and rarely on weekends. */
export function comeBack(rng: Random, endedAt: EpochSeconds, meanGapDays: number): EpochSeconds {
  const gapDays = -Math.log(1 - rng.next()) * meanGapDays;
  let dayAt = Math.floor((endedAt + gapDays * DAY_SECONDS) / DAY_SECONDS) * DAY_SECONDS;
  if (weekday(dayAt) % 6 === 0 && rng.chance(0.6)) dayAt += rng.int(2, 5) * DAY_SECONDS;
  const at = timeOfDay(rng, dayAt);
  const soonest = endedAt + 5 * HOUR_SECONDS;
  return at < soonest ? soonest + rng.int(0, 4 * HOUR_SECONDS) : at;
}

/** Three quarters within the American working day (13:00 to 22:00 UTC), the others around the clock. */
export function timeOfDay(rng: Random, dayAt: EpochSeconds): EpochSeconds {
  if (rng.chance(0.25)) return dayAt + rng.int(0, DAY_SECONDS - 1);
  return dayAt + rng.int(13 * HOUR_SECONDS, 22 * HOUR_SECONDS - 1);
}
