import { z } from 'zod';
import { count, id, instant, orNull } from './fields.ts';

const at = <Rest extends { time: Date }>({ time, ...rest }: Rest) => ({ ...rest, at: time });

export const productEvent = z
  .object({
    id: orNull(id),
    userId: id,
    event: z.string().min(1),
    time: instant,
    properties: z.record(z.string(), z.unknown()).default({}),
  })
  .transform(at);
export const session = z
  .object({ userId: id, start: instant, end: instant })
  .refine(({ start, end }) => end >= start, { error: 'a session ends before it starts' })
  .transform(({ end, start, userId }) => ({ userId, startAt: start, endAt: end }));
export const view = z.object({ userId: id, contentId: id, seconds: count, time: instant }).transform(at);
export const content = z.object({ id, releasedAt: instant });
export const merchant = z.object({ id, sessions: count, orders: count });

export const surveyAnswer = z
  .object({ id, respondentId: id, score: z.union([z.number(), z.string()]), time: instant })
  .transform(at);
export const ratingTotal = z.object({ average: z.number(), count });
export const storefrontRating = z.object({ country: z.string().min(1), average: z.number(), count });

export const ticket = z.object({
  id,
  requesterId: id,
  createdAt: instant,
  status: z.string().min(1),
  mergedInto: orNull(id),
  followUpOf: orNull(id),
  tags: z.array(z.string()).default([]),
});
