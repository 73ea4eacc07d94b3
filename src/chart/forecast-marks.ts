import { area, line } from 'd3-shape';
import type { ChartInput, ChartOptions } from './chart-input.ts';
import type { Spot } from './place-label.ts';
import type { Place } from './said-marks.ts';
import type { Plot } from './scales.ts';
import type { SceneElement } from './scene.ts';
import { shownForecast } from './shown-days.ts';

/** Where the value is expected to go: a cone from P10 to P90, and in it the point forecast as a dashed line. */
export function forecastMarks(input: ChartInput, at: Place): SceneElement[] {
  const forecast = shownForecast(input);
  if (forecast === null) return [];
  const { days, from } = forecast;
  const all =
    from === null ? days : [{ day: from.day, p10: from.value, p50: from.value, p90: from.value }, ...days];
  // One day without a value before it is a bar of no width: nothing to see.
  if (all.length < 2) return [];
  type Day = (typeof all)[number];
  const cone = area<Day>()
    .x(at.x)
    .y0((day) => at.y(day.p10))
    .y1((day) => at.y(day.p90));
  const middle = line<Day>()
    .x(at.x)
    .y((day) => at.y(day.p50));
  return [
    { kind: 'path', role: 'forecast-cone', d: cone(all) ?? '' },
    { kind: 'path', role: 'forecast', d: middle(all) ?? '' },
  ];
}

/** Beside the cone's open end first, then anywhere near it. Null without a forecast, or without a word for it. */
export function forecastLabel(
  input: ChartInput,
  options: ChartOptions,
  plot: Plot,
  at: Place,
): { text: string; spots: [Spot, ...Spot[]] } | null {
  const text = options.words.forecast ?? '';
  const days = shownForecast(input)?.days ?? [];
  const last = days.at(-1);
  const middle = days[Math.floor((days.length - 1) / 2)];
  if (text === '' || last === undefined || middle === undefined) return null;
  const right = plot.right - 4;
  const spot = (x: number, y: number, anchor: Spot['anchor']): Spot => ({ x, y, anchor });
  const above = [spot(right, at.y(last.p90) - 6, 'end'), spot(right, at.y(last.p90) - 16, 'end')];
  const under = [16, 24, 36].map((down) => spot(right, at.y(last.p10) + down, 'end'));
  // Away from the target, whose line it would seem to name.
  const [first = spot(right, at.y(last.p50) - 8, 'end'), ...others] =
    (input.target ?? Number.NEGATIVE_INFINITY) >= last.p50 ? [...under, ...above] : [...above, ...under];
  return {
    text,
    spots: [
      first,
      ...others,
      spot(at.x(middle), at.y(middle.p90) - 10, 'end'),
      spot(at.x(middle), at.y(middle.p10) + 17, 'start'),
      spot(right, at.y(last.p50) - 8, 'end'),
      spot(right, at.y(last.p50) + 17, 'end'),
      spot(right, plot.top + 12, 'end'),
      spot(right, plot.bottom - 6, 'end'),
    ],
  };
}
