import type { ConnectorContext } from '../sdk/index.ts';
import type { PlannedCost } from './budget.ts';
import { REPORTS_PER_BATCH } from './client.ts';
import { cohortsCost, cohortsOf } from './cohort-plan.ts';
import type { Ga4Config } from './config.ts';
import { recallTokens, tokensOf } from './costs.ts';
import { funnelCost, funnelOf } from './funnel-plan.ts';
import { funnelParams, monthUsersParams, retentionParams, usersParams } from './params.ts';
import { type Asked, daysIn, planReports, portions, type ReportPlan } from './plan.ts';
import { asksOf, questionOf } from './questions.ts';
import { requestOf } from './report.ts';
import { usersCost, usersOfDays, usersOfMonths } from './user-spans.ts';

/** The reports by date of all reads of the run, with those of one read that may not be among them. */
export function plansOf(context: ConnectorContext<Ga4Config>, own: readonly Asked[]): ReportPlan[] {
  const planned = context.reads.flatMap(({ metric, params, window }): Asked[] => {
    const question = questionOf(metric, params);
    return question === null ? [] : asksOf(question).map((ask) => ({ ...ask, window }));
  });
  // Whoever reads outside a run has no plan but its own; inside one, this adds nothing.
  return planReports([...planned, ...own], context.now);
}

export function batchKey(batch: readonly ReportPlan[]): string {
  return `ga4-batch:${JSON.stringify(batch)}`;
}

export function batchCost(propertyId: string, batch: readonly ReportPlan[]): PlannedCost {
  const tokens = batch.reduce((sum, plan) => sum + tokensOf(propertyId, requestOf(plan, 0)), 0);
  return { key: batchKey(batch), pools: 'core', days: Math.max(0, ...batch.map(daysIn)), tokens };
}

/** What all reads of the run will cost, each that is asked for once; worked out once, because every read asks. */
export function plannedCosts(context: ConnectorContext<Ga4Config>): Promise<PlannedCost[]> {
  return context.shared('ga4-costs', async () => {
    await recallTokens(context);
    return costsOf(context);
  });
}

function costsOf(context: ConnectorContext<Ga4Config>): PlannedCost[] {
  const { config, now, reads } = context;
  const { propertyId } = config;
  const batches = portions(plansOf(context, []), REPORTS_PER_BATCH);
  const alone = reads.flatMap(({ metric, params, window }): PlannedCost[] => {
    switch (metric) {
      case 'users':
        return [usersCost(propertyId, usersOfDays(usersParams.parse(params), window, now))];
      case 'users_of_month':
        return [usersCost(propertyId, usersOfMonths(monthUsersParams.parse(params), window, now))];
      case 'retention':
        return [cohortsCost(propertyId, cohortsOf(retentionParams.parse(params), window, now))];
      case 'funnel_conversion':
        return [funnelCost(propertyId, funnelOf(funnelParams.parse(params), window, now))];
      default:
        return [];
    }
  });
  const all = [...batches.map((batch) => batchCost(propertyId, batch)), ...alone];
  return [...new Map(all.map((cost) => [cost.key, cost])).values()].filter(({ tokens }) => tokens > 0);
}
