import { z } from 'zod';

/** What is read of Typeform's answers. Unknown fields pass, missing ones fail. */

const instant = z.iso.datetime({ offset: true });

export const saidSchema = z.object({ code: z.string().optional(), description: z.string().optional() });

export type FieldAnswer = {
  id: string;
  title: string;
  type: string;
  ref?: string | undefined;
  properties?: FieldProperties | undefined;
};
type FieldProperties = {
  steps?: number | undefined;
  start_at_one?: boolean | undefined;
  /** Of a group: the questions in it. */
  fields?: FieldAnswer[] | undefined;
};

const fieldSchema: z.ZodType<FieldAnswer> = z.object({
  id: z.string(),
  title: z.string(),
  type: z.string(),
  ref: z.string().optional(),
  properties: z
    .object({
      steps: z.int().optional(),
      start_at_one: z.boolean().optional(),
      get fields() {
        return z.array(fieldSchema).optional();
      },
    })
    .optional(),
});

export const formSchema = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(fieldSchema),
  hidden: z.array(z.string()).nullish(),
});

export const responsesSchema = z.object({
  total_items: z.int().min(0),
  items: z.array(
    z.object({
      token: z.string().min(1),
      submitted_at: instant,
      hidden: z.record(z.string(), z.unknown()).nullish(),
      /** Absent where nothing was answered. */
      answers: z
        .array(
          z.object({
            field: z.object({ id: z.string() }),
            type: z.string(),
            number: z.number().optional(),
          }),
        )
        .nullish(),
    }),
  ),
});

export type FormAnswer = z.infer<typeof formSchema>;
export type ResponseAnswer = z.infer<typeof responsesSchema>['items'][number];
