import { z } from 'zod';

/** Answers of Sheets v4, as far as they are used. */

export const factsSchema = z.object({
  properties: z.object({ title: z.string(), timeZone: z.string().min(1) }),
  sheets: z.array(z.object({ properties: z.object({ title: z.string() }) })),
  // A list without members is left out.
  namedRanges: z.array(z.object({ name: z.string() })).default([]),
});
export type Facts = z.output<typeof factsSchema>;

/** An empty cell inside a row is an empty text. */
export type Cell = string | number | boolean | null;

export const valuesSchema = z.object({
  range: z.string().min(1),
  majorDimension: z.literal('ROWS'),
  // Of a range without anything in it there is no list.
  values: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))).default([]),
});
export type Values = z.output<typeof valuesSchema>;
