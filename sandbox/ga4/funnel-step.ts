import type { Lens } from './dimensions.ts';
import { dimensionOf } from './dimensions.ts';
import { invalid } from './errors.ts';
import { valueTest } from './filter.ts';
import type { ParameterExpression, ParameterFilter, StepExpression } from './funnel-request.ts';
import { type Hit, NOT_SET } from './hits.ts';
import { dimensionNamed } from './names.ts';

/** Whether an event completes a step. */
export type StepTest = (hit: Hit, lens: Lens) => boolean;

type Tree<T> = {
  andGroup?: { expressions: T[] } | undefined;
  orGroup?: { expressions: T[] } | undefined;
  notExpression?: T | undefined;
};

/** @throws Refusal (400) for an expression without exactly one member */
export function stepTest(expression: StepExpression): StepTest {
  const { funnelFieldFilter, funnelEventFilter } = expression;
  const inner = treeTest(expression, [funnelFieldFilter, funnelEventFilter], stepTest);
  if (inner !== null) return inner;
  if (funnelFieldFilter !== undefined) {
    const { fieldName } = funnelFieldFilter;
    dimensionNamed(fieldName);
    const test = valueTest(funnelFieldFilter);
    return (hit, lens) => test(dimensionOf(hit, fieldName, lens));
  }
  const { eventName, funnelParameterFilterExpression: parameters } = funnelEventFilter ?? {};
  const passes = parameters === undefined ? () => true : parameterTest(parameters);
  const isAny = eventName === undefined || eventName === '';
  return (hit, lens) => (isAny || hit.eventName === eventName) && passes(hit, lens);
}

function parameterTest(expression: ParameterExpression): StepTest {
  const { funnelParameterFilter } = expression;
  const inner = treeTest(expression, [funnelParameterFilter], parameterTest);
  if (inner !== null) return inner;
  // The count of members says that it is there.
  const filter = funnelParameterFilter as ParameterFilter;
  const name = filter.eventParameterName ?? filter.itemParameterName;
  if (name === undefined || name === '') throw invalid('A parameter filter needs the name of a parameter.');
  const test = valueTest(filter);
  return ({ event }) => test(String(event?.properties[name] ?? NOT_SET));
}

/** The test of a group or of a contrary; null when the expression is neither but one of `leaves`. */
function treeTest<T extends Tree<T>>(
  { andGroup, orGroup, notExpression }: T,
  leaves: readonly unknown[],
  testOf: (inner: T) => StepTest,
): StepTest | null {
  const given = [andGroup, orGroup, notExpression, ...leaves].filter((member) => member !== undefined);
  if (given.length !== 1) throw invalid('A funnel filter expression needs exactly one of its members.');
  if (andGroup !== undefined) {
    const tests = andGroup.expressions.map(testOf);
    return (hit, lens) => tests.every((test) => test(hit, lens));
  }
  if (orGroup !== undefined) {
    const tests = orGroup.expressions.map(testOf);
    return (hit, lens) => tests.some((test) => test(hit, lens));
  }
  if (notExpression === undefined) return null;
  const test = testOf(notExpression);
  return (hit, lens) => !test(hit, lens);
}
