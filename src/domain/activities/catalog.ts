import type { CatalogMetric } from '../catalog/types.ts';
import { activityCount } from './activity-count.ts';
import { learningPlanCompletion, learningTimeShare } from './learning.ts';

export const activityMetrics: readonly CatalogMetric[] = [
  activityCount,
  learningPlanCompletion,
  learningTimeShare,
];
