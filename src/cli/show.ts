import type { ReasonView } from '../api/contract.ts';
import { noticeText, translator } from '../i18n/index.ts';
import { type Context, print, printJson } from './context.ts';
import { type Look, plain } from './render/look.ts';
import { paintOf } from './render/paint.ts';
import { type Cell, type Column, renderTable } from './render/table.ts';
import { oneLine, pad, textWidth } from './render/text.ts';
import { wordsOf } from './words.ts';

/** How this command draws its answer; ages are counted from `now`. */
export function lookOf(context: Context, now: Date = context.io.now()): Look {
  const { columns, color, ascii, lang, verbose } = context.settings;
  return { columns, color, ascii, lang, verbose, now };
}

/** The clock by which ages in an answer are told: of a past answer its own instant. */
export function pastNow(context: Context, asOf: { at: string } | null): Date {
  return asOf === null ? context.io.now() : new Date(asOf.at);
}

/** A list of the API: the answer itself with `--json`, otherwise a table. An empty list is a success. */
export function showList<Item>(
  context: Context,
  answer: { data: readonly Item[]; page: { nextCursor: string | null } },
  columns: readonly Column[],
  cells: (item: Item, look: Look) => Cell[],
): void {
  if (context.settings.json) return printJson(context, answer);
  const look = lookOf(context);
  if (answer.data.length === 0) return print(context, wordsOf(look.lang).none);
  const rows = answer.data.map((item) => cells(item, look));
  const { dim } = paintOf(look.color);
  print(context, renderTable(columns, rows, { columns: look.columns, ascii: look.ascii, paintHeader: dim }));
}

/** Names and values below each other; null leaves a line out. */
export function showFields(context: Context, fields: readonly (readonly [string, string | null])[]): void {
  const shown = fields.filter((field): field is readonly [string, string] => field[1] !== null);
  const width = Math.max(0, ...shown.map(([name]) => textWidth(name)));
  const { dim } = paintOf(context.settings.color);
  for (const [name, value] of shown) print(context, `  ${dim(pad(name, width))}  ${oneLine(value)}`);
}

/** The answer to an `add`: the new object with `--json`, otherwise one line, what to do next, and what to know. */
export function showCreated(
  context: Context,
  answer: unknown,
  sentence: string,
  warnings: readonly ReasonView[] = [],
): void {
  if (context.settings.json) return printJson(context, answer);
  print(context, oneLine(sentence));
  for (const line of noticeLines(warnings, lookOf(context))) print(context, line);
}

/** One line a notice, in the language of the look. */
export function noticeLines(notices: readonly ReasonView[], look: Look): string[] {
  const translate = translator(look.lang);
  const word = wordsOf(look.lang).warning;
  const { yellow } = paintOf(look.color);
  return notices.map((notice) => yellow(plain(`${word}: ${oneLine(noticeText(translate, notice))}`, look)));
}
