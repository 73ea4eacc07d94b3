import { PathProblem } from './path-types.ts';

const MAX_CHARACTERS = 512;
const MAX_PARTS = 32;

/**
 * The parts of a JSON Pointer (RFC 6901): `/data/0/a~1b` is "data", "0", "a/b". The empty pointer is the whole.
 *
 * @throws PathProblem
 */
export function parsePointer(text: string): string[] {
  if (text.length > MAX_CHARACTERS)
    throw new PathProblem(`The pointer has ${text.length} characters; at most ${MAX_CHARACTERS} are read.`);
  if (text === '') return [];
  if (!text.startsWith('/')) throw new PathProblem(`The pointer "${text}" must begin with "/".`);
  if (/~(?![01])/.test(text))
    throw new PathProblem(
      `The pointer "${text}" has a "~" that is neither "~0" (for "~") nor "~1" (for "/").`,
    );
  const parts = text.slice(1).split('/');
  if (parts.length > MAX_PARTS)
    throw new PathProblem(`The pointer has ${parts.length} parts; at most ${MAX_PARTS} are read.`);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What the pointer leads to; `missing` where it leads nowhere. */
export function follow(parts: readonly string[], root: unknown): { found: unknown } | 'missing' {
  let here = root;
  for (const part of parts) {
    if (Array.isArray(here)) {
      if (!/^(0|[1-9]\d*)$/.test(part) || Number(part) >= here.length) return 'missing';
      here = here[Number(part)];
    } else if (typeof here === 'object' && here !== null && Object.hasOwn(here, part)) {
      here = (here as Record<string, unknown>)[part]; // an own field of an object of JSON
    } else return 'missing';
  }
  return { found: here };
}
