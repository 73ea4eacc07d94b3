import { z } from 'zod';

/** The outbox keeps messages as JSON of at most this size. */
export const MAX_MESSAGE_BYTES = 20_480;

const number = z.number().nullable();
const text = z.string().max(4_000);
const instant = z.iso.datetime();

/**
 * One piece of news, independent of the channel that carries it. It lies in the outbox in clear text, so it
 * holds no secret. Numbers are in the metric's unit (money in minor units), `progress` and `expected` are
 * fractions, unclamped; null is the absence of a number, never 0. `reason.text` and `rule` are finished
 * sentences in the workspace's language.
 */
export const alertMessageSchema = z.object({
  v: z.literal(1),
  type: z.enum(['key_result.off_track', 'key_result.recovered', 'test']),
  alertId: z.string().nullable(),
  occurredAt: instant,
  keyResult: z.object({ id: z.string(), key: z.string(), title: text, owner: text.nullable() }),
  objective: z.object({ id: z.string(), title: text }).nullable(),
  numbers: z.object({
    current: number,
    start: number,
    target: number,
    unit: z.string(),
    currency: z.string().nullable(),
    progress: number,
    expected: number,
  }),
  reason: z.object({ code: z.string(), text }),
  rule: text,
  data: z.object({ dataThroughDay: z.iso.date().nullable(), fetchedAt: instant.nullable() }),
  /** True when the numbers come from the sandbox company; every channel then says so. */
  sandbox: z.boolean(),
  links: z.object({ keyResult: z.url({ protocol: /^https?$/ }) }),
});

export type AlertMessage = z.infer<typeof alertMessageSchema>;
export type AlertMessageType = AlertMessage['type'];

/**
 * The message as it goes into the outbox.
 *
 * @throws RangeError when it is larger than the outbox keeps, which means that a text was not cut to its limit
 */
export function serializeMessage(message: AlertMessage): string {
  const json = JSON.stringify(alertMessageSchema.parse(message));
  if (Buffer.byteLength(json) > MAX_MESSAGE_BYTES)
    throw new RangeError(`the message exceeds ${MAX_MESSAGE_BYTES} bytes`);
  return json;
}

/** A message that proves a channel works. Its numbers are an example and say so. */
export function testMessage(options: { occurredAt: Date; appUrl: string; sandbox: boolean }): AlertMessage {
  return {
    v: 1,
    type: 'test',
    alertId: null,
    occurredAt: options.occurredAt.toISOString(),
    keyResult: { id: 'kr_example', key: 'example.key-result', title: 'Example Key Result', owner: null },
    objective: null,
    numbers: {
      current: 120,
      start: 100,
      target: 200,
      unit: 'count',
      currency: null,
      progress: 0.2,
      expected: 0.5,
    },
    reason: { code: 'test', text: 'This is a test message. Nothing is wrong.' },
    rule: 'Sent on request, to check the channel.',
    data: { dataThroughDay: null, fetchedAt: null },
    sandbox: options.sandbox,
    links: { keyResult: options.appUrl },
  };
}
