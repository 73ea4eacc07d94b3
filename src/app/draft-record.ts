import { type BaselineRule, takesBaseline } from '../domain/baseline.ts';
import { resolvedStart } from '../domain/goal.ts';
import type { Goal } from '../domain/key-result.ts';
import { type Phase, phases } from '../domain/life-cycle.ts';
import type { WantedMetric } from './catalog-binding.ts';
import type { PlacedDraft, PlacedObjective } from './draft-place.ts';
import type { KeyResultDefinition } from './ports.ts';

/** What of a draft is stored, and how. */

const MAX_TITLE = 200;

/** A title is a line; what is longer stands whole beside it. */
export function titleOf(text: string): string {
  const whole = text.trim();
  if (whole.length <= MAX_TITLE) return whole;
  // Half of a character outside the basic plane is none.
  return `${whole.slice(0, MAX_TITLE - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The two are the same to a reader. */
export function sameText(left: string, right: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  return plain(left) === plain(right);
}

export function definitionOf({ assumptions, metric, stage, text }: PlacedDraft): KeyResultDefinition {
  return {
    text,
    stage,
    metric: metric?.key ?? null,
    params: metric === null ? {} : { ...metric.params },
    window: metric?.window ?? null,
    assumptions: assumptions.map(({ code, values }) => ({ code, values: { ...values } })),
  };
}

export function wantedMetricOf({ currency, metric, unit }: PlacedDraft): WantedMetric | null {
  if (metric === null) return null;
  const { aggregate, key, params, window } = metric;
  return { metric: key, params, window, aggregate, unit, currency };
}

/**
 * How the start is captured: as it is compared, so that both sides look at as many days, unless the assumption says
 * other days. The mean of whole months is one of the points that close them. Null: nothing to capture, or nobody said.
 */
export function baselineRuleOf({ assumptions, metric }: PlacedDraft, goal: Goal): BaselineRule | null {
  if (!takesBaseline(goal) || resolvedStart(goal) !== null) return null;
  for (const assumption of assumptions) {
    if (assumption.code === 'baseline_days' && assumption.values.days !== comparedDays(metric)) {
      return { kind: 'trailing_mean', days: assumption.values.days };
    }
    if (assumption.code === 'baseline_mean_months') {
      return { kind: 'trailing_mean', days: daysOfMonths(assumption.values.months) };
    }
    if (assumption.code.startsWith('baseline_')) return { kind: 'as_compared' };
  }
  return null;
}

/** Over how many days a value is; null where it is not a number of days. */
function comparedDays(metric: PlacedDraft['metric']): number | null {
  if (metric === null) return null;
  const { aggregate, window } = metric;
  if (typeof aggregate === 'object' && aggregate !== null) return aggregate.trailingDays;
  return window.kind === 'trailing' || window.kind === 'matured_cohort' ? window.days : null;
}

/** Days before a first of a month that hold so many last days of months, and none more, whichever months they are. */
function daysOfMonths(months: number): number {
  return months * 30 - 10;
}

const chinesePhases: readonly (readonly [Phase, RegExp])[] = [
  ['discovery', /发现|探索/],
  ['validation', /验证/],
  ['build', /构建|开发|研发/],
  ['launch', /发布|上线/],
  ['growth', /增长|成长/],
  ['maturity', /成熟/],
];

/** The phase that a heading names; null when it names none. */
export function phaseOf({ phase: heading }: PlacedObjective): Phase | null {
  if (heading === null) return null;
  const words = heading.toLowerCase().split(/[^a-z]+/);
  const named = phases.find((phase) => words.includes(phase));
  return named ?? chinesePhases.find(([, pattern]) => pattern.test(heading))?.[0] ?? null;
}
