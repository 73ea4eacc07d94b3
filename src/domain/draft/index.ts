import { readLines } from './document.ts';
import { MAX_LINE_LENGTH } from './items.ts';
import { readSentence } from './key-result.ts';
import type { ImportedText, KeyResultDraft, ReadTextOptions, RefusalCode, UnreadCode } from './types.ts';
import { fill, refusalWords } from './words.ts';

export { answer } from './answer.ts';
export type * from './types.ts';
export {
  assumptionText,
  assumptionWords,
  problemWords,
  questionWords,
  refusalWords,
  unreadWords,
} from './words.ts';

export const MAX_TEXT_BYTES = 200 * 1024;
export const MAX_LINES = 2000;
export { MAX_LINE_LENGTH };

/**
 * Objectives, Key Results and initiatives of a text as people write them, in Chinese or English: a list, notes, an
 * article. No dictionary of sentences and no model: tokens, patterns and a lexicon. A line that looks like a Key Result
 * and cannot be read is in `notUnderstood` with its reason; prose and headings are in `ignored`.
 *
 * Never throws. A text over the limits is refused as a whole, and a line over its limit by itself.
 */
export function readText(text: string, options: ReadTextOptions = {}): ImportedText {
  const bytes = utf8Bytes(text);
  if (bytes > MAX_TEXT_BYTES) return refused('text_too_large', MAX_TEXT_BYTES, bytes);
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MAX_LINES) return refused('too_many_lines', MAX_LINES, lines.length);
  return readLines(lines, options);
}

/** One sentence that is known to be meant as a Key Result; or why it cannot be read as one. */
export function readKeyResult(
  text: string,
  options: ReadTextOptions = {},
): { ok: true; draft: KeyResultDraft } | { ok: false; why: UnreadCode } {
  if (text.length > MAX_LINE_LENGTH) return { ok: false, why: 'line_too_long' };
  const result = readSentence(
    { text: text.trim(), readAs: null, label: null, line: 1, lastLine: 1 },
    options,
  );
  return result.ok ? { ok: true, draft: result.draft } : { ok: false, why: result.why ?? 'no_pattern' };
}

function refused(code: RefusalCode, limit: number, found: number): ImportedText {
  const text = fill(refusalWords[code], { limit, found });
  return {
    refused: { code, limit, found, text },
    objectives: [],
    keyResults: [],
    initiatives: [],
    notUnderstood: [],
    ignored: [],
    lines: [],
  };
}

/** The domain has no encoder: surrogate pairs take four bytes, the rest of the plane three. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
