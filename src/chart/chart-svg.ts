import { type LegendWords, legendOf } from './legend.ts';
import { roleStyle, styleAttributes } from './role-style.ts';
import type { Scene } from './scene.ts';
import { elementToSvg } from './svg.ts';
import { textWidth } from './text-width.ts';
import { type Theme, type ThemeName, themes } from './theme.ts';
import { escapeXml } from './xml.ts';

/** What a drawing that stands alone says in words. */
export type ChartWords = {
  lang: string;
  title: string;
  /** The whole drawing in one sentence, for whoever does not see it. */
  summary: string;
  /** A second line under the title, such as whose data these are; empty for none. */
  note?: string;
  legend?: LegendWords;
};

/** Around the drawing, on every side. */
export const FRAME_PX = 16;
const TITLE_PX = 15;
const TITLE_ROW_PX = 24;
const NOTE_ROW_PX = 18;
const BELOW_PX = 10;

/** The package's own font first: there it is the only one. Elsewhere the page's fonts follow. */
const FONTS =
  "'Noto Sans S Chinese', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', " +
  "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/**
 * A scene as a document of its own, for a file, a mail or a PNG: its colours are attributes, because none of these reads
 * a style sheet. Title, note and legend stand around the drawing.
 */
export function chartSvg(scene: Scene, theme: ThemeName, words: ChartWords): string {
  const tokens = themes[theme];
  const note = words.note ?? '';
  const legend = legendOf(scene, words.legend ?? {}, scene.width);
  const top = FRAME_PX + TITLE_ROW_PX + (note === '' ? 0 : NOTE_ROW_PX);
  const legendTop = top + scene.height + BELOW_PX;
  const width = scene.width + 2 * FRAME_PX;
  const height = (legend.height === 0 ? top + scene.height : legendTop + legend.height) + FRAME_PX;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` role="img" xml:lang="${escapeXml(words.lang)}" font-family="${FONTS}">`,
    `<title>${escapeXml(words.title)}</title><desc>${escapeXml(words.summary)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${tokens['--surface']}"/>`,
    headline(
      fitted(words.title, scene.width, TITLE_PX),
      note === '' ? '' : fitted(note, scene.width),
      tokens,
    ),
    group(scene, FRAME_PX, top, tokens),
    legend.elements.length === 0 ? '' : group(legend, FRAME_PX, legendTop, tokens),
    '</svg>',
  ].join('');
}

function headline(title: string, note: string, tokens: Theme): string {
  const first = FRAME_PX + TITLE_PX - 2;
  const big = `font-size="${TITLE_PX}" font-weight="500" fill="${tokens['--ink']}"`;
  const small = `font-size="12" fill="${tokens['--muted']}"`;
  return (
    `<text x="${FRAME_PX}" y="${first}" ${big}>${escapeXml(title)}</text>` +
    (note === '' ? '' : `<text x="${FRAME_PX}" y="${first + NOTE_ROW_PX}" ${small}>${escapeXml(note)}</text>`)
  );
}

function group(scene: Scene, x: number, y: number, tokens: Theme): string {
  const body = scene.elements.map((element) =>
    elementToSvg(element, ({ kind, role }) => styleAttributes(roleStyle(role, kind), tokens)),
  );
  return `<g transform="translate(${x} ${y})">${body.join('')}</g>`;
}

/** As much of a text as fits on one line. */
export function fitted(text: string, width: number, fontSizePx = 12): string {
  const whole = text.replaceAll(/\s+/g, ' ').trim();
  const wide = (part: string): number => textWidth(part, fontSizePx);
  if (wide(whole) <= width) return whole;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(whole)) {
    if (wide(`${kept}${segment}…`) > width) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
