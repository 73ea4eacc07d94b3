import { describe, expect, it } from 'vitest';
import type { ChartInput, ChartPoint } from '../../src/chart/chart-input.ts';
import { renderChart } from '../../src/chart/render-chart.ts';
import { sceneToSvg } from '../../src/chart/svg.ts';

const options = {
  width: 400,
  height: 200,
  formatValue: (value: number) => String(value),
  formatDay: (day: string) => day.slice(5),
  words: { target: 'Target', now: 'Today' },
};

const settled = { expected: null, settled: true, restated: false };
const point = (dayOfMonth: number, value: number | null, more: Partial<ChartPoint> = {}): ChartPoint => ({
  day: `2026-01-${String(dayOfMonth).padStart(2, '0')}`,
  value,
  ...settled,
  ...more,
});

const input = (points: ChartPoint[], more: Partial<ChartInput> = {}): ChartInput => ({
  startDay: '2026-01-01',
  endDay: '2026-01-11',
  today: '2026-01-06',
  points,
  target: 100,
  bounds: null,
  initiatives: [],
  ...more,
});

/** The elements of one role, as the SVG text that a browser, a mail or a PNG gets. */
function drawn(chart: ChartInput, role: string): string[] {
  const svg = sceneToSvg(renderChart(chart, options));
  return svg.match(new RegExp(`<[a-z]+ class="chart-${role}"[^>]*>`, 'g')) ?? [];
}

/** Every coordinate of the drawing, wherever it is written. */
function coordinates(chart: ChartInput): number[] {
  const svg = sceneToSvg(renderChart(chart, options));
  return [...svg.matchAll(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"/g)].flatMap((match) =>
    (match[1] ?? '')
      .split(/[^\d.e+-]+/)
      .filter((part) => part !== '')
      .map(Number),
  );
}

describe('a chart', () => {
  it('without a single point still shows the target and today', () => {
    const empty = input([]);
    expect(drawn(empty, 'value')).toEqual([]);
    expect(drawn(empty, 'target')).toHaveLength(1);
    expect(drawn(empty, 'now')).toHaveLength(1);
  });

  it('of one point is one dot', () => {
    const single = input([point(1, 5)]);
    expect(drawn(single, 'value')).toEqual([]);
    expect(drawn(single, 'value-dot')).toHaveLength(1);
  });

  it('of a flat value away from its target keeps the line level', () => {
    const [path] = drawn(input([point(1, 40), point(2, 40), point(3, 40)]), 'value');
    const heights = [...(path ?? '').matchAll(/,([\d.]+)/g)].map((match) => match[1]);
    expect(heights).toHaveLength(3);
    expect(new Set(heights).size).toBe(1);
  });

  it('of nothing but one flat value puts it in the middle', () => {
    // Plot from 18 to 178 px: the middle is 98.
    const scene = renderChart(input([point(1, 40), point(2, 40)], { target: null }), options);
    expect(scene.landmarks.map((landmark) => landmark.y)).toEqual([98, 98]);
  });

  it('is interrupted where nothing was measured', () => {
    expect(
      drawn(input([point(1, 1), point(2, 2), point(3, null), point(4, 3), point(5, 4)]), 'value'),
    ).toHaveLength(2);
    expect(drawn(input([point(1, 1), point(2, 2), point(5, 3), point(6, 4)]), 'value')).toHaveLength(2);
  });

  it('never draws a missing day as zero', () => {
    const scene = renderChart(input([point(1, 50), point(2, null)]), options);
    expect(scene.landmarks[1]).toMatchObject({ day: '2026-01-02', y: null });
  });

  it('draws a measured zero on the ground', () => {
    const scene = renderChart(input([point(1, 0), point(2, 50)]), options);
    expect(scene.landmarks[0]?.y).toBe(scene.plot.bottom);
  });

  it('shows days that may still change as dashed and hollow', () => {
    const chart = input([
      point(1, 1),
      point(2, 2),
      point(3, 3, { settled: false }),
      point(4, 4, { settled: false }),
    ]);
    expect(drawn(chart, 'value')).toHaveLength(1);
    expect(drawn(chart, 'value-provisional')).toHaveLength(1);
    expect(drawn(chart, 'point-provisional')).toHaveLength(2);
  });

  it('keeps the line whole where settled turns into provisional', () => {
    const chart = input([point(1, 1), point(2, 2), point(3, 3, { settled: false })]);
    const end = /L([\d.]+,[\d.]+)"/.exec(drawn(chart, 'value')[0] ?? '')?.[1];
    expect(end).toBeDefined();
    expect(drawn(chart, 'value-provisional')[0]).toContain(`M${end}L`);
  });

  it('rings a day that was restated', () => {
    expect(drawn(input([point(1, 1), point(2, 2, { restated: true })]), 'point-restated')).toHaveLength(1);
  });

  it('says on the ring what the day was before', () => {
    const restatedTitle = 'was 7 until 3 March';
    const svg = sceneToSvg(renderChart(input([point(1, 1, { restated: true, restatedTitle })]), options));
    expect(svg).toContain(`<title>${restatedTitle}</title>`);
  });

  it('draws the pace through days on which nothing was measured', () => {
    const chart = input([
      point(1, 1, { expected: 0 }),
      point(2, null, { expected: 50 }),
      point(3, 1, { expected: 100 }),
    ]);
    expect(drawn(chart, 'expected')).toHaveLength(1);
    expect(drawn(chart, 'expected')[0]?.match(/L/g)).toHaveLength(2);
  });

  it.each([
    { why: 'negative values', points: [point(1, -50), point(2, -20)], target: -10 },
    { why: 'values across zero', points: [point(1, -50), point(2, 70)], target: 100 },
    { why: 'huge values', points: [point(1, -1e15), point(2, 1e15)], target: 5e14 },
    { why: 'tiny values', points: [point(1, 1e-9), point(2, 2e-9)], target: 3e-9 },
    { why: 'all zeros', points: [point(1, 0), point(2, 0)], target: 0 },
    { why: 'a value that is not a number', points: [point(1, Number.NaN), point(2, 5)], target: 9 },
  ])('keeps $why inside the drawing', ({ points, target }) => {
    const numbers = coordinates(input(points, { target }));
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.filter((number) => !(number >= 0 && number <= 400))).toEqual([]);
  });

  it('shows the limits of a guardrail as an area', () => {
    const upTo = input([point(1, 250), point(2, 260)], { target: null, bounds: { lower: null, upper: 300 } });
    expect(drawn(upTo, 'bound-area')).toHaveLength(1);
    expect(drawn(upTo, 'target')).toHaveLength(1);
    const between = input([point(1, 250)], { target: null, bounds: { lower: 200, upper: 300 } });
    expect(drawn(between, 'target')).toHaveLength(2);
  });

  it('has no line for today once the cycle is over', () => {
    expect(drawn(input([point(1, 1)], { today: '2026-01-11' }), 'now')).toEqual([]);
    expect(drawn(input([point(1, 1)], { today: '2025-12-31' }), 'now')).toEqual([]);
  });

  it('marks an initiative with its name, and keeps it inside the cycle', () => {
    const initiatives = [{ title: 'A <b>new</b> page', startDay: '2025-11-01', endDay: null }];
    const svg = sceneToSvg(renderChart(input([point(1, 1)], { initiatives }), options));
    expect(svg).toContain('<title>A &lt;b&gt;new&lt;/b&gt; page</title>');
    expect(
      coordinates(input([point(1, 1)], { initiatives })).every((number) => number >= 0 && number <= 400),
    ).toBe(true);
  });

  it('stands days of equal distance equally far apart', () => {
    // Ten days share the plot's width.
    const scene = renderChart(input([point(1, 1), point(2, 2), point(10, 3)]), options);
    const dayWidth = (scene.plot.right - scene.plot.left) / 10;
    const [first, second, last] = scene.landmarks.map((landmark) => landmark.x);
    expect((second ?? 0) - (first ?? 0)).toBeCloseTo(dayWidth, 1);
    expect((last ?? 0) - (first ?? 0)).toBeCloseTo(9 * dayWidth, 1);
  });

  it('leaves room for long labels on the left', () => {
    const wide = { ...options, formatValue: () => '一百二十万元' };
    // Six Chinese characters of 11 px each.
    expect(renderChart(input([point(1, 5)]), wide).plot.left).toBeGreaterThanOrEqual(66);
  });

  it('names months on a quarter and single days on a short cycle', () => {
    const quarter = input([], { endDay: '2026-04-01' });
    const labels = (chart: ChartInput) =>
      renderChart(chart, options).elements.flatMap((element) =>
        element.kind === 'text' && element.anchor === 'middle' && element.role === 'axis-label'
          ? [element.text]
          : [],
      );
    expect(labels(quarter)).toEqual(['01-01', '02-01', '03-01']);
    expect(labels(input([]))[0]).toBe('01-01');
  });
});
