import type { CatalogMetric } from '../catalog/types.ts';
import { bugsPerFeature, linkedBugsPerFeature } from './bugs.ts';
import { coverage } from './coverage.ts';
import { deploymentCount, deploymentMinutes } from './deployments.ts';
import { leadTime } from './lead-time.ts';
import { postReleaseBugs } from './post-release-bugs.ts';
import { sprintVelocity } from './velocity.ts';

export const deliveryMetrics: readonly CatalogMetric[] = [
  sprintVelocity,
  bugsPerFeature,
  linkedBugsPerFeature,
  postReleaseBugs,
  leadTime,
  deploymentMinutes,
  deploymentCount,
  coverage,
];
