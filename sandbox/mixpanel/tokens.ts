export type Token = { kind: 'text' | 'number' | 'word' | 'sign'; text: string };

const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_]+)|(==|!=|<=|>=|[<>()[\],]))/y;

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = source.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(source);
    if (found === null) throw new SyntaxError(`cannot read ${source.slice(at)}`);
    const [, double, single, number, word, sign] = found;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll(/\\(.)/g, '$1') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

/** What is left of an expression. */
export type Reader = { next(): Token | undefined; take(): Token | undefined };

function isNext(reader: Reader, kind: Token['kind'], text: string): boolean {
  const token = reader.next();
  return token?.kind === kind && token.text === text;
}

/** Takes the next token when it is this one. */
export function accept(reader: Reader, kind: Token['kind'], text: string): boolean {
  if (!isNext(reader, kind, text)) return false;
  reader.take();
  return true;
}

/** @throws SyntaxError when another token comes next */
export function expectSign(reader: Reader, sign: string): void {
  if (!accept(reader, 'sign', sign)) {
    throw new SyntaxError(`expected ${sign} before ${reader.next()?.text ?? 'the end'}`);
  }
}

/** @throws SyntaxError for a sign that no expression has */
export function readerOf(source: string): Reader {
  const tokens = tokenize(source);
  return { next: () => tokens[0], take: () => tokens.shift() };
}
