import type { Titled } from '../../../domain/titles.ts';
import { type Translate, titleIn } from '../../../i18n/index.ts';
import type { Rule } from '../../alerts-queries.ts';
import type { Format } from '../../format.ts';

export type Sensitivity = 'quiet' | 'normal' | 'early';
export const sensitivities: readonly Sensitivity[] = ['quiet', 'normal', 'early'];

/** What a person chooses of a rule; the scope stays as it was made. */
export type RuleDraft = {
  /** `all`, `objective ID` or `key_result ID`. */
  scope: string;
  sensitivity: Sensitivity;
  forEvaluations: string;
  keepFiringEvaluations: string;
  /** Empty: never. */
  repeatDays: string;
};

export const usualDraft: RuleDraft = {
  scope: 'all',
  sensitivity: 'normal',
  forEvaluations: '3',
  keepFiringEvaluations: '5',
  repeatDays: '7',
};

type Named = { id: string } & Titled;
export type Names = {
  objectives: readonly Named[];
  keyResults: readonly Named[];
};

/** Below these chances a breach begins, by what the server calls them: a border in between is the nearest's. */
const borders: Record<Sensitivity, number> = { quiet: 0.2, normal: 0.25, early: 0.3 };

export function sensitivityOf({ fireBelow }: Pick<Rule, 'fireBelow'>): Sensitivity {
  return sensitivities.reduce((best, each) =>
    Math.abs(borders[each] - fireBelow) < Math.abs(borders[best] - fireBelow) ? each : best,
  );
}

export function draftOf(rule: Rule): RuleDraft {
  const { forEvaluations, keepFiringEvaluations, keyResultId, objectiveId, repeatDays } = rule;
  return {
    scope:
      keyResultId !== null
        ? `key_result ${keyResultId}`
        : objectiveId !== null
          ? `objective ${objectiveId}`
          : 'all',
    sensitivity: sensitivityOf(rule),
    forEvaluations: String(forEvaluations),
    keepFiringEvaluations: String(keepFiringEvaluations),
    repeatDays: repeatDays === null ? '' : String(repeatDays),
  };
}

/** As the API takes it. A field that is no number is sent as it is nowhere: 0 is refused at its field. */
export function bodyOf(draft: RuleDraft) {
  const [about = 'all', id = null] = draft.scope.split(' ');
  return {
    keyResult: about === 'key_result' ? id : null,
    objective: about === 'objective' ? id : null,
    ...changeOf(draft),
  };
}

export function changeOf({ forEvaluations, keepFiringEvaluations, repeatDays, sensitivity }: RuleDraft) {
  return {
    sensitivity,
    forEvaluations: Number(forEvaluations),
    keepFiringEvaluations: Number(keepFiringEvaluations),
    repeatDays: repeatDays.trim() === '' ? null : Number(repeatDays),
  };
}

/** Whose alerts it makes. */
export function scopeText(t: Translate, rule: Rule, names: Names | undefined): string {
  const titled = (list: readonly Named[] | undefined, id: string) =>
    titleIn(t.lang, list?.find((each) => each.id === id) ?? { title: id });
  if (rule.keyResultId !== null)
    return t('web.rules.of_key_result', { title: titled(names?.keyResults, rule.keyResultId) });
  if (rule.objectiveId !== null)
    return t('web.rules.of_objective', { title: titled(names?.objectives, rule.objectiveId) });
  return t('web.rules.of_all');
}

/** What it does, in plain words. */
export function ruleText(t: Translate, format: Format, rule: Rule): string {
  const { clearAbove, fireBelow, forEvaluations, keepFiringEvaluations } = rule;
  return t('web.rules.sentence', {
    below: format.percent(fireBelow),
    above: format.percent(clearAbove),
    days: forEvaluations,
    calmDays: keepFiringEvaluations,
  });
}

export function repeatText(t: Translate, { repeatDays }: Rule): string {
  return repeatDays === null ? t('web.rules.once') : t('web.rules.repeats', { days: repeatDays });
}
