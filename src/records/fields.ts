import { z } from 'zod';
import { isDay } from '../domain/day.ts';

/** A name given elsewhere. Numbers are what many sources write ids as; they stay apart from nothing as text. */
export const id = z.union([z.string().trim().min(1).max(500), z.number().int().transform(String)], {
  error: 'an id is a text that is not empty',
});
/** RFC 3339 with its offset: an instant without one is another instant in every time zone. */
export const instant = z.iso
  .datetime({ offset: true, error: 'an instant is written like 2026-03-31T23:59:00Z, with its offset' })
  .transform((text) => new Date(text));
export const day = z.string().refine(isDay, { error: 'a day of the calendar is written YYYY-MM-DD' });
export const count = z.number().min(0);
/** Integer minor units of a currency. */
export const minor = z.number().int();
export const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, 'a currency is three letters, such as USD')
  .transform((code) => code.toUpperCase());
/** Absent and null are the same: there is none. */
export const orNull = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? null);
