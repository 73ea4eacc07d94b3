import { isInside, spanOf } from '../catalog/span.ts';
import type { CatalogMetric } from '../catalog/types.ts';
import { noValue, quotient, sumOf } from './quotient.ts';
import type { LearningPlan } from './records.ts';

/**
 * How much of what people planned to learn is done. `pooled` divides all that is done by all that is planned, `macro`
 * is the mean of the people. Whoever planned nothing has nothing to complete and takes no part in either.
 */
export const learningPlanCompletion: CatalogMetric = {
  key: 'learning_plan_completion',
  stage: 'people',
  // The plans as they stand: what was planned yesterday is planned today too, so days never add up.
  kind: 'stock',
  unit: { name: 'ratio', storedAs: 'ratio', storedPer: 1 },
  windows: ['snapshot'],
  usualWindow: { kind: 'day' },
  params: { aggregation: { type: 'choice', of: ['pooled', 'macro'], default: 'pooled' } },
  records: ['plans'],
  sources: ['sheet', 'csv', 'push', 'sql'],
  compute(params, _window, { plans }) {
    if (plans === undefined) return noValue('no_observation');
    const people = byPerson(plans).filter((plan) => plan.planned > 0);
    const extras = { sampleSize: people.length };
    if (params.aggregation === 'macro') {
      return quotient(sumOf(people.map((plan) => plan.completed / plan.planned)), people.length, extras);
    }
    const completed = sumOf(people.map((plan) => plan.completed));
    return quotient(completed, sumOf(people.map((plan) => plan.planned)), extras);
  },
};

/** Hours spent learning, of all hours worked. */
export const learningTimeShare: CatalogMetric = {
  key: 'learning_time_share',
  stage: 'people',
  kind: 'ratio',
  unit: { name: 'ratio', storedAs: 'ratio', storedPer: 1 },
  windows: ['period'],
  usualWindow: { kind: 'month' },
  params: {},
  records: ['hours'],
  sources: ['sheet', 'csv', 'push', 'sql'],
  compute(_params, window, { hours }) {
    if (hours === undefined) return noValue('no_observation');
    const span = spanOf(window);
    const inside = hours.filter((entry) => isInside(entry.at, span));
    const people = new Set(inside.map((entry) => entry.personId));
    return quotient(sumOf(inside.map((entry) => entry.learning)), sumOf(inside.map((entry) => entry.total)), {
      sampleSize: people.size,
    });
  },
};

/** One plan a person, however many rows the source keeps of it. */
function byPerson(plans: readonly LearningPlan[]): { planned: number; completed: number }[] {
  const people = new Map<string, LearningPlan[]>();
  for (const plan of plans) people.set(plan.personId, [...(people.get(plan.personId) ?? []), plan]);
  return [...people.values()].map((rows) => ({
    planned: sumOf(rows.map((row) => row.planned)),
    completed: sumOf(rows.map((row) => row.completed)),
  }));
}
