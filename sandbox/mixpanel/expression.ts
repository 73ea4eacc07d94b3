import { accept, expectSign, type Reader, readerOf } from './tokens.ts';

/** What an expression may look at: the event's properties and today's profile of its person. */
export type Subject = { property(name: string): unknown; user(name: string): unknown };

/** A compiled `where` or `on`. */
export type Expression = (subject: Subject) => unknown;

/** Compiles the subset of Mixpanel's expressions that README.md lists. @throws SyntaxError for anything else */
export function compile(source: string): Expression {
  const reader = readerOf(source);
  const whole = either(reader);
  const rest = reader.next();
  if (rest !== undefined) throw new SyntaxError(`unexpected ${rest.text}`);
  return whole;
}

function either(reader: Reader): Expression {
  let left = both(reader);
  while (accept(reader, 'word', 'or')) {
    const [first, second] = [left, both(reader)];
    left = (subject) => truthy(first(subject)) || truthy(second(subject));
  }
  return left;
}

function both(reader: Reader): Expression {
  let left = negated(reader);
  while (accept(reader, 'word', 'and')) {
    const [first, second] = [left, negated(reader)];
    left = (subject) => truthy(first(subject)) && truthy(second(subject));
  }
  return left;
}

function negated(reader: Reader): Expression {
  if (!accept(reader, 'word', 'not')) return compared(reader);
  const inner = negated(reader);
  return (subject) => !truthy(inner(subject));
}

const COMPARE: Record<string, (left: unknown, right: unknown) => boolean> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => size(left) < size(right),
  '<=': (left, right) => size(left) <= size(right),
  '>': (left, right) => size(left) > size(right),
  '>=': (left, right) => size(left) >= size(right),
};

/** Only numbers are compared by size; anything else is neither above nor below, as NaN is. */
function size(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function compared(reader: Reader): Expression {
  const left = single(reader);
  if (accept(reader, 'word', 'in')) {
    const right = single(reader);
    return (subject) => isIn(left(subject), right(subject));
  }
  const sign = reader.next();
  const compare = sign?.kind === 'sign' ? COMPARE[sign.text] : undefined;
  if (compare === undefined) return left;
  reader.take();
  const right = single(reader);
  return (subject) => compare(left(subject), right(subject));
}

function isIn(needle: unknown, stack: unknown): boolean {
  if (Array.isArray(stack)) return stack.includes(needle);
  return typeof stack === 'string' && typeof needle === 'string' && stack.includes(needle);
}

function single(reader: Reader): Expression {
  const token = reader.take();
  if (token === undefined) throw new SyntaxError('unexpected end');
  if (token.kind === 'text') return () => token.text;
  if (token.kind === 'number') return () => Number(token.text);
  if (token.kind === 'word') return named(token.text, reader);
  if (token.text === '(') {
    const inner = either(reader);
    expectSign(reader, ')');
    return inner;
  }
  if (token.text === '[') return list(reader);
  throw new SyntaxError(`unexpected ${token.text}`);
}

function list(reader: Reader): Expression {
  const members: Expression[] = [];
  while (!accept(reader, 'sign', ']')) {
    if (members.length > 0) expectSign(reader, ',');
    members.push(either(reader));
  }
  return (subject) => members.map((member) => member(subject));
}

const FUNCTIONS: Record<string, (value: unknown) => unknown> = {
  defined: (value) => value !== undefined && value !== null,
  number: toNumber,
  string: (value) => (value === undefined || value === null ? undefined : text(value)),
  boolean: truthy,
  datetime: toNumber, // seconds since 1970, as `$time` is
};

function named(word: string, reader: Reader): Expression {
  if (word === 'true' || word === 'false') return () => word === 'true';
  if (word === 'undefined' || word === 'null') return () => undefined;
  if (word === 'properties' || word === 'user') {
    expectSign(reader, '[');
    const name = reader.take();
    if (name?.kind !== 'text') throw new SyntaxError(`${word}[…] takes a name in quotes`);
    expectSign(reader, ']');
    return word === 'user' ? ({ user }) => user(name.text) : ({ property }) => property(name.text);
  }
  const apply = FUNCTIONS[word];
  if (apply === undefined) throw new SyntaxError(`unknown name ${word}`);
  expectSign(reader, '(');
  const argument = either(reader);
  expectSign(reader, ')');
  return (subject) => apply(argument(subject));
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && value.trim() === '') return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function truthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

/** The name of the segment that a value falls into. */
export function text(value: unknown): string {
  if (value === undefined || value === null) return 'undefined';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
