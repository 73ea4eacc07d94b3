import { z } from 'zod';

export const eventParams = z.object({
  tag: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((tag) => tag.replace(/[#\s]/g, '') !== '', { error: 'Enter the word of the tag' })
    .optional()
    .describe(
      'Only events with this category, or with this word in their title, such as problem-interview for #problem-interview; in any case',
    ),
  leaveOut: z
    .array(z.string().trim().min(1).max(100))
    .max(20)
    .default(['no-show', 'noshow', '未到', '爽约'])
    .describe('Events whose title says one of these are left out, as they were not held'),
});
export type EventParams = z.infer<typeof eventParams>;
