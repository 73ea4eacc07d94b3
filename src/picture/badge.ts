import { fitted } from '../chart/chart-svg.ts';
import { px } from '../chart/scene.ts';
import { textWidth } from '../chart/text-width.ts';
import { themes } from '../chart/theme.ts';
import { escapeXml } from '../chart/xml.ts';
import type { DataState } from '../domain/data-state.ts';
import type { Status } from '../domain/status.ts';
import { type Lang, translator } from '../i18n/index.ts';
import { isUntrusted, statusColor, statusShape } from './status-look.ts';

export type Badge = {
  label: string;
  /** As it should be read, such as "72%"; null where nothing was measured. */
  value: string | null;
  status: Status;
  /** Anything but `fresh` is said, and stripes the badge: the status then speaks of older data. */
  dataState: DataState;
  lang: Lang;
};

/** What shields.io asks of an endpoint; see https://shields.io/badges/endpoint-badge. */
export type BadgeJson = {
  schemaVersion: 1;
  label: string;
  message: string;
  color: string;
  isError?: boolean;
};

const HEIGHT_PX = 20;
const PAD_PX = 6;
const SHAPE_PX = 12;
const LABEL_MAX_PX = 240;
const MESSAGE_MAX_PX = 320;
const STRIPE_EVERY_PX = 9;
const FONTS = "'Noto Sans S Chinese', ui-sans-serif, system-ui, Verdana, 'DejaVu Sans', sans-serif";

/** A line of 20 px for a page of somebody else: what it is, and in the second field how it stands. */
export function badgeSvg(badge: Badge): string {
  const label = fitted(badge.label, LABEL_MAX_PX, 11);
  const message = fitted(messageOf(badge), MESSAGE_MAX_PX, 11);
  const left = Math.ceil(textWidth(label)) + 2 * PAD_PX;
  const shapeX = left + PAD_PX;
  const textX = shapeX + SHAPE_PX + 4;
  const width = textX + Math.ceil(textWidth(message)) + PAD_PX;
  const title = escapeXml(`${badge.label}: ${messageOf(badge)}`);
  const field = `M${left},0H${width - 3}a3,3 0 0 1 3,3v14a3,3 0 0 1 -3,3H${left}Z`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT_PX}" viewBox="0 0 ${width} ${HEIGHT_PX}"`,
    ` role="img" aria-label="${title}" xml:lang="${badge.lang}" font-family="${FONTS}" font-size="11">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${HEIGHT_PX}" rx="3" fill="${themes.light['--quiet']}"/>`,
    `<path d="${field}" fill="${statusColor(badge.status)}"/>`,
    badge.dataState === 'fresh' ? '' : stripes(left, width),
    `<path d="${statusShape(badge.status)}" transform="translate(${shapeX} 4) scale(${SHAPE_PX / 16})"`,
    ' fill="none" stroke="#ffffff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>',
    `<g fill="#ffffff"><text x="${PAD_PX}" y="14">${escapeXml(label)}</text>`,
    `<text x="${textX}" y="14">${escapeXml(message)}</text></g></svg>`,
  ].join('');
}

/** The same for shields.io and what speaks its language. Broken data keep their status, and say that they are broken. */
export function badgeJson(badge: Badge): BadgeJson {
  return {
    schemaVersion: 1,
    label: badge.label,
    message: messageOf(badge),
    color: statusColor(badge.status),
    ...(isUntrusted(badge.dataState) ? { isError: true } : {}),
  };
}

/** "72% · On track", and after it the state of the data where that is not fresh. */
function messageOf({ dataState, lang, status, value }: Badge): string {
  const translate = translator(lang);
  return [value, translate(`status.${status}`), dataState === 'fresh' ? null : translate(`data.${dataState}`)]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}

/** Dark lines across the second field: they leave the text more contrast, never less. */
function stripes(left: number, right: number): string {
  const lean = 8;
  const lines: string[] = [];
  for (let x = left + 2; x + lean < right - 1; x += STRIPE_EVERY_PX) {
    lines.push(`M${px(x)},${HEIGHT_PX}L${px(x + lean)},0`);
  }
  return `<path d="${lines.join('')}" stroke="#000000" stroke-opacity="0.28" stroke-width="3"/>`;
}
