import stringWidth from 'string-width';

/** Columns that a text takes on a terminal: two for a Chinese character, none for a colour code. */
export function textWidth(text: string): number {
  return stringWidth(text);
}

/**
 * One line that cannot move the cursor: titles and provider messages come from outside, and a terminal obeys
 * control characters wherever they stand.
 */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\s+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** At most `width` columns, ending in `mark` when something was cut. Never splits a character. */
export function truncate(text: string, width: number, mark = '…'): string {
  if (textWidth(text) <= width) return text;
  const room = width - textWidth(mark);
  if (room < 0) return '';
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += textWidth(segment);
    if (used > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${mark}`;
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'right' ? space + text : text + space;
}

/**
 * Breaks a sentence into lines of at most `width` columns: between words, or between characters where there are no
 * spaces, as in Chinese. `width` null leaves it whole.
 */
export function wrap(text: string, width: number | null): string[] {
  if (width === null || textWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (line !== '' && textWidth((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else {
      line += piece;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** Words with the space after them, or single wide characters; closing punctuation stays with what it closes. */
function pieces(text: string): string[] {
  return (
    text.match(
      /(?:[\u2e80-\u9fff\uf900-\ufaff]|[^\s\u2e80-\u9fff\uf900-\uffef]+)[、。，；：）！？]*\s*|./gu,
    ) ?? []
  );
}
