import { z } from 'zod';
import { cycleSchema, goalSchema, list, objectiveSchema, reasonSchema, statusSchema } from '../contract.ts';
import type { Route } from '../route.ts';
import { givenTitles, instant, reference, titles } from './fields.ts';

/** Closing a cycle, its scorecard, what is carried over, objectives as a tree, and hints. */

const day = z.string();
const reasonGiven = z.string().trim().min(3).max(1000);

export const closeCycleSchema = z.strictObject({
  /** Close although some Key Results have no final verdict; needs a reason. */
  asIs: z.boolean().default(false),
  reason: reasonGiven.nullable().default(null),
});
export const scorecardSchema = z.object({
  cycle: z.object({
    id: z.string(),
    key: z.string(),
    title: z.string(),
    startDay: day,
    endDay: day,
    timeZone: z.string(),
  }),
  closedAt: instant,
  closedBy: z.string(),
  reason: z.string().nullable(),
  /** SHA-256 of the frozen content. */
  digest: z.string(),
  objectives: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      title: z.string(),
      titles,
      owner: z.string().nullable(),
      parentId: z.string().nullable(),
      stage: z.string().nullable(),
      phase: z.string().nullable(),
      weight: z.number(),
      progress: z.number().nullable(),
      coverage: z.number(),
    }),
  ),
  keyResults: z.array(
    z.object({
      id: z.string(),
      key: z.string(),
      title: z.string(),
      titles,
      objectiveId: z.string(),
      owner: z.string().nullable(),
      goal: goalSchema,
      unit: z.string(),
      currency: z.string().nullable(),
      weight: z.number(),
      startValue: z.number().nullable(),
      targetValue: z.number().nullable(),
      finalValue: z.number().nullable(),
      /** Unclamped. */
      progress: z.number().nullable(),
      status: statusSchema,
      reason: reasonSchema,
      asOfDay: day.nullable(),
      /** Closed without a final verdict, by the owner's decision. */
      provisional: z.boolean(),
      guard: z.object({ state: z.enum(['kept', 'broken', 'unknown']) }).nullable(),
      snapshotId: z.string().nullable(),
    }),
  ),
});
export const carryOverSchema = z.strictObject({
  /** Key or id of the cycle that goes on. */
  to: reference,
  /** Absent: everything that was not achieved. */
  keyResults: z.array(reference).min(1).max(500).optional(),
});
export const carriedSchema = z.object({
  carried: z.array(z.object({ from: z.string(), key: z.string(), id: z.string(), goal: goalSchema })),
  left: z.array(
    z.object({ key: z.string(), why: z.enum(['target_reached', 'nothing_left', 'carried_before']) }),
  ),
});
export const hintSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  text: z.string(),
  /** What the `title` of `values` is called in each language. */
  titles: titles.optional(),
  objectiveKey: z.string().nullable(),
  keyResultKey: z.string().nullable(),
});
export const updateObjectiveSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  /** All of them: a language that is not named has none any more. */
  titles: givenTitles.optional(),
  description: z.string().max(4000).optional(),
  owner: z.string().max(200).nullable().optional(),
  parent: reference.nullable().optional(),
  stage: z.string().max(60).nullable().optional(),
  phase: z.string().max(60).nullable().optional(),
  weight: z.number().positive().max(1e6).optional(),
});
/** How the progress of an objective comes about: each item with what it counts. */
export const objectiveDetailSchema = objectiveSchema.extend({
  description: z.string(),
  progress: z.number().nullable(),
  /** Share of the weight that has a value. */
  coverage: z.number(),
  items: z.array(
    z.object({
      kind: z.enum(['key_result', 'objective']),
      key: z.string(),
      title: z.string(),
      titles,
      weight: z.number(),
      /** As it stands, unclamped; null takes no part. */
      progress: z.number().nullable(),
      /** What it counts: between 0 and 1. */
      counted: z.number().nullable(),
    }),
  ),
  formula: z.string(),
});

export const cycleRoutes = {
  getCycle: { method: 'GET', path: '/api/v1/cycles/:id', access: 'view', status: 200, answer: cycleSchema },
  closeCycle: {
    method: 'POST',
    path: '/api/v1/cycles/:id/closings',
    access: 'edit',
    body: closeCycleSchema,
    status: 201,
    answer: scorecardSchema,
  },
  getScorecard: {
    method: 'GET',
    path: '/api/v1/cycles/:id/scorecard',
    access: 'view',
    status: 200,
    answer: scorecardSchema,
  },
  carryOver: {
    method: 'POST',
    path: '/api/v1/cycles/:id/carry-overs',
    access: 'edit',
    body: carryOverSchema,
    status: 201,
    answer: carriedSchema,
  },
  listHints: {
    method: 'GET',
    path: '/api/v1/cycles/:id/hints',
    access: 'view',
    status: 200,
    answer: list(hintSchema),
  },
  getObjective: {
    method: 'GET',
    path: '/api/v1/objectives/:id',
    access: 'view',
    status: 200,
    answer: objectiveDetailSchema,
  },
  updateObjective: {
    method: 'PATCH',
    path: '/api/v1/objectives/:id',
    access: 'edit',
    body: updateObjectiveSchema,
    status: 200,
    answer: objectiveSchema,
  },
} as const satisfies Record<string, Route>;

export type Scorecard = z.infer<typeof scorecardSchema>;
export type ObjectiveDetail = z.infer<typeof objectiveDetailSchema>;
export type HintView = z.infer<typeof hintSchema>;
