import { expect, it } from 'vitest';
import { renderBoard } from '../../../src/cli/render/board.ts';
import type { Look } from '../../../src/cli/render/look.ts';
import { textWidth } from '../../../src/cli/render/text.ts';
import { board, failingRow, offTrackRow, present, row } from '../support/board-fixture.ts';

const look: Look = {
  columns: 120,
  color: false,
  ascii: false,
  lang: 'en',
  verbose: false,
  now: new Date('2026-08-16T12:00:00.000Z'),
};

function lineWith(text: string, part: string): string {
  return present(text.split('\n').find((line) => line.includes(part)));
}

it.each([
  { columns: 120, lang: 'en' as const },
  { columns: 80, lang: 'en' as const },
  { columns: 60, lang: 'en' as const },
  { columns: 120, lang: 'zh-CN' as const },
  { columns: 80, lang: 'zh-CN' as const },
])('fits a terminal of $columns columns in $lang, Chinese titles included', ({ columns, lang }) => {
  const lines = renderBoard(board(), { ...look, columns, lang }).split('\n');
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
});

it('says at 120 columns how a Key Result stands, where it should be, and where that comes from', () => {
  const line = lineWith(renderBoard(board(), look), 'Grow weekly');
  for (const part of [
    '▁▂▃▄▅▆▇█',
    '13,300',
    '15,000',
    '66 %',
    '50 %',
    '✓ On track',
    'Fresh 2h',
    '[sandbox] GA4',
  ]) {
    expect(line).toContain(part);
  }
});

it('keeps title, value, target, progress, status and data at 80 columns', () => {
  const line = lineWith(renderBoard(board(), { ...look, columns: 80 }), 'Lift MRR');
  for (const part of ['月度经常性收入', '$84,200', '$110,000', '23 %', '✗ Off track', 'Fresh 2h']) {
    expect(line).toContain(part);
  }
});

it('says that data is from the sandbox even where the source column had to go', () => {
  expect(renderBoard(board(), { ...look, columns: 80 })).toContain('Sandbox data (2/3)');
});

it('cuts nothing in a pipe', () => {
  const title = `A very long title ${'on and on '.repeat(20)}to its end`;
  expect(renderBoard(board([row({ title })]), { ...look, columns: null })).toContain(title);
});

it('gives a reason below what is off track, and none below what is on track', () => {
  const lines = renderBoard(board([row(), offTrackRow()]), look).split('\n');
  const at = lines.findIndex((line) => line.includes('Lift MRR'));
  expect(lines[at - 1]).toContain('Grow weekly');
  expect(lines[at + 1]).toMatch(/^ {4}23 % done, 50 % expected by 2026-08-15/);
});

it('keeps status and data apart when a source fails, with what the status was', () => {
  const text = renderBoard(board([failingRow()]), look);
  expect(lineWith(text, 'Trial to paid')).toMatch(/\? Unknown +Failing 2d/);
  expect(text).toContain('last known: At risk on 2026-08-13');
  expect(text).toContain('the provider refused the key');
});

it('draws no zero for what was never measured', () => {
  const unmeasured = row({ currentValue: null, progress: null, expected: null, trend: [] });
  const line = lineWith(renderBoard(board([unmeasured]), look), 'Grow weekly');
  expect(line).not.toMatch(/(^|[^\d.,])0/);
  expect(line).toContain('–');
});

it('shows progress beyond the target as it is', () => {
  expect(lineWith(renderBoard(board([row({ progress: 1.25 })]), look), 'Grow')).toContain('125 %');
});

it('reads without colour, and without anything but ASCII, in a C locale', () => {
  const text = renderBoard(board([row(), failingRow()]), { ...look, ascii: true });
  // oxlint-disable-next-line no-control-regex
  expect(text).toMatch(/^[\n\u0020-\u007e]*$/);
  expect(text).toContain('+ On track');
  expect(text).toContain('? Unknown');
});

it('leaves Chinese titles as they were written in a C locale', () => {
  expect(renderBoard(board(), { ...look, columns: null, ascii: true })).toContain('月度经常性收入');
});

it('colours only when it may, and says the same words either way', () => {
  const plain = renderBoard(board(), look);
  const colored = renderBoard(board(), { ...look, color: true });
  expect(plain).not.toContain('\u001b');
  expect(colored).toContain('\u001b[31m✗ Off track');
  // oxlint-disable-next-line no-control-regex
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

it('speaks Chinese, with percentages and reasons', () => {
  const text = renderBoard(board(), { ...look, lang: 'zh-CN' });
  expect(lineWith(text, 'Lift MRR')).toContain('✗ 偏离目标');
  expect(text).toContain('完成 23%，预期 50%');
});

it('falls back on the sentence of the server for a reason that it does not know', () => {
  const reason = { code: 'moon_phase', values: {}, text: 'The moon is in the way.' };
  const strange = offTrackRow();
  const text = renderBoard(board([{ ...strange, status: { ...strange.status, reason } }]), look);
  expect(text).toContain('The moon is in the way.');
});

it('says the last day of the cycle, not the day after it', () => {
  expect(renderBoard(board(), look).split('\n')[0]).toBe(
    'Acme · Q3 2026 · 2026-07-01 to 2026-09-30 (Europe/Berlin)',
  );
});

it('says what to do when there is nothing yet', () => {
  expect(renderBoard({ ...board([]), objectives: [] }, look)).toContain('No Key Results in this cycle yet.');
  expect(renderBoard({ ...board([]), cycle: null, objectives: [] }, look)).toContain('No cycle yet.');
});

it.each([
  {
    goal: {
      kind: 'guardrail' as const,
      operator: 'at_most' as const,
      lower: null,
      upper: 300,
      method: 'share_of_checks' as const,
      checksPlanned: null,
      startValue: null,
    },
    shown: '≤ 300',
  },
  {
    goal: { kind: 'change' as const, percent: -30, mode: 'relative' as const, baselineValue: null },
    shown: '-30 %',
  },
  {
    goal: { kind: 'change' as const, percent: 5, mode: 'points' as const, baselineValue: null },
    shown: '+5 pp',
  },
  {
    goal: {
      kind: 'recurring' as const,
      perPeriod: 3,
      periodUnit: 'week' as const,
      periods: 12,
      carryOver: false,
    },
    shown: '3 per week',
  },
  {
    goal: {
      kind: 'milestone' as const,
      steps: [
        { name: 'Draft', weight: 1, doneOnDay: '2026-08-01' },
        { name: 'Review', weight: 1, doneOnDay: null },
      ],
    },
    shown: '1/2',
  },
])('writes a $goal.kind goal as $shown', ({ goal, shown }) => {
  const text = renderBoard(board([row({ goal, startValue: null, targetValue: null })]), look);
  expect(lineWith(text, 'Grow weekly')).toContain(shown);
});
