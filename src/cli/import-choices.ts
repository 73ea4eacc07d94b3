import type { Body } from '../api/client-types.ts';
import { usageError } from './cli-error.ts';
import { parsePairs } from './key-values.ts';

export type ImportBody = Body<'importText'>;
/** Values are text until it is known what the connector asks for. */
export type Binding = { line: string; connection: string; params: Record<string, string> };

/** Everything that the flags say about what is stored. */
export type Chosen = {
  cycle: string;
  objective: string | null;
  answers: { line: string; option: string }[];
  metrics: { line: string; metric: string }[];
  only: string[] | null;
  bindings: Binding[];
};

const LINE = /^\d{1,6}(\.\d{1,3})?$/;

/** `--answer 12=per_month`: the option for the question on that line. */
export function parseAnswers(pairs: readonly string[]): { line: string; option: string }[] {
  return pairsOf(pairs, '--answer', 'OPTION').map(([line, option]) => ({ line, option }));
}

/** `--metric 12=nps`: another metric of the catalogue for that line. */
export function parseMetrics(pairs: readonly string[]): { line: string; metric: string }[] {
  return pairsOf(pairs, '--metric', 'METRIC').map(([line, metric]) => ({ line, metric }));
}

/** `--only 12`, or several apart by commas. */
export function parseOnly(lines: readonly string[]): string[] {
  return lines
    .flatMap((each) => each.split(','))
    .map((each) => {
      const line = each.trim();
      if (!LINE.test(line)) throw usageError(`--only "${line}" is not a line`, 'Write it like --only 12.');
      return line;
    });
}

/** `--bind 12=stripe:currency=usd,trialDays=14`: the connection, and its parameters apart by commas. */
export function parseBindings(pairs: readonly string[]): Binding[] {
  return pairsOf(pairs, '--bind', 'CONNECTION[:param=value,…]').map(([line, text]) => {
    const at = text.indexOf(':');
    const connection = at < 0 ? text : text.slice(0, at);
    return { line, connection, params: parsePairs(at < 0 ? [] : splitParams(text.slice(at + 1)), '--bind') };
  });
}

/** A comma begins a new parameter only where a name and "=" follow: lists have commas, too. */
function splitParams(text: string): string[] {
  return text.split(/,(?=\s*\w+=)/).map((part) => part.trim());
}

function pairsOf(pairs: readonly string[], flag: string, what: string): [string, string][] {
  const seen = new Set<string>();
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    const [line, value] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    if (!LINE.test(line) || value === '') {
      throw usageError(`${flag} "${pair}" is not ${flag} LINE=${what}`, `Write it like ${flag} 12=…`);
    }
    if (seen.has(line)) throw usageError(`${flag} is given twice for line ${line}`);
    seen.add(line);
    return [line, value];
  });
}
