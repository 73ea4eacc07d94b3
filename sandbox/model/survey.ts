import type { Person, Stage } from './person.ts';
import { random } from './random.ts';
import { yearsSince } from './rhythm.ts';
import { DAY_SECONDS, type EpochSeconds } from './time.ts';
import type { Doing } from './visit.ts';

const UNUSABLE_SHARE = 0.035;
const UNUSABLE = [11, -1, 'later', 7.5, 100] as const;

/** Rounding to 0..10 takes more from above than from below; this much puts the mean back. */
const CLIPPING = 0.17;

/** Asks somebody who is due; they answer or not, and are left in peace for 30 to 60 days either way. */
export function askSurvey(stage: Stage, person: Person, at: EpochSeconds): Doing | null {
  if (at < person.askAgainAt) return null;
  const { rng } = person;
  person.askAgainAt = at + rng.int(30, 60) * DAY_SECONDS;
  if (!rng.chance(stage.company.surveyAnswers)) return null;
  return { name: 'Survey Answered', at: null, more: { score: scoreFor(stage, person, at) } };
}

function scoreFor(stage: Stage, { rng, mood }: Person, at: EpochSeconds): number | string {
  const { company, anchorAt, seed } = stage;
  if (rng.chance(UNUSABLE_SHARE)) return rng.pick(UNUSABLE);
  const week = Math.floor(at / (7 * DAY_SECONDS));
  const ofTheWeek = 0.15 * random(seed, 'survey week', week).normal();
  const mean = company.surveyMean + company.surveyYearlyGain * yearsSince(anchorAt, at) + CLIPPING;
  return Math.min(10, Math.max(0, Math.round(mean + ofTheWeek + mood + 1.5 * rng.normal())));
}
