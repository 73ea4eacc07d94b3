import type { DemoPlan } from '../../../src/cli/demo/plan.ts';
import { CONNECTIONS, METRICS } from './sources.ts';
import { keyResultDrafts, objectives } from './workspace.ts';

/** Four objectives of Acme with nineteen Key Results: every kind of goal and status, on three providers. */
export const fourGoals: DemoPlan = {
  sandbox: {},
  warehouse: false,
  sources: 'Stripe, Google Analytics and Mixpanel',
  connections: CONNECTIONS,
  metrics: METRICS,
  formulas: [],
  objectives,
  read: METRICS.map(({ key }) => key),
  keyResults: keyResultDrafts,
  checkIns: [],
};
