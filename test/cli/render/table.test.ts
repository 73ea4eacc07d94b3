import { expect, it } from 'vitest';
import { type Column, renderTable } from '../../../src/cli/render/table.ts';
import { textWidth, truncate, wrap } from '../../../src/cli/render/text.ts';

const columns: Column[] = [
  { title: 'Name', priority: 9, minWidth: 6 },
  { title: 'Value', priority: 8, align: 'right' },
  { title: 'Source', priority: 1, minWidth: 6 },
];
const rows = [
  ['Weekly active users', '12,480', 'GA4 sandbox'],
  ['月活跃用户', '7', 'Stripe'],
];

it('lines columns up by display width, where a Chinese character takes two', () => {
  // "月活跃用户" is 5 characters and 10 columns; the widest name takes 19.
  expect(renderTable(columns, rows, { columns: null }).split('\n')).toEqual([
    'Name                  Value  Source',
    'Weekly active users  12,480  GA4 sandbox',
    '月活跃用户                7  Stripe',
  ]);
});

it('cuts the least important text first, and marks the cut', () => {
  // 19 + 2 + 6 + 2 leaves 7 columns of 36 for the source.
  expect(renderTable(columns, rows, { columns: 36 }).split('\n')[1]).toBe(
    'Weekly active users  12,480  GA4 sa…',
  );
});

it('drops the least important column before it cuts a number', () => {
  // The smallest widths are 6 + 6 + 6 and two gaps of 2: 22 columns. In 20 the source has to go.
  expect(renderTable(columns, rows, { columns: 20 }).split('\n')).toEqual([
    'Name           Value',
    'Weekly acti…  12,480',
    '月活跃用户         7',
  ]);
});

it.each([80, 40, 24, 10, 3])('never prints a line wider than %i columns', (width) => {
  const lines = renderTable(columns, rows, { columns: width }).split('\n');
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
});

it('cuts nothing when the answer goes into a pipe', () => {
  const long = 'x'.repeat(500);
  expect(renderTable(columns, [[long, '1', long]], { columns: null })).toContain(`${long}  `);
});

it('keeps a title with control characters on its line and off the cursor', () => {
  const text = renderTable(columns, [['a\u001b[2Jb\nc', '1', '']], { columns: null });
  expect(text.split('\n')[1]).toContain('a[2Jb c');
});

it('never cuts a character in half', () => {
  // Each character takes two columns: two of them and the mark make five, a third would make seven.
  expect(truncate('月活跃用户', 6)).toBe('月活…');
  expect(truncate('ab👨‍👩‍👧cd', 4)).toBe('ab…');
});

it('breaks sentences between words, and Chinese between characters but not before its full stop', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  // "落后三天" takes 8 columns and its full stop two more: together they do not fit into 9.
  expect(wrap('落后三天。', 9)).toEqual(['落后三', '天。']);
  expect(wrap('任何宽度都可以', null)).toEqual(['任何宽度都可以']);
});
