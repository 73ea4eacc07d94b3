import { type Token, tokensOf } from './tokens.ts';
import {
  type BinaryOperator,
  type Comparison,
  comparisonOperators,
  depth,
  type Expression,
  type LookBackFunction,
  limits,
  lookBackFunctions,
  type PlainFunction,
  plainFunctions,
  references,
  strengths,
} from './tree.ts';

/** Why a text is no formula. `position` counts characters from 1; `sentence` says it all. */
export type ParseProblem = { position: number; expected: string; sentence: string };
export type Parsed = { ok: true; tree: Expression } | { ok: false; problem: ParseProblem };

const functionNames = ['if', ...plainFunctions, 'round', ...lookBackFunctions];
const operand = 'a number, a metric, a function or "("';

/** Where the reading stands. `nodes` and `nesting` are counted on the way, so that no text makes it run deep. */
type Reader = { tokens: readonly Token[]; next: number; nodes: number; nesting: number };

/** Thrown and caught in this file only: it spares every step of the descent from passing failures on. */
class Unreadable extends Error {
  readonly problem: ParseProblem;
  constructor(problem: ParseProblem) {
    super(problem.sentence);
    this.problem = problem;
  }
}

/** Reads a formula. Never throws: a text that is no formula gives the first thing that is wrong with it. */
export function parse(text: string): Parsed {
  if (text.length > limits.characters) {
    return { ok: false, problem: tooMuch(limits.characters + 1, limits.characters, 'characters') };
  }
  try {
    const reader: Reader = { tokens: tokensOf(text), next: 0, nodes: 0, nesting: 0 };
    const tree = readSum(reader, 0);
    const end = peek(reader);
    if (end.kind !== 'end') throw wrong(end, '+, -, *, / or the end of the formula');
    return withinLimits(tree);
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.problem };
    throw error;
  }
}

function withinLimits(tree: Expression): Parsed {
  const counts = [
    { what: 'levels', count: depth(tree), most: limits.depth },
    { what: 'different metrics', count: references(tree).length, most: limits.references },
  ];
  const over = counts.find(({ count, most }) => count > most);
  return over === undefined ? { ok: true, tree } : { ok: false, problem: tooMuch(1, over.most, over.what) };
}

function tooMuch(position: number, most: number, what: string): ParseProblem {
  const expected = `at most ${most} ${what}`;
  const place = position === 1 ? 'The formula' : `At character ${position} the formula`;
  const sentence = `${place} goes beyond ${most} ${what}; move a part of it into a formula metric of its own.`;
  return { position, expected, sentence };
}

/** Operands joined by the operators that bind stronger than `floor`; equal ones group from the left. */
function readSum(reader: Reader, floor: number): Expression {
  let left = readOperand(reader);
  for (;;) {
    const token = peek(reader);
    const operator = binaryOperator(token);
    if (operator === null || strengths[operator] <= floor) return left;
    reader.next += 1;
    countNode(reader, token);
    left = { kind: 'binary', operator, left, right: readSum(reader, strengths[operator]) };
  }
}

function readOperand(reader: Reader): Expression {
  const token = take(reader);
  if (!isSymbol(token, '(')) countNode(reader, token);
  if (token.kind === 'number') return { kind: 'number', value: token.value };
  if (token.kind === 'name') {
    const called = !token.quoted && isSymbol(peek(reader), '(');
    return called
      ? nested(reader, token, () => readCall(reader, token))
      : { kind: 'metric', name: token.name };
  }
  if (isSymbol(token, '-')) {
    return nested(reader, token, () => ({ kind: 'negate', operand: readOperand(reader) }));
  }
  if (!isSymbol(token, '(')) throw wrong(token, operand);
  return nested(reader, token, () => {
    const inside = readSum(reader, 0);
    expectSymbol(reader, [')'], '+, -, *, / or ")"');
    return inside;
  });
}

function countNode(reader: Reader, token: Token): void {
  reader.nodes += 1;
  if (reader.nodes > limits.nodes) throw new Unreadable(tooMuch(token.at, limits.nodes, 'parts'));
}

function nested(reader: Reader, token: Token, read: () => Expression): Expression {
  reader.nesting += 1;
  if (reader.nesting > limits.depth) throw new Unreadable(tooMuch(token.at, limits.depth, 'levels'));
  const found = read();
  reader.nesting -= 1;
  return found;
}

function readCall(reader: Reader, token: Token & { kind: 'name' }): Expression {
  const { name } = token;
  reader.next += 1; // the "(" that made it a call
  if (name === 'if') return readIf(reader);
  if (name === 'round') return readRound(reader);
  const plain = plainFunctions.find((known) => known === name);
  if (plain !== undefined) return { kind: 'call', name: plain, operands: readOperands(reader, plain) };
  const lookBack = lookBackFunctions.find((known) => known === name);
  if (lookBack !== undefined) return readLookBack(reader, lookBack);
  throw wrong(token, `one of the functions ${functionNames.join(', ')}`);
}

function readOperands(reader: Reader, name: PlainFunction): Expression[] {
  const least = name === 'abs' ? 1 : 2;
  const most = name === 'abs' ? 1 : name === 'ratio' ? 2 : Number.POSITIVE_INFINITY;
  const operands: Expression[] = [];
  for (;;) {
    operands.push(readSum(reader, 0));
    const ends = [...(operands.length < most ? [','] : []), ...(operands.length >= least ? [')'] : [])];
    if (readEnd(reader, ends) === ')') return operands;
  }
}

function readRound(reader: Reader): Expression {
  const inside = readSum(reader, 0);
  const decimals = readEnd(reader, [',', ')']) === ',' ? readWhole(reader, 0, limits.decimals) : 0;
  return { kind: 'round', operand: inside, decimals };
}

function readLookBack(reader: Reader, name: LookBackFunction): Expression {
  const inside = readSum(reader, 0);
  const ends = name === 'delta' || name === 'pct_change' ? [',', ')'] : [','];
  const periods = readEnd(reader, ends) === ',' ? readWhole(reader, 1, limits.periods) : 1;
  return { kind: 'look_back', name, operand: inside, periods };
}

/** The whole number that ends a call. It is written out, so that how far a formula looks back can be seen. */
function readWhole(reader: Reader, least: number, most: number): number {
  const token = take(reader);
  const fits = token.kind === 'number' && Number.isInteger(token.value);
  if (!fits || token.value < least || token.value > most) {
    throw wrong(token, `a whole number from ${least} to ${most}`);
  }
  expectSymbol(reader, [')'], '")"');
  return token.value;
}

function readIf(reader: Reader): Expression {
  const condition = readComparison(reader);
  expectSymbol(reader, [','], '+, -, *, / or ","');
  const whenTrue = readSum(reader, 0);
  expectSymbol(reader, [','], '+, -, *, / or ","');
  const whenFalse = readSum(reader, 0);
  expectSymbol(reader, [')'], '+, -, *, / or ")"');
  return { kind: 'if', condition, whenTrue, whenFalse };
}

function readComparison(reader: Reader): Comparison {
  const left = readSum(reader, 0);
  const token = take(reader);
  const operator = comparisonOperators.find((known) => isSymbol(token, known));
  if (operator === undefined) throw wrong(token, `a comparison (${comparisonOperators.join(' ')})`);
  countNode(reader, token);
  return { operator, left, right: readSum(reader, 0) };
}

function readEnd(reader: Reader, ends: readonly string[]): string {
  return expectSymbol(reader, ends, `+, -, *, / or ${ends.map((end) => `"${end}"`).join(' or ')}`);
}

function expectSymbol(reader: Reader, symbols: readonly string[], expected: string): string {
  const token = take(reader);
  if (token.kind !== 'symbol' || !symbols.includes(token.text)) throw wrong(token, expected);
  return token.text;
}

function binaryOperator(token: Token): BinaryOperator | null {
  if (token.kind !== 'symbol') return null;
  const { text } = token;
  return text === '+' || text === '-' || text === '*' || text === '/' ? text : null;
}

function isSymbol(token: Token, text: string): boolean {
  return token.kind === 'symbol' && token.text === text;
}

function peek(reader: Reader): Token {
  // The last token, an end or an unreadable piece, is found again however often it is asked for.
  const token = reader.tokens[Math.min(reader.next, reader.tokens.length - 1)];
  return token ?? { kind: 'end', text: '', at: 1 };
}

function take(reader: Reader): Token {
  const token = peek(reader);
  reader.next += 1;
  return token;
}

function wrong(token: Token, expected: string): Unreadable {
  const isComparison = comparisonOperators.some((known) => isSymbol(token, known));
  const own = token.kind === 'bad' && token.expected !== null ? token.expected : expected;
  const place = token.kind === 'end' ? 'the formula ends' : `there is ${quote(token.text)}`;
  const hint = isComparison
    ? '; a comparison stands only at the start of if(...), as in if(a > b, a, b)'
    : '';
  const sentence = `At character ${token.at} ${place}, where ${own} was expected${hint}.`;
  return new Unreadable({ position: token.at, expected: own, sentence });
}

function quote(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return short.includes('"') ? `'${short}'` : `"${short}"`;
}
