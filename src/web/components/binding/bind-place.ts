import { storedAmount } from '../../amount-text.ts';
import type { BindingRequest, Detail } from '../../binding-queries.ts';
import { type ParamField, typedParams } from '../../param-form.ts';
import { useWords, type Words } from '../../use-words.ts';

/** Where somebody is on the way, and what they chose so far: all of it stands in the address, none of it is a secret. */
export const steps = ['source', 'metric', 'preview', 'rule', 'save'] as const;
export type Step = (typeof steps)[number];
export const ways = ['connector', 'metric', 'push', 'csv', 'formula', 'check_in'] as const;
export type Way = (typeof ways)[number];

const PARAM = 'p.';

export function usePlace() {
  const { words, put } = useWords();
  const way = ways.find((each) => each === words['way']) ?? null;
  const asked = steps.find((each) => each === words['step']) ?? 'source';
  // An address that was cut off leads back to the first thing that is missing.
  const step: Step = way === null ? 'source' : asked !== 'metric' && !isChosen(words) ? 'metric' : asked;
  return {
    words,
    put,
    way,
    step: words['step'] === 'source' ? ('source' as const) : step,
    texts: paramTexts(words),
    /** Another step, as a place of its own: the back button undoes it. */
    go: (change: Words) => put({ ...change, done: undefined }, true),
  };
}
export type Place = ReturnType<typeof usePlace>;

const isChosen = (words: Words): boolean => words['metric'] !== undefined;

export function paramTexts(words: Words): Record<string, string> {
  const own = Object.entries(words).filter(([name]) => name.startsWith(PARAM));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(PARAM.length), value ?? '']));
}

/** The parameters as words of the address; those of another metric leave it. */
export function asWords(words: Words, texts: Readonly<Record<string, string>>): Words {
  const old = Object.keys(words).filter((name) => name.startsWith(PARAM));
  const own = Object.entries(texts).map(([name, value]) => [`${PARAM}${name}`, value] as const);
  return { ...Object.fromEntries(old.map((name) => [name, undefined])), ...Object.fromEntries(own) };
}

/** What is asked of the source; null while something is missing. */
export function sourceOf(
  { texts, way, words }: Pick<Place, 'texts' | 'way' | 'words'>,
  fields: readonly ParamField[] | null,
): BindingRequest['source'] | null {
  const { connection, metric } = words;
  if (metric === undefined || way === null) return null;
  if (way !== 'connector') return { kind: 'metric', metric };
  if (connection === undefined || fields === null) return null;
  const params = typedParams(fields, texts);
  const kind = words['meaning'] === '1' ? 'meaning' : 'connector';
  return { kind, connection, metric, params };
}

/** The start as it was chosen; null: as the Key Result has it. Not ok: it is no number. */
export function baselineOf(
  words: Words,
  detail: Pick<Detail, 'unit' | 'currency'>,
): { ok: boolean; baseline: NonNullable<BindingRequest['baseline']> | null } {
  if (words['start'] === 'value') {
    const value = storedAmount(words['startValue'] ?? '', detail);
    return value === null ? { ok: false, baseline: null } : { ok: true, baseline: { value } };
  }
  if (words['start'] !== 'rule') return { ok: true, baseline: null };
  const kind = words['startRule'] ?? 'trailing_mean';
  if (kind === 'as_compared') return { ok: true, baseline: { rule: { kind } } };
  const days = Number(words['startDays'] ?? '28');
  if (!Number.isInteger(days) || days < 1 || days > 180) return { ok: false, baseline: null };
  return {
    ok: true,
    baseline: { rule: { kind: kind === 'last_value' ? 'last_value' : 'trailing_mean', days } },
  };
}

export const speaking = ['quiet', 'normal', 'early'] as const;

/** The rule that is tried; null: none of its own. */
export function ruleOf(words: Words): NonNullable<BindingRequest['rule']> | null {
  const sensitivity = speaking.find((each) => each === words['alert']);
  return sensitivity === undefined ? null : { sensitivity, forEvaluations: 3, keepFiringEvaluations: 5 };
}
