import { z } from 'zod';

/** What is read of Zendesk's answers. Unknown fields pass, missing ones fail. */

const instant = z.iso.datetime({ offset: true });

/** `{"error": "Forbidden", "description": "…"}` or `{"error": {"title": "…", "message": "…"}}` */
export const saidSchema = z.object({
  error: z.union([z.string(), z.object({ title: z.string(), message: z.string().optional() })]),
  description: z.string().optional(),
});

export const meSchema = z.object({
  user: z.object({
    /** Null for somebody whom Zendesk does not know. */
    id: z.int().nullable(),
    name: z.string(),
    role: z.string(),
    /** Which tickets the agent sees only; null: all. */
    ticket_restriction: z.string().nullish(),
  }),
});

const pageFacts = {
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }),
};

export const ticketsSchema = z.object({
  ...pageFacts,
  results: z.array(
    z.object({
      id: z.int(),
      created_at: instant,
      status: z.string(),
      tags: z.array(z.string()),
      via: z.object({
        channel: z.union([z.string(), z.int()]),
        /** `follow_up` of a ticket that goes on with a closed one. */
        source: z.object({ rel: z.string().nullish() }).nullish(),
      }),
    }),
  ),
});

export const ratingsSchema = z.object({
  ...pageFacts,
  satisfaction_ratings: z.array(
    z.object({
      id: z.int(),
      ticket_id: z.int(),
      requester_id: z.int().nullable(),
      score: z.enum(['good', 'bad', 'offered', 'unoffered']),
      created_at: instant,
    }),
  ),
});

export const tagsSchema = z.object({ tags: z.array(z.object({ name: z.string() })) });
export const countSchema = z.object({ count: z.int().min(0) });

export type PageFacts = { meta: z.infer<typeof ticketsSchema>['meta'] };
