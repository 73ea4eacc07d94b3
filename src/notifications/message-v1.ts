import { z } from 'zod';

const number = z.number().nullable();
const text = z.string().max(4_000);
const instant = z.iso.datetime();

/**
 * What lay in the outbox before version 2: one Key Result, with finished sentences. Nothing writes it any more; it is
 * read so that a message from before an update still goes out. It can go with the first release that nobody updates to
 * from one that wrote it: a message is given up after some days, but it lies as long as its channel is switched off.
 */
export const alertMessageV1Schema = z.object({
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
  sandbox: z.boolean(),
  links: z.object({ keyResult: z.url({ protocol: /^https?$/ }) }),
});

export type AlertMessageV1 = z.infer<typeof alertMessageV1Schema>;
