import { DAY_SECONDS, type EpochSeconds, weekday } from './time.ts';

// Sunday to Saturday, mean 1.
const WEEK = [0.35, 1.25, 1.35, 1.3, 1.25, 1.1, 0.4];
const YEAR_DAYS = 365.25;

/** The working week: how busy a UTC day is, 1 being the mean of its week. */
export function weekFactor(dayAt: EpochSeconds): number {
  return WEEK[weekday(dayAt)] ?? 1;
}

/** A spring high and a December low. */
export function seasonFactor(dayAt: EpochSeconds): number {
  const phase = ((dayAt / DAY_SECONDS) % YEAR_DAYS) / YEAR_DAYS; // 0 at the start of January
  return 1 + 0.18 * Math.sin(2 * Math.PI * (phase - 0.03)) - (phase > 0.955 ? 0.5 : 0);
}

/** How much larger everything is on a day than it was on the anchor day. @param yearlyGrowth 0.3 = 30 % a year */
export function growthFactor(yearlyGrowth: number, anchorAt: EpochSeconds, dayAt: EpochSeconds): number {
  return (1 + yearlyGrowth) ** yearsSince(anchorAt, dayAt);
}

export function yearsSince(anchorAt: EpochSeconds, at: EpochSeconds): number {
  return (at - anchorAt) / DAY_SECONDS / YEAR_DAYS;
}
