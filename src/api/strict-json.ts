import { AppError } from '../app/errors.ts';

const MAX_DEPTH = 32;
const MAX_KEYS = 10_000;
/** Names that programs take for something else than data. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads one JSON text, once: what another reader would understand differently (a key that is there twice), and what no
 * client of ours needs (great depth, very many keys), is refused.
 *
 * @throws AppError `bad_json`
 */
export function readStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    throw badJson('The body is not JSON that can be read.');
  }
  checkShape(text);
  return value;
}

/** Walks the text, which is known to be JSON, without a call a level: depth costs no stack. */
function checkShape(text: string): void {
  const open: (Set<string> | null)[] = []; // a set of its keys for each object, null for an array
  let keys = 0;
  let last: [number, number] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      last = [at, end];
      at = end - 1;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH) throw badJson(`The body is nested more than ${MAX_DEPTH} levels deep.`);
    } else if (character === '}' || character === ']') open.pop();
    else if (character === ':') {
      keys += 1;
      if (keys > MAX_KEYS) throw badJson(`The body has more than ${MAX_KEYS} keys.`);
      addKey(open.at(-1) ?? null, JSON.parse(text.slice(...last)) as string);
    }
  }
}

function addKey(known: Set<string> | null, key: string): void {
  if (FORBIDDEN.has(key)) throw badJson(`The body has a key "${key}", which is not taken anywhere.`);
  if (known?.has(key) === true)
    throw badJson(`The body has the key "${key.slice(0, 100)}" twice in one object.`);
  known?.add(key);
}

/** The index behind the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function badJson(detail: string): AppError {
  return new AppError('unreadable', 'bad_json', detail, 'Send one plain JSON value, each key once.');
}
