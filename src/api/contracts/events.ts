import { z } from 'zod';
import { list } from '../contract.ts';
import type { Route } from '../route.ts';
import { text } from './fields.ts';
import { ingestSchema } from './ingest.ts';

/** Raw product events of a connection: files of any size in, and what is there. */

const column = text(200).min(1);
export const uploadEventsQuerySchema = z.strictObject({
  format: z.enum(['csv', 'jsonl', 'parquet']),
  /** The columns (members of a JSON line) that hold the person, the name of the event and when it happened. */
  user: column.default('userId'),
  event: column.default('event'),
  time: column.default('at'),
  /** What names an event, so that the same one again replaces it; absent: what it says does. */
  id: column.nullable().default(null),
  /** One column with a JSON object; absent: every other column is a property. */
  properties: column.nullable().default(null),
  /** Everything up to that day is told; absent: up to the newest event. */
  through: z.string().max(40).nullable().default(null),
  note: text(1000).min(1).nullable().default(null),
});

export const listEventNamesQuerySchema = z.strictObject({
  /** How many days up to now are counted. */
  days: z.coerce.number().int().min(1).max(3650).default(30),
});
export const eventNameSchema = z.object({
  event: z.string(),
  count: z.number().int(),
  /** Different people who did it. */
  users: z.number().int(),
});

export const eventRoutes = {
  uploadEvents: {
    method: 'POST',
    path: '/api/v1/connections/:id/events',
    access: 'edit',
    query: uploadEventsQuerySchema,
    file: true,
    status: 201,
    answer: ingestSchema,
  },
  listEventNames: {
    method: 'GET',
    path: '/api/v1/connections/:id/events',
    access: 'view',
    query: listEventNamesQuerySchema,
    status: 200,
    answer: list(eventNameSchema),
  },
} as const satisfies Record<string, Route>;
