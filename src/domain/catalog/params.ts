import type { CatalogMetric, ParamSpec, ParamValue, ParamValues } from './types.ts';

/** What is wrong with one parameter: its name, its value and the next step, in one sentence. */
export type ParamProblem = { param: string; problem: string };
export type CheckedParams = { ok: true; params: ParamValues } | { ok: false; problems: ParamProblem[] };

/** Names of events and properties come from elsewhere, and none is longer than this where people could still read it. */
const MAX_TEXT = 200;
const MAX_TEXTS = 50;

/**
 * The parameters of a definition: each of the right kind, and the defaults filled in, in the order of the catalogue,
 * so that equal definitions look equal. `null` counts as not given. Unknown names are refused: a misspelt parameter
 * that is passed over would measure something else than its owner believes.
 */
export function checkParams(
  metric: Pick<CatalogMetric, 'key' | 'params' | 'problemOf'>,
  given: Readonly<Record<string, unknown>>,
): CheckedParams {
  const problems: ParamProblem[] = Object.keys(given)
    .filter((name) => !Object.hasOwn(metric.params, name))
    .map((name) => ({ param: name, problem: unknownParam(metric, name) }));
  const params: Record<string, ParamValue> = {};
  for (const [name, spec] of Object.entries(metric.params)) {
    const value = given[name] ?? spec.default;
    if (value === undefined) {
      if (isRequired(spec)) {
        const problem = `"${name}" is missing, and only you can say it; give ${expectation(spec)}.`;
        problems.push({ param: name, problem });
      }
      continue;
    }
    const checked = checkValue(spec, value);
    if (checked === null) {
      problems.push({
        param: name,
        problem: `"${name}" is ${written(value)}, which it cannot be; give ${expectation(spec)}.`,
      });
    } else params[name] = checked;
  }
  const together = problems.length === 0 ? (metric.problemOf?.(params) ?? null) : null;
  if (together !== null) problems.push({ param: '', problem: together });
  return problems.length === 0 ? { ok: true, params } : { ok: false, problems };
}

function isRequired(spec: ParamSpec): boolean {
  return 'required' in spec && spec.required;
}

function unknownParam({ key, params }: Pick<CatalogMetric, 'key' | 'params'>, name: string): string {
  const known = Object.keys(params).map((param) => `"${param}"`);
  const next = known.length === 0 ? 'it has none; leave it out' : `use one of ${known.join(', ')}`;
  return `"${name}" is not a parameter of ${key}; ${next}.`;
}

/** The value as the metric may use it, or null when it is not one that the parameter can have. */
function checkValue(spec: ParamSpec, value: unknown): ParamValue | null {
  switch (spec.type) {
    case 'text':
      return isText(value) ? value : null;
    case 'texts': {
      if (!Array.isArray(value) || value.length < fewest(spec) || value.length > MAX_TEXTS) return null;
      const texts = value.filter(isText);
      return texts.length === value.length ? texts : null;
    }
    case 'whole':
      return isNumber(value, spec) && Number.isInteger(value) ? value : null;
    case 'number':
      return isNumber(value, spec) ? value : null;
    case 'choice':
      return typeof value === 'string' && spec.of.includes(value) ? value : null;
    case 'flag':
      return typeof value === 'boolean' ? value : null;
    case 'span': {
      if (!Array.isArray(value) || value.length !== 2) return null;
      const [from, to]: unknown[] = value;
      if (!isNumber(from, spec) || !isNumber(to, spec)) return null;
      return Number.isInteger(from) && Number.isInteger(to) && from <= to ? [from, to] : null;
    }
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT;
}

function isNumber(value: unknown, { min, max }: { min: number; max: number }): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

/** A list that its owner has to give may not be empty; one that may be left out may. */
function fewest(spec: Extract<ParamSpec, { type: 'texts' }>): number {
  return spec.min ?? (spec.required === true ? 1 : 0);
}

function expectation(spec: ParamSpec): string {
  switch (spec.type) {
    case 'text':
      return `a text of 1 to ${MAX_TEXT} characters`;
    case 'texts':
      return `a list of ${fewest(spec)} to ${MAX_TEXTS} texts, none of them empty`;
    case 'whole':
      return `a whole number from ${spec.min} to ${spec.max}`;
    case 'number':
      return `a number from ${spec.min} to ${spec.max}`;
    case 'choice':
      return `one of ${spec.of.map((choice) => `"${choice}"`).join(', ')}`;
    case 'flag':
      return 'true or false';
    case 'span':
      return `two whole numbers from ${spec.min} to ${spec.max}, the smaller one first`;
  }
}

function written(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
