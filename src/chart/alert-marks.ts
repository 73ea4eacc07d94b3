import type { ChartInput } from './chart-input.ts';
import { dayNumber } from './day-number.ts';
import { ALERT_ROW_PX, type Plot } from './scales.ts';
import { px, type SceneElement } from './scene.ts';
import { shownSpan } from './shown-days.ts';

const HALF_PX = 4.5;

/**
 * On the time axis, a full triangle where an alert fired and a hollow diamond where it was over: two shapes, so that
 * neither depends on its colour. Days that are not drawn have no mark.
 */
export function alertMarks(input: ChartInput, plot: Plot, x: (day: string) => number): SceneElement[] {
  const { first, last } = shownSpan(input);
  const y = plot.bottom + ALERT_ROW_PX / 2 + 1;
  return (input.alerts ?? []).flatMap(({ day, kind, title }): SceneElement[] => {
    if (dayNumber(day) < first || dayNumber(day) > last) return [];
    const at = x(day);
    const [left, right, top, bottom] = [at - HALF_PX, at + HALF_PX, y - HALF_PX, y + HALF_PX].map(px);
    const d =
      kind === 'fired'
        ? `M${px(at)},${top}L${right},${bottom}L${left},${bottom}Z`
        : `M${px(at)},${top}L${right},${px(y)}L${px(at)},${bottom}L${left},${px(y)}Z`;
    return [{ kind: 'path', role: kind === 'fired' ? 'alert-fired' : 'alert-recovered', d, title }];
  });
}
