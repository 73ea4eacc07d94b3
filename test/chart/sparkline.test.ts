import { expect, it } from 'vitest';
import { sparkline } from '../../src/chart/sparkline.ts';
import { sceneToSvg } from '../../src/chart/svg.ts';

// 100 x 20 with 3 px kept free on every side: x runs from 3 to 97, y from 17 (least) to 3 (most).
const size = { width: 100, height: 20 };
const frame = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20" viewBox="0 0 100 20">${body}</svg>`;
const days = (...values: (number | null)[]) =>
  values.map((value, index) => ({ day: `2026-01-0${index + 1}`, value }));

it.each([
  { why: 'nothing measured draws nothing', points: days(), body: '' },
  { why: 'days without a value draw nothing', points: days(null, null), body: '' },
  {
    why: 'a single day is a dot in the middle',
    points: days(7),
    body: '<circle class="chart-spark-dot" cx="50" cy="10" r="2"/>',
  },
  {
    why: 'a day that may still be restated is dashed from the settled one on, and hollow',
    points: [...days(4, 4), { day: '2026-01-03', value: 4, settled: false }],
    body: '<path class="chart-spark" d="M3,10L50,10"/><path class="chart-spark-provisional" d="M50,10L97,10"/><circle class="chart-spark-dot-provisional" cx="97" cy="10" r="2"/>',
  },
  {
    why: 'a flat trend is a line through the middle, not along the bottom',
    points: days(4, 4, 4),
    body: '<path class="chart-spark" d="M3,10L50,10L97,10"/><circle class="chart-spark-dot" cx="97" cy="10" r="2"/>',
  },
  {
    why: 'a flat zero is a line through the middle as well',
    points: days(0, 0),
    body: '<path class="chart-spark" d="M3,10L97,10"/><circle class="chart-spark-dot" cx="97" cy="10" r="2"/>',
  },
  {
    why: 'the least touches the bottom and the most the top',
    points: days(0, 5, 10),
    body: '<path class="chart-spark" d="M3,17L50,10L97,3"/><circle class="chart-spark-dot" cx="97" cy="3" r="2"/>',
  },
  {
    // Five days: 94 / 4 = 23.5 px apart.
    why: 'a day without a value interrupts the line',
    points: days(0, 10, null, 10, 0),
    body:
      '<path class="chart-spark" d="M3,17L26.5,3"/><path class="chart-spark" d="M73.5,3L97,17"/>' +
      '<circle class="chart-spark-dot" cx="97" cy="17" r="2"/>',
  },
  {
    why: 'a day that is absent interrupts the line too, and keeps its room',
    points: [
      { day: '2026-01-01', value: 10 },
      { day: '2026-01-03', value: 0 },
    ],
    body: '<circle class="chart-spark" cx="3" cy="3" r="1"/><circle class="chart-spark-dot" cx="97" cy="17" r="2"/>',
  },
  {
    why: 'values below zero are drawn like any other',
    points: days(-10, -20),
    body: '<path class="chart-spark" d="M3,3L97,17"/><circle class="chart-spark-dot" cx="97" cy="17" r="2"/>',
  },
  {
    why: 'values as large as a number can be stay inside the drawing',
    points: days(-1.7e308, 1.7e308),
    body: '<path class="chart-spark" d="M3,17L97,3"/><circle class="chart-spark-dot" cx="97" cy="3" r="2"/>',
  },
  {
    why: 'something that is not a number is a gap',
    points: days(1, Number.NaN, 1),
    body: '<circle class="chart-spark" cx="3" cy="10" r="1"/><circle class="chart-spark-dot" cx="97" cy="10" r="2"/>',
  },
])('sparkline: $why', ({ points, body }) => {
  expect(sceneToSvg(sparkline(points, size))).toBe(frame(body));
});
