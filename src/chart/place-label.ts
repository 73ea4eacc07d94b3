import { px, type SceneElement } from './scene.ts';
import { textWidth } from './text-width.ts';

export type Spot = { x: number; y: number; anchor: 'start' | 'middle' | 'end' };
type Point = { x: number; y: number };
type Box = { left: number; right: number; top: number; bottom: number };

/** What a label should keep clear of. A label on a label cannot be read; a line through a label is only ugly. */
export type Obstacles = { within: Box; labels: Box[]; lines: Point[][] };

const ASCENT_PX = 9;
const DESCENT_PX = 3;
const LABEL_ON_LABEL = 100;
const OUTSIDE = 50;

/** The first of the spots that hits the least. */
export function placeLabel(text: string, spots: readonly [Spot, ...Spot[]], obstacles: Obstacles): Spot {
  let best = spots[0];
  let least = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    const cost = costOf(boxOf(text, spot), obstacles);
    if (cost < least) [best, least] = [spot, cost];
  }
  return { ...best, x: px(best.x), y: px(best.y) };
}

export function boxOf(text: string, { anchor, x, y }: Spot): Box {
  const width = textWidth(text);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - ASCENT_PX, bottom: y + DESCENT_PX };
}

/** The corners of the lines that are drawn, for labels to keep clear of. Areas and marks may lie under a label. */
export function linesOf(elements: readonly SceneElement[]): Point[][] {
  return elements.flatMap((element): Point[][] => {
    if (element.role === 'grid') return [];
    if (element.kind === 'line') {
      return [
        [
          { x: element.x1, y: element.y1 },
          { x: element.x2, y: element.y2 },
        ],
      ];
    }
    return element.kind === 'path' ? [pointsOf(element.d)] : [];
  });
}

function pointsOf(d: string): Point[] {
  return [...d.matchAll(/[ML](-?[\d.e+-]+),(-?[\d.e+-]+)/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
}

function costOf(box: Box, { labels, lines, within }: Obstacles): number {
  const outside =
    box.left < within.left || box.right > within.right || box.top < within.top || box.bottom > within.bottom;
  const covered = labels.filter((label) => overlap(label, box)).length;
  const crossed = lines.filter((line) => crosses(line, box)).length;
  return (outside ? OUTSIDE : 0) + covered * LABEL_ON_LABEL + crossed;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function crosses(line: readonly Point[], box: Box): boolean {
  return line.some((from, index) => {
    const to = line[index + 1];
    return to !== undefined && cuts(from, to, box);
  });
}

/** Whether any of the way from one point to another lies in the box (Liang and Barsky 1984). */
function cuts(from: Point, to: Point, box: Box): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enter, leave] = [0, 1];
  for (const [step, room] of [
    [-dx, from.x - box.left],
    [dx, box.right - from.x],
    [-dy, from.y - box.top],
    [dy, box.bottom - from.y],
  ] as const) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) enter = Math.max(enter, room / step);
    else leave = Math.min(leave, room / step);
  }
  return enter <= leave;
}
