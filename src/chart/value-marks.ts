import { line } from 'd3-shape';
import type { ChartPoint } from './chart-input.ts';
import { splitBySettled, unbrokenRuns } from './runs.ts';
import type { Place } from './said-marks.ts';
import { drawable, type SceneElement } from './scene.ts';

/** The measured values: whole where settled, dashed and hollow where not, interrupted where nothing was measured. */
export function valueLine(points: readonly ChartPoint[], at: Place): SceneElement[] {
  const path = line<ChartPoint & { value: number }>()
    .x(at.x)
    .y((point) => at.y(point.value));
  const runs = unbrokenRuns(points);
  const last = runs.at(-1)?.at(-1);
  const lines: SceneElement[] = [];
  const dots: SceneElement[] = [];
  for (const run of runs) {
    for (const stretch of splitBySettled(run)) {
      const role = stretch.settled ? 'value' : 'value-provisional';
      lines.push({ kind: 'path', role, d: path(stretch.points) ?? '' });
    }
    for (const point of run) {
      const circle = { kind: 'circle', cx: at.x(point), cy: at.y(point.value) } as const;
      if (!point.settled) dots.push({ ...circle, role: 'point-provisional', r: 3 });
      else if (point === last) dots.push({ ...circle, role: 'value-dot', r: 3.5 });
      else if (run.length === 1) dots.push({ ...circle, role: 'point-settled', r: 2 });
      if (point.restated) {
        const title = point.restatedTitle === undefined ? {} : { title: point.restatedTitle };
        dots.push({ ...circle, role: 'point-restated', r: 5.5, ...title });
      }
    }
  }
  return [...lines, ...dots];
}

export function expectedLine(points: readonly ChartPoint[], at: Place): SceneElement[] {
  const path = line<{ day: string; value: number }>()
    .x(at.x)
    .y((point) => at.y(point.value));
  // The pace is a rule, not a measurement: a day on which nothing was measured does not interrupt it.
  const known = points.flatMap((point) =>
    drawable(point.expected) ? [{ day: point.day, value: point.expected }] : [],
  );
  return known.length < 2 ? [] : [{ kind: 'path', role: 'expected', d: path(known) ?? '' }];
}
