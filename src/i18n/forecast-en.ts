const rate =
  '{rate, select, known { It takes {needed} a {step, select, week {week} month {month} hour {hour} other {day}} from now on; lately it was {recent}.} other {}}';
const goal =
  '{side, select, at_most {at most {target} is the goal} at_least {{target} is the goal} other {the goal is to stay between the bounds}}';

/** What is said about the chance of making it. */
export const forecastEn = {
  'reason.chance_too_early':
    'Day {elapsedDays} of {totalDays}: no verdict in the first {graceDays, plural, one {# day} other {# days}}. The chance as it looks now: {chance}.',
  'reason.chance_good': `A chance of {chance} to make it: by {deadlineDay} the value will probably lie between {low} and {high}, and ${goal}.${rate}`,
  'reason.chance_open': `A chance of {chance} to make it, so it can go either way: by {deadlineDay} the value will probably lie between {low} and {high}, and ${goal}.${rate}`,
  'reason.chance_bad': `A chance of only {chance} to make it: by {deadlineDay} the value will probably lie between {low} and {high}, but ${goal}.${rate}`,
  'reason.share_good':
    'A chance of {chance} to keep the bounds often enough: by {deadlineDay} they will probably have held on {lowShare} to {highShare} of the days.',
  'reason.share_open':
    'A chance of {chance} to keep the bounds often enough, so it can go either way: by {deadlineDay} they will probably have held on {lowShare} to {highShare} of the days.',
  'reason.share_bad':
    'A chance of only {chance} to keep the bounds often enough: by {deadlineDay} they will probably have held on {lowShare} to {highShare} of the days.',
} as const;
