import { alertMarks } from './alert-marks.ts';
import { axisMarks, cycleStartMark } from './axis-marks.ts';
import type { ChartInput, ChartOptions } from './chart-input.ts';
import { forecastLabel, forecastMarks } from './forecast-marks.ts';
import { boundArea, initiativeMarks, nowMark, targetLabels, targetMarks } from './marks.ts';
import { boxOf, linesOf, type Obstacles, placeLabel, type Spot } from './place-label.ts';
import { checkInMarks, overrideMarks, type Place } from './said-marks.ts';
import { dayScale, type Plot, plotArea, valueScale } from './scales.ts';
import { type ChartRole, drawable, px, type Scene, type SceneElement } from './scene.ts';
import { shownPoints } from './shown-days.ts';
import { expectedLine, valueLine } from './value-marks.ts';

/** Where a day stands, for a pointer or a keyboard to find it. `y` is null where nothing was measured. */
export type Landmark = { index: number; day: string; x: number; y: number | null; expectedY: number | null };

export type ChartScene = Scene & { plot: Plot; landmarks: Landmark[] };

/**
 * Draws a Key Result over its cycle: value, expected pace, forecast, target or limits, initiatives, alerts, what people
 * said and today. Provisional days are dashed and hollow, gaps stay gaps. Pure: the same input gives the same drawing
 * everywhere.
 */
export function renderChart(input: ChartInput, options: ChartOptions): ChartScene {
  const plot = plotArea(input, options);
  const y = valueScale(input, plot);
  const x = dayScale(input, plot);
  const at = { x: (point: { day: string }) => px(x(point.day)), y: (value: number) => px(y(value)) };
  const points = shownPoints(input);

  const elements: SceneElement[] = [
    ...axisMarks(input, options, plot, x, y),
    ...boundArea(input, plot, at.y),
    ...overrideMarks(input, plot, x, at.y),
    ...forecastMarks(input, at),
    ...cycleStartMark(input, plot, x),
    ...targetMarks(input, plot, x, at.y),
    ...initiativeMarks(input, plot, x),
    ...nowMark(input, options, plot, x),
    ...expectedLine(points, at),
    ...valueLine(points, at),
    ...checkInMarks(input, plot, at),
    ...alertMarks(input, plot, x),
  ];
  elements.push(...labels(elements, plot, wantedLabels(input, options, plot, x, at)));

  const landmarks = input.points.map((point, index) => ({
    index,
    day: point.day,
    x: at.x(point),
    y: drawable(point.value) ? at.y(point.value) : null,
    expectedY: drawable(point.expected) ? at.y(point.expected) : null,
  }));
  return { width: options.width, height: options.height, elements, plot, landmarks };
}

type Label = { role: ChartRole; text: string; spots: [Spot, ...Spot[]] };

function wantedLabels(
  input: ChartInput,
  options: ChartOptions,
  plot: Plot,
  x: (day: string) => number,
  at: Place,
): Label[] {
  const forecast = forecastLabel(input, options, plot, at);
  return [
    ...targetLabels(input, options, plot, x, at.y).map((label) => ({
      role: 'target-label' as const,
      ...label,
    })),
    ...(forecast === null ? [] : [{ role: 'forecast-label' as const, ...forecast }]),
    ...emptyLabel(input, options, plot),
  ];
}

/** Each label where it is least in the way of the lines and of the labels before it. */
function labels(elements: readonly SceneElement[], plot: Plot, wanted: readonly Label[]): SceneElement[] {
  const taken: Obstacles = { within: plot, labels: [], lines: linesOf(elements) };
  return wanted.map(({ role, spots, text }): SceneElement => {
    const spot = placeLabel(text, spots, taken);
    taken.labels.push(boxOf(text, spot));
    return { kind: 'text', role, ...spot, text };
  });
}

function emptyLabel(input: ChartInput, { words }: ChartOptions, plot: Plot): Label[] {
  if (words.empty === undefined || shownPoints(input).some(({ value }) => drawable(value))) return [];
  const x = (plot.left + plot.right) / 2;
  const at = (share: number): Spot => ({
    x,
    y: plot.top + (plot.bottom - plot.top) * share,
    anchor: 'middle',
  });
  return [{ role: 'empty-label', text: words.empty, spots: [at(0.5), at(0.3), at(0.75)] }];
}
