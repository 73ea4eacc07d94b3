import { z } from 'zod';
import { EVERY_MONTH, type Period, type PeriodUnit, periodShape } from './periods.ts';
import { eventName, filter } from './questions.ts';

/** Days of an interval of a person's own clock: a month is 30 days of 24 hours, whatever the calendar says. */
export const INTERVAL_DAYS: Readonly<Record<PeriodUnit, number>> = { day: 1, week: 7, month: 30 };
/** One month after: days 30 to 59, the second interval. */
const ONE_MONTH = 1;
export const BRACKET_DAYS = (ONE_MONTH + 1) * INTERVAL_DAYS.month;

export const oneMonthParams = z.object({
  bornEvent: eventName.default('Sign Up').describe('Event that people enter with'),
  event: eventName.optional().describe('Event that counts as coming back; by default any event'),
});
export type OneMonthParams = z.infer<typeof oneMonthParams>;

export const retentionParams = z.object({
  retentionType: z
    .enum(['birth', 'compounded'])
    .default('birth')
    .describe('birth: people enter with their first bornEvent ever; compounded: in every period anew'),
  bornEvent: eventName.describe('Event that people enter with'),
  bornWhere: filter.describe('Filter on the event that people enter with'),
  event: eventName.optional().describe('Event that counts as coming back; by default any event'),
  where: filter.describe('Filter on the event that counts as coming back'),
  n: z
    .int()
    .min(0)
    .max(90)
    .default(1)
    .describe('Interval in which they come back: 0 is the first after entering, 1 the second'),
  ...periodShape,
});
export type RetentionParams = z.infer<typeof retentionParams>;

/** Whose return is asked for, and in which interval. */
export type RetentionQuestion = Omit<RetentionParams, 'unit' | 'weekStart'> & { period: Period };

export function retentionQuestion({ unit, weekStart, ...rest }: RetentionParams): RetentionQuestion {
  return { ...rest, period: { unit, weekStart } };
}

export function oneMonthQuestion({ bornEvent, event }: OneMonthParams): RetentionQuestion {
  const open = { bornWhere: undefined, where: undefined };
  return { ...open, retentionType: 'birth', bornEvent, event, n: ONE_MONTH, period: EVERY_MONTH };
}

/** Days after the end of a cohort's period until its interval is over for the last who entered. */
export function maturesAfterDays(n: number, unit: PeriodUnit): number {
  return (n + 1) * INTERVAL_DAYS[unit];
}
