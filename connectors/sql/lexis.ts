/** How the SQL of each engine writes texts, names and comments: what in a query is no code. */

export type Engine = 'postgres' | 'mysql' | 'bigquery' | 'clickhouse' | 'duckdb';

export type Lexis = {
  /** A backslash takes the next character with it, inside of texts and of names in double quotes. */
  backslash: boolean;
  /** The same in names between backticks. */
  backslashTicks: boolean;
  /** The same in texts that begin with `E'`. */
  eTexts: boolean;
  /** `$tag$ … $tag$` is a text. */
  dollars: boolean;
  /** Texts between three quotes. */
  triples: boolean;
  /** `#` begins a comment. */
  hash: boolean;
  /** `--` begins a comment only with a blank behind it. */
  dashBlank: boolean;
  /** What stands for a parameter of the engine's own, and would be taken for one of ours. */
  own: RegExp | null;
};

const plain: Lexis = {
  backslash: false,
  backslashTicks: false,
  eTexts: false,
  dollars: false,
  triples: false,
  hash: false,
  dashBlank: false,
  own: null,
};

export const lexes: Readonly<Record<Engine, Lexis>> = {
  postgres: { ...plain, eTexts: true, dollars: true, own: /\$\d+/y },
  duckdb: { ...plain, eTexts: true, dollars: true, own: /\$\w+|\?/y },
  mysql: { ...plain, backslash: true, hash: true, dashBlank: true, own: /\?/y },
  clickhouse: {
    ...plain,
    backslash: true,
    backslashTicks: true,
    dollars: true,
    hash: true,
    own: /\{\s*\w+\s*:\s*[A-Z]\w*[^}]*\}/y,
  },
  bigquery: {
    ...plain,
    backslash: true,
    backslashTicks: true,
    triples: true,
    hash: true,
    own: /(?<!@)@(?!@)\w+|\?/y,
  },
};

/** A piece of a query: what is code, word by word, and what is not. */
export type Token = { is: 'word' | 'text' | 'name' | 'comment' | 'other'; text: string; at: number };

/** @returns the pieces in their order, or where a text, a name or a comment has no end */
export function tokensOf(
  sql: string,
  lexis: Lexis,
): { ok: true; tokens: Token[] } | { ok: false; problem: string } {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; ) {
    const piece = pieceAt(sql, at, lexis);
    if ('problem' in piece) return { ok: false, problem: `${piece.problem} at ${placeOf(sql, at)}` };
    tokens.push({ is: piece.is, text: sql.slice(at, piece.end), at });
    at = piece.end;
  }
  return { ok: true, tokens };
}

/** Line and column, as editors count them. */
export function placeOf(sql: string, at: number): string {
  const before = sql.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

type Piece = { is: Token['is']; end: number } | { problem: string };

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const DOLLARS = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;

function pieceAt(sql: string, at: number, lexis: Lexis): Piece {
  const char = sql[at] ?? '';
  const two = sql.slice(at, at + 2);
  if (two === '--' && (!lexis.dashBlank || /^(?:\s|$)/.test(sql.slice(at + 2, at + 3))))
    return { is: 'comment', end: endOfLine(sql, at) };
  if (char === '#' && lexis.hash) return { is: 'comment', end: endOfLine(sql, at) };
  if (two === '/*') return blockAt(sql, at);
  if (lexis.triples && (char === "'" || char === '"') && sql.startsWith(char.repeat(3), at))
    return quotedAt(sql, at, char.repeat(3), lexis.backslash, 'text');
  if (char === "'") return quotedAt(sql, at, char, lexis.backslash, 'text');
  if (char === '"') return quotedAt(sql, at, char, lexis.backslash, 'name');
  if (char === '`') return quotedAt(sql, at, char, lexis.backslashTicks, 'name');
  if (char === '$' && lexis.dollars) {
    const tag = matchAt(DOLLARS, sql, at);
    if (tag !== null) {
      const close = sql.indexOf(tag, at + tag.length);
      return close === -1
        ? { problem: `the text that begins with ${tag} has no end` }
        : { is: 'text', end: close + tag.length };
    }
  }
  const word = matchAt(WORD, sql, at);
  if (word !== null) {
    const quote = at + word.length;
    if (lexis.eTexts && /^e$/i.test(word) && sql[quote] === "'")
      return quotedAt(sql, quote, "'", true, 'text');
    return { is: 'word', end: at + word.length };
  }
  // `::` is a cast, and `:=` names an argument.
  return { is: 'other', end: at + (two === '::' || two === ':=' ? 2 : 1) };
}

function endOfLine(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end === -1 ? sql.length : end;
}

/** Engines differ over comments inside of comments, and some run what stands in `/*!`: neither is taken. */
function blockAt(sql: string, at: number): Piece {
  if (/^\/\*M?!/.test(sql.slice(at, at + 4))) return { problem: 'a comment that some engines run ("/*!")' };
  const end = sql.indexOf('*/', at + 2);
  if (end === -1) return { problem: 'the comment has no end' };
  if (sql.slice(at + 2, end).includes('/*')) return { problem: 'a comment inside of a comment' };
  return { is: 'comment', end: end + 2 };
}

/** A quote that is doubled ends one text and begins the next, which comes to the same. */
function quotedAt(sql: string, from: number, quote: string, backslash: boolean, is: 'text' | 'name'): Piece {
  for (let at = from + quote.length; at < sql.length; at += 1) {
    if (backslash && sql[at] === '\\') at += 1;
    else if (sql.startsWith(quote, at)) return { is, end: at + quote.length };
  }
  return { problem: `what begins with ${quote} has no end` };
}

export function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
