import { AppError } from './errors.ts';

/** What is wrong on one line of what was sent, counted from 1: the values and the next step, without the place. */
export type RowProblem = { line: number; column: string | null; what: string };
/** The same with its place in the sentence. */
export type LineProblem = { line: number; column: string | null; problem: string };

/** As many problems are told at once. */
const MAX_PROBLEMS = 20;
/** As many days are taken at once. */
export const MAX_ROWS = 10_000;

export function rowProblem(line: number, column: string | null, what: string): RowProblem {
  return { line, column, what };
}

/**
 * Refuses a whole delivery: half of one looks like a whole one afterwards.
 *
 * @throws AppError with one entry a problem, in the order of their lines
 */
export function refuseRows(problems: readonly RowProblem[]): void {
  refuseLines(placed(problems));
}

export function placed(problems: readonly RowProblem[]): LineProblem[] {
  return problems.map(({ column, line, what }) => {
    const place = column === null ? `Line ${line}` : `Line ${line}, column "${column}"`;
    return { line, column, problem: `${place}: ${what}.` };
  });
}

/** @param more whether there are problems beyond those given */
export function refuseLines(problems: readonly LineProblem[], more = false): void {
  const [first, ...others] = problems.toSorted((a, b) => a.line - b.line).slice(0, MAX_PROBLEMS);
  if (first === undefined) return;
  const shown = [first, ...others];
  const isCut = more || problems.length > shown.length;
  const rest =
    others.length === 0 ? '' : ` ${others.length}${isCut ? ' and more' : ''} such problems follow.`;
  throw new AppError(
    'invalid',
    'rows_refused',
    `${first.problem}${rest}`,
    'Correct the lines that are named, then send all of it again. Nothing was stored.',
    {
      errors: shown.map(({ line, column, problem }) => ({
        pointer: column === null ? `/lines/${line}` : `/lines/${line}/${column}`,
        code: 'row_refused',
        detail: problem,
      })),
    },
  );
}
