import type { Collector } from './collect.ts';
import { partingsOf } from './compound.ts';
import { readSentence, type SentenceResult } from './key-result.ts';
import { isLayout, type Piece, piecesOf } from './lines.ts';
import { languageOf } from './plain.ts';
import { cellsOf, columnsOf, rowOf } from './table.ts';
import type { KeyResultDraft, ReadTextOptions } from './types.ts';

/** A line is longer than people write, and is not read. */
export const MAX_LINE_LENGTH = 2000;

/** `several`: the drafts of a sentence that promises more than one thing. */
export type Item = Piece & { result: SentenceResult; several: readonly KeyResultDraft[] };

/** Every piece of the text with what it says when it is taken alone; what only draws or is too long is told at once. */
export function itemsOf(raws: readonly string[], options: ReadTextOptions, out: Collector): Item[] {
  const pieces: (Piece & { readAs?: string | null })[] = [];
  let columns: ReturnType<typeof columnsOf> = null;
  let row: string | null = null;
  let afterBlank = true;
  for (const [index, raw] of raws.entries()) {
    const line = index + 1;
    const span = { line, lastLine: line };
    if (raw.trim() === '') {
      afterBlank = true;
      columns = null;
      continue;
    }
    if (raw.length > MAX_LINE_LENGTH) {
      out.unread(`${raw.slice(0, 80)}…`, 'line_too_long', span);
      continue;
    }
    if (isLayout(raw)) {
      out.ignore('layout', raw, span);
      continue;
    }
    const cells = cellsOf(raw);
    if (cells !== null) {
      const head = columnsOf(cells);
      if (head !== null && columns === null) {
        columns = head;
        row = null;
        out.ignore('heading', raw, span);
      } else {
        const made: typeof pieces =
          columns === null ? loosePieces(cells, line) : rowPieces(cells, columns, line, row, options);
        row = made.find(({ label }) => label === 'objective')?.text ?? row;
        pieces.push(...made);
      }
      continue;
    }
    columns = null;
    for (const piece of piecesOf(raw, line, afterBlank)) if (!wraps(pieces.at(-1), piece)) pieces.push(piece);
    afterBlank = false;
  }
  return pieces.map((piece) => ({ ...piece, ...resultOf(piece, options) }));
}

function resultOf(
  piece: Piece & { readAs?: string | null },
  options: ReadTextOptions,
): Pick<Item, 'result' | 'several'> {
  const { text, labelText: label, line, lastLine, readAs = null } = piece;
  const read = (part: string) => readSentence({ text: part, readAs: null, label, line, lastLine }, options);
  for (const parts of readAs === null ? partingsOf(text) : []) {
    const results = parts.map(read);
    const several = results.flatMap((one) => (one.ok && one.strength === 'strong' ? [one.draft] : []));
    const [result] = results;
    if (result !== undefined && several.length === parts.length) return { result, several };
  }
  return { result: readSentence({ text, readAs, label, line, lastLine }, options), several: [] };
}

/** A line that goes on with the list item before it is joined to it. */
function wraps(previous: Piece | undefined, piece: Piece): boolean {
  if (previous === undefined || piece.afterBlank || piece.mark !== 'none' || piece.label !== null)
    return false;
  if (previous.mark === 'none' || previous.mark === 'heading' || previous.lastLine !== piece.line - 1)
    return false;
  if (piece.indent <= previous.indent || previous.announces || /[.。:：]$/.test(previous.text)) return false;
  const space = languageOf(previous.text) === 'zh' ? '' : ' ';
  if (previous.text.length + piece.text.length > MAX_LINE_LENGTH) return false;
  previous.text = `${previous.text}${space}${piece.text}`;
  previous.lastLine = piece.line;
  return true;
}

type Cell = Piece & { readAs?: string | null };

function cellPiece(text: string, line: number, more: Partial<Cell>): Cell {
  return {
    line,
    lastLine: line,
    indent: 0,
    mark: 'bullet',
    level: 0,
    label: null,
    labelText: null,
    announces: false,
    afterBlank: false,
    text,
    ...more,
  };
}

function rowPieces(
  cells: readonly string[],
  columns: NonNullable<ReturnType<typeof columnsOf>>,
  line: number,
  title: string | null,
  options: ReadTextOptions,
): Cell[] {
  const measures = (text: string) => {
    const result = readSentence({ text, readAs: null, label: null, line, lastLine: line }, options);
    return result.ok && result.strength === 'strong';
  };
  const found = rowOf(cells, columns, measures);
  const made: Cell[] = [];
  if (found.objective !== '') {
    const [piece] = piecesOf(found.objective, line, false);
    const text = piece?.label === 'objective' && piece.text !== '' ? piece.text : found.objective;
    if (text !== title)
      made.push(cellPiece(text, line, { label: 'objective', labelText: piece?.labelText ?? null }));
  }
  for (const piece of found.keyResult === '' ? [] : piecesOf(found.keyResult, line, false)) {
    made.push(
      cellPiece(piece.text, line, { label: 'key_result', labelText: piece.labelText, readAs: found.readAs }),
    );
  }
  if (found.initiative !== '') made.push(cellPiece(found.initiative, line, { label: 'initiative' }));
  return made;
}

/** Cells under no head: those that say something on their own. */
function loosePieces(cells: readonly string[], line: number): Cell[] {
  return cells
    .filter((cell) => cell !== '')
    .flatMap((cell) =>
      piecesOf(cell, line, false).map((piece) => ({
        ...piece,
        mark: piece.label === null ? ('bullet' as const) : piece.mark,
      })),
    );
}
