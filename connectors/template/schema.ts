import { z } from 'zod';

/** Answers as the provider gives them. Fields that are not named here pass; one that is named and missing is an error. */

const instant = z.iso.datetime({ offset: true });

export const accountSchema = z.object({ name: z.string().min(1) });

export const itemsSchema = z.object({
  items: z.array(z.object({ id: z.string(), created_at: instant })),
  /** Null on the last page. */
  next_cursor: z.string().min(1).nullable(),
});

export const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

export type Item = z.infer<typeof itemsSchema>['items'][number];
