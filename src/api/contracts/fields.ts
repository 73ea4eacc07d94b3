import { z } from 'zod';

/** The fields that every part of the contract is made of. */

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD');
export const instant = z.iso.datetime({ offset: true });
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
export const amount = z.number().min(-1e15).max(1e15);
export const timeZone = z.string().min(1).max(64);
/** A key or an id. */
export const reference = z.string().min(1).max(200);
