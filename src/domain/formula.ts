import type { Aggregate } from './aggregate.ts';
import type { Kept } from './guardrail.ts';
import type { Goal } from './key-result.ts';
import type { MetricKind } from './metric.ts';
import type { Evaluation } from './snapshot.ts';

/** How a progress came about: the rule in symbols, and the same with the real numbers. */
export type Formula = { rule: string; numbers: string };

type FormulaInput = Pick<Evaluation, 'currentValue' | 'startValue' | 'targetValue' | 'progress'> & {
  kept: Pick<Kept, 'met' | 'periods'> | null;
};

/**
 * The arithmetic behind a progress, for reading. `write` puts a value of the metric into words; as it is, a value is
 * shown in the metric's own unit (money in minor units). Without a progress there are no numbers, but the reason.
 */
export function formulaOf(
  evaluation: FormulaInput & Pick<Evaluation, 'statusReason'>,
  goal: Goal,
  write: (value: number) => string = plain,
  combined: { aggregate: Aggregate; kind: MetricKind } | null = null,
): Formula {
  const { currentValue, progress, startValue, targetValue } = evaluation;
  const rule = `${ruleOf(goal)}${combined === null ? '' : currentRule(combined)}`;
  if (progress === null) return { rule, numbers: `no value: ${evaluation.statusReason.code}` };
  const numbers = numbersOf(goal, evaluation, (value) => (value === null ? '?' : operand(value, write)));
  const change =
    goal.kind === 'change' && startValue !== null && targetValue !== null
      ? `; target = ${targetOf(goal, startValue, targetValue, write)}`
      : '';
  const outcome = `${numbers} = ${plain(Number(progress.toPrecision(3)))}${change}`;
  return { rule, numbers: currentValue === null && goal.kind !== 'milestone' ? plain(progress) : outcome };
}

function ruleOf(goal: Goal): string {
  switch (goal.kind) {
    case 'reach':
      return '(current − start) ÷ (target − start)';
    case 'change': {
      const target = goal.mode === 'points' ? 'baseline + points' : 'baseline × (1 + percent)';
      return `(current − baseline) ÷ (target − baseline), target = ${target}`;
    }
    case 'accumulate':
      return 'total ÷ target';
    case 'guardrail':
      return guardrailRule(goal);
    case 'milestone':
      return 'weight of the steps done ÷ weight of all steps';
    case 'recurring':
      return goal.carryOver
        ? 'done, at most the goal ÷ (per period × periods)'
        : 'sum of done per period, at most per period each ÷ (per period × periods)';
  }
}

/** How the current value comes out of several points; nothing to say when it is the latest one. */
function currentRule({ aggregate, kind }: { aggregate: Aggregate; kind: MetricKind }): string {
  if (aggregate === 'latest') return '';
  const span =
    typeof aggregate === 'object'
      ? `over the last ${aggregate.trailingDays} days`
      : aggregate === 'last_complete_month'
        ? 'over the last complete month'
        : 'over the cycle';
  if (kind === 'ratio' || kind === 'distribution')
    return `, current = sum of numerators ÷ sum of denominators ${span}`;
  if (aggregate === 'mean') return `, current = mean of the days ${span}`;
  return kind === 'flow' ? `, current = sum of the days ${span}` : `, current = last day ${span}`;
}

function guardrailRule(goal: Extract<Goal, { kind: 'guardrail' }>): string {
  switch (goal.method) {
    case 'latest':
      return 'inside the bounds: 1, outside: 0';
    case 'share_of_checks':
      return 'checks inside ÷ checks made';
    case 'share_of_planned':
      return 'checks inside ÷ checks planned';
    case 'distance':
      return goal.operator === 'at_least'
        ? '(current − start) ÷ (bound − start)'
        : '1 − (current − bound) ÷ |bound − start|';
  }
}

function numbersOf(goal: Goal, evaluation: FormulaInput, write: (value: number | null) => string): string {
  const { currentValue, kept, startValue, targetValue } = evaluation;
  const [current, start, target] = [write(currentValue), write(startValue), write(targetValue)];
  switch (goal.kind) {
    case 'reach':
    case 'change':
      return `(${current} − ${start}) ÷ (${target} − ${start})`;
    case 'accumulate':
    case 'milestone':
      return `${current} ÷ ${target}`;
    case 'recurring':
      return `${plain(currentValue ?? 0)} ÷ (${goal.perPeriod} × ${goal.periods})`;
    case 'guardrail': {
      if (goal.method === 'share_of_checks') return `${kept?.met ?? 0} ÷ ${kept?.periods ?? 0}`;
      if (goal.method === 'share_of_planned') return `${kept?.met ?? 0} ÷ ${goal.checksPlanned ?? 0}`;
      if (goal.method === 'latest') return `${current} against ${boundsOf(goal, write)}`;
      return goal.operator === 'at_least'
        ? `(${current} − ${start}) ÷ (${target} − ${start})`
        : `1 − (${current} − ${target}) ÷ |${target} − ${start}|`;
    }
  }
}

function boundsOf(
  goal: Extract<Goal, { kind: 'guardrail' }>,
  write: (value: number | null) => string,
): string {
  if (goal.operator === 'at_least') return `≥ ${write(goal.lower)}`;
  if (goal.operator === 'at_most') return `≤ ${write(goal.upper)}`;
  return `${write(goal.lower)} to ${write(goal.upper)}`;
}

function targetOf(
  goal: Extract<Goal, { kind: 'change' }>,
  baseline: number,
  target: number,
  write: (value: number) => string,
): string {
  const sign = goal.percent < 0 ? '−' : '+';
  const size = Math.abs(goal.percent);
  return goal.mode === 'points'
    ? `${write(baseline)} ${sign} ${size} points = ${write(target)}`
    : `${write(baseline)} × (1 ${sign} ${size} %) = ${write(target)}`;
}

function operand(value: number, write: (value: number) => string): string {
  return value < 0 ? `(${write(value)})` : write(value);
}

/** A number as it is, without the noise of binary fractions. */
function plain(value: number): string {
  const text = String(Number(Math.abs(value).toPrecision(10)));
  return value < 0 ? `−${text}` : text;
}
