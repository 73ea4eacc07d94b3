export { type Checked, type CheckedExpression, checkExpression } from './check.ts';
export {
  type ExpressionPoint,
  evaluateDay,
  evaluateDays,
  type PointsByName,
  type SourcePoint,
} from './evaluate.ts';
export { type Parsed, type ParseProblem, parse } from './parse.ts';
export { print } from './print.ts';
export type { CheckProblem, ProblemCode } from './problem.ts';
export type { ExpressionTraits } from './traits.ts';
export { type Expression, periodsBefore, references } from './tree.ts';
