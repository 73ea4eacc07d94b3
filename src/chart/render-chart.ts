import { line } from 'd3-shape';
import type { ChartInput, ChartOptions, ChartPoint } from './chart-input.ts';
import { initiativeMarks, nowMark, targetMarks } from './marks.ts';
import { splitBySettled, unbrokenRuns } from './runs.ts';
import { checkInMarks, overrideMarks, type Place } from './said-marks.ts';
import { centredWithin, dayScale, dayTicks, type Plot, plotArea, valueScale, valueTicks } from './scales.ts';
import { drawable, px, type Scene, type SceneElement } from './scene.ts';

/** Where a day stands, for a pointer or a keyboard to find it. `y` is null where nothing was measured. */
export type Landmark = { index: number; day: string; x: number; y: number | null; expectedY: number | null };

export type ChartScene = Scene & { plot: Plot; landmarks: Landmark[] };

/**
 * Draws a Key Result over its cycle: value, expected pace, target or limits, initiatives, what people said and today.
 * Provisional days are dashed and hollow, gaps stay gaps. Pure: the same input gives the same drawing everywhere.
 */
export function renderChart(input: ChartInput, options: ChartOptions): ChartScene {
  const plot = plotArea(input, options);
  const y = valueScale(input, plot);
  const x = dayScale(input, plot);
  const at = { x: (point: { day: string }) => px(x(point.day)), y: (value: number) => px(y(value)) };

  const elements: SceneElement[] = [];
  for (const tick of valueTicks(y, plot)) {
    const height = at.y(tick);
    elements.push({ kind: 'line', role: 'grid', x1: plot.left, y1: height, x2: plot.right, y2: height });
    const text = options.formatValue(tick);
    elements.push({ kind: 'text', role: 'axis-label', x: plot.left - 8, y: height + 4, anchor: 'end', text });
  }
  for (const day of dayTicks(input, plot)) {
    const text = options.formatDay(day);
    elements.push({
      kind: 'text',
      role: 'axis-label',
      x: centredWithin(x(day), text, options.width),
      y: options.height - 4,
      anchor: 'middle',
      text,
    });
  }
  elements.push(...overrideMarks(input, plot, x, at.y));
  elements.push(...targetMarks(input, options, plot, at.y));
  elements.push(...initiativeMarks(input, plot, x));
  elements.push(...nowMark(input, options, plot, x));
  elements.push(...expectedLine(input.points, at));
  elements.push(...valueLine(input.points, at));
  elements.push(...checkInMarks(input, plot, at));

  const landmarks = input.points.map((point, index) => ({
    index,
    day: point.day,
    x: at.x(point),
    y: drawable(point.value) ? at.y(point.value) : null,
    expectedY: drawable(point.expected) ? at.y(point.expected) : null,
  }));
  return { width: options.width, height: options.height, elements, plot, landmarks };
}

function valueLine(points: readonly ChartPoint[], at: Place): SceneElement[] {
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

function expectedLine(points: readonly ChartPoint[], at: Place): SceneElement[] {
  const path = line<{ day: string; value: number }>()
    .x(at.x)
    .y((point) => at.y(point.value));
  // The pace is a rule, not a measurement: a day on which nothing was measured does not interrupt it.
  const known = points.flatMap((point) =>
    drawable(point.expected) ? [{ day: point.day, value: point.expected }] : [],
  );
  return known.length < 2 ? [] : [{ kind: 'path', role: 'expected', d: path(known) ?? '' }];
}
