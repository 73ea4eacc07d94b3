/** Many possible futures of the steps that report, in the metric's unit: draw after draw. */
export type Paths = { draws: number; steps: number; values: Float64Array };

export function emptyPaths(draws: number, steps: number): Paths {
  return { draws, steps, values: new Float64Array(draws * steps) };
}
