import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ImportedText, type KeyResultDraft, readText } from '../../../src/domain/draft/index.ts';
import casebook from './fixtures/casebook.json' with { type: 'json' };

/** Pieces that the grammar knows, so that random texts come near to what it reads. */
const words = [
  'Objective 1: ',
  '目标1：',
  'KR 1.1 ',
  '关键结果2：',
  'Initiatives:',
  '举措：',
  '- ',
  '• ',
  '1) ',
  '(1) ',
  '# ',
  '**',
  '| ',
  '\t',
  '\n',
  '\r\n',
  '\n\n',
  '  ',
  'Increase ',
  'reduce ',
  'Keep ',
  'Launch ',
  'NPS ',
  'churn ',
  'from ',
  'to ',
  'by ',
  'at least ',
  '30',
  '45 %',
  '1.200',
  '$20k',
  '10-15',
  '每周',
  '1次',
  '将',
  '从',
  '提高到',
  '降低',
  '三十',
  '百分之',
  '“',
  '”',
  'key results ',
  'the end of Q2',
  '年底前',
  '.',
  '。',
  '，',
  ' and ',
  '→',
  '\u0000',
  '\ud800',
  '🎯',
  '1️⃣',
];
const nearText = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(''));
const anyText = fc.oneof(
  nearText,
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ maxLength: 400 }),
);

function allKeyResults(read: ImportedText): KeyResultDraft[] {
  return [...read.keyResults, ...read.objectives.flatMap(({ keyResults }) => keyResults)];
}

it('never throws, whatever the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(readText(text).refused).toBeNull();
    }),
    { numRuns: 500 },
  );
});

it('accounts for every line that is not blank exactly once', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const read = readText(text);
      const expected = text
        .split(/\r\n|\r|\n/)
        .flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]));
      expect(read.lines.map(({ line }) => line)).toEqual(expected);
      const ofRole = (role: string) =>
        new Set(read.lines.filter(({ as }) => as === role).map(({ line }) => line));
      expect(new Set(read.ignored.map(({ line }) => line))).toEqual(ofRole('ignored'));
      expect(read.ignored).toHaveLength(ofRole('ignored').size);
      const told = new Set([
        ...read.objectives.flatMap(spanOf),
        ...allKeyResults(read).flatMap(spanOf),
        ...[...read.initiatives, ...read.objectives.flatMap(({ initiatives }) => initiatives)].flatMap(
          spanOf,
        ),
        ...read.notUnderstood.map(({ line }) => line),
      ]);
      expect(read.lines.filter(({ line, as }) => (as === 'ignored') === told.has(line))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

function spanOf({ line, lastLine }: { line: number; lastLine: number }): number[] {
  return Array.from({ length: lastLine - line + 1 }, (_, index) => line + index);
}

const independent = casebook.map(({ text }) => text);

it('reads each Key Result alike, in whatever order they stand', () => {
  const bare = (drafts: readonly KeyResultDraft[]) =>
    Object.fromEntries(drafts.map(({ line: _line, lastLine: _lastLine, ...draft }) => [draft.text, draft]));
  const expected = bare(independent.flatMap((text) => readText(text).keyResults));
  fc.assert(
    fc.property(
      fc.shuffledSubarray(independent, { minLength: independent.length }),
      fc.constantFrom('', '- ', '• '),
      (texts, head) => {
        const read = readText(texts.map((text) => `${head}${text}`).join('\n'));
        expect(read.objectives).toEqual([]);
        expect(bare(read.keyResults)).toEqual(expected);
      },
    ),
    { numRuns: 20 },
  );
});

// A pattern that backtracks would take minutes on these; the limit leaves a slow machine ample room.
it.each([
  '1',
  '1,',
  '1.',
  '1 ',
  '$',
  '- ',
  '(',
  '(1) ',
  '“a” ',
  '从',
  '每周1次',
  'from ',
  'from the a ',
  'by a ',
  'end of ',
  'Q1 ',
  '30% ',
  'a month ',
  'through ',
  'and increase 1 ',
  'KR1: ',
  '| a ',
  '一',
  '万',
  '**',
  '.x B',
  'objective "aaa" key result "bbb" ',
])('stays linear on lines full of "%s"', (unit) => {
  const line = unit.repeat(Math.floor(1990 / unit.length));
  const startedAt = performance.now();
  readText(Array.from({ length: 30 }, () => line).join('\n'));
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
