import { drawableText } from './drawable-text.ts';
import { FONT_FAMILY, fontCoverage, withFont } from './font.ts';

export type PngSize = {
  /** Of the picture as it is shown, in CSS pixels; by default as wide as the drawing. */
  widthPx?: number;
  /** Pixels for one CSS pixel. */
  scale?: number;
};

/** A drawing is a few hundred pixels wide; a wider one is a mistake that would take gigabytes. */
const MAX_PIXELS_WIDE = 8192;

/**
 * An SVG of ours as a PNG, in the package's own font and no other: the same bytes on every machine. The renderer and
 * the font are loaded when the first picture is drawn.
 *
 * @throws RangeError for a width that no picture has
 */
export async function renderPng(svg: string, { scale = 2, widthPx }: PngSize = {}): Promise<Buffer> {
  const drawn = Number(/^<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1] ?? Number.NaN);
  const pixels = Math.round((widthPx ?? drawn) * scale);
  if (!(pixels >= 1 && pixels <= MAX_PIXELS_WIDE)) {
    throw new RangeError(`a picture is 1 to ${MAX_PIXELS_WIDE} pixels wide, not ${pixels}`);
  }
  const [{ renderAsync }, covers] = await Promise.all([import('@resvg/resvg-js'), fontCoverage()]);
  const text = drawableText(svg, covers);
  return withFont(text, async (fontFiles) => {
    const image = await renderAsync(text, {
      fitTo: { mode: 'width', value: pixels },
      font: {
        loadSystemFonts: false,
        fontFiles,
        defaultFontFamily: FONT_FAMILY,
        sansSerifFamily: FONT_FAMILY,
      },
      logLevel: 'off',
    });
    return image.asPng();
  });
}
