import { z } from 'zod';
import type { Status } from '../domain/status.ts';

/** The lines of the off-track benchmark, as its README defines them; unknown fields are passed over. */
const stamp = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$/);
const gran = z.enum(['D', 'W', 'M', 'H']);

const keyResult = z.object({
  id: z.string(),
  agg: z.enum(['last', 'avg', 'sum']),
  avg_n: z.number().int().positive().nullish(),
  direction: z.enum(['increase', 'decrease']),
  target: z.number(),
  start: stamp,
  deadline: stamp,
  stale_after: z.number().int().nonnegative(),
});

const history = z.object({
  start: stamp,
  step: z.enum(['P1D', 'P7D', 'P1M', 'PT1H']),
  values: z.array(z.number().nullable()),
});

const known = { v: z.literal(1), kr: keyResult, gran, as_of: stamp, history };

export const predictLine = z.object({ ...known, id: z.string() });

export const replayLine = z.discriminatedUnion('op', [
  z.object({ ...known, op: z.literal('open') }),
  z.object({
    v: z.literal(1),
    op: z.literal('tick'),
    id: z.string(),
    kr_id: z.string(),
    as_of: stamp,
    points: z.array(z.tuple([stamp, z.number().nullable()])),
  }),
  z.object({ v: z.literal(1), op: z.literal('close'), kr_id: z.string() }),
]);

export type KeyResultLine = z.infer<typeof keyResult>;
export type Gran = z.infer<typeof gran>;
export type PredictLine = z.infer<typeof predictLine>;
export type ReplayLine = z.infer<typeof replayLine>;
export type OpenLine = Extract<ReplayLine, { op: 'open' }>;
export type TickLine = Extract<ReplayLine, { op: 'tick' }>;

export type PredictAnswer = { id: string; p_hit: number; q?: { p10: number; p50: number; p90: number } };
export type TickAnswer = {
  id: string;
  /** Of the newest day with a value; null before there is any. */
  p_hit: number | null;
  /** The chance that the alert goes by. */
  smoothed: number | null;
  state: 'ok' | 'pending' | 'firing' | 'recovering' | 'nodata' | 'error';
  /** As the product would show it. */
  status: Status;
  notify: boolean;
};
