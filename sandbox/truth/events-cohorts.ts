import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';
import { type ByDay, type KnownDeeds, livesOf, type Sides, stretches } from './events-days.ts';
import type { Deed } from './mixpanel-deeds.ts';

/** People who entered on the days up to each one, and how many of them did what was to be done. */
export type CohortRule = {
  windowDays: number;
  /** When somebody enters; null: not on these days. */
  entry(life: readonly Deed[], within: ReadonlySet<string>): Deed | null;
  /** So many seconds after entering it is decided. */
  decidedAfter: number;
  done(life: readonly Deed[], entry: Deed): boolean;
};

/** Only cohorts of which everybody is decided: whoever entered in the last second of the last day, too. */
export function cohortsBy({ days, deeds }: KnownDeeds, rule: CohortRule): ByDay<Sides> {
  const lives = livesOf(deeds);
  const told = days.at(-1)?.end ?? 0;
  const cohorts: ByDay<Sides> = new Map();
  for (const { last, within } of stretches(days, rule.windowDays)) {
    if (last.end + rule.decidedAfter > told) continue;
    const sides = { numerator: 0, denominator: 0 };
    for (const life of lives) {
      const entry = rule.entry(life, within);
      if (entry === null) continue;
      sides.denominator += 1;
      if (rule.done(life, entry)) sides.numerator += 1;
    }
    cohorts.set(last.day, sides);
  }
  return cohorts;
}

/** Those who signed up, and did one thing often enough soon after. */
export function activated(
  known: KnownDeeds,
  rule: { signUp: string; deed: string; times: number; withinDays: number; windowDays: number },
): ByDay<Sides> {
  const seconds = rule.withinDays * DAY_SECONDS;
  return cohortsBy(known, {
    windowDays: rule.windowDays,
    decidedAfter: seconds,
    entry: (life, within) => life.find(({ day, name }) => name === rule.signUp && within.has(day)) ?? null,
    done: (life, { at: from }) =>
      life.filter(({ at, name }) => name === rule.deed && at >= from && at < from + seconds).length >=
      rule.times,
  });
}

/** Those who took the first step, and the others one after the other soon after. */
export function walked(
  known: KnownDeeds,
  rule: { steps: readonly string[]; withinHours: number; windowDays: number },
): ByDay<Sides> {
  const seconds = rule.withinHours * 3_600;
  const [firstStep, ...others] = rule.steps;
  return cohortsBy(known, {
    windowDays: rule.windowDays,
    decidedAfter: seconds,
    entry: (life, within) => life.find(({ day, name }) => name === firstStep && within.has(day)) ?? null,
    done(life, entry) {
      let reached: EpochSeconds | null = entry.at;
      for (const step of others) {
        const from: EpochSeconds | null = reached;
        reached =
          from === null ? null : (life.find(({ at, name }) => name === step && at >= from)?.at ?? null);
      }
      return reached !== null && reached < entry.at + seconds;
    },
  });
}

/** Those who did something for the first time ever, and came back between two numbers of days later. */
export function cameBack(
  known: KnownDeeds,
  rule: { start: string; comeBack: string | null; fromDays: number; beforeDays: number; windowDays: number },
): ByDay<Sides> {
  return cohortsBy(known, {
    windowDays: rule.windowDays,
    decidedAfter: rule.beforeDays * DAY_SECONDS,
    entry(life, within) {
      const first = life.find(({ name }) => name === rule.start) ?? null;
      return first !== null && within.has(first.day) ? first : null;
    },
    done: (life, { at: entered }) =>
      life.some(
        ({ at, name }) =>
          (rule.comeBack === null || name === rule.comeBack) &&
          at > entered &&
          at >= entered + rule.fromDays * DAY_SECONDS &&
          at < entered + rule.beforeDays * DAY_SECONDS,
      ),
  });
}
