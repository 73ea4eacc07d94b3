import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, eachDay } from '../../../src/domain/day.ts';
import {
  type CheckedExpression,
  checkExpression,
  type ExpressionTraits,
  evaluateDay,
  evaluateDays,
  parse,
  periodsBefore,
  print,
  references,
  type SourcePoint,
} from '../../../src/domain/expression/index.ts';
import { reference, toNumber } from './reference.ts';
import { company, point, traits } from './support.ts';
import { trees } from './trees.ts';

const day = '2026-03-31';
const flows = ['a', 'b', 'c'];
const metrics: ReadonlyMap<string, ExpressionTraits> = new Map([
  ...flows.map((name) => [name, traits()] as const),
  ['s', traits({ kind: 'stock' })],
  ['t', traits({ kind: 'stock' })],
]);

const anyTree = trees(
  ['a', 'b_2', 'net-revenue', '7days', 'if', 'min'],
  ['arithmetic', 'choices', 'look_back'],
  5,
);

it('reads back every formula as it was, however it is written', () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      const text = print(tree);
      expect(parse(text)).toEqual({ ok: true, tree });
      // Spaces mean nothing, but between two names there are never only spaces.
      expect(parse(text.replaceAll(' ', ''))).toEqual({ ok: true, tree });
      expect(parse(text.replaceAll(' ', '\n\t '))).toEqual({ ok: true, tree });
    }),
    { numRuns: 1_000 },
  );
});

it('reads a text the same a second time, or says in one sentence what is wrong and where', () => {
  const pieces =
    'a b `x-1` "y" 1 0.5 + - * / ( ) , < >= = ! . ` if( min( round( delta( rolling_sum( ratio( __proto__ 💥';
  const piece = fc.constantFrom(...pieces.split(' '), ', 7)', '\u0000', 'toString(');
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(piece, { maxLength: 40 }).map((chosen) => chosen.join('')),
    anyTree.chain((tree) => fc.nat(print(tree).length).map((length) => print(tree).slice(0, length))),
  );
  fc.assert(
    fc.property(text, (written) => {
      const parsed = parse(written);
      if (parsed.ok) expect(parse(print(parsed.tree))).toEqual(parsed);
      else {
        const { position, expected, sentence } = parsed.problem;
        expect(position).toBeGreaterThanOrEqual(1);
        expect(position).toBeLessThanOrEqual(written.length + 1);
        expect(expected).not.toBe('');
        expect(sentence.endsWith('.')).toBe(true);
      }
    }),
    { numRuns: 3_000 },
  );
});

/** A value a day for each metric, `days` of them up to `day`; some are missing. */
function histories(names: readonly string[], days: number, value: fc.Arbitrary<number | null>) {
  return fc
    .tuple(...names.map(() => fc.array(value, { minLength: days, maxLength: days })))
    .map((lists) => new Map(names.map((name, index) => [name, lists[index] ?? []])));
}

function toPoints(history: ReadonlyMap<string, readonly (number | null)[]>): Map<string, SourcePoint[]> {
  return new Map(
    [...history].map(([name, values]) => [
      name,
      values.flatMap((value, ago) => (value === null ? [] : [point(addDays(day, -ago), value)])),
    ]),
  );
}

/** A rolling mean of a quotient pools its sides; the reference knows only values, and leaves that to the cases by hand. */
function poolsSides({ natures }: CheckedExpression): boolean {
  return [...natures].some(([node]) => {
    const below =
      node.kind === 'look_back' && node.name === 'rolling_avg' ? natures.get(node.operand) : undefined;
    return below !== undefined && below.kind !== 'number' && below.keepsParts;
  });
}

it('computes what exact fractions give, for every formula that may be stored', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      trees([...metrics.keys()], ['arithmetic', 'choices', 'look_back'], 3),
      histories([...metrics.keys()], 14, fc.option(fc.integer({ min: -9, max: 60 }), { freq: 12 })),
      (tree, history) => {
        const answer = checkExpression(tree, metrics);
        if (!answer.ok || poolsSides(answer.expression)) return;
        const found = evaluateDay(answer.expression, day, toPoints(history));
        const exact = reference(tree, 0, (name, ago) => history.get(name)?.[ago] ?? null);
        if (exact === null) {
          expect(found).toMatchObject({ value: null, reason: expect.any(String) });
          return;
        }
        const expected = toNumber(exact);
        compared += 1;
        expect(found.value).not.toBeNull();
        expect(Math.abs((found.value ?? 0) - expected)).toBeLessThanOrEqual(
          Math.abs(expected) * 1e-12 + 1e-35,
        );
      },
    ),
    { numRuns: 8_000 },
  );
  expect(compared).toBeGreaterThan(500);
});

it('never answers where something that it reads was not measured', () => {
  const withoutIf = trees([...metrics.keys()], ['arithmetic', 'look_back'], 3);
  fc.assert(
    fc.property(
      withoutIf,
      fc.constantFrom(...metrics.keys()),
      histories([...metrics.keys()], 14, fc.integer({ min: 1, max: 60 })),
      (tree, lost, history) => {
        const answer = checkExpression(tree, metrics);
        if (!answer.ok || !references(tree).includes(lost)) return;
        const points = toPoints(new Map([...history, [lost, []]]));
        expect(evaluateDay(answer.expression, day, points)).toMatchObject({
          value: null,
          reason: expect.any(String),
        });
      },
    ),
    { numRuns: 3_000 },
  );
});

const total = (values: readonly (number | null)[]) =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

it('makes the whole from its days, where it says that they combine', () => {
  let [sums, quotients] = [0, 0];
  const days = eachDay(addDays(day, -5), addDays(day, 1));
  fc.assert(
    fc.property(
      trees(flows, ['arithmetic'], 4),
      histories(flows, 6, fc.integer({ min: 1, max: 60 })),
      fc.integer({ min: 1, max: 5 }),
      (tree, history, cut) => {
        const answer = checkExpression(tree, metrics);
        if (!answer.ok) return;
        // Oracle: the same formula over one point that holds the totals of all days.
        const totals = new Map([...history].map(([name, values]) => [name, [total(values)]]));
        const whole = evaluateDay(answer.expression, day, toPoints(totals));
        const parts = evaluateDays(answer.expression, days, toPoints(history));
        const { combines } = answer.expression.traits;
        if (combines === 'sum' && parts.every(({ value }) => value !== null)) {
          sums += 1;
          const sum = total(parts.slice(0, cut).map(({ value }) => value));
          const rest = total(parts.slice(cut).map(({ value }) => value));
          const size = total(parts.map(({ value }) => Math.abs(value ?? 0)));
          expect(Math.abs(sum + rest - (whole.value ?? Number.NaN))).toBeLessThanOrEqual(size * 1e-12);
        }
        if (
          combines === 'parts' &&
          whole.value !== null &&
          parts.every(({ numerator }) => numerator !== null)
        ) {
          quotients += 1;
          const numerators = parts.map(({ numerator }) => numerator ?? 0);
          const denominators = parts.map(({ denominator }) => denominator ?? 0);
          const error = total(numerators) - whole.value * total(denominators);
          const size =
            total(numerators.map(Math.abs)) + Math.abs(whole.value) * total(denominators.map(Math.abs));
          expect(Math.abs(error)).toBeLessThanOrEqual(size * 1e-12);
        }
      },
    ),
    { numRuns: 5_000 },
  );
  expect(Math.min(sums, quotients)).toBeGreaterThan(100);
});

it('evaluates whatever was checked, with points of any numbers, and never to zero below zero or to no number', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, 5e-324, 1.7e308), fc.constant(null));
  const anyPoint = fc.record({
    day: fc.integer({ min: 0, max: 8 }).map((ago) => addDays(day, -ago)),
    value,
    numerator: value,
    denominator: value,
  });
  const names = [...company.keys()];
  fc.assert(
    fc.property(
      trees(names, ['arithmetic', 'choices', 'look_back'], 3),
      fc.dictionary(fc.constantFrom(...names), fc.array(anyPoint, { maxLength: 9 })),
      (tree, points) => {
        const answer = checkExpression(tree, company);
        if (!answer.ok) {
          expect(answer.problems.length).toBeGreaterThan(0);
          return;
        }
        const found = evaluateDay(answer.expression, day, new Map(Object.entries(points)));
        for (const result of [found.value, found.numerator, found.denominator]) {
          expect(result === null || (Number.isFinite(result) && !Object.is(result, -0))).toBe(true);
        }
        if (found.value === null) expect(found.reason).toEqual(expect.any(String));
      },
    ),
    { numRuns: 5_000 },
  );
});

it('looks at no day before those that it names', () => {
  fc.assert(
    fc.property(
      trees([...metrics.keys()], ['arithmetic', 'look_back'], 3),
      histories([...metrics.keys()], 20, fc.integer({ min: 1, max: 60 })),
      (tree, history) => {
        const answer = checkExpression(tree, metrics);
        const needed = periodsBefore(tree) + 1;
        if (!answer.ok) return;
        const recent = new Map([...history].map(([name, values]) => [name, values.slice(0, needed)]));
        expect(evaluateDay(answer.expression, day, toPoints(recent))).toEqual(
          evaluateDay(answer.expression, day, toPoints(history)),
        );
      },
    ),
    { numRuns: 2_000 },
  );
});
