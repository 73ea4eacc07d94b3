import { z } from 'zod';

/** What a row of the board says beside the Key Result itself. Imports nothing of the contract, which is made of it. */

const day = z.string();

/** A value for each day from the first on, null where there is none; `provisional` names places that may be restated. */
export const trendLineSchema = z.object({
  firstDay: day,
  values: z.array(z.number().nullable()),
  provisional: z.array(z.number().int()),
});

/** Made of the contract's own words for states, which it hands in. */
export const weekSchema = <Status extends z.ZodType, DataState extends z.ZodType>(
  status: Status,
  dataState: DataState,
) =>
  z.object({
    /** How it stood then; `dataState` is null where that was not kept. */
    was: z.object({
      asOfDay: day.nullable(),
      status,
      dataState: dataState.nullable(),
      currentValue: z.number().nullable(),
      targetValue: z.number().nullable(),
      progress: z.number().nullable(),
      chance: z.number().nullable(),
    }),
    /** Now less then: in the metric's unit, and fractions; null where one of the two is not known. */
    valueBy: z.number().nullable(),
    progressBy: z.number().nullable(),
    chanceBy: z.number().nullable(),
    /** What of it is worth telling, the weightiest first; empty: it stands as it stood. */
    news: z.array(z.enum(['status', 'data', 'target', 'chance', 'progress'])),
    direction: z.enum(['better', 'worse', 'none']),
    /** What changed most has the greatest. */
    weight: z.number(),
  });
