import { z } from 'zod';
import { count, id, instant, orNull } from './fields.ts';

export const sprint = z.object({
  id,
  state: z.enum(['future', 'active', 'closed']),
  completedAt: orNull(instant),
  completedPoints: count,
});
export const issue = z.object({
  id,
  type: z.string().min(1),
  createdAt: instant,
  doneAt: orNull(instant),
  features: z.array(id).default([]),
});
export const workItem = z.object({ id, createdAt: instant, doneAt: orNull(instant) });
export const deployment = z.object({
  startedAt: instant,
  finishedAt: orNull(instant),
  conclusion: z.string().min(1),
});
export const release = z.object({ version: z.string().min(1), releasedAt: instant });
export const bug = z.object({ id, createdAt: instant, affectedVersion: orNull(z.string()) });
export const coverageReport = z
  .object({ branch: z.string().min(1), coverage: z.number().min(0).max(1), time: instant })
  .transform(({ time, ...rest }) => ({ ...rest, at: time }));

export const learningPlan = z.object({ personId: id, planned: count, completed: count });
export const workHours = z
  .object({ personId: id, time: instant, learning: count, total: count })
  .transform(({ time, ...rest }) => ({ ...rest, at: time }));
/** One thing done counts once unless it says otherwise; a correction is negative. */
const entryFields = {
  time: instant,
  value: z.number().default(1),
  label: orNull(z.string()),
  note: orNull(z.string()),
  url: orNull(z.string()),
};
const at = <Rest extends { time: Date }>({ time, ...rest }: Rest) => ({ ...rest, at: time });
/** In a file every entry has its own id, so that sending the file again does not count it twice. */
export const uploadedEntry = z.object({ id, ...entryFields }).transform(at);
/** Entries that somebody wrote down have no id of their own, and their place in the list names them. */
export const activityEntries = z
  .array(z.object({ id: id.optional(), ...entryFields }).transform(at))
  .transform((entries) =>
    entries.map((entry, index) => ({ ...entry, id: entry.id ?? `entry-${index + 1}` })),
  );
