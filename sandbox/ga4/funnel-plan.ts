import { type Column, columnOf } from './asked-fields.ts';
import { type DayRange, lengthDays, rangesOf } from './days.ts';
import { invalid, notServed } from './errors.ts';
import { fieldsOf, type Test, testOf } from './filter.ts';
import type { FunnelRequest } from './funnel-request.ts';
import { type StepTest, stepTest } from './funnel-step.ts';
import { dimensionNamed } from './names.ts';

export type FunnelPlan = {
  steps: readonly PlannedStep[];
  isOpen: boolean;
  ranges: readonly DayRange[];
  passes: Test;
  breakdown: { column: Column; limit: number } | null;
  touched: readonly string[];
  limit: number;
  tokens: number;
};

type PlannedStep = { label: string; isDirectly: boolean; withinSeconds: number | null; test: StepTest };

const MAX_STEPS = 10;
const DEFAULT_LIMIT = 10_000;
const MAX_LIMIT = 250_000;
const DEFAULT_BREAKDOWN = 5;
const MAX_BREAKDOWN = 15;

/** @throws Refusal (400) for what Google does not take, or (501) for what the sandbox does not serve */
export function funnelPlan(request: FunnelRequest, today: string): FunnelPlan {
  if (request.segments.length > 0) throw notServed('A segment');
  if (request.funnelNextAction !== undefined) throw notServed('A next action');
  if (request.funnelVisualizationType === 'TRENDED_FUNNEL') throw notServed('A trended funnel');
  const asked = request.funnel?.steps ?? [];
  if (asked.length === 0 || asked.length > MAX_STEPS) {
    throw invalid(`A funnel has 1 to ${MAX_STEPS} steps. This one has ${asked.length}.`);
  }
  const { dimensionFilter, limit = DEFAULT_LIMIT } = request;
  if (limit <= 0) throw invalid(`The limit must be positive: ${limit}.`);
  const ranges = rangesOf(request.dateRanges, today);
  const breakdown = breakdownOf(request);
  const filtered = fieldsOf(dimensionFilter);
  const days = ranges.reduce((sum, range) => sum + lengthDays(range), 0);
  return {
    steps: asked.map((step, index) => plannedStep(step, index)),
    isOpen: request.funnel?.isOpenFunnel === true,
    ranges,
    passes: dimensionFilter === undefined ? () => true : testOf(dimensionFilter, dimensionNamed),
    breakdown,
    touched: [...(breakdown?.column.sources ?? []), ...filtered],
    limit: Math.min(limit, MAX_LIMIT),
    // The sandbox's own formula, like that of reports: a funnel costs more for each step.
    tokens: 2 + asked.length + filtered.length + (breakdown === null ? 0 : 1) + Math.floor(days / 90),
  };
}

function plannedStep(
  step: NonNullable<FunnelRequest['funnel']>['steps'][number],
  index: number,
): PlannedStep {
  const { name, isDirectlyFollowedBy, withinDurationFromPriorStep = null, filterExpression } = step;
  if (filterExpression === undefined) throw invalid(`The step ${index + 1} has no filterExpression.`);
  return {
    label: `${index + 1}. ${name === '' ? `Step ${index + 1}` : name}`,
    isDirectly: isDirectlyFollowedBy,
    withinSeconds: withinDurationFromPriorStep,
    test: stepTest(filterExpression),
  };
}

function breakdownOf({ funnelBreakdown }: FunnelRequest): FunnelPlan['breakdown'] {
  if (funnelBreakdown?.breakdownDimension === undefined) return null;
  const { breakdownDimension, limit = DEFAULT_BREAKDOWN } = funnelBreakdown;
  if (limit < 1 || limit > MAX_BREAKDOWN) {
    throw invalid(`The limit of a funnelBreakdown is 1 to ${MAX_BREAKDOWN}. This one is ${limit}.`);
  }
  return { column: columnOf(breakdownDimension), limit };
}
