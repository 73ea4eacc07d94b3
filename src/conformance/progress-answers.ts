import type { Answer } from './answer.ts';
import { answerBaseline } from './progress/baseline.ts';
import { answerExpected } from './progress/expected.ts';
import { answerKeyResult } from './progress/key-result.ts';
import { answerObjective } from './progress/objective.ts';
import type { Vector } from './vector-file.ts';

/** What the vectors ask about Key Results rather than about metrics of the catalogue. */
export const progressMetrics: Readonly<Record<string, (vector: Vector) => Answer>> = {
  kr_progress: answerKeyResult,
  objective_progress: answerObjective,
  expected_progress: answerExpected,
  baseline_capture: answerBaseline,
};
