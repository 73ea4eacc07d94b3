import { z } from 'zod';
import { DEDUPES } from '../sdk/index.ts';

/** Zendesk keeps tags in small letters, without blanks. */
const tag = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\s,"]+$/, { error: 'A tag has no blanks: enter it as Zendesk shows it, such as billing_issue' })
  .transform((text) => text.toLowerCase());

/** Merging a ticket into another leaves the first of these behind. */
export const USUALLY_EXCLUDED = ['closed_by_merge', 'spam'];

export const countParams = z
  .object({
    tags: z.array(tag).min(1).max(10).optional().describe('Only tickets that carry all of these tags'),
    excludedTags: z
      .array(tag)
      .max(20)
      .default(USUALLY_EXCLUDED)
      .describe('Tickets that carry one of these tags are left out'),
    channel: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .regex(/^[a-z0-9_]+$/, { error: 'Enter a channel as the API calls it, such as email, web or chat' })
      .optional()
      .describe('Only tickets that came by this channel, such as email, web or chat'),
    followUps: z
      .boolean()
      .default(false)
      .describe('Whether a follow-up of a closed ticket is counted as a request of its own'),
    per: z
      .enum(['day', 'month'])
      .default('day')
      .describe(
        'day or month; a month has one point, on its last day, and goes with users counted by the month',
      ),
  })
  .refine(({ excludedTags, tags = [] }) => !tags.some((each) => excludedTags.includes(each)), {
    path: ['tags'],
    error: 'The same tag is wanted and left out: nothing would ever be counted',
  });

export const csatParams = z.object({
  days: z.int().min(1).max(365).default(30).describe('A point looks at this many days up to its own'),
  dedupe: z
    .enum(DEDUPES)
    .default('all')
    .describe('Whether every rated ticket counts, or only the latest rating of a person'),
  minResponses: z.int().min(1).max(100_000).default(1).describe('With fewer ratings there is no value'),
});

export type CountParams = z.infer<typeof countParams>;
export type CsatParams = z.infer<typeof csatParams>;
