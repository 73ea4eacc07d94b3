import type { CatalogMetric } from '../catalog/types.ts';
import { activationMetrics } from './activation.ts';
import { activeUserMetrics } from './active-users.ts';
import { cartMetrics } from './carts.ts';
import { frequencyMetric } from './frequency.ts';
import { funnelMetrics } from './funnel.ts';
import { merchantConversionMetric } from './merchants.ts';
import { retentionMetric } from './retention.ts';
import { sessionMetrics } from './session-metrics.ts';
import { shareOfUsersMetrics } from './share-of-users.ts';
import { trialToPaidRate } from './trial.ts';
import { viewingMetrics } from './viewing.ts';

/**
 * What people did in a product, as metrics. Each needs the records of its window and those around it that its meaning
 * reaches for: earlier ones for "first ever" and for a session that was already going on, later ones for what may
 * still happen within a limit.
 */
export const eventMetrics: readonly CatalogMetric[] = [
  ...activeUserMetrics,
  frequencyMetric,
  ...funnelMetrics,
  trialToPaidRate,
  ...activationMetrics,
  retentionMetric,
  ...sessionMetrics,
  ...shareOfUsersMetrics,
  ...cartMetrics,
  merchantConversionMetric,
  ...viewingMetrics,
];
