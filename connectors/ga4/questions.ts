import { z } from 'zod';

/**
 * What a metric of ours needs of GA4 and how its points come out of it: a number that adds up over days (`sum`), people
 * of each day or of the days up to it (`people`), two sums to divide (`ratio`), or a rate whose counts are won back by
 * multiplying (`rate`).
 */
export type Question =
  | { as: 'sum'; name: string }
  | { as: 'people'; name: string; rolling: boolean }
  | { as: 'ratio'; numerator: string; denominator: string }
  | { as: 'rate'; rate: string; denominator: string };

export const noParams = z.object({});
export const peopleParams = z.object({
  days: z
    .union([z.literal(1), z.literal(7), z.literal(28)], { error: 'Choose 1, 7 or 28 days' })
    .default(1)
    .describe('People active in this many days, the last of which is the day of the point'),
});
export const conversionParams = z.object({
  keyEvent: z
    .string({ error: 'Name the key event, such as sign_up' })
    .trim()
    .regex(/^[A-Za-z]\w{0,39}$/, {
      error:
        'Name the key event as GA4 does: a letter, then letters, digits and underscores, such as sign_up',
    })
    .describe('The event, marked as a key event in GA4'),
  per: z
    .enum(['session', 'user'], { error: 'Choose session or user' })
    .default('session')
    .describe('Share of sessions or of users'),
});

export type PeopleParams = z.infer<typeof peopleParams>;
export type ConversionParams = z.infer<typeof conversionParams>;

const PEOPLE_NAMES = { 1: 'activeUsers', 7: 'active7DayUsers', 28: 'active28DayUsers' } as const;

export const newUsers: Question = { as: 'sum', name: 'newUsers' };
export const sessions: Question = { as: 'sum', name: 'sessions' };
export const engagement: Question = {
  as: 'ratio',
  numerator: 'userEngagementDuration',
  denominator: 'activeUsers',
};

export function people({ days }: PeopleParams): Question {
  return { as: 'people', name: PEOPLE_NAMES[days], rolling: days > 1 };
}

export function conversion({ keyEvent, per }: ConversionParams): Question {
  return per === 'session'
    ? { as: 'rate', rate: `sessionKeyEventRate:${keyEvent}`, denominator: 'sessions' }
    : { as: 'rate', rate: `userKeyEventRate:${keyEvent}`, denominator: 'totalUsers' };
}

/** The question of a planned read, or null when it is not one of ours. */
export function questionOf(metric: string, params: unknown): Question | null {
  switch (metric) {
    case 'new_users':
      return newUsers;
    case 'sessions':
      return sessions;
    case 'engagement_seconds_per_user_day':
      return engagement;
    case 'active_users':
      return people(peopleParams.parse(params));
    case 'key_event_conversion':
      return conversion(conversionParams.parse(params));
    default:
      return null;
  }
}

/** The GA4 metrics that have to come from the same report. */
export function namesAsked(question: Question): string[] {
  switch (question.as) {
    case 'sum':
    case 'people':
      return [question.name];
    case 'ratio':
      return [question.numerator, question.denominator];
    case 'rate':
      return [question.rate, question.denominator];
  }
}
