import { expect, it } from 'vitest';
import { alertDays, targetSteps } from '../../src/chart/alert-days.ts';
import type { ChartInput } from '../../src/chart/chart-input.ts';
import { renderChart } from '../../src/chart/render-chart.ts';

const options = {
  width: 400,
  height: 200,
  formatValue: String,
  formatDay: (day: string) => day.slice(5),
  words: { target: 'Target', now: 'Today' },
};
const base: ChartInput = {
  startDay: '2026-01-01',
  endDay: '2026-01-11',
  today: '2026-01-06',
  points: [{ day: '2026-01-01', value: 10, expected: null, settled: true, restated: false }],
  target: 60,
  bounds: null,
  initiatives: [],
};
const changed = [
  { fromDay: null, value: 100 },
  { fromDay: '2026-01-05', value: 60 },
];

it('draws a target that was changed as a step on the day of the change, the part in force apart from the rest', () => {
  const scene = renderChart({ ...base, targets: changed }, options);
  const lines = (role: string) =>
    scene.elements.flatMap((element) => (element.role === role && element.kind === 'line' ? [element] : []));
  const [level, step] = lines('target-before');
  const [now] = lines('target');
  expect([level?.x1, level?.x2, step?.x1, now?.x1, now?.x2]).toEqual([
    scene.plot.left,
    step?.x1,
    step?.x2,
    level?.x2,
    scene.plot.right,
  ]);
  // The upper end of the step is the earlier target, the lower one that of now; both lie inside the plot.
  expect([level?.y1, step?.y2]).toEqual([step?.y1, now?.y1]);
  expect(level?.y1 ?? 0).toBeLessThan(now?.y1 ?? 0);
  expect(level?.y1 ?? 0).toBeGreaterThanOrEqual(scene.plot.top);
});

it('draws a target that was never changed as one line', () => {
  const roles = renderChart(base, options).elements.map(({ role }) => role);
  expect(roles.filter((role) => role.startsWith('target')).toSorted()).toEqual(['target', 'target-label']);
});

it('draws no step where a target is a range and not one number', () => {
  expect(
    targetSteps([
      { fromDay: null, targetValue: null },
      { fromDay: '2026-01-05', targetValue: 3 },
    ]),
  ).toEqual([]);
  expect(targetSteps(undefined)).toEqual([]);
});

it('puts an alert on the day of the cycle’s zone, and one that was closed ends without a recovery', () => {
  const alert = {
    kind: 'off_track',
    state: 'resolved',
    firedAt: '2026-01-02T20:00:00Z',
    resolvedAt: '2026-01-05T01:00:00Z',
  };
  const days = (each: typeof alert) =>
    alertDays([each], 'Asia/Shanghai').map(({ day, kind }) => `${kind} ${day}`);
  expect(days(alert)).toEqual(['fired 2026-01-03', 'recovered 2026-01-05']);
  expect(days({ ...alert, state: 'closed' })).toEqual(['fired 2026-01-03']);
  expect(days({ ...alert, kind: 'no_data' })).toEqual([]);
});
