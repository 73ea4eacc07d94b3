import { z } from 'zod';
import { isSingular } from './path-filter.ts';
import { parsePath } from './path-parse.ts';
import { fullWork, runPath, type Work } from './path-run.ts';
import { PathProblem } from './path-types.ts';
import { follow, parsePointer } from './pointer.ts';

/** A JSON Pointer or a JSONPath, by its first character. */
export type Pick = {
  text: string;
  /** It leads to one place at most: a pointer, or a path of names and numbers only. */
  single: boolean;
  all(root: unknown, work?: Work): unknown[];
};

const known = new Map<string, Pick>();
const MOST_KNOWN = 500;

/** @throws PathProblem when the text is neither, or beyond the limits */
export function pickOf(text: string): Pick {
  const seen = known.get(text);
  if (seen !== undefined) return seen;
  const pick = text.startsWith('$') ? byPath(text) : byPointer(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, pick);
  return pick;
}

function byPath(text: string): Pick {
  const query = parsePath(text);
  return { text, single: isSingular(query), all: (root, work = fullWork()) => runPath(query, root, work) };
}

function byPointer(text: string): Pick {
  const parts = parsePointer(text);
  return {
    text,
    single: true,
    all(root) {
      const at = follow(parts, root);
      return at === 'missing' ? [] : [at.found];
    },
  };
}

/** A path in a setting: what is wrong with it is said where it is entered. */
export const pickText = z.string().superRefine((text, context) => {
  try {
    pickOf(text);
  } catch (error) {
    if (!(error instanceof PathProblem)) throw error;
    context.addIssue({
      code: 'custom',
      message: `${error.message} Write a JSON Pointer such as /data/0/value or a JSONPath such as $.data[0].value`,
    });
  }
});
