import type { ScaleLinear } from 'd3-scale';
import type { ChartInput, ChartOptions } from './chart-input.ts';
import { dayNumber, dayOf } from './day-number.ts';
import { centredWithin, dayTicks, type Plot, valueTicks } from './scales.ts';
import { px, type SceneElement } from './scene.ts';
import { shownSpan } from './shown-days.ts';

/** Lines for round values with their labels on the left, days along the foot. */
export function axisMarks(
  input: ChartInput,
  options: ChartOptions,
  plot: Plot,
  x: (day: string) => number,
  y: ScaleLinear<number, number>,
): SceneElement[] {
  const values = valueTicks(y, plot).flatMap((tick): SceneElement[] => {
    const height = px(y(tick));
    const text = options.formatValue(tick);
    return [
      { kind: 'line', role: 'grid', x1: plot.left, y1: height, x2: plot.right, y2: height },
      { kind: 'text', role: 'axis-label', x: plot.left - 8, y: height + 4, anchor: 'end', text },
    ];
  });
  const days = dayTicks(input, plot).map((day): SceneElement => {
    const text = options.formatDay(day);
    return {
      kind: 'text',
      role: 'axis-label',
      x: centredWithin(x(day), text, options.width),
      y: options.height - 4,
      anchor: 'middle',
      text,
    };
  });
  return [...values, ...days];
}

/** A thin line before the cycle's first day, where days before it are drawn. */
export function cycleStartMark(input: ChartInput, plot: Plot, x: (day: string) => number): SceneElement[] {
  const start = dayNumber(input.startDay);
  if (shownSpan(input).first >= start) return [];
  const at = px((x(input.startDay) + x(dayOf(start - 1))) / 2);
  return [{ kind: 'line', role: 'cycle-start', x1: at, y1: plot.top, x2: at, y2: plot.bottom }];
}
