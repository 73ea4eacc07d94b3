import type { ChartRole, Scene, SceneElement } from './scene.ts';
import { textWidth } from './text-width.ts';

/** What each kind of mark is called; a role without a word is not listed. */
export type LegendWords = Partial<Record<ChartRole, string>>;

const SAMPLE_WIDTH_PX = 24;
const GAP_PX = 6;
const BETWEEN_PX = 16;
const ROW_PX = 18;

/** In this order, each with a small drawing of itself in a box of 24 by 12. */
const samples: readonly (readonly [ChartRole, (x: number, y: number) => SceneElement[]])[] = [
  ['value', (x, y) => [rule('value', x, y)]],
  [
    'value-provisional',
    (x, y) => [rule('value-provisional', x, y), ring('point-provisional', x + 12, y + 6, 3)],
  ],
  ['expected', (x, y) => [rule('expected', x, y)]],
  ['target', (x, y) => [rule('target', x, y)]],
  ['target-before', (x, y) => [rule('target-before', x, y)]],
  [
    'forecast',
    (x, y) => [
      { kind: 'path', role: 'forecast-cone', d: `M${x},${y + 6}L${x + 24},${y}V${y + 12}Z` },
      rule('forecast', x, y),
    ],
  ],
  ['point-restated', (x, y) => [ring('point-restated', x + 12, y + 6, 5)]],
  [
    'override',
    (x, y) => [
      { kind: 'rect', role: 'override-span', x, y, width: 24, height: 12 },
      { kind: 'line', role: 'override', x1: x, y1: y + 6, x2: x + 24, y2: y + 6 },
    ],
  ],
  ['check-in', (x, y) => [ring('check-in', x + 12, y + 6, 4)]],
  ['initiative', (x, y) => [{ kind: 'rect', role: 'initiative', x, y: y + 3.5, width: 24, height: 5 }]],
  [
    'alert-fired',
    (x, y) => [
      {
        kind: 'path',
        role: 'alert-fired',
        d: `M${x + 12},${y + 1.5}L${x + 16.5},${y + 10.5}L${x + 7.5},${y + 10.5}Z`,
      },
    ],
  ],
  [
    'alert-recovered',
    (x, y) => [
      {
        kind: 'path',
        role: 'alert-recovered',
        d: `M${x + 12},${y + 1.5}L${x + 16.5},${y + 6}L${x + 12},${y + 10.5}L${x + 7.5},${y + 6}Z`,
      },
    ],
  ],
  [
    'cycle-start',
    (x, y) => [{ kind: 'line', role: 'cycle-start', x1: x + 12, y1: y, x2: x + 12, y2: y + 12 }],
  ],
];

/** Names what the scene draws, and nothing else, in as many rows as the width asks for. */
export function legendOf(scene: Scene, words: LegendWords, width: number): Scene {
  const drawn = new Set(scene.elements.map(({ role }) => role));
  const elements: SceneElement[] = [];
  let [x, row] = [0, 0];
  for (const [role, sample] of samples) {
    const text = words[role];
    if (text === undefined || !stands(role, drawn)) continue;
    const wide = SAMPLE_WIDTH_PX + GAP_PX + textWidth(text);
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    const y = row * ROW_PX;
    elements.push(...sample(x, y + 2), {
      kind: 'text',
      role: 'axis-label',
      x: x + SAMPLE_WIDTH_PX + GAP_PX,
      y: y + 12,
      anchor: 'start',
      text,
    });
    x = Math.ceil(x + wide + BETWEEN_PX);
  }
  return { width, height: elements.length === 0 ? 0 : (row + 1) * ROW_PX, elements };
}

/** A value may stand there as dots alone, and so may provisional days. */
function stands(role: ChartRole, drawn: ReadonlySet<ChartRole>): boolean {
  const others: Partial<Record<ChartRole, ChartRole[]>> = {
    value: ['value-dot', 'point-settled'],
    'value-provisional': ['point-provisional'],
  };
  return [role, ...(others[role] ?? [])].some((each) => drawn.has(each));
}

function rule(role: ChartRole, x: number, y: number): SceneElement {
  return role === 'target' || role === 'target-before'
    ? { kind: 'line', role, x1: x, y1: y + 6, x2: x + SAMPLE_WIDTH_PX, y2: y + 6 }
    : { kind: 'path', role, d: `M${x},${y + 6}L${x + SAMPLE_WIDTH_PX},${y + 6}` };
}

function ring(role: ChartRole, cx: number, cy: number, r: number): SceneElement {
  return { kind: 'circle', role, cx, cy, r };
}
