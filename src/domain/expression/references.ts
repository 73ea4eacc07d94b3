import { dimensionOf } from './dimension.ts';
import { print } from './print.ts';
import type { CheckProblem } from './problem.ts';
import type { ExpressionTraits } from './traits.ts';
import { type Expression, references } from './tree.ts';

/**
 * What is wrong with the metrics of a formula by themselves: they must be known, and share their time zone and how
 * often they have a point. `first` is the one that the others are held against; null when none is known.
 */
export function checkReferences(
  tree: Expression,
  metrics: ReadonlyMap<string, ExpressionTraits>,
): { first: ExpressionTraits | null; problems: CheckProblem[] } {
  const names = references(tree);
  const problems: CheckProblem[] = names
    .filter((name) => !metrics.has(name))
    .map((name) => ({ code: 'unknown_metric', sentence: unknown(name, [...metrics.keys()]) }));
  if (names.length === 0) {
    const sentence = `The formula "${print(tree)}" reads no metric; name at least one.`;
    problems.push({ code: 'no_metric', sentence });
  }
  const known = names.flatMap((name) => {
    const traits = metrics.get(name);
    return traits === undefined ? [] : [{ name, traits }];
  });
  const [first] = known;
  if (first === undefined) return { first: null, problems };
  problems.push(
    ...known.flatMap((one) => withoutCurrency(one)),
    ...known.flatMap((one) => apart(first, one)),
  );
  return { first: first.traits, problems };
}

type Named = { name: string; traits: ExpressionTraits };

function withoutCurrency({ name, traits }: Named): CheckProblem[] {
  if (traits.dimension !== undefined || dimensionOf(traits) !== null) return [];
  const sentence = `The metric "${name}" is money without a currency; set its currency.`;
  return [{ code: 'no_currency', sentence }];
}

function apart(first: Named, { name, traits }: Named): CheckProblem[] {
  const problems: CheckProblem[] = [];
  if (traits.timeZone !== first.traits.timeZone) {
    const zones = `"${first.name}" has days of ${first.traits.timeZone} and "${name}" of ${traits.timeZone}`;
    problems.push({ code: 'time_zone', sentence: `${zones}; choose metrics of one time zone.` });
  }
  if (traits.cadence !== first.traits.cadence) {
    const often = `"${first.name}" has a point per ${first.traits.cadence} and "${name}" one per ${traits.cadence}`;
    problems.push({ code: 'cadence', sentence: `${often}; choose metrics with points equally often.` });
  }
  return problems;
}

function unknown(name: string, keys: readonly string[]): string {
  const start = `There is no metric "${name}"`;
  const lower = name.toLowerCase();
  // A key with a dash that was written bare reads as a subtraction: its pieces arrive here one by one.
  const whole = keys.find((key) => key.split(/[.-]/).includes(lower) && key !== lower);
  if (keys.includes(lower)) return `${start}; write "${lower}".`;
  if (whole !== undefined) return `${start}; if \`${whole}\` is meant, write it in backticks.`;
  return `${start}; choose one of ${keys.length === 0 ? 'the metrics once there are some' : shortList(keys)}.`;
}

function shortList(keys: readonly string[]): string {
  const shown = keys.slice(0, 5).map((key) => `"${key}"`);
  return `${shown.join(', ')}${keys.length > shown.length ? ' …' : ''}`;
}
