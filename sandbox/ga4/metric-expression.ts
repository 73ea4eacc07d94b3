import { invalid } from './errors.ts';

/** A number worked out of metrics, such as `sessions/activeUsers`. */
export type Formula = { names: string[]; value(of: (metric: string) => number): number };

type Node = (of: (metric: string) => number) => number;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*(?::\w+)?)|([-+*/()]))/y;

/** Understands names, numbers, + - * / and brackets. A division by nothing is 0, as every rate of nothing is to Google. */
export function formulaOf(text: string): Formula {
  const tokens = tokensOf(text);
  const names: string[] = [];
  let at = 0;
  const next = () => tokens[at];
  const sum = (): Node => {
    let left = product();
    for (let sign = next(); sign === '+' || sign === '-'; sign = next()) {
      at += 1;
      left = combined(left, sign, product());
    }
    return left;
  };
  const product = (): Node => {
    let left = atom();
    for (let sign = next(); sign === '*' || sign === '/'; sign = next()) {
      at += 1;
      left = combined(left, sign, atom());
    }
    return left;
  };
  const atom = (): Node => {
    const token = next();
    at += 1;
    if (token === '(') {
      const inner = sum();
      if (next() !== ')') throw malformed(text);
      at += 1;
      return inner;
    }
    if (token === '-') return combined(() => 0, '-', atom());
    if (token === undefined || /^[+*/)]$/.test(token)) throw malformed(text);
    if (/^\d/.test(token)) return () => Number(token);
    names.push(token);
    return (of) => of(token);
  };
  const value = sum();
  if (at < tokens.length || names.length === 0) throw malformed(text);
  return { names, value };
}

function combined(left: Node, sign: string, right: Node): Node {
  return (of) => {
    const [one, other] = [left(of), right(of)];
    if (sign === '+') return one + other;
    if (sign === '-') return one - other;
    if (sign === '*') return one * other;
    return other === 0 ? 0 : one / other;
  };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const scanner = new RegExp(TOKEN);
  while (scanner.lastIndex < text.trimEnd().length) {
    const found = scanner.exec(text);
    if (found === null) throw malformed(text);
    tokens.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  return tokens;
}

function malformed(text: string) {
  return invalid(`The metric expression ${text} is malformed.`);
}
