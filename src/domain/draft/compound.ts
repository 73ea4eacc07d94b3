import { plain } from './plain.ts';

const en =
  /(?:,\s*and|;|,|\s+and|\s+while|\s+whilst|\s+but)\s+(?:also\s+)?(?=(?:increas|reduc|decreas|rais|grow|cut|lower|improv|keep|maintain|boost|lift|shorten)[a-z]{0,4}\s)/gi;
const zh =
  /(?:[,;。](?:并且?|同时|且|而且)?|(?:并且?|同时|且))(?=(?:将|把|使|提高|提升|降低|减少|增加|缩短|保持|维持|控制))/g;

/** A text longer than this is a story, not a row of promises. */
const MAX_COMPOUND_LENGTH = 600;

const clause = /(?:(?<!\d)[,;]|[,;](?!\d)|\sand\s)(?:并且?|同时|且|而且|\s?and\s)?\s*/gi;

/**
 * The ways to take "raise A from 1 to 2 and cut B by 10 %" apart, the careful one first: before a verb, then at every
 * comma. Which one is right shows when each part can be read on its own.
 */
export function partingsOf(text: string): string[][] {
  if (text.length > MAX_COMPOUND_LENGTH) return [];
  const flat = plain(text);
  return [[en, zh], [clause]]
    .map((patterns) => partedAt(text, flat, patterns))
    .filter((parts) => parts.length > 1 && parts.length < 6);
}

function partedAt(text: string, flat: string, patterns: readonly RegExp[]): string[] {
  const cuts = patterns.flatMap((pattern) => [...flat.matchAll(pattern)]);
  const parts: string[] = [];
  let at = 0;
  for (const { index, 0: all } of cuts.toSorted((a, b) => a.index - b.index)) {
    if (index <= at) continue;
    parts.push(text.slice(at, index).trim());
    at = index + all.length;
  }
  parts.push(text.slice(at).trim());
  return parts.filter((part) => part !== '');
}
