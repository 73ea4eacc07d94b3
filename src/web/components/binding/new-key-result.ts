import type { Body } from '../../../api/client-types.ts';
import { storedAmount } from '../../amount-text.ts';
import type { Measure } from '../../format.ts';

export type Kind = 'reach' | 'change' | 'accumulate' | 'stay' | 'steps' | 'recurring';
export const kinds: readonly Kind[] = ['reach', 'change', 'accumulate', 'stay', 'steps', 'recurring'];
export const units = ['count', 'ratio', 'money', 'duration', 'rating', 'score', 'custom'] as const;

/** The form as text, as it is typed. */
export type Filled = {
  objective: string;
  newObjective: string;
  title: string;
  owner: string;
  kind: Kind;
  unit: (typeof units)[number];
  currency: string;
  customUnit: string;
  /** Whether the start is captured from the data, or known. */
  start: 'captured' | 'known';
  from: string;
  to: string;
  percent: string;
  points: boolean;
  operator: 'at_least' | 'at_most' | 'between';
  lower: string;
  upper: string;
  steps: string;
  perPeriod: string;
  periodUnit: 'day' | 'week' | 'month';
  periods: string;
  compare: 'latest' | 'last_complete_month' | 'mean' | 'trailing';
  trailingDays: string;
  pace: 'linear' | 'phased';
  pacePoints: { day: string; percent: string }[];
};

export const nothingFilled: Filled = {
  objective: '',
  newObjective: '',
  title: '',
  owner: '',
  kind: 'reach',
  unit: 'count',
  currency: 'USD',
  customUnit: '',
  start: 'captured',
  from: '',
  to: '',
  percent: '',
  points: false,
  operator: 'at_least',
  lower: '',
  upper: '',
  steps: '',
  perPeriod: '1',
  periodUnit: 'week',
  periods: '13',
  compare: 'latest',
  trailingDays: '28',
  pace: 'linear',
  pacePoints: [{ day: '', percent: '50' }],
};

export function measureOf({ currency, customUnit, unit }: Filled): Measure {
  if (unit === 'custom') return { unit: `custom:${customUnit.trim()}`, currency: null };
  return { unit, currency: unit === 'money' ? currency.trim().toLowerCase() : null };
}

type Draft = Body<'createKeyResult'>;
/** Which field cannot be read as what it has to be. */
export type Unreadable = { field: keyof Filled };

/** What is asked of the API, or the fields that are no numbers yet. */
export function draftOf(
  filled: Filled,
): { goal: Draft['goal']; unit: string } | { unreadable: Unreadable[] } {
  const measure = measureOf(filled);
  const unreadable: Unreadable[] = [];
  const amount = (field: 'from' | 'to' | 'lower' | 'upper'): number => {
    const value = storedAmount(filled[field], measure);
    if (value === null) unreadable.push({ field });
    return value ?? 0;
  };
  const count = (field: 'perPeriod' | 'periods' | 'percent'): number => {
    const value = storedAmount(filled[field], { unit: 'count', currency: null });
    if (value === null) unreadable.push({ field });
    return value ?? 0;
  };
  if (filled.unit === 'money' && !/^[A-Za-z]{3}$/.test(filled.currency.trim()))
    unreadable.push({ field: 'currency' });
  if (filled.unit === 'custom' && filled.customUnit.trim() === '') unreadable.push({ field: 'customUnit' });
  const goal = goalOf(filled, amount, count);
  if (goal.kind === 'milestone' && goal.steps.length === 0) unreadable.push({ field: 'steps' });
  if (unreadable.length > 0) return { unreadable };
  return { goal, unit: goal.kind === 'milestone' ? 'count' : measure.unit };
}

function goalOf(
  filled: Filled,
  amount: (field: 'from' | 'to' | 'lower' | 'upper') => number,
  count: (field: 'perPeriod' | 'periods' | 'percent') => number,
): Draft['goal'] {
  const known = filled.start === 'known';
  switch (filled.kind) {
    case 'reach':
      return { kind: 'reach', startValue: known ? amount('from') : null, targetValue: amount('to') };
    case 'change':
      return {
        kind: 'change',
        percent: count('percent'),
        mode: filled.points && filled.unit === 'ratio' ? 'points' : 'relative',
        baselineValue: known ? amount('from') : null,
      };
    case 'accumulate':
      return { kind: 'accumulate', targetValue: amount('to') };
    case 'stay': {
      const { operator } = filled;
      return {
        kind: 'guardrail',
        operator,
        lower: operator === 'at_most' ? null : amount('lower'),
        upper: operator === 'at_least' ? null : amount('upper'),
      };
    }
    case 'steps':
      return {
        kind: 'milestone',
        steps: filled.steps
          .split('\n')
          .map((name) => name.trim())
          .filter((name) => name !== '')
          .map((name) => ({ name, weight: 1, doneOnDay: null })),
      };
    case 'recurring':
      return {
        kind: 'recurring',
        perPeriod: count('perPeriod'),
        periodUnit: filled.periodUnit,
        periods: count('periods'),
      };
  }
}

/** How points become the compared value; null: the latest one. */
export function aggregateOf({ compare, kind, trailingDays }: Filled): NonNullable<Draft['aggregate']> | null {
  if (kind !== 'reach' && kind !== 'change') return null;
  if (compare === 'latest') return null;
  return compare === 'trailing' ? { trailingDays: Number(trailingDays) } : compare;
}

export function paceOf({ pace, pacePoints }: Filled): NonNullable<Draft['paceCurve']> {
  if (pace === 'linear') return { kind: 'linear' };
  const points = pacePoints
    .filter(({ day }) => day !== '')
    .map(({ day, percent }) => ({
      day,
      progress: storedAmount(percent, { unit: 'ratio', currency: null }) ?? 0,
    }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return points.length === 0 ? { kind: 'linear' } : { kind: 'phased', points };
}
