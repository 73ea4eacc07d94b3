/**
 * A drawing as plain data: no DOM, no framework, no colours. Each element says what it stands for (`role`);
 * whoever puts it on a screen, in a PNG or in a mail decides how that looks. Lengths are CSS pixels.
 */
export type ChartRole =
  | 'grid'
  | 'axis-label'
  | 'target'
  | 'target-label'
  | 'target-before'
  | 'bound-area'
  | 'expected'
  | 'value'
  | 'value-provisional'
  | 'value-dot'
  | 'point-settled'
  | 'point-provisional'
  | 'point-restated'
  | 'now'
  | 'now-label'
  | 'initiative'
  | 'initiative-label'
  | 'override'
  | 'override-span'
  | 'check-in'
  | 'cycle-start'
  | 'forecast'
  | 'forecast-cone'
  | 'forecast-label'
  | 'alert-fired'
  | 'alert-recovered'
  | 'empty-label'
  | 'spark'
  | 'spark-dot'
  | 'spark-provisional'
  | 'spark-dot-provisional';

export type SceneElement =
  | { kind: 'line'; role: ChartRole; x1: number; y1: number; x2: number; y2: number }
  | { kind: 'path'; role: ChartRole; d: string; title?: string }
  | { kind: 'circle'; role: ChartRole; cx: number; cy: number; r: number; title?: string }
  | { kind: 'rect'; role: ChartRole; x: number; y: number; width: number; height: number; title?: string }
  | { kind: 'text'; role: ChartRole; x: number; y: number; anchor: 'start' | 'middle' | 'end'; text: string };

export type Scene = { width: number; height: number; elements: SceneElement[] };

/** Two decimals are a hundredth of a pixel: enough to draw, and stable to compare. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}

export function drawable(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}
