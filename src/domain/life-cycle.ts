/** Where a product is in its life, in the order of it. From `launch` on it is live: people use it. */
export const phases = ['discovery', 'validation', 'build', 'launch', 'growth', 'maturity'] as const;
export type Phase = (typeof phases)[number];

/** The five stages of AARRR in the order in which people pass them. */
export const funnelStages = ['acquisition', 'activation', 'retention', 'referral', 'revenue'] as const;
export type FunnelStage = (typeof funnelStages)[number];

/** What an objective or a Key Result can be about: a stage of AARRR, or what lies beside it. */
export const stages = [
  ...funnelStages,
  'engagement',
  'satisfaction',
  'delivery',
  'people',
  'discovery',
  'community',
] as const;
export type Stage = (typeof stages)[number];

export function isLive(phase: string | null): boolean {
  return phase === 'launch' || phase === 'growth' || phase === 'maturity';
}

/** Engagement is how retention is made; the other words beside AARRR are no stage of it. */
export function funnelStageOf(stage: string | null): FunnelStage | null {
  if (stage === 'engagement') return 'retention';
  return funnelStages.find((known) => known === stage) ?? null;
}
