import { addDays, daysBetween } from './day.ts';
import type { ForecastStep } from './forecast/types.ts';

/**
 * P(hit) as it is acted upon: the raw chance of one evaluated day, and the same smoothed over the days before it, so
 * that one odd weekend moves nobody.
 */
export type Chance = {
  asOfDay: string;
  raw: number;
  smoothed: number;
  /** What it was on the days before, oldest first: what the next one is smoothed with, and what "a week ago" means. */
  trail: [day: string, smoothed: number][];
};

export type Band = 'on_track' | 'at_risk' | 'off_track';

/** Borders of the bands, and how far beyond one the chance has to go before the band changes. */
export const bandRule = { onTrack: 0.6, offTrack: 0.3, margin: 0.05 } as const;

/** Days after which an older chance counts half as much; of coarser series half a step. */
export const halfLifeDays: Record<ForecastStep, number> = { hour: 0.25, day: 3, week: 3.5, month: 15 };

/** A certain chance would never be forgotten: beyond these borders the logit is held. */
const CERTAIN = 0.005;
const TRAIL_DAYS = 14;

/**
 * Smooths the chance of a day: an exponential mean of the logit over calendar days. Computing a day again gives the
 * same answer, because only days before it count.
 *
 * @param previous what was kept of the newest evaluated day, which may be this very day; null at the beginning
 */
export function smoothChance(
  previous: Chance | null,
  asOfDay: string,
  raw: number,
  halfLife: number,
): Chance {
  const trail = trailBefore(previous, asOfDay);
  const last = trail.at(-1);
  if (last === undefined) return { asOfDay, raw, smoothed: raw, trail };
  const kept = 0.5 ** (daysBetween(last[0], asOfDay) / halfLife);
  const smoothed = inverseLogit(kept * logit(last[1]) + (1 - kept) * logit(raw));
  return { asOfDay, raw, smoothed, trail };
}

/** The smoothed chance so many days earlier, or the last one before that; null where the trail does not reach. */
export function chanceBefore({ asOfDay, trail }: Chance, days: number): number | null {
  const wanted = addDays(asOfDay, -days);
  return trail.findLast(([day]) => day <= wanted)?.[1] ?? null;
}

/** The band of a chance. The band it was in holds until the border is passed by the margin. */
export function bandOf(chance: number, previous: Band | null): Band {
  const { margin, offTrack, onTrack } = bandRule;
  const enterOnTrack =
    previous === null ? onTrack : previous === 'on_track' ? onTrack - margin : onTrack + margin;
  const enterOffTrack =
    previous === null ? offTrack : previous === 'off_track' ? offTrack + margin : offTrack - margin;
  if (chance >= enterOnTrack) return 'on_track';
  return chance < enterOffTrack ? 'off_track' : 'at_risk';
}

function trailBefore(previous: Chance | null, asOfDay: string): Chance['trail'] {
  if (previous === null) return [];
  const all: Chance['trail'] = [...previous.trail, [previous.asOfDay, previous.smoothed]];
  const before = all.filter(([day]) => day < asOfDay);
  const from = addDays(asOfDay, -TRAIL_DAYS);
  // The newest one stays however old it is: the same day, computed again, has to find it again.
  return before.filter(([day], index) => day >= from || index === before.length - 1);
}

function logit(chance: number): number {
  const held = Math.min(1 - CERTAIN, Math.max(CERTAIN, chance));
  return Math.log(held / (1 - held));
}

function inverseLogit(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
