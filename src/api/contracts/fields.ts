import { z } from 'zod';

/** The fields that every part of the contract is made of. */

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD');
/** A day that somebody asks for: one of the calendar. */
export const realDay = day.refine((text) => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && text > '0001' && at.toISOString().startsWith(text);
}, 'the calendar has no such day');
export const instant = z.iso.datetime({ offset: true });
const FIRST_MS = Date.UTC(2000, 0, 1);
const AHEAD_MS = 366 * 86_400_000;
const isNear = (text: string): boolean =>
  Date.parse(text) >= FIRST_MS && Date.parse(text) <= Date.now() + AHEAD_MS;
/** An instant that somebody sends: what lies further away is a slip. */
export const givenInstant = instant.refine(isNear, 'an instant lies between 2000-01-01 and a year from now');
export const givenDay = realDay.refine(isNear, 'a day lies between 2000-01-01 and a year from now');
export const key = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'a key is lower-case letters, digits, dots, dashes and underscores');
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // oxlint-disable-next-line no-control-regex -- control characters are what is being refused
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, 'control characters are not allowed');
export const name = text(200).min(1);
/** A name in the languages of the product; whoever reads another one is told `title`. */
export const givenTitles = z.strictObject({ en: name.optional(), 'zh-CN': name.optional() });
export const titles = z.object({ en: z.string().optional(), 'zh-CN': z.string().optional() });
export const amount = z.number().min(-1e15).max(1e15);
export const timeZone = z.string().min(1).max(64);
/** A key or an id. */
export const reference = z.string().min(1).max(200);
