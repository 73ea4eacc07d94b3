import type { CycleRecord } from '../app/ports.ts';
import type { ScorecardRecord } from '../app/ports-scorecard.ts';
import type { ObjectiveView } from '../app/read-objective.ts';
import type { Hint } from '../domain/hints.ts';
import { hintText } from '../i18n/hint-text.ts';
import { plainFormat, reasonText, translator } from '../i18n/index.ts';
import { objectiveView } from './views.ts';

const english = translator('en');

export function scorecardView(cycle: CycleRecord, record: ScorecardRecord) {
  const { content, closedAt, closedBy, reason, digest } = record;
  return {
    cycle: { id: cycle.id, ...content.cycle },
    closedAt: closedAt.toISOString(),
    closedBy,
    reason,
    digest,
    objectives: content.objectives.map((row) => ({ ...row, titles: row.titles ?? {} })),
    keyResults: content.keyResults.map((row) => {
      const text = reasonText(english, row.reason, plainFormat('en', row.unit, row.currency));
      return { ...row, titles: row.titles ?? {}, reason: { ...row.reason, text } };
    }),
  };
}

export function hintView(hint: Hint) {
  return { ...hint, text: hintText(english, hint) };
}

/** The rule is stated where the number is: negative progress counts as 0, more than the target as 1. */
export function objectiveDetailView({ objective, rolled, items }: ObjectiveView) {
  const parts = items.filter((item) => item.counted !== null);
  const sum = parts.map(({ counted, weight }) => `${weight} × ${round(counted ?? 0)}`).join(' + ');
  const weights = parts.map(({ weight }) => weight).join(' + ');
  return {
    ...objectiveView(objective),
    description: objective.description,
    progress: rolled.value,
    coverage: rolled.coverage,
    items,
    formula: rolled.value === null ? '' : `(${sum}) ÷ (${weights}) = ${round(rolled.value)}`,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
