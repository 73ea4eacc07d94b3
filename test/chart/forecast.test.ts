import { describe, expect, it } from 'vitest';
import type { ChartInput, ChartPoint } from '../../src/chart/chart-input.ts';
import { boxOf } from '../../src/chart/place-label.ts';
import { renderChart } from '../../src/chart/render-chart.ts';
import type { ChartRole, SceneElement } from '../../src/chart/scene.ts';

const options = {
  width: 600,
  height: 240,
  formatValue: (value: number) => String(value),
  formatDay: (day: string) => day.slice(5),
  words: { target: 'Target', now: 'Today', forecast: 'Forecast', empty: 'No values yet' },
};
const point = (day: string, value: number | null, settled = true): ChartPoint => ({
  day,
  value,
  expected: null,
  settled,
  restated: false,
});
const base: ChartInput = {
  startDay: '2026-01-01',
  endDay: '2026-01-11',
  today: '2026-01-05',
  points: [point('2026-01-01', 10), point('2026-01-02', 20), point('2026-01-03', 30)],
  target: 100,
  bounds: null,
  initiatives: [],
};
const forecast = {
  asOfDay: '2026-01-03',
  days: [
    { day: '2026-01-04', p10: 30, p50: 40, p90: 50 },
    { day: '2026-01-10', p10: 60, p50: 90, p90: 260 },
  ],
};

const drawn = (input: ChartInput, role: ChartRole, more = {}) =>
  renderChart(input, { ...options, ...more }).elements.filter((element) => element.role === role);
const corners = (element: SceneElement | undefined): [number, number][] =>
  element?.kind === 'path'
    ? [...element.d.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])
    : [];

describe('a forecast', () => {
  it('is a line in a cone, from the newest settled value to the deadline', () => {
    const input = { ...base, forecast };
    const scene = renderChart(input, options);
    const from = [scene.landmarks[2]?.x, scene.landmarks[2]?.y];
    const line = corners(drawn(input, 'forecast')[0]);
    expect(line).toHaveLength(3);
    expect(line[0]).toEqual(from);
    // The last of ten days lies half a day from the right edge of the plot.
    const day = (scene.plot.right - scene.plot.left) / 10;
    expect(line[2]?.[0]).toBeCloseTo(scene.plot.right - day / 2, 1);
    // P90 of three days, then P10 of the same days back: six corners, of which the first and the last are the value.
    const cone = corners(drawn(input, 'forecast-cone')[0]);
    expect(cone).toHaveLength(6);
    expect([cone[0], cone[5]]).toEqual([from, from]);
  });

  it('begins at the settled value, where provisional days follow it', () => {
    const input = { ...base, points: [...base.points, point('2026-01-04', 70, false)], forecast };
    const scene = renderChart(input, options);
    expect(corners(drawn(input, 'forecast')[0])[0]).toEqual([scene.landmarks[2]?.x, scene.landmarks[2]?.y]);
  });

  it.each([260, -400, 1e9])('that reaches %d is inside the plot, not cut off', (extreme) => {
    const days = [{ day: '2026-01-10', p10: Math.min(30, extreme), p50: 40, p90: Math.max(50, extreme) }];
    const input = { ...base, forecast: { asOfDay: '2026-01-03', days } };
    const { plot } = renderChart(input, options);
    const heights = corners(drawn(input, 'forecast-cone')[0]).map(([, y]) => y);
    expect(heights).toHaveLength(4);
    expect(heights.filter((y) => y < plot.top || y > plot.bottom)).toEqual([]);
  });

  it('ends at the deadline, and leaves out what is not a number', () => {
    const more = [
      { day: '2026-01-05', p10: Number.NaN, p50: 40, p90: 50 },
      { day: '2026-01-11', p10: 1, p50: 2, p90: 3 },
    ];
    const input = { ...base, forecast: { ...forecast, days: [...forecast.days, ...more] } };
    expect(drawn(input, 'forecast')).toEqual(drawn({ ...base, forecast }, 'forecast'));
  });

  it.each([
    { why: 'there is none', input: base },
    { why: 'it is null', input: { ...base, forecast: null } },
    {
      why: 'it has no day left',
      input: { ...base, forecast: { asOfDay: '2026-01-10', days: forecast.days } },
    },
  ])('is neither drawn nor named where $why', ({ input }) => {
    expect(drawn(input, 'forecast-cone')).toEqual([]);
    expect(drawn(input, 'forecast-label')).toEqual([]);
  });

  it('is named once in words, and only where there is a word', () => {
    expect(drawn({ ...base, forecast }, 'forecast-label')).toMatchObject([{ text: 'Forecast' }]);
    const words = { target: 'Target', now: 'Today' };
    expect(drawn({ ...base, forecast }, 'forecast-label', { words })).toEqual([]);
  });
});

describe('labels', () => {
  const boxesOf = (input: ChartInput) =>
    renderChart(input, options).elements.flatMap((element) =>
      element.kind === 'text' && element.role !== 'axis-label' ? [boxOf(element.text, element)] : [],
    );

  it.each([
    { why: 'the cone ends at the target', input: { ...base, target: 260, forecast } },
    { why: 'the target lies in the cone', input: { ...base, target: 90, forecast } },
    {
      why: 'two limits lie close together',
      input: { ...base, target: null, bounds: { lower: 99, upper: 100 }, forecast },
    },
    {
      why: 'two limits are the same',
      input: { ...base, target: null, bounds: { lower: 100, upper: 100 }, forecast },
    },
  ])('do not lie on each other where $why', ({ input }) => {
    const boxes = boxesOf(input);
    expect(boxes.length).toBeGreaterThan(2);
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        const apart =
          one.right <= other.left ||
          other.right <= one.left ||
          one.bottom <= other.top ||
          other.bottom <= one.top;
        expect(apart, JSON.stringify([one, other])).toBe(true);
      }
    }
  });

  it('leave the line of values free where there is room beside it', () => {
    const label = (input: ChartInput) => {
      const [element] = drawn(input, 'target-label');
      if (element?.kind !== 'text') throw new Error('the target has a label');
      return boxOf(element.text, element);
    };
    // The value runs along just above the target, where its label stands otherwise; then it falls.
    const values = [104, 104, 104, 104, 10].map((value, index) => point(`2026-01-0${index + 1}`, value));
    const input = { ...base, points: values };
    const height = renderChart(input, options).landmarks[0]?.y ?? 0;
    const usual = label({ ...base, points: [point('2026-01-09', 10), point('2026-01-10', 104)] });
    expect(usual.top < height && height < usual.bottom).toBe(true);
    const { bottom, top } = label(input);
    expect(top > height || bottom < height).toBe(true);
  });

  it.each([
    { target: 150, side: 'under', why: 'above' },
    { target: 5, side: 'above', why: 'below' },
  ])('name the forecast $side the cone where the target lies $why it', ({ side, target }) => {
    const days = [{ day: '2026-01-10', p10: 60, p50: 80, p90: 100 }];
    // A high value early on leaves room on either side of the cone.
    const points = [point('2026-01-01', 160), point('2026-01-03', 30)];
    const input = { ...base, points, target, forecast: { asOfDay: '2026-01-03', days } };
    const heights = corners(drawn(input, 'forecast-cone')[0]).map(([, y]) => y);
    const [label] = drawn(input, 'forecast-label');
    const y = label?.kind === 'text' ? label.y : Number.NaN;
    // The cone's end: P90 on top, P10 under it; further down is more.
    const [p90 = Number.NaN, p10 = Number.NaN] = [heights[2], heights[1]].toSorted(
      (a, b) => (a ?? 0) - (b ?? 0),
    );
    expect(side === 'under' ? y > p10 : y < p90).toBe(true);
  });

  it('say that there is nothing yet, and only then', () => {
    expect(drawn({ ...base, points: [] }, 'empty-label')).toMatchObject([{ text: 'No values yet' }]);
    expect(drawn({ ...base, points: [point('2026-01-01', null)] }, 'empty-label')).toHaveLength(1);
    expect(drawn({ ...base, points: [point('2026-01-01', 0)] }, 'empty-label')).toEqual([]);
  });

  it('call the line of today what they are told to', () => {
    const words = { target: 'Target', now: 'as of Jan 5' };
    expect(drawn(base, 'now-label', { words })).toMatchObject([{ text: 'as of Jan 5' }]);
  });
});

describe('days before the cycle', () => {
  const points = [point('2025-12-31', 5), ...base.points];

  it('are drawn from the day that is named, with a line where the cycle starts', () => {
    const scene = renderChart({ ...base, points, historyFromDay: '2025-12-22' }, options);
    // Twenty days share the plot; the cycle starts in the middle.
    const [start] = scene.elements.filter(({ role }) => role === 'cycle-start');
    expect(start).toMatchObject({
      kind: 'line',
      x1: expect.closeTo((scene.plot.left + scene.plot.right) / 2, 1),
    });
    const line = scene.elements.find(({ role }) => role === 'value');
    expect(corners(line)).toHaveLength(4);
    expect(corners(line).every(([x]) => x > scene.plot.left)).toBe(true);
  });

  it.each([undefined, null, '2026-01-01', '2026-01-04'])('are left out with a first day of %s', (day) => {
    const scene = renderChart(
      { ...base, points, ...(day === undefined ? {} : { historyFromDay: day }) },
      options,
    );
    const plain = renderChart(base, options);
    expect(scene.elements).toEqual(plain.elements);
  });
});

describe('alerts', () => {
  const alerts = [
    { day: '2026-01-02', title: 'off track', kind: 'fired' as const },
    { day: '2026-01-06', title: 'fine again', kind: 'recovered' as const },
    { day: '2025-12-02', title: 'before', kind: 'fired' as const },
    { day: '2026-01-11', title: 'after', kind: 'fired' as const },
  ];

  it('are marks of two shapes under the plot on their days, each with its words', () => {
    const input = { ...base, alerts };
    const scene = renderChart(input, options);
    const [fired, ...others] = drawn(input, 'alert-fired');
    const [recovered] = drawn(input, 'alert-recovered');
    expect(others).toEqual([]);
    expect(fired).toMatchObject({ title: 'off track' });
    expect(recovered).toMatchObject({ title: 'fine again' });
    expect([corners(fired).length, corners(recovered).length]).toEqual([3, 4]);
    expect(corners(fired)[0]?.[0]).toBe(scene.landmarks[1]?.x);
    for (const [, y] of [...corners(fired), ...corners(recovered)]) {
      expect(y).toBeGreaterThan(scene.plot.bottom);
      expect(y).toBeLessThan(options.height - 14);
    }
  });

  it('stand above the bars of initiatives', () => {
    const initiatives = [{ title: 'Work', startDay: '2026-01-01', endDay: null }];
    const input = { ...base, alerts, initiatives };
    const lowest = Math.max(...corners(drawn(input, 'alert-fired')[0]).map(([, y]) => y));
    const bar = drawn(input, 'initiative').find(({ kind }) => kind === 'rect');
    expect(bar?.kind === 'rect' ? bar.y : 0).toBeGreaterThan(lowest);
  });
});
