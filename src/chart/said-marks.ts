import type { ChartInput } from './chart-input.ts';
import { dayNumber, dayOf } from './day-number.ts';
import type { Plot } from './scales.ts';
import { drawable, px, type SceneElement } from './scene.ts';
import { shownPoints } from './shown-days.ts';

/** Where a day and a value lie in the drawing. */
export type Place = { x: (point: { day: string }) => number; y: (value: number) => number };

/**
 * The days of an override as a span, and its value as a line across it. The source's own line is drawn through the span
 * as ever, so that both can be seen. An override beyond the plot is left out.
 */
export function overrideMarks(
  input: ChartInput,
  plot: Plot,
  x: (day: string) => number,
  y: (value: number) => number,
): SceneElement[] {
  const clamp = (place: number): number => px(Math.min(plot.right, Math.max(plot.left, place)));
  const edge = (day: string): number => (x(day) + x(dayOf(dayNumber(day) + 1))) / 2;
  return (input.overrides ?? []).flatMap(({ fromDay, title, untilDay, value }): SceneElement[] => {
    const from = clamp(edge(dayOf(dayNumber(fromDay) - 1)));
    const to = clamp(edge(untilDay));
    if (to <= from || !drawable(value)) return [];
    const span = { x: from, y: plot.top, width: px(to - from), height: px(plot.bottom - plot.top) };
    return [
      { kind: 'rect', role: 'override-span', ...span, title },
      { kind: 'line', role: 'override', x1: from, y1: y(value), x2: to, y2: y(value) },
    ];
  });
}

/** A ring on the line for each day on which somebody checked in; at the foot of the plot where no value stands. */
export function checkInMarks(input: ChartInput, plot: Plot, at: Place): SceneElement[] {
  const values = new Map(shownPoints(input).map((point) => [point.day, point.value]));
  return (input.checkIns ?? []).flatMap(({ day, title }): SceneElement[] => {
    if (!values.has(day)) return [];
    const value = values.get(day) ?? null;
    const cy = drawable(value) ? at.y(value) : plot.bottom;
    return [{ kind: 'circle', role: 'check-in', cx: at.x({ day }), cy, r: 5, title }];
  });
}
