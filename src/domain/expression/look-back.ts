import type { Nature, Quantity } from './nature.ts';
import { print } from './print.ts';
import type { CheckProblem, ProblemCode } from './problem.ts';
import { type Cadence, isTiled, spanOf, trailing } from './span.ts';
import type { Expression } from './tree.ts';

type LookBack = Expression & { kind: 'look_back' };
type Judged = { ok: true; quantity: Quantity } | { ok: false; problem: CheckProblem };

/** What a function over earlier points gives, or why it may not be asked of its operand. */
export function judgeLookBack(node: LookBack, operand: Nature, cadence: Cadence): Judged {
  if (operand.kind === 'number') {
    return refused(
      'no_metric',
      `"${print(node)}" looks back at a number, which never changes; name a metric.`,
    );
  }
  switch (node.name) {
    case 'delta':
      return { ok: true, quantity: change(operand, node.periods, cadence) };
    case 'pct_change':
      // A state's growth is a state; of anything else the growth stands for its own window.
      return { ok: true, quantity: { ...alone(operand), dimension: {} } };
    case 'rolling_sum':
    case 'rolling_avg':
      return judgeRolling(node, operand, cadence);
  }
}

/** Changes of a flow add up as it does; the change of a state from one close to the next is itself a flow. */
function change(operand: Quantity, periods: number, cadence: Cadence): Quantity {
  if (operand.kind === 'flow') return { ...operand, keepsParts: false };
  const isState = operand.kind === 'stock' && spanOf(operand.kind, operand.window) === null;
  if (!isState) return alone(operand);
  return periods === 1
    ? { ...operand, kind: 'flow', window: { kind: cadence }, keepsParts: false }
    : { ...operand, window: trailing(periods, cadence), keepsParts: false };
}

function alone(operand: Quantity): Quantity {
  const kind = operand.kind === 'stock' || operand.kind === 'distinct' ? operand.kind : 'ratio';
  return { ...operand, kind, keepsParts: false };
}

function judgeRolling(node: LookBack, operand: Quantity, cadence: Cadence): Judged {
  const { name, periods } = node;
  const inside = print(node.operand);
  const { kind, window, keepsParts } = operand;
  if (kind === 'distinct') {
    const why = `"${inside}" counts different people, and one may come on several days`;
    return refused(
      'additivity',
      `${why}; instead of ${name} ask the source for the count over ${periods} ${cadence}s.`,
    );
  }
  if (!isTiled(kind, window, cadence)) {
    const why = `A point of "${inside}" covers ${spanOf(kind, window)}, so ${name} would count days several times`;
    return refused('window', `${why}; take ${name} of a metric with one ${cadence} per point.`);
  }
  if (name === 'rolling_sum' && kind !== 'flow') {
    const why = `"${inside}" is ${kind === 'stock' ? 'a state' : 'a rate'}, whose sum measures nothing`;
    return refused('additivity', `${why}; take rolling_avg instead of rolling_sum.`);
  }
  if (kind !== 'flow' && kind !== 'stock' && !keepsParts) {
    const why = `"${inside}" has no numerator and denominator to add up, and rates are not averaged`;
    return refused('additivity', `${why}; divide one rolling_sum by another.`);
  }
  // The windows of two days overlap, so over a longer one only the last counts: what rolls is a state.
  return { ok: true, quantity: { ...operand, kind: 'stock', window: trailing(periods, cadence) } };
}

function refused(code: ProblemCode, sentence: string): Judged {
  return { ok: false, problem: { code, sentence } };
}
