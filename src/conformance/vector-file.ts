import { z } from 'zod';

/** The format of a file of worked examples. Another version may mean other things by the same names. */
export const FORMAT = 'metric-vectors/1';

const date = z.string();
const zone = { timeZone: z.string() };
const windowSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), date, ...zone }),
  z.object({ type: z.literal('asOf'), date, ...zone }),
  z.object({ type: z.literal('period'), start: date, end: date, ...zone }),
  z.object({
    type: z.literal('cohort'),
    start: date,
    end: date,
    asOf: z.iso.datetime({ offset: true }),
    ...zone,
  }),
  z.object({ type: z.literal('none') }),
]);

const unit = z.string().optional();
/** One number, several by name, or none with its reason. */
const expectedSchema = z.union([
  z.object({ value: z.null(), reason: z.string(), unit }),
  z.object({ value: z.number(), tolerance: z.number().min(0), unit }),
  z.object({ values: z.record(z.string(), z.number()), tolerance: z.number().min(0), unit }),
]);

export const vectorSchema = z.object({
  id: z.string(),
  description: z.string().default(''),
  metric: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  window: windowSchema.default({ type: 'none' }),
  input: z.record(z.string(), z.unknown()),
  expected: expectedSchema,
});
/** Vectors are read one by one, so that one that is broken fails alone. */
export const fileSchema = z.object({ format: z.string(), vectors: z.array(z.unknown()) });

export type Vector = z.infer<typeof vectorSchema>;
export type VectorWindow = Vector['window'];
export type Expected = Vector['expected'];
