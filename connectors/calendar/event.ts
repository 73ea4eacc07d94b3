import { z } from 'zod';
import { type Component, plainText, textList } from './lines.ts';
import { durationSchema, extrasSchema, stampSchema } from './stamp.ts';

const RULE = /^(?:[A-Z-]+=[A-Z0-9+,:-]+;?)+$/i;
const MAX_RULE = 1_000;

const ruleSchema = z
  .string()
  .max(MAX_RULE, { error: `is longer than ${MAX_RULE} characters` })
  .regex(RULE, { error: 'is no recurrence rule' })
  .refine((rule) => /(^|;)FREQ=/i.test(rule), { error: 'has no FREQ' });

const instant = stampSchema
  .transform(({ wallMs }) => wallMs)
  .optional()
  .catch(undefined);

const eventSchema = z
  .object({
    uid: z.string({ error: 'is missing' }).min(1).max(4_096),
    start: stampSchema,
    end: stampSchema.optional(),
    duration: durationSchema.optional(),
    /** Which instance of a series this one replaces. */
    recurrenceId: stampSchema.optional(),
    isAndLater: z.boolean(),
    rules: z.array(ruleSchema).max(10),
    exceptRules: z.array(ruleSchema).max(10),
    extras: z.array(extrasSchema).transform((lists) => lists.flat()),
    exceptions: z.array(extrasSchema).transform((lists) => lists.flat().map(({ start }) => start)),
    summary: z.string(),
    categories: z.array(z.string()),
    isCancelled: z.boolean(),
    sequence: z.number(),
    stampedMs: instant,
    changedMs: instant,
  })
  .transform(({ changedMs, sequence, stampedMs, ...event }) => ({
    ...event,
    /** Of two tellings of one event the higher one stands (RFC 5546, section 2.1.5). */
    version: [sequence, stampedMs ?? 0, changedMs ?? 0] as const,
  }));
export const eventsSchema = z.object({ events: z.array(eventSchema) });
export type CalendarEvent = z.infer<typeof eventSchema>;

/** The properties of an event under plain names. */
export function rawEvent({ properties }: Component): unknown {
  const one = (name: string) => properties.find((property) => property.name === name);
  const every = (name: string) => properties.filter((property) => property.name === name);
  const text = (name: string) => one(name)?.value.trim();
  return {
    uid: text('UID'),
    start: one('DTSTART'),
    end: one('DTEND'),
    duration: one('DURATION'),
    recurrenceId: one('RECURRENCE-ID'),
    isAndLater: one('RECURRENCE-ID')?.params['RANGE']?.toUpperCase() === 'THISANDFUTURE',
    rules: every('RRULE').map(({ value }) => value.trim()),
    exceptRules: every('EXRULE').map(({ value }) => value.trim()),
    extras: every('RDATE'),
    exceptions: every('EXDATE'),
    summary: plainText(one('SUMMARY')?.value ?? ''),
    categories: every('CATEGORIES').flatMap(({ value }) => textList(value)),
    isCancelled: text('STATUS')?.toUpperCase() === 'CANCELLED',
    sequence: Math.trunc(Number(text('SEQUENCE') ?? 0)) || 0,
    stampedMs: one('DTSTAMP'),
    changedMs: one('LAST-MODIFIED'),
  };
}
