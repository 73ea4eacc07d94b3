import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';
import type { ByPeriod } from './mixpanel-counts.ts';
import type { Deed } from './mixpanel-deeds.ts';

export type Walked = { entered: number; through: number };

/**
 * By the day of entry: who took the first step, each person once a day, and who of them had taken all steps in order
 * before so many days of 24 hours were over.
 */
export function walkedBy(
  deeds: readonly Deed[],
  steps: readonly string[],
  lengthDays: number,
): ByPeriod<Walked> {
  const lives = new Map<string, Deed[]>();
  for (const deed of deeds) lives.set(deed.personId, [...(lives.get(deed.personId) ?? []), deed]);
  const days: ByPeriod<Walked> = new Map();
  for (const life of lives.values()) {
    const entered = new Set<string>();
    for (const { at, day, name } of life) {
      if (name !== steps[0] || entered.has(day)) continue;
      entered.add(day);
      const walked = days.get(day) ?? { entered: 0, through: 0 };
      days.set(day, walked);
      walked.entered += 1;
      // Whoever takes each step as early as possible gets as far as anybody can.
      let reachedAt: EpochSeconds | undefined = at;
      for (const step of steps.slice(1)) reachedAt = firstAt(life, step, reachedAt);
      if (reachedAt !== undefined && reachedAt - at < lengthDays * DAY_SECONDS) walked.through += 1;
    }
  }
  return days;
}

/** When a life first holds a step at or after an instant; nothing comes after what never came. */
function firstAt(
  life: readonly Deed[],
  step: string,
  from: EpochSeconds | undefined,
): EpochSeconds | undefined {
  if (from === undefined) return undefined;
  return life.find(({ at, name }) => name === step && at >= from)?.at;
}
