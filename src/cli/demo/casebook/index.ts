import type { DemoPlan } from '../plan.ts';
import { connections } from './connections.ts';
import { checkIns, keyResults } from './key-results.ts';
import { formulas, metrics } from './metrics.ts';
import { objectives } from './objectives.ts';

/** The product-OKR casebook, alive: 57 Key Results under 17 objectives, on every source that they need. */
export const casebook: DemoPlan = {
  sandbox: {
    company: {
      // Fewer strangers than at Acme, and as many who sign up: what they look at says little.
      dailyVisitors: 13,
      signUpShare: 0.27,
      customersAtStart: 125,
      dailySignups: 0.8,
      upgrades: 0.3,
      downgrades: 0.06,
      heldDowngrades: 1,
      savingCoupons: 0,
      pauses: 0,
      monthlyReturn: 0.25,
      engagement: 8.6,
      activationShare: 0.8,
      referralShare: 0.95,
      formLoss: 0.35,
      freeTrials: 0.15,
      reviewPrompts: 0.7,
    },
  },
  warehouse: true,
  sources: 'all sources',
  connections,
  metrics,
  formulas,
  objectives: objectives.map(([key, title, zh, owner]) => ({ key, title, titles: { 'zh-CN': zh }, owner })),
  read: [],
  keyResults,
  checkIns,
};
