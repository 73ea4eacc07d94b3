import type { EvaluationPoint } from '../domain/snapshot.ts';
import type { StoredPoint } from './ports.ts';

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

/** A stored point as the arithmetic reads it. Minor units and counts are whole numbers that a double holds exactly. */
export function toObservation(point: StoredPoint): EvaluationPoint {
  return {
    day: point.day,
    value: numberOf(point.value),
    numerator: numberOf(point.numerator),
    denominator: numberOf(point.denominator),
    reason: point.reason,
    revision: point.revision,
  };
}
