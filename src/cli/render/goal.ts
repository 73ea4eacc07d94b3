import type { KeyResultRow } from '../../api/contract.ts';
import { formatValue, noValue, number } from './format.ts';
import { type Look, plain } from './look.ts';
import { type Voice, voiceOf } from './voice.ts';

type Row = Pick<KeyResultRow, 'goal' | 'unit' | 'currency' | 'targetValue' | 'currentValue'>;

/** Where the Key Result stands, in its unit; for milestones the steps done of all steps. */
export function currentText(row: Row, look: Look, short: boolean): string {
  const { goal } = row;
  if (goal.kind === 'milestone') {
    const done = goal.steps.filter((step) => step.doneOnDay !== null).length;
    return `${done}/${goal.steps.length}`;
  }
  return formatValue(row.currentValue, row, look, short);
}

/** What the goal asks for, as short as it can be said: "15,000", "≤ 300", "+20 %", "3 per week". */
export function targetText(row: Row, look: Look, short: boolean, voice: Voice = voiceOf(look)): string {
  const { goal } = row;
  const value = (amount: number | null) => formatValue(amount, row, look, short);
  switch (goal.kind) {
    case 'reach':
    case 'accumulate':
      return value(goal.targetValue);
    case 'change': {
      if (row.targetValue !== null) return value(row.targetValue);
      const sign = goal.percent > 0 ? '+' : '';
      const unit = goal.mode === 'points' ? 'pp' : '%';
      return `${sign}${number(goal.percent, look)} ${unit}`;
    }
    case 'guardrail':
      if (goal.operator === 'at_least') return plain(`≥ ${value(goal.lower)}`, look);
      if (goal.operator === 'at_most') return plain(`≤ ${value(goal.upper)}`, look);
      return plain(`${value(goal.lower)} … ${value(goal.upper)}`, look);
    case 'milestone':
      return `${goal.steps.length}`;
    case 'recurring':
      return voice.say('goal.per_period', { count: goal.perPeriod, unit: goal.periodUnit });
    default:
      return noValue(look);
  }
}
