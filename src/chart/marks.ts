import type { ChartInput, ChartOptions } from './chart-input.ts';
import { dayNumber } from './day-number.ts';
import type { Spot } from './place-label.ts';
import { ALERT_ROW_PX, centredWithin, type Plot } from './scales.ts';
import { px, type SceneElement } from './scene.ts';

/** Where a guardrail holds: the area between its limits, under everything else. */
export function boundArea(input: ChartInput, plot: Plot, y: (value: number) => number): SceneElement[] {
  if (input.bounds === null) return [];
  const { lower, upper } = input.bounds;
  const top = upper === null ? plot.top : y(upper);
  const bottom = lower === null ? plot.bottom : y(lower);
  const size = { width: px(plot.right - plot.left), height: px(Math.max(0, bottom - top)) };
  return [{ kind: 'rect', role: 'bound-area', x: plot.left, y: top, ...size }];
}

/** The target, or the limits of a guardrail, as lines; a target that was changed is a step. */
export function targetMarks(
  input: ChartInput,
  plot: Plot,
  x: (day: string) => number,
  y: (value: number) => number,
): SceneElement[] {
  const steps = input.targets ?? [];
  if (steps.length > 1 && input.bounds === null) return steppedTarget(steps, plot, x, y);
  return targetValues(input).map((value) => ({
    kind: 'line',
    role: 'target',
    x1: plot.left,
    y1: y(value),
    x2: plot.right,
    y2: y(value),
  }));
}

/** What was aimed at before is told apart from what is aimed at; the steps between them belong to the past. */
function steppedTarget(
  steps: NonNullable<ChartInput['targets']>,
  plot: Plot,
  x: (day: string) => number,
  y: (value: number) => number,
): SceneElement[] {
  const within = (place: number): number => px(Math.min(plot.right, Math.max(plot.left, place)));
  const begins = ({ fromDay }: { fromDay: string | null }): number =>
    fromDay === null ? plot.left : within(x(fromDay));
  return steps.flatMap((step, index): SceneElement[] => {
    const [from, at] = [begins(step), y(step.value)];
    const next = steps[index + 1];
    if (next === undefined)
      return [{ kind: 'line', role: 'target', x1: from, y1: at, x2: plot.right, y2: at }];
    const to = begins(next);
    const role = 'target-before';
    const level = { kind: 'line' as const, role, x1: from, y1: at, x2: to, y2: at } as const;
    return [level, { kind: 'line', role, x1: to, y1: at, x2: to, y2: y(next.value) }];
  });
}

/** The name and value of each target line, above or under it, where it is least in the way. */
export function targetLabels(
  input: ChartInput,
  options: ChartOptions,
  plot: Plot,
  x: (day: string) => number,
  y: (value: number) => number,
): { text: string; spots: [Spot, ...Spot[]] }[] {
  // Of a target that was changed, beside the part that is in force.
  const since = input.bounds === null ? ((input.targets ?? []).at(-1)?.fromDay ?? null) : null;
  const from = since === null ? plot.left : Math.min(plot.right, Math.max(plot.left, x(since)));
  return targetValues(input).map((value) => {
    const [above, under] = [y(value) - 5, y(value) + 14];
    const text = `${options.words.target} ${options.formatValue(value)}`;
    const [left, middle, right] = [from + 4, (from + plot.right) / 2, plot.right - 4];
    return {
      text,
      spots: [
        { x: left, y: above, anchor: 'start' },
        { x: left, y: under, anchor: 'start' },
        { x: right, y: above, anchor: 'end' },
        { x: right, y: under, anchor: 'end' },
        { x: middle, y: above, anchor: 'middle' },
        { x: middle, y: under, anchor: 'middle' },
      ],
    };
  });
}

function targetValues({ bounds, target }: ChartInput): number[] {
  const values = bounds === null ? [target] : [bounds.upper, bounds.lower];
  return values.filter((value) => value !== null);
}

/** A bar under the plot for each initiative, from its first to its last day or to the end of the cycle. */
export function initiativeMarks(input: ChartInput, plot: Plot, x: (day: string) => number): SceneElement[] {
  const clamp = (value: number): number => px(Math.min(plot.right, Math.max(plot.left, value)));
  const under = plot.bottom + ((input.alerts ?? []).length === 0 ? 0 : ALERT_ROW_PX);
  return input.initiatives.flatMap((initiative): SceneElement[] => {
    const from = clamp(x(initiative.startDay));
    const to = clamp(initiative.endDay === null ? plot.right : x(initiative.endDay));
    const bar = { x: from, y: under + 5, width: Math.max(3, px(to - from)), height: 5 };
    return [
      { kind: 'line', role: 'initiative', x1: from, y1: plot.top, x2: from, y2: under + 5 },
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
