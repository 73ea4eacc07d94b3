import { limits } from './tree.ts';

/** A piece of a formula, with its place: `at` counts characters from 1. */
export type Token =
  | { kind: 'number'; text: string; at: number; value: number }
  | { kind: 'name'; text: string; at: number; name: string; quoted: boolean }
  | { kind: 'symbol'; text: string; at: number }
  | { kind: 'end'; text: ''; at: number }
  /** Something that cannot be read. `expected` says what would do in its place, when that does not depend on it. */
  | { kind: 'bad'; text: string; at: number; expected: string | null };

/** The pieces of a text, up to the end or to the first one that cannot be read. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let index = afterSpace(text, 0); index < text.length; ) {
    const token = tokenAt(text, index);
    tokens.push(token);
    if (token.kind === 'bad') return tokens;
    index = afterSpace(text, index + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 });
  return tokens;
}

const quoteRule = 'a metric key in backticks, such as `active-users-28`';

function tokenAt(text: string, index: number): Token {
  const at = index + 1;
  const digits = match(/[0-9][0-9A-Za-z_.]*/y, text, index);
  if (digits !== null) return numberToken(digits, at);
  // A dot is no operator; taking it along lets the message speak of the whole key.
  const word = match(/[A-Za-z][0-9A-Za-z_.]*/y, text, index);
  if (word !== null) {
    if (word.includes('.') || word.length > limits.nameCharacters) return bad(word, at, quoteRule);
    return { kind: 'name', text: word, at, name: word, quoted: false };
  }
  const quoted = match(/`[^`]*`?|"[^"]*"?/y, text, index);
  if (quoted !== null) return quotedToken(quoted, at);
  const symbol = match(/<=|>=|!=|[-+*/(),<>=]/y, text, index);
  if (symbol !== null) return { kind: 'symbol', text: symbol, at };
  return bad(String.fromCodePoint(text.codePointAt(index) ?? 0), at, null);
}

function numberToken(text: string, at: number): Token {
  const parts = /^[0-9]+(?:\.([0-9]+))?$/.exec(text);
  if (parts === null) {
    return bad(text, at, `a number such as 0.5 or ${quoteRule}`);
  }
  const value = Number(text);
  if (value > limits.number || (parts[1]?.length ?? 0) > limits.decimals) {
    return bad(text, at, `a number up to 1000000000000000 with at most ${limits.decimals} decimals`);
  }
  return { kind: 'number', text, at, value };
}

function quotedToken(text: string, at: number): Token {
  const name = /^[`"]([0-9A-Za-z][0-9A-Za-z._-]*)[`"]$/.exec(text)?.[1];
  if (name === undefined || name.length > limits.nameCharacters) return bad(text, at, quoteRule);
  return { kind: 'name', text, at, name, quoted: true };
}

function bad(text: string, at: number, expected: string | null): Token {
  return { kind: 'bad', text, at, expected };
}

function afterSpace(text: string, index: number): number {
  return index + (match(/\s+/y, text, index)?.length ?? 0);
}

function match(pattern: RegExp, text: string, index: number): string | null {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? null;
}
