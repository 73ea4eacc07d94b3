import { z } from 'zod';
import type { News } from '../app/news.ts';
import { type AlertMessageV1, alertMessageV1Schema } from './message-v1.ts';
import { newsItemSchema } from './news-item-schema.ts';

/** The outbox keeps messages as JSON of at most this size. */
export const MAX_MESSAGE_BYTES = 20_480;
const MAX_ITEMS = 200;

const count = z.int().nonnegative();
const head = {
  v: z.literal(2),
  workspace: z.string().max(4_000),
  occurredAt: z.iso.datetime(),
  appUrl: z.url({ protocol: /^https?$/ }),
};
const section = z.enum([
  'newly_off_track',
  'got_worse',
  'still_off_track',
  'recovered',
  'achieved',
  'missed',
  'no_data',
  'data_back',
  'check_in_due',
]);

/** What goes out through one channel at once, as it lies in the outbox; see `src/app/news.ts`. */
export const newsSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...head,
    type: z.literal('news'),
    items: z.array(newsItemSchema).min(1).max(MAX_ITEMS),
    more: count,
  }),
  z.strictObject({
    ...head,
    type: z.literal('digest'),
    period: z.enum(['daily', 'weekly']),
    fromDay: z.iso.date(),
    throughDay: z.iso.date(),
    missed: count.optional(),
    sections: z
      .array(z.strictObject({ section, items: z.array(newsItemSchema).max(MAX_ITEMS), more: count }))
      .max(section.options.length),
  }),
  z.strictObject({ ...head, type: z.literal('test'), sandbox: z.boolean() }),
]) satisfies z.ZodType<News>;

/** The other way round: a field that `News` has and the schema lacks does not compile. */
export const newsIsCovered: News extends z.infer<typeof newsSchema> ? true : never = true;

export type Message = News | AlertMessageV1;
export const messageSchema: z.ZodType<Message> = z.union([newsSchema, alertMessageV1Schema]);

/**
 * The message as it goes into the outbox.
 *
 * @throws RangeError when it is larger than the outbox keeps: `fitNews` makes it fit first
 */
export function serializeMessage(message: Message): string {
  const json = JSON.stringify(messageSchema.parse(message));
  if (Buffer.byteLength(json) > MAX_MESSAGE_BYTES)
    throw new RangeError(`the message exceeds ${MAX_MESSAGE_BYTES} bytes`);
  return json;
}

/** A message that proves a channel works. */
export function testMessage(options: {
  occurredAt: Date;
  appUrl: string;
  sandbox: boolean;
  workspace?: string;
}): News {
  return {
    v: 2,
    type: 'test',
    workspace: options.workspace ?? '',
    occurredAt: options.occurredAt.toISOString(),
    sandbox: options.sandbox,
    appUrl: options.appUrl,
  };
}
