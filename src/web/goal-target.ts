import type { KeyResultDetail } from '../api/contract.ts';
import { readAmount, writeAmount } from './amount-input.ts';
import type { Measure } from './format.ts';

type Goal = KeyResultDetail['goal'];
/** The numbers of a goal that are a promise: by the name of the field. */
export type TargetField = 'targetValue' | 'percent' | 'lower' | 'upper' | 'perPeriod';

const COUNT: Measure = { unit: 'count', currency: null };

/** Which numbers of a goal can be changed in one field each; steps are another matter. */
export function targetFields(goal: Goal): TargetField[] {
  switch (goal.kind) {
    case 'reach':
    case 'accumulate':
      return ['targetValue'];
    case 'change':
      return ['percent'];
    case 'guardrail':
      if (goal.operator === 'between') return ['lower', 'upper'];
      return [goal.operator === 'at_least' ? 'lower' : 'upper'];
    case 'recurring':
      return ['perPeriod'];
    case 'milestone':
      return [];
  }
}

/** A percentage and a count are typed as they are, the others in the unit of the metric. */
export function fieldMeasure(field: TargetField, measure: Measure): Measure {
  return field === 'percent' || field === 'perPeriod' ? COUNT : measure;
}

export function targetText(goal: Goal, field: TargetField, measure: Measure): string {
  const value = (goal as Partial<Record<TargetField, number | null>>)[field] ?? null;
  return writeAmount(value, fieldMeasure(field, measure));
}

/** The goal with what was typed in place of its promises; null where something is no number. */
export function withTargets(
  goal: Goal,
  typed: Partial<Record<TargetField, string>>,
  measure: Measure,
): Goal | null {
  const changed: Partial<Record<TargetField, number>> = {};
  for (const field of targetFields(goal)) {
    const value = readAmount(typed[field] ?? '', fieldMeasure(field, measure));
    if (value === null) return null;
    changed[field] = value;
  }
  return { ...goal, ...changed };
}
