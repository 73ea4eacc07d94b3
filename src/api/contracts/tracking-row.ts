import { z } from 'zod';

/** What a row of the board says of where its value comes from. Imports nothing of the contract, which is made of it. */
export const trackingRowShape = {
  /** `check_in`: people say it, so there is no sync to wait for, and a reminder instead. */
  tracking: z.enum(['automatic', 'pushed', 'check_in']),
  /** Of a value that answers were asked for: how many took part, and where the true value lies. */
  sample: z
    .object({
      size: z.number().int(),
      /** In the metric's unit; null when the answers are too few or too alike to say. */
      lower: z.number().nullable(),
      upper: z.number().nullable(),
      /** The probability that the bounds are stated with, as a fraction. */
      level: z.number().nullable(),
      /** Whether the whole way from start to target is too short to be seen in such a sample; null: not known. */
      goalWithinNoise: z.boolean().nullable(),
      /** The same of the movement since the start. */
      changeWithinNoise: z.boolean().nullable(),
    })
    .nullable(),
};
