import type { forecastEn } from './forecast-en.ts';

const rate =
  '{rate, select, known {从现在起{step, select, week {每周} month {每月} hour {每小时} other {每天}}需要 {needed}，近期为 {recent}。} other {}}';
const goal =
  '{side, select, at_most {目标是不超过 {target}} at_least {目标是 {target}} other {目标是保持在范围之内}}';

export const forecastZhCn: Record<keyof typeof forecastEn, string> = {
  'reason.chance_too_early':
    '第 {elapsedDays} 天，共 {totalDays} 天：前 {graceDays, plural, other {# 天}}不下结论。目前看来达成的可能性为 {chance}。',
  'reason.chance_good': `达成的可能性为 {chance}：到 {deadlineDay} 很可能在 {low} 到 {high} 之间，${goal}。${rate}`,
  'reason.chance_open': `达成的可能性为 {chance}，两种结果都有可能：到 {deadlineDay} 很可能在 {low} 到 {high} 之间，${goal}。${rate}`,
  'reason.chance_bad': `达成的可能性只有 {chance}：到 {deadlineDay} 很可能在 {low} 到 {high} 之间，而${goal}。${rate}`,
  'reason.share_good':
    '达标天数足够多的可能性为 {chance}：到 {deadlineDay}，达标的天数很可能占 {lowShare} 到 {highShare}。',
  'reason.share_open':
    '达标天数足够多的可能性为 {chance}，两种结果都有可能：到 {deadlineDay}，达标的天数很可能占 {lowShare} 到 {highShare}。',
  'reason.share_bad':
    '达标天数足够多的可能性只有 {chance}：到 {deadlineDay}，达标的天数很可能占 {lowShare} 到 {highShare}。',
};
