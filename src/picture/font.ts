import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { keepDrawings } from './cff.ts';
import { type GlyphRange, glyphOf, glyphRanges, readTables, writeTables } from './sfnt.ts';

/** What the font's files call themselves. */
export const FONT_FAMILY = 'Noto Sans S Chinese';

/** Of the weights 400 and 500. */
const WEIGHTS = ['Regular', 'Medium'];

/** What drawing text from left to right takes, kerning included; the rest is for vertical text and substitutions. */
const TABLES = ['CFF ', 'GPOS', 'OS/2', 'cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'post'];

/** Characters of earlier pictures that are kept ready; with more than these the files would grow large again. */
const MAX_KEPT = 2000;

let ranges: Promise<GlyphRange[]> | null = null;
let cut: { codePoints: ReadonlySet<number>; fonts: Buffer[] } | null = null;

/**
 * Whether the font of pictures can draw a code point: Latin, Cyrillic, kana and Chinese. The font comes with a package,
 * so that a picture looks the same on every machine; a renderer that finds no font draws no text and says nothing.
 */
export async function fontCoverage(): Promise<(codePoint: number) => boolean> {
  ranges ??= readFile(fontFile('Regular')).then((font) => glyphRanges(readTables(font)));
  try {
    const known = await ranges;
    return (codePoint) => glyphOf(known, codePoint) !== null;
  } catch (error) {
    ranges = null;
    throw error;
  }
}

/**
 * Font files that can draw this text, for as long as `use` runs. They hold the drawings of its characters only: the
 * renderer reads a font's file again for every glyph, and of the 8 MB of each weight that took 1 ms a glyph, 140 ms a
 * chart.
 */
export async function withFont<T>(text: string, use: (files: string[]) => Promise<T>): Promise<T> {
  const fonts = await fontsFor(new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0)));
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-font-'));
  try {
    const files = fonts.map((_, index) => join(folder, `${index}.otf`));
    for (const [index, font] of fonts.entries()) await writeFile(files[index] ?? '', font);
    return await use(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Charts have most of their characters in common, so what was cut for one mostly serves the next. */
async function fontsFor(codePoints: ReadonlySet<number>): Promise<Buffer[]> {
  if (cut !== null && [...codePoints].every((codePoint) => cut?.codePoints.has(codePoint))) return cut.fonts;
  const before = cut === null || cut.codePoints.size > MAX_KEPT ? [] : cut.codePoints;
  const wanted = new Set([...before, ...codePoints]);
  const fonts: Buffer[] = [];
  for (const weight of WEIGHTS) fonts.push(subset(await readFile(fontFile(weight)), wanted));
  cut = { codePoints: wanted, fonts };
  return fonts;
}

/** The font with the drawings of these code points, and of the box that stands for any other. */
export function subset(font: Buffer, codePoints: Iterable<number>): Buffer {
  const tables = readTables(font);
  const map = glyphRanges(tables);
  const glyphs = new Set([0]);
  for (const codePoint of codePoints) {
    const glyph = glyphOf(map, codePoint);
    if (glyph !== null) glyphs.add(glyph);
  }
  const kept = TABLES.flatMap((tag): [string, Buffer][] => {
    const table = tables.get(tag);
    if (table === undefined) return [];
    return [[tag, tag === 'CFF ' ? keepDrawings(table, glyphs) : table]];
  });
  return writeTables(new Map(kept));
}

export function fontFile(weight: string): string {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc'));
  return fileURLToPath(new URL(`../fonts/NotoSansHans-${weight}.otf`, entry));
}
