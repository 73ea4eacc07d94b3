import { z } from 'zod';

const count = z.int().nonnegative();
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'expected a day');

/** An error, whatever the status of the answer was. */
export const saidSchema = z.object({ error: z.string() });

/** `/events` and `/segmentation` by day: the days of the answer, and each segment's count where it is not zero. */
export const seriesSchema = z.object({
  computed_at: z.string().nullish(),
  data: z.object({ series: z.array(day), values: z.record(z.string(), z.record(day, count)) }),
});

const stepsSchema = z.array(z.object({ count, event: z.string() })).min(1);

/** A split funnel has lists under the names of its segments, `$overall` among them, instead of `steps`. */
export const funnelSchema = z.object({
  computed_at: z.string().nullish(),
  meta: z.object({ dates: z.array(day) }),
  data: z.record(
    day,
    z
      .union([z.object({ steps: stepsSchema }), z.object({ $overall: stepsSchema })])
      .transform((at) => ('steps' in at ? at.steps : at.$overall)),
  ),
});

export const cohortSchema = z.object({ first: count, counts: z.array(count) });
export const retentionSchema = z.record(day, cohortSchema);

/** `/segmentation/sum` and `/segmentation/average` by day. */
export const sumsSchema = z.object({
  status: z.literal('ok').nullish(),
  computed_at: z.string().nullish(),
  results: z.record(day, z.number()),
});

/** `/retention/addiction`: how many people were active in at least 1, 2, 3 … hours or days of each period. */
export const addictionSchema = z.object({
  computed_at: z.string().nullish(),
  data: z.record(day, z.array(count)),
});

export const namesSchema = z.array(z.string());

export const funnelListSchema = z.array(z.object({ funnel_id: z.int(), name: z.string() }));

/** `/events/properties/top`: the properties of an event under their names. */
export const propertiesSchema = z.record(z.string(), z.unknown());

/** One line of the raw export. Other properties pass. */
export const lineSchema = z.object({
  event: z.string(),
  properties: z.looseObject({
    time: z.number().positive(),
    distinct_id: z.union([z.string(), z.number()]).nullish(),
    $insert_id: z.string().nullish(),
    mp_processing_time_ms: z.number().nullish(),
  }),
});

export type SeriesAnswer = z.infer<typeof seriesSchema>;
export type FunnelAnswer = z.infer<typeof funnelSchema>;
export type RetentionAnswer = z.infer<typeof retentionSchema>;
export type Cohort = z.infer<typeof cohortSchema>;
export type SumsAnswer = z.infer<typeof sumsSchema>;
export type AddictionAnswer = z.infer<typeof addictionSchema>;
