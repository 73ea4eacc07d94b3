import type { KeyResultRow } from '../api/contract.ts';
import type { Translate } from '../i18n/index.ts';
import type { Format, Measure } from './format.ts';

type Goal = KeyResultRow['goal'];

/** What a goal promises, in one plain phrase with its own numbers. */
export function goalPhrase(t: Translate, format: Format, goal: Goal, measure: Measure): string {
  const full = (value: number | null) => format.full(value, measure);
  switch (goal.kind) {
    case 'reach':
      return goal.startValue === null
        ? t('web.binding.goal.reach_open', { target: full(goal.targetValue) })
        : t('web.binding.goal.reach', { start: full(goal.startValue), target: full(goal.targetValue) });
    case 'change': {
      const sign = goal.percent > 0 ? '+' : '';
      const change = `${sign}${format.number(goal.percent)}`;
      return goal.mode === 'points'
        ? t('web.binding.goal.points', { change })
        : t('web.binding.goal.change', { change });
    }
    case 'accumulate':
      return t('web.binding.goal.accumulate', { target: full(goal.targetValue) });
    case 'guardrail': {
      const [lower, upper] = [full(goal.lower), full(goal.upper)];
      if (goal.operator === 'between') return t('web.binding.goal.between', { lower, upper });
      return goal.operator === 'at_least'
        ? t('web.binding.goal.at_least', { lower })
        : t('web.binding.goal.at_most', { upper });
    }
    case 'milestone':
      return t('drafts.steps', {
        count: goal.steps.length,
        names: goal.steps.map(({ name }) => name).join(t.lang === 'en' ? ', ' : '、'),
      });
    case 'recurring':
      return t('drafts.rhythm', { count: goal.perPeriod, unit: goal.periodUnit, periods: goal.periods });
  }
}

/** Whether a metric of this kind can feed the goal: days of a level cannot be added up. */
export function feeds(goal: Goal, kind: string): boolean {
  if (goal.kind === 'milestone') return false;
  return (goal.kind !== 'accumulate' && goal.kind !== 'recurring') || kind === 'flow';
}
