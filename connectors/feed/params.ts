import { z } from 'zod';

export const postParams = z.object({
  category: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Only entries with this category or tag, in any case; all of them if left out'),
});
export type PostParams = z.infer<typeof postParams>;
