import { describe, expect, it } from 'vitest';
import {
  type Expression,
  parse,
  periodsBefore,
  print,
  references,
} from '../../../src/domain/expression/index.ts';
import { treeOf } from './support.ts';

const metric = (name: string): Expression => ({ kind: 'metric', name });
const number = (value: number): Expression => ({ kind: 'number', value });
const binary = (left: Expression, operator: '+' | '-' | '*' | '/', right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
const [a, b, c] = [metric('a'), metric('b'), metric('c')];

describe('a formula is read as arithmetic is written', () => {
  it.each<{ text: string; tree: Expression; why: string }>([
    { text: 'a', tree: a, why: 'a bare name is a metric' },
    { text: '  12.50 ', tree: number(12.5), why: 'a number' },
    { text: 'a + b * c', tree: binary(a, '+', binary(b, '*', c)), why: 'products before sums' },
    { text: '(a + b) * c', tree: binary(binary(a, '+', b), '*', c), why: 'parentheses first' },
    { text: 'a - b - c', tree: binary(binary(a, '-', b), '-', c), why: 'differences group from the left' },
    { text: 'a / b / c', tree: binary(binary(a, '/', b), '/', c), why: 'quotients group from the left' },
    { text: 'a/b*c', tree: binary(binary(a, '/', b), '*', c), why: 'equal strengths in the order written' },
    {
      text: '-a * b',
      tree: binary({ kind: 'negate', operand: a }, '*', b),
      why: 'a minus binds to its name',
    },
    { text: 'a - -b', tree: binary(a, '-', { kind: 'negate', operand: b }), why: 'minus a negative' },
    {
      text: 'net-revenue',
      tree: binary(metric('net'), '-', metric('revenue')),
      why: 'a bare dash is a minus',
    },
    { text: '`net-revenue`', tree: metric('net-revenue'), why: 'a key with a dash stands in backticks' },
    {
      text: '"net-revenue"',
      tree: metric('net-revenue'),
      why: 'or in double quotes, which a shell leaves alone',
    },
    { text: '`28d.users`', tree: metric('28d.users'), why: 'so does a key that starts with a digit' },
    {
      text: 'min - max',
      tree: binary(metric('min'), '-', metric('max')),
      why: 'without "(" a name is a metric',
    },
    {
      text: 'round(a)',
      tree: { kind: 'round', operand: a, decimals: 0 },
      why: 'to whole numbers by default',
    },
    {
      text: 'delta(a)',
      tree: { kind: 'look_back', name: 'delta', operand: a, periods: 1 },
      why: 'against the day before by default',
    },
    {
      text: 'rolling_avg(a, 28)',
      tree: { kind: 'look_back', name: 'rolling_avg', operand: a, periods: 28 },
      why: 'a window of days',
    },
    {
      text: 'max(a, b, 1)',
      tree: { kind: 'call', name: 'max', operands: [a, b, number(1)] },
      why: 'the largest of several',
    },
    {
      text: 'if(a >= 2, b, c)',
      tree: {
        kind: 'if',
        condition: { operator: '>=', left: a, right: number(2) },
        whenTrue: b,
        whenFalse: c,
      },
      why: 'a comparison and two branches',
    },
  ])('$text: $why', ({ text, tree }) => {
    expect(parse(text)).toEqual({ ok: true, tree });
  });
});

describe('what cannot be read is told with its place and what belongs there', () => {
  const operand = 'a number, a metric, a function or "("';
  const key = 'a metric key in backticks, such as `active-users-28`';
  it.each([
    { text: '', position: 1, expected: operand },
    { text: 'a +', position: 4, expected: operand },
    { text: 'a + )', position: 5, expected: operand },
    { text: 'a b', position: 3, expected: '+, -, *, / or the end of the formula' },
    { text: '(a', position: 3, expected: '+, -, *, / or ")"' },
    { text: 'a ÷ b', position: 3, expected: '+, -, *, / or the end of the formula' },
    { text: 'a % b', position: 3, expected: '+, -, *, / or the end of the formula' },
    { text: '😀', position: 1, expected: operand },
    { text: 'revenue.mrr', position: 1, expected: key },
    { text: 'constructor.constructor("x")()', position: 1, expected: key },
    { text: '`a', position: 1, expected: key },
    { text: '"two words"', position: 1, expected: key },
    { text: '7days', position: 1, expected: `a number such as 0.5 or ${key}` },
    { text: '1.', position: 1, expected: `a number such as 0.5 or ${key}` },
    { text: '1e9', position: 1, expected: `a number such as 0.5 or ${key}` },
    { text: '.5', position: 1, expected: operand },
    {
      text: '1000000000000001',
      position: 1,
      expected: 'a number up to 1000000000000000 with at most 9 decimals',
    },
    {
      text: '0.0000000001',
      position: 1,
      expected: 'a number up to 1000000000000000 with at most 9 decimals',
    },
    {
      text: 'eval(a)',
      position: 1,
      expected:
        'one of the functions if, min, max, abs, ratio, round, delta, pct_change, rolling_sum, rolling_avg',
    },
    { text: '`min`(a, b)', position: 6, expected: '+, -, *, / or the end of the formula' },
    { text: 'min(a)', position: 6, expected: '+, -, *, / or ","' },
    { text: 'abs(a, b)', position: 6, expected: '+, -, *, / or ")"' },
    { text: 'ratio(a, b, c)', position: 11, expected: '+, -, *, / or ")"' },
    { text: 'min()', position: 5, expected: operand },
    { text: 'round(a, b)', position: 10, expected: 'a whole number from 0 to 9' },
    { text: 'round(a, 10)', position: 10, expected: 'a whole number from 0 to 9' },
    { text: 'delta(a, 0)', position: 10, expected: 'a whole number from 1 to 366' },
    { text: 'delta(a, 1.5)', position: 10, expected: 'a whole number from 1 to 366' },
    { text: 'delta(a, 367)', position: 10, expected: 'a whole number from 1 to 366' },
    { text: 'delta(a, 3 + 4)', position: 12, expected: '")"' },
    { text: 'rolling_sum(a)', position: 14, expected: '+, -, *, / or ","' },
    { text: 'if(a, b, c)', position: 5, expected: 'a comparison (< <= > >= = !=)' },
    { text: 'if(a < b, c)', position: 12, expected: '+, -, *, / or ","' },
    { text: 'if(a < b < c, a, b)', position: 10, expected: '+, -, *, / or ","' },
    { text: 'if(a == b, a, b)', position: 7, expected: operand },
  ])('$text', ({ text, position, expected }) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, problem: { position, expected } });
    expect(parsed.ok ? '' : parsed.problem.sentence).toMatch(
      /^At character \d+ [^\n]+ was expected[^\n]*\.$/,
    );
  });

  it('says so in one sentence', () => {
    expect(parse('a + )')).toMatchObject({
      problem: { sentence: `At character 5 there is ")", where ${operand} was expected.` },
    });
    expect(parse('(a')).toMatchObject({
      problem: { sentence: 'At character 3 the formula ends, where +, -, *, / or ")" was expected.' },
    });
  });

  it('says where a comparison may stand', () => {
    expect(parse('a < b')).toMatchObject({
      problem: { position: 3, sentence: expect.stringContaining('as in if(a > b, a, b)') },
    });
  });
});

describe('a formula has limits, whoever wrote it', () => {
  const times = (count: number, text: string) => Array.from({ length: count }, () => text);

  it.each([
    // 32 names and 31 signs are 63 parts; sums in pairs stay shallow.
    { what: '63 parts', text: `max(${times(16, 'a+a').join(', ')}, ${times(14, 'a').join(', ')})`, ok: true },
    { what: '16 levels', text: `${'-'.repeat(15)}a`, ok: true },
    {
      what: '20 metrics',
      text: `max(${Array.from({ length: 20 }, (_, i) => `m${i}`).join(', ')})`,
      ok: true,
    },
    { what: 'a key of 100 characters', text: 'k'.repeat(100), ok: true },
    { what: '65 parts', text: `max(${times(64, 'a').join(', ')})`, ok: false },
    { what: 'a chain of 2,000 sums', text: times(2_000, '1').join('-'), ok: false },
    { what: '17 levels of minus', text: `${'-'.repeat(16)}a`, ok: false },
    { what: '17 levels of sums', text: times(17, 'a').join(' + '), ok: false },
    { what: '17 parentheses', text: `${'('.repeat(17)}a${')'.repeat(17)}`, ok: false },
    { what: '5,000 parentheses', text: '('.repeat(5_000), ok: false },
    {
      what: '21 metrics',
      text: `max(${Array.from({ length: 21 }, (_, i) => `m${i}`).join(', ')})`,
      ok: false,
    },
    { what: '8,001 characters', text: 'a'.padEnd(8_001), ok: false },
    { what: 'a key of 101 characters', text: 'k'.repeat(101), ok: false },
  ])('$what: $ok', ({ text, ok }) => {
    expect(parse(text).ok).toBe(ok);
  });

  it('names the limit and what to do', () => {
    expect(parse(`${'-'.repeat(16)}a`)).toMatchObject({
      problem: {
        expected: 'at most 16 levels',
        sentence: expect.stringContaining('a formula metric of its own'),
      },
    });
  });
});

it.each([
  ['a/b', 'a / b'],
  ['((a))+(b*c)', 'a + b * c'],
  ['a-(b-c)', 'a - (b - c)'],
  ['a/(b*c)', 'a / (b * c)'],
  ['-(a+b)', '-(a + b)'],
  ['--a', '--a'],
  ['"paying_customers" / "net-revenue"', 'paying_customers / `net-revenue`'],
  ['0.000000001*1.50', '0.000000001 * 1.5'],
  ['0.00000015+1000000000000000', '0.00000015 + 1000000000000000'],
  ['round(a,0)+round(b,2)', 'round(a) + round(b, 2)'],
  ['delta(a)', 'delta(a, 1)'],
  ['if(a!=0,b/a,0)', 'if(a != 0, b / a, 0)'],
  ['ratio(a,b)', 'ratio(a, b)'],
])('%s is written %s', (text, printed) => {
  expect(print(treeOf(text))).toBe(printed);
});

it('lists each metric once, in the order of mention, also those of conditions', () => {
  expect(references(treeOf('if(b > a, `net-revenue` / b, delta(c))'))).toEqual([
    'b',
    'a',
    'net-revenue',
    'c',
  ]);
});

it.each([
  ['a / b', 0],
  ['delta(a, 7)', 7], // the day itself and the one seven before
  ['rolling_sum(a, 28)', 27], // the day itself and 27 before
  ['pct_change(rolling_sum(a, 28), 28) + delta(b, 3)', 55], // 28 back, and 27 more from there
])('%s looks %d periods back', (text, periods) => {
  expect(periodsBefore(treeOf(text))).toBe(periods);
});
