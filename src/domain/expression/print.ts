import { type Expression, strengths } from './tree.ts';

/**
 * A tree as text, in one way of writing: single spaces, backticks only where a key needs them, parentheses only where
 * the grouping does. Reading it gives the same tree.
 */
export function print(tree: Expression): string {
  switch (tree.kind) {
    case 'number':
      return printNumber(tree.value);
    case 'metric':
      return /^[A-Za-z][0-9A-Za-z_]*$/.test(tree.name) ? tree.name : `\`${tree.name}\``;
    case 'negate':
      return `-${tree.operand.kind === 'binary' ? `(${print(tree.operand)})` : print(tree.operand)}`;
    case 'binary':
      return printBinary(tree);
    case 'call':
      return `${tree.name}(${tree.operands.map(print).join(', ')})`;
    case 'round':
      return `round(${print(tree.operand)}${tree.decimals === 0 ? '' : `, ${tree.decimals}`})`;
    case 'look_back':
      return `${tree.name}(${print(tree.operand)}, ${tree.periods})`;
    case 'if': {
      const { operator, left, right } = tree.condition;
      const condition = `${print(left)} ${operator} ${print(right)}`;
      return `if(${condition}, ${print(tree.whenTrue)}, ${print(tree.whenFalse)})`;
    }
  }
}

function printBinary({ operator, left, right }: Expression & { kind: 'binary' }): string {
  const own = strengths[operator];
  const leftText = strengthOf(left) < own ? `(${print(left)})` : print(left);
  // Equal strengths group from the left, so on the right even an equal one needs parentheses.
  const rightText = strengthOf(right) <= own ? `(${print(right)})` : print(right);
  return `${leftText} ${operator} ${rightText}`;
}

function strengthOf(node: Expression): number {
  return node.kind === 'binary' ? strengths[node.operator] : Number.POSITIVE_INFINITY;
}

/** Without an exponent, which the grammar does not know: a billionth is 0.000000001 and not 1e-9. */
function printNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(9).replace(/\.?0+$/, '') : text;
}
