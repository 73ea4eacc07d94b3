import { expect, it } from 'vitest';
import { bar } from '../../../src/cli/render/bar.ts';
import { everyDay, sparkline } from '../../../src/cli/render/sparkline.ts';

const blocks = { width: 20, ascii: false };

it('draws the lowest value as the lowest block and the highest as the highest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], blocks)).toBe('▁▂▃▄▅▆▇█');
});

it('draws nothing for no data, a centred line for a flat one, and a gap for a missing day', () => {
  expect(sparkline([], blocks)).toBe('');
  expect(sparkline([null, null], blocks)).toBe('');
  expect(sparkline([5, 5, 5], blocks)).toBe('▄▄▄');
  expect(sparkline([0, null, 7], blocks)).toBe('▁·█');
});

it('draws a measured zero as a value, not as a gap', () => {
  expect(sparkline([0, 0, 7], blocks)).toBe('▁▁█');
});

it('stays in ASCII where the locale has no blocks', () => {
  // oxlint-disable-next-line no-control-regex
  expect(sparkline([1, null, 2, 9], { width: 20, ascii: true })).toMatch(/^[\u0020-\u007e]{4}$/);
  // oxlint-disable-next-line no-control-regex
  expect(bar(0.5, { width: 4, ascii: true })).toMatch(/^##--$/);
});

it('draws a long trend in groups, each as its latest value', () => {
  // Pairs (0,7) (7,0) (null,7) (null,null) end in 7, 0, 7 and nothing.
  expect(sparkline([0, 7, 7, 0, null, 7, null, null], { width: 4, ascii: false })).toBe('█▁█·');
});

it('leaves a gap for a day that the trend does not mention', () => {
  const trend = [
    { day: '2026-02-27', value: 1 },
    { day: '2026-03-02', value: 3 },
  ];
  // February 2026 has 28 days: the 28th and the 1st of March are missing.
  expect(everyDay(trend)).toEqual([1, null, null, 3]);
});

it.each([
  { progress: 0.5, drawn: '▓▓░░', why: 'half is half' },
  { progress: -0.3, drawn: '░░░░', why: 'moving away draws an empty bar' },
  { progress: 1.4, drawn: '▓▓▓▓', why: 'a beaten target draws a full bar' },
  { progress: 0.99, drawn: '▓▓▓░', why: 'almost there is not there' },
  { progress: null, drawn: '', why: 'unmeasured draws nothing' },
])('bar: $why', ({ progress, drawn }) => {
  expect(bar(progress, { width: 4, ascii: false })).toBe(drawn);
});
