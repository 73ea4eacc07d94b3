import type { Expression } from '../../../src/domain/expression/index.ts';

/** A fraction of whole numbers, in lowest terms with a positive denominator: arithmetic that cuts nothing off. */
type Rational = { over: bigint; under: bigint };

function rational(over: bigint, under: bigint): Rational {
  const divisor = gcd(over, under) * (under < 0n ? -1n : 1n);
  return { over: over / divisor, under: under / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** Of a number with at most nine decimals; a large whole one would lose digits on the way. */
const whole = (value: number) =>
  Number.isInteger(value)
    ? rational(BigInt(value), 1n)
    : rational(BigInt(Math.round(value * 1e9)), 1_000_000_000n);
const add = (a: Rational, b: Rational) => rational(a.over * b.under + b.over * a.under, a.under * b.under);
const times = (a: Rational, b: Rational) => rational(a.over * b.over, a.under * b.under);
const negative = (a: Rational) => ({ ...a, over: -a.over });
const signOf = (a: Rational) => (a.over > 0n ? 1 : a.over < 0n ? -1 : 0);
const compare = (a: Rational, b: Rational) => signOf(add(a, negative(b)));

/** The quotient of two whole numbers as a double, from 40 of its decimals. */
export function toNumber({ over, under }: Rational): number {
  const sign = over < 0n ? -1 : 1;
  const size = over < 0n ? -over : over;
  const digits = ((size * 10n ** 40n) / under).toString().padStart(41, '0');
  return sign * Number(`${digits.slice(0, -40)}.${digits.slice(-40)}`);
}

/** What a metric measured so many days ago. */
export type Series = (name: string, daysAgo: number) => number | null;

/** The same language evaluated another way: recursion over exact fractions; null is the only reason. */
export function reference(tree: Expression, daysAgo: number, series: Series): Rational | null {
  const at = (node: Expression, ago = daysAgo) => reference(node, ago, series);
  const all = (nodes: readonly Expression[]): Rational[] | null => {
    const values = nodes.map((node) => at(node)).filter((value) => value !== null);
    return values.length === nodes.length ? values : null;
  };
  const pair = (
    left: Rational | null,
    right: Rational | null,
    join: (a: Rational, b: Rational) => Rational | null,
  ) => (left === null || right === null ? null : join(left, right));
  const divide = (a: Rational, b: Rational) => (b.over === 0n ? null : times(a, rational(b.under, b.over)));

  switch (tree.kind) {
    case 'number':
      return whole(tree.value);
    case 'metric': {
      const value = series(tree.name, daysAgo);
      return value === null ? null : whole(value);
    }
    case 'negate':
      return pair(at(tree.operand), whole(1), (a) => negative(a));
    case 'binary':
      return pair(at(tree.left), at(tree.right), (a, b) => {
        if (tree.operator === '+') return add(a, b);
        if (tree.operator === '-') return add(a, negative(b));
        return tree.operator === '*' ? times(a, b) : divide(a, b);
      });
    case 'round':
      return pair(at(tree.operand), whole(1), (a) => {
        const scale = 10n ** BigInt(tree.decimals);
        const size = (a.over < 0n ? -a.over : a.over) * scale;
        const up = (2n * size + a.under) / (2n * a.under); // a half goes up, before the sign returns
        return rational(a.over < 0n ? -up : up, scale);
      });
    case 'call': {
      const values = all(tree.operands);
      if (values === null) return null;
      const sorted = values.toSorted(compare);
      if (tree.name === 'min') return sorted.at(0) ?? null;
      if (tree.name === 'max') return sorted.at(-1) ?? null;
      const [a, b] = values;
      if (tree.name === 'ratio') return pair(a ?? null, b ?? null, divide);
      return a === undefined ? null : signOf(a) < 0 ? negative(a) : a;
    }
    case 'look_back': {
      const { name, periods, operand } = tree;
      if (name === 'delta' || name === 'pct_change') {
        return pair(at(operand), at(operand, daysAgo + periods), (now, before) => {
          const change = add(now, negative(before));
          if (name === 'delta') return change;
          return before.over < 0n ? null : divide(change, before);
        });
      }
      return rolling(tree, daysAgo, series);
    }
    case 'if': {
      const { operator, left, right } = tree.condition;
      const [a, b] = [at(left), at(right)];
      if (a === null || b === null) return null;
      const sign = compare(a, b);
      const signs = { '<': [-1], '<=': [-1, 0], '>': [1], '>=': [1, 0], '=': [0], '!=': [-1, 1] }[operator];
      return at(signs.includes(sign) ? tree.whenTrue : tree.whenFalse);
    }
  }
}

function rolling(
  { name, periods, operand }: Expression & { kind: 'look_back' },
  daysAgo: number,
  series: Series,
): Rational | null {
  let total = whole(0);
  for (let ago = daysAgo; ago < daysAgo + periods; ago += 1) {
    const value = reference(operand, ago, series);
    if (value === null) return null;
    total = add(total, value);
  }
  return name === 'rolling_sum' ? total : times(total, rational(1n, BigInt(periods)));
}
