/** Why a formula that can be read may not be used. */
export type ProblemCode =
  | 'unknown_metric'
  | 'no_metric'
  | 'no_currency'
  | 'time_zone'
  | 'cadence'
  | 'window'
  | 'unit'
  | 'currency'
  | 'additivity'
  | 'zero_denominator'
  | 'stated_unit';

/** One sentence names the thing, its value and the next step. */
export type CheckProblem = { code: ProblemCode; sentence: string };
