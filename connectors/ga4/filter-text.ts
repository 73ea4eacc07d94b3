/** What is wrong with a filter, in one sentence for the person who wrote it. */
export class FilterError extends Error {}

/** Where in a filter's text the reading stands. White space between the parts means nothing. */
export type Scanner = {
  take(sign: string): boolean;
  /** A word of the language, in any case, that is not part of a longer one. */
  takeWord(word: string): boolean;
  takeMatch(pattern: RegExp): string | null;
  /**
   * A value: between double quotes as it stands, else up to the next `and`, `or`, closing bracket, `ignoring case` or,
   * in a list, comma. A bracket that the value opens itself, as in `(direct)`, belongs to it.
   */
  value(isListed: boolean): string;
  isAtEnd(): boolean;
  rest(): string;
  fail(problem: string): FilterError;
};

const STOP = /\s+(?:and|or|ignoring\s+case)(?![\w:])|\s*\)|\s*$/iy;

export function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;
}

export function scanner(text: string): Scanner {
  let at = 0;
  const skip = () => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  const match = (pattern: RegExp): string | null => {
    skip();
    const sticky = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}y`);
    sticky.lastIndex = at;
    const found = sticky.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const fail = (problem: string) => new FilterError(`In the filter ${quoted(text)}: ${problem}.`);

  function inQuotes(): string {
    let value = '';
    for (at += 1; at < text.length; at += 1) {
      if (text[at] === '"') {
        at += 1;
        return value;
      }
      if (text[at] === '\\' && at + 1 < text.length) at += 1;
      value += text[at] ?? '';
    }
    throw fail('a quotation mark is opened and not closed');
  }

  function bare(isListed: boolean): string {
    const from = at;
    let open = 0;
    for (; at < text.length; at += 1) {
      STOP.lastIndex = at;
      if (open === 0 && ((isListed && text[at] === ',') || STOP.test(text))) break;
      if (text[at] === '(') open += 1;
      if (text[at] === ')') open -= 1;
    }
    return text.slice(from, at).trim();
  }

  return {
    take: (sign) => match(new RegExp(sign.replace(/[()[\]]/g, String.raw`\$&`))) !== null,
    takeWord: (word) => match(new RegExp(String.raw`${word}(?![\w:])`, 'i')) !== null,
    takeMatch: match,
    value(isListed) {
      skip();
      if (text[at] === '"') return inQuotes();
      const value = bare(isListed);
      if (value === '') throw fail('a value is missing; write an empty one as ""');
      return value;
    },
    isAtEnd() {
      skip();
      return at >= text.length;
    },
    rest: () => text.slice(at).trim(),
    fail,
  };
}
