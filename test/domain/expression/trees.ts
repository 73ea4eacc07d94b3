import * as fc from 'fast-check';
import { type Expression, parse, print } from '../../../src/domain/expression/index.ts';
import { comparisonOperators } from '../../../src/domain/expression/tree.ts';

type Made = 'arithmetic' | 'choices' | 'look_back';

/** Trees over some metrics. Numbers are whole or short decimals; nothing is known of units or kinds. */
export function trees(
  names: readonly string[],
  made: readonly Made[],
  maxDepth: number,
): fc.Arbitrary<Expression> {
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => {
    const operand = tie('tree');
    const leaf = fc.oneof(
      fc.constantFrom(...names).map((name): Expression => ({ kind: 'metric', name })),
      fc
        .oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(0.5, 0.1, 2.25, 1e-9, 1e15))
        .map((value): Expression => ({ kind: 'number', value })),
    );
    const arithmetic: fc.Arbitrary<Expression>[] = [
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
        left: operand,
        right: operand,
      }),
      fc.record({ kind: fc.constant('negate' as const), operand }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constant('ratio' as const),
        operands: fc.tuple(operand, operand),
      }),
    ];
    const choices: fc.Arbitrary<Expression>[] = [
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom('min' as const, 'max' as const),
        operands: fc.array(operand, { minLength: 2, maxLength: 3 }),
      }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constant('abs' as const),
        operands: fc.tuple(operand),
      }),
      fc.record({ kind: fc.constant('round' as const), operand, decimals: fc.integer({ min: 0, max: 9 }) }),
      fc.record({
        kind: fc.constant('if' as const),
        condition: fc.record({
          operator: fc.constantFrom(...comparisonOperators),
          left: operand,
          right: operand,
        }),
        whenTrue: operand,
        whenFalse: operand,
      }),
    ];
    const lookBack: fc.Arbitrary<Expression>[] = [
      fc.record({
        kind: fc.constant('look_back' as const),
        name: fc.constantFrom(
          'delta' as const,
          'pct_change' as const,
          'rolling_sum' as const,
          'rolling_avg' as const,
        ),
        operand,
        periods: fc.integer({ min: 1, max: 4 }),
      }),
    ];
    return {
      tree: fc.oneof(
        { maxDepth, depthIdentifier: 'formula' },
        leaf,
        ...(made.includes('arithmetic') ? arithmetic : []),
        ...(made.includes('choices') ? choices : []),
        ...(made.includes('look_back') ? lookBack : []),
      ),
    };
  });
  // What is beyond the limits cannot be read, and so is not a formula.
  return tree.filter((made) => parse(print(made)).ok);
}
