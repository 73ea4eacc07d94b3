import { z } from 'zod';
import { type OutwardEvent, outwardEventTypes } from '../domain/outward-event.ts';

const path = z.string().startsWith('/').max(2_000);

/** An event as it lies in the outbox. What its type has to say besides is its own. */
export const outwardEventSchema = z.strictObject({
  v: z.literal(1),
  type: z.enum(outwardEventTypes),
  at: z.iso.datetime(),
  data: z.looseObject({ id: z.string(), links: z.strictObject({ api: path, open: path }) }),
}) satisfies z.ZodType<OutwardEvent>;

/**
 * What a webhook is sent: `type`, `timestamp` and `data`, in the shape that Standard Webhooks recommends. The same bytes
 * at every attempt, unless the operator has moved the page to another address meanwhile.
 */
export function outwardEventBody({ at, data, type }: OutwardEvent, appUrl: string) {
  const base = appUrl.replace(/\/+$/, '');
  const links = { api: base + data.links.api, open: base + data.links.open };
  return { type, timestamp: at, data: { ...data, links } };
}
