import { describe, expect, it } from 'vitest';
import type { ChartInput } from '../../src/chart/chart-input.ts';
import { renderChart } from '../../src/chart/render-chart.ts';
import type { SceneElement } from '../../src/chart/scene.ts';

const options = {
  width: 400,
  height: 200,
  formatValue: (value: number) => String(value),
  formatDay: (day: string) => day.slice(5),
  words: { target: 'Target', now: 'Today' },
};
const point = (day: string, value: number | null) => ({
  day,
  value,
  expected: null,
  settled: true,
  restated: false,
});
const base: ChartInput = {
  startDay: '2026-01-01',
  endDay: '2026-01-11',
  today: '2026-01-06',
  points: [point('2026-01-01', 10), point('2026-01-02', 20), point('2026-01-03', null)],
  target: 100,
  bounds: null,
  initiatives: [],
};
const override = { title: 'why', value: 40, fromDay: '2026-01-02', untilDay: '2026-01-04' };
const drawn = (input: ChartInput, role: SceneElement['role']) =>
  renderChart(input, options).elements.filter((element) => element.role === role);

describe('an override on a chart', () => {
  it('is a span of its days with its value across, and the line of the source goes on beneath', () => {
    const input = { ...base, overrides: [override] };
    const scene = renderChart(input, options);
    const day = (scene.plot.right - scene.plot.left) / 10;
    const [span] = drawn(input, 'override-span');
    // The second to the fourth of ten days.
    expect(span).toMatchObject({ kind: 'rect', title: 'why' });
    expect(span?.kind === 'rect' ? [span.x, span.width] : []).toEqual([
      expect.closeTo(scene.plot.left + day, 1),
      expect.closeTo(3 * day, 1),
    ]);
    expect(drawn(input, 'override')).toHaveLength(1);
    expect(drawn(input, 'value')).toEqual(drawn({ ...base, overrides: [] }, 'value'));
  });

  it('far above everything measured still lies inside the plot', () => {
    const input = { ...base, overrides: [{ ...override, value: 900 }] };
    const { plot } = renderChart(input, options);
    const [line] = drawn(input, 'override');
    expect(line?.kind === 'line' ? line.y1 : 0).toBeGreaterThanOrEqual(plot.top);
  });

  it('ends at the edge of the cycle, and outside of it is not drawn', () => {
    const { plot } = renderChart(base, options);
    const [span] = drawn({ ...base, overrides: [{ ...override, untilDay: '2026-02-20' }] }, 'override-span');
    expect(span?.kind === 'rect' ? span.x + span.width : 0).toBeCloseTo(plot.right, 1);
    const before = { ...override, fromDay: '2025-12-01', untilDay: '2025-12-20' };
    expect(drawn({ ...base, overrides: [before] }, 'override-span')).toEqual([]);
  });
});

describe('a check-in on a chart', () => {
  it('is a ring on the line, and at the foot where no value stands', () => {
    const input = {
      ...base,
      checkIns: [
        { title: 'Note', day: '2026-01-02' },
        { title: 'Only words', day: '2026-01-03' },
      ],
    };
    const scene = renderChart(input, options);
    expect(drawn(input, 'check-in')).toEqual([
      {
        kind: 'circle',
        role: 'check-in',
        cx: scene.landmarks[1]?.x,
        cy: scene.landmarks[1]?.y,
        r: 5,
        title: 'Note',
      },
      {
        kind: 'circle',
        role: 'check-in',
        cx: scene.landmarks[2]?.x,
        cy: scene.plot.bottom,
        r: 5,
        title: 'Only words',
      },
    ]);
  });

  it('outside the cycle is not drawn', () => {
    expect(drawn({ ...base, checkIns: [{ title: 'Early', day: '2025-12-31' }] }, 'check-in')).toEqual([]);
  });
});
