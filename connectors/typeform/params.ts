import { z } from 'zod';
import { DEDUPES, type Dedupe } from '../sdk/index.ts';
import { formSchema } from './config.ts';

const form = formSchema.optional().describe('Another form than that of the connection, by its id');

const survey = (usualDays: number, usualDedupe: Dedupe) => ({
  form,
  field: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .optional()
    .describe('Question by its id or reference; not needed where only one has the scale'),
  respondent: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe(
      'Hidden field that says who answers, such as user_id; without it every response is of somebody else',
    ),
  days: z.int().min(1).max(365).default(usualDays).describe('A point looks at this many days up to its own'),
  dedupe: z
    .enum(DEDUPES)
    .default(usualDedupe)
    .describe('Whether only the latest answer of a person counts, or all'),
  minResponses: z.int().min(1).max(100_000).default(1).describe('With fewer answers there is no value'),
});

export const npsParams = z.object(survey(90, 'latest_per_respondent'));

export const csatParams = z
  .object({
    ...survey(30, 'all'),
    scaleMax: z.int().min(2).max(11).default(5).describe('Highest answer of a scale that begins at 1'),
    positiveFrom: z.int().min(1).max(11).default(4).describe('Lowest answer that is positive'),
  })
  .refine(({ positiveFrom, scaleMax }) => positiveFrom <= scaleMax, {
    path: ['positiveFrom'],
    error: 'The lowest positive answer lies above the scale: lower it, or raise scaleMax',
  });

export const countParams = z.object({ form });

export type NpsParams = z.infer<typeof npsParams>;
export type CsatParams = z.infer<typeof csatParams>;
export type CountParams = z.infer<typeof countParams>;
