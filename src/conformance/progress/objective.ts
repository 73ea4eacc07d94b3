import { z } from 'zod';
import { treeProgress } from '../../domain/roll-up.ts';
import type { Answer } from '../answer.ts';
import type { Vector } from '../vector-file.ts';

const weight = z.number().default(1);
const inputSchema = z.object({
  keyResults: z.array(z.object({ raw: z.number().nullable(), weight })),
  /** Objectives below this one, each as one item beside its own Key Results. */
  childObjectives: z.array(z.object({ value: z.number().nullable(), weight })).default([]),
  rollUp: z.enum(['with_children', 'key_results_only']).default('with_children'),
});
const ID = 'objective';

export function answerObjective({ input, params }: Vector): Answer {
  const { childObjectives, keyResults, rollUp } = inputSchema.parse({ ...params, ...input });
  const nodes = childObjectives.map(({ value, weight }, index) => ({
    id: `child-${index}`,
    parentId: ID,
    weight,
    items: [{ progress: value, weight: 1 }],
  }));
  const items = keyResults.map(({ raw, weight }) => ({ progress: raw, weight }));
  const found = treeProgress([{ id: ID, parentId: null, weight: 1, items }, ...nodes], rollUp).get(ID);
  if (found === undefined) throw new RangeError('the objective is not in its own tree');
  if (found.value === null) return { kind: 'nothing', reason: found.reason, unit: 'ratio' };
  return { kind: 'numbers', numbers: { value: found.value, coverage: found.coverage }, unit: 'ratio' };
}
