import { line } from 'd3-shape';
import { dayNumber } from './day-number.ts';
import { type DayValue, splitBySettled, unbrokenRuns } from './runs.ts';
import { px, type Scene, type SceneElement } from './scene.ts';

/** Room for the dot and half the stroke, so that nothing is cut off at the edge. */
const INSET_PX = 3;

/**
 * A trend without axes. Nothing measured draws nothing; an unchanging value draws a line through the middle,
 * because a flat line at the bottom would look like zero; a gap stays a gap. Days that may still be restated are dashed,
 * and a hollow dot ends them.
 */
export function sparkline(points: readonly DayValue[], size: { width: number; height: number }): Scene {
  const runs = unbrokenRuns(points);
  const measured = runs.flat();
  const last = measured.at(-1);
  if (last === undefined) return { ...size, elements: [] };

  const days = measured.map((point) => dayNumber(point.day));
  const firstDay = Math.min(...days);
  const daySpan = Math.max(...days) - firstDay;
  const low = measured.reduce((least, point) => Math.min(least, point.value), Number.POSITIVE_INFINITY);
  const high = measured.reduce((most, point) => Math.max(most, point.value), Number.NEGATIVE_INFINITY);
  const innerWidth = size.width - 2 * INSET_PX;
  const innerHeight = size.height - 2 * INSET_PX;

  const x = (point: DayValue): number =>
    px(
      daySpan === 0 ? size.width / 2 : INSET_PX + ((dayNumber(point.day) - firstDay) / daySpan) * innerWidth,
    );
  // Scaled to 0..1 before it is subtracted, so that the difference of two huge values cannot overflow.
  const y = (point: { value: number }): number =>
    px(
      high === low
        ? size.height / 2
        : INSET_PX + (1 - (point.value / 2 - low / 2) / (high / 2 - low / 2)) * innerHeight,
    );

  const path = line<DayValue & { value: number }>().x(x).y(y);
  const elements: SceneElement[] = [];
  for (const run of runs) {
    const only = run.length === 1 ? run[0] : undefined;
    if (only !== undefined) {
      if (only !== last) elements.push({ kind: 'circle', role: 'spark', cx: x(only), cy: y(only), r: 1 });
      continue;
    }
    for (const stretch of splitBySettled(
      run.map((point) => ({ ...point, settled: point.settled ?? true })),
    )) {
      const role = stretch.settled ? 'spark' : 'spark-provisional';
      elements.push({ kind: 'path', role, d: path(stretch.points) ?? '' });
    }
  }
  const role = (last.settled ?? true) ? 'spark-dot' : 'spark-dot-provisional';
  elements.push({ kind: 'circle', role, cx: x(last), cy: y(last), r: 2 });
  return { ...size, elements };
}
