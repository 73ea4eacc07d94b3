import type { Evaluation } from '../domain/snapshot.ts';
import type { EvaluationInput } from './evaluation.ts';

/** One evaluated day of a Key Result, as it is written back to an analytics tool of the owner's. Holds no secret. */
export type ProgressMessage = {
  v: 1;
  type: 'key_result.progress';
  keyResult: { id: string; key: string; title: string };
  asOfDay: string;
  /** Tells two computations of one day apart, and stays the same when one is sent again. */
  revision: string;
  computedAt: string;
  value: number | null;
  target: number | null;
  /** Fractions of the way, unclamped. */
  progress: number | null;
  expected: number | null;
  status: string;
  dataState: string;
  sandbox: boolean;
};

export function progressMessage(
  { keyResult: { id, key, title }, connection }: EvaluationInput,
  evaluation: Evaluation,
  snapshot: { asOfDay: string; inputsDigest: string },
  now: Date,
): ProgressMessage {
  const { currentValue, targetValue, progress, expected, status, dataState } = evaluation;
  return {
    v: 1,
    type: 'key_result.progress',
    keyResult: { id, key, title },
    asOfDay: snapshot.asOfDay,
    revision: snapshot.inputsDigest,
    computedAt: now.toISOString(),
    value: currentValue,
    target: targetValue,
    progress,
    expected,
    status,
    dataState,
    sandbox: connection?.environment === 'sandbox',
  };
}
