import type { ChartRole, SceneElement } from './scene.ts';
import type { Theme } from './theme.ts';

/** Presentation attributes. A colour is the name of a token, such as `--ink`, or `none`. */
export type RoleStyle = Record<string, string | number>;

const label: RoleStyle = { fill: '--muted', 'font-size': 11 };
const halo: RoleStyle = { 'paint-order': 'stroke', stroke: '--surface', 'stroke-width': 4 };
const valueStroke: RoleStyle = {
  fill: 'none',
  stroke: '--accent',
  'stroke-width': 2,
  'stroke-linejoin': 'round',
  'stroke-linecap': 'round',
};
const sparkStroke: RoleStyle = { ...valueStroke, 'stroke-width': 1.5 };

/**
 * How the roles look where no style sheet reaches: in a file, a mail, a PNG. The page says the same in `chart.css`, and a
 * test holds one against the other. Shapes differ in dash and weight, so that no line depends on its colour.
 */
const styles: Record<ChartRole, RoleStyle> = {
  grid: { stroke: '--line', 'stroke-width': 1, 'shape-rendering': 'crispEdges' },
  'axis-label': label,
  'now-label': label,
  'empty-label': { ...label, ...halo },
  target: { stroke: '--ink', 'stroke-width': 1.25 },
  'target-before': { stroke: '--quiet-fill', 'stroke-width': 1.25, 'stroke-dasharray': '3 2' },
  'target-label': { ...label, fill: '--ink', 'font-weight': 500, ...halo },
  'bound-area': { fill: '--good-soft' },
  expected: { fill: 'none', stroke: '--quiet-fill', 'stroke-width': 1.5, 'stroke-dasharray': '6 4' },
  value: valueStroke,
  'value-provisional': { ...valueStroke, 'stroke-dasharray': '2 4' },
  'value-dot': { fill: '--accent', stroke: '--surface', 'stroke-width': 1.5 },
  'point-settled': { fill: '--accent' },
  'point-provisional': { fill: '--surface', stroke: '--accent', 'stroke-width': 1.5 },
  'point-restated': { fill: 'none', stroke: '--warn-fill', 'stroke-width': 1.25 },
  now: {
    stroke: '--line-strong',
    'stroke-width': 1,
    'stroke-dasharray': '1 3',
    'stroke-linecap': 'round',
  },
  initiative: { fill: '--calm-fill', rx: 2 },
  'initiative-label': label,
  override: { stroke: '--calm-fill', 'stroke-width': 2, 'stroke-dasharray': '8 3' },
  'override-span': { fill: '--calm-soft' },
  'check-in': { fill: '--surface', stroke: '--ink', 'stroke-width': 1.75 },
  'cycle-start': { stroke: '--quiet-fill', 'stroke-width': 1 },
  forecast: { fill: 'none', stroke: '--accent', 'stroke-width': 1.75, 'stroke-dasharray': '9 4' },
  'forecast-cone': {
    fill: '--accent-soft',
    'fill-opacity': 0.8,
    stroke: '--accent',
    'stroke-width': 0.75,
  },
  'forecast-label': { ...label, fill: '--accent', 'font-weight': 500, ...halo },
  'alert-fired': { fill: '--bad-fill' },
  'alert-recovered': { fill: '--surface', stroke: '--good-fill', 'stroke-width': 1.5 },
  spark: sparkStroke,
  'spark-provisional': { ...sparkStroke, 'stroke-dasharray': '1.5 3' },
  'spark-dot': { fill: '--accent', stroke: 'none' },
  'spark-dot-provisional': { fill: '--surface', stroke: '--accent', 'stroke-width': 1.25 },
};

/** Where one role is drawn as two kinds of shape that look different. */
const byKind: Partial<Record<`${SceneElement['kind']}.${ChartRole}`, RoleStyle>> = {
  'line.initiative': { stroke: '--calm-fill', 'stroke-width': 1, 'stroke-dasharray': '1 4' },
  'circle.spark': { fill: '--accent', stroke: 'none' },
};

export function roleStyle(role: ChartRole, kind: SceneElement['kind']): RoleStyle {
  return byKind[`${kind}.${role}`] ?? styles[role];
}

/** The style as SVG attributes, its tokens replaced by colours. */
export function styleAttributes(style: RoleStyle, theme: Theme): string {
  const tokens: Record<string, string> = theme;
  return Object.entries(style)
    .map(([name, value]) => ` ${name}="${tokens[String(value)] ?? value}"`)
    .join('');
}
