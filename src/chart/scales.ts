import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { ChartInput, ChartOptions } from './chart-input.ts';
import { dayNumber, dayOf } from './day-number.ts';
import { px } from './scene.ts';
import { shownForecast, shownPoints, shownSpan } from './shown-days.ts';
import { textWidth } from './text-width.ts';

export type Plot = { left: number; right: number; top: number; bottom: number };

const LABEL_HEIGHT_PX = 18;
const INITIATIVE_ROW_PX = 14;
export const ALERT_ROW_PX = 12;
const PX_PER_Y_TICK = 52;
const PX_PER_X_TICK = 84;

/**
 * From the least to the most of everything drawn, with room above and below. A single value gets room too, so
 * that it lies in the middle.
 */
export function valueScale(input: ChartInput, plot: Plot): ScaleLinear<number, number> {
  const all = [
    ...shownPoints(input).flatMap((point) => [point.value, point.expected]),
    input.target,
    ...(input.targets ?? []).map(({ value }) => value),
    input.bounds?.lower ?? null,
    input.bounds?.upper ?? null,
    ...(input.overrides ?? []).map((override) => override.value),
    ...(shownForecast(input)?.days ?? []).flatMap(({ p10, p50, p90 }) => [p10, p50, p90]),
  ].filter((value): value is number => value !== null && Number.isFinite(value));
  const low = all.length === 0 ? 0 : all.reduce((least, value) => Math.min(least, value));
  const high = all.length === 0 ? 1 : all.reduce((most, value) => Math.max(most, value));
  const room = high === low ? Math.max(Math.abs(high) * 0.1, 1e-9) : (high - low) * 0.08;
  // Values that never go below zero keep zero as their floor: room below it would promise negative counts.
  const floor = low >= 0 ? Math.max(0, low - room) : low - room;
  return scaleLinear()
    .domain([floor, high + room])
    .range([plot.bottom, plot.top]);
}

/** The middle of each day, so that the first and the last day stand inside the plot. */
export function dayScale(input: ChartInput, plot: Plot): (day: string) => number {
  const { first, last } = shownSpan(input);
  const scale = scaleLinear()
    .domain([first - 0.5, last + 0.5])
    .range([plot.left, plot.right]);
  return (day) => scale(dayNumber(day));
}

export function valueTicks(scale: ScaleLinear<number, number>, plot: Plot): number[] {
  return scale.ticks(Math.max(2, Math.floor((plot.bottom - plot.top) / PX_PER_Y_TICK)));
}

/** Firsts of months where the cycle is long enough for them, otherwise every so many days from the start. */
export function dayTicks(input: ChartInput, plot: Plot): string[] {
  const { first, last } = shownSpan(input);
  const room = Math.max(2, Math.floor((plot.right - plot.left) / PX_PER_X_TICK));
  const firsts: string[] = [];
  for (let day = first; day <= last; day += 1) if (dayOf(day).endsWith('-01')) firsts.push(dayOf(day));
  if (firsts.length >= 3) {
    const step = Math.ceil(firsts.length / room);
    return firsts.filter((_, index) => index % step === 0);
  }
  const step =
    [1, 2, 7, 14, 28].find((days) => (last - first) / days <= room) ?? Math.ceil((last - first) / room);
  const ticks: string[] = [];
  for (let day = first; day <= last; day += step) ticks.push(dayOf(day));
  return ticks;
}

/** Leaves as much room on the left as the longest label needs. */
export function plotArea(input: ChartInput, options: ChartOptions): Plot {
  const draft = {
    left: 0,
    right: options.width,
    top: LABEL_HEIGHT_PX,
    bottom: options.height - LABEL_HEIGHT_PX,
  };
  const labels = valueTicks(valueScale(input, draft), draft).map(options.formatValue);
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label)), 0);
  const initiativeRoom = input.initiatives.length === 0 ? 0 : INITIATIVE_ROW_PX;
  const alertRoom = (input.alerts ?? []).length === 0 ? 0 : ALERT_ROW_PX;
  return {
    left: Math.ceil(widest) + 10,
    right: options.width - 6,
    top: LABEL_HEIGHT_PX,
    bottom: options.height - LABEL_HEIGHT_PX - 4 - initiativeRoom - alertRoom,
  };
}

/** Where to centre a text that should stand at `x` and yet not be cut off at either side. */
export function centredWithin(x: number, text: string, width: number): number {
  const half = textWidth(text) / 2;
  return px(Math.min(width - half, Math.max(half, x)));
}
