import type { ChartInput, ChartOptions } from './chart-input.ts';
import { dayNumber } from './day-number.ts';
import { centredWithin, type Plot } from './scales.ts';
import { px, type SceneElement } from './scene.ts';

/** The target as a line with its name, or the limits of a guardrail as an area between lines. */
export function targetMarks(
  input: ChartInput,
  options: ChartOptions,
  plot: Plot,
  y: (value: number) => number,
): SceneElement[] {
  const across = (value: number): SceneElement[] => {
    const height = y(value);
    const text = `${options.words.target} ${options.formatValue(value)}`;
    // Under the line when there is no room above it.
    const labelY = height - plot.top < 14 ? height + 14 : height - 5;
    return [
      { kind: 'line', role: 'target', x1: plot.left, y1: height, x2: plot.right, y2: height },
      { kind: 'text', role: 'target-label', x: plot.left + 4, y: labelY, anchor: 'start', text },
    ];
  };
  if (input.bounds === null) return input.target === null ? [] : across(input.target);
  const { lower, upper } = input.bounds;
  const top = upper === null ? plot.top : y(upper);
  const bottom = lower === null ? plot.bottom : y(lower);
  return [
    {
      kind: 'rect',
      role: 'bound-area',
      x: plot.left,
      y: top,
      width: px(plot.right - plot.left),
      height: px(Math.max(0, bottom - top)),
    },
    ...(upper === null ? [] : across(upper)),
    ...(lower === null ? [] : across(lower)),
  ];
}

/** A bar under the plot for each initiative, from its first to its last day or to the end of the cycle. */
export function initiativeMarks(input: ChartInput, plot: Plot, x: (day: string) => number): SceneElement[] {
  const clamp = (value: number): number => px(Math.min(plot.right, Math.max(plot.left, value)));
  return input.initiatives.flatMap((initiative): SceneElement[] => {
    const from = clamp(x(initiative.startDay));
    const to = clamp(initiative.endDay === null ? plot.right : x(initiative.endDay));
    const bar = { x: from, y: plot.bottom + 5, width: Math.max(3, px(to - from)), height: 5 };
    return [
      { kind: 'line', role: 'initiative', x1: from, y1: plot.top, x2: from, y2: plot.bottom + 5 },
      { kind: 'rect', role: 'initiative', ...bar, title: initiative.title },
    ];
  });
}

export function nowMark(
  input: ChartInput,
  options: ChartOptions,
  plot: Plot,
  x: (day: string) => number,
): SceneElement[] {
  const today = dayNumber(input.today);
  if (today < dayNumber(input.startDay) || today >= dayNumber(input.endDay)) return [];
  const at = px(x(input.today));
  const labelX = centredWithin(at, options.words.now, options.width);
  return [
    { kind: 'line', role: 'now', x1: at, y1: plot.top - 2, x2: at, y2: plot.bottom },
    {
      kind: 'text',
      role: 'now-label',
      x: labelX,
      y: plot.top - 7,
      anchor: 'middle',
      text: options.words.now,
    },
  ];
}
