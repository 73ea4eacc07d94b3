import { type Fact, type ItemWords, type Link, type MessageWords, onlyItem } from './words.ts';

/** The chart of an item, which is attached to the same mail under this content id. */
export type InlineImage = { cid: string; alt: string };

/** Mail clients know tables and inline styles, and some of them nothing else. */
const FONT =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
const INK = '#1c2430';
const MUTED = '#5b6675';
const LINE = '#dfe4ea';
const PAGE = '#f3f5f8';
const LINK = '#1f5fbf';
const TONES: Record<ItemWords['tone'], string> = { bad: '#c2410c', good: '#15803d', neutral: '#64748b' };

/** For the clients that ask for it; those that invert by themselves find text and ground both set. */
const DARK = `
@media (prefers-color-scheme: dark) {
  .page { background: #12161c !important; }
  .card { background: #1b212a !important; border-color: #333c48 !important; }
  .ink { color: #e8ecf1 !important; }
  .muted { color: #a3adba !important; }
  .line { border-color: #333c48 !important; }
  .link { color: #8ab4f8 !important; }
}`;

/** The message as HTML. Nothing in it is fetched: pictures are parts of the mail, styles stand in the elements. */
export function emailHtml(words: MessageWords, images: ReadonlyMap<ItemWords, InlineImage>): string {
  const alone = onlyItem(words);
  const tone = alone === null ? TONES.neutral : TONES[alone.tone];
  const body = [
    heading(words.subject, tone),
    ...words.intro.map((line) => paragraph(line, 'ink')),
    ...words.sections.map(({ items, more, note, title }) =>
      [
        title === null ? '' : sectionTitle(title),
        ...note.map((line) => paragraph(line, 'muted')),
        ...items.map((item) => itemHtml(item, item !== alone, images.get(item) ?? null)),
        more === null ? '' : paragraph(more, 'muted'),
      ].join(''),
    ),
    words.open === null ? '' : links([words.open]),
    footer(words.footer),
  ].join('\n');
  return `<!DOCTYPE html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(words.subject)}</title>
<style>${DARK}</style>
</head>
<body class="page" style="margin:0;padding:0;background:${PAGE};${FONT}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:${PAGE}"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;background:#ffffff;border:1px solid ${LINE};border-radius:8px"><tr><td align="left" style="padding:20px;text-align:left">
${body}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

function heading(text: string, color: string): string {
  return `<h1 class="ink" style="margin:0 0 16px;padding:0 0 0 12px;border-left:4px solid ${color};font-size:20px;line-height:1.35;font-weight:600;color:${INK};overflow-wrap:anywhere">${escapeHtml(text)}</h1>`;
}

function sectionTitle(text: string): string {
  return `<h2 class="ink line" style="margin:24px 0 8px;padding:16px 0 0;border-top:1px solid ${LINE};font-size:17px;line-height:1.4;color:${INK}">${escapeHtml(text)}</h2>`;
}

function itemHtml(
  { facts, headline, links: to, tone }: ItemWords,
  named: boolean,
  image: InlineImage | null,
): string {
  const name = `<h3 class="ink" style="margin:20px 0 8px;padding:0 0 0 10px;border-left:3px solid ${TONES[tone]};font-size:15px;line-height:1.4;color:${INK};overflow-wrap:anywhere">${escapeHtml(headline)}</h3>`;
  const picture =
    image === null
      ? ''
      : `<img src="cid:${escapeHtml(image.cid)}" alt="${escapeHtml(image.alt)}" width="600" style="display:block;width:100%;max-width:600px;height:auto;margin:0 0 12px;border:0;border-radius:6px;background:#ffffff">`;
  return `${named ? name : ''}${picture}${table(facts)}${links(to)}`;
}

/** What is the same for all rows stands at the table: a long digest must stay below what Gmail cuts off (102 kB). */
function table(facts: Fact[]): string {
  const rows = facts.map(
    ({ label, text }) =>
      `<tr><th scope="row" align="left" class="muted" style="padding:3px 12px 3px 0;width:88px;font-weight:400;color:${MUTED}">${escapeHtml(label)}</th><td style="padding:3px 0;overflow-wrap:anywhere">${wholeDays(escapeHtml(text))}</td></tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" class="ink" style="border-collapse:collapse;margin:0 0 8px;font-size:14px;line-height:1.5;color:${INK}"><tbody valign="top">${rows.join('')}</tbody></table>`;
}

function links(list: Link[]): string {
  const drawn = list.map(
    ({ label, url }) =>
      `<a class="link" href="${escapeHtml(url)}" style="display:inline-block;padding:6px 20px 6px 0;color:${LINK}">${escapeHtml(label)}</a>`,
  );
  return `<p style="margin:4px 0 12px;font-size:14px;font-weight:600">${drawn.join(' ')}</p>`;
}

function paragraph(text: string, look: 'ink' | 'muted'): string {
  return `<p class="${look}" style="margin:0 0 10px;font-size:14px;line-height:1.5;color:${look === 'ink' ? INK : MUTED};overflow-wrap:anywhere">${escapeHtml(text)}</p>`;
}

function footer(lines: string[]): string {
  const text = lines.map(escapeHtml).join('<br>');
  return `<p class="muted line" style="margin:20px 0 0;padding:12px 0 0;border-top:1px solid ${LINE};font-size:12px;line-height:1.6;color:${MUTED};overflow-wrap:anywhere">${text}</p>`;
}

/** A date is not broken at its hyphens. */
function wholeDays(html: string): string {
  return html.replace(/\d{4}-\d\d-\d\d/g, '<span style="white-space:nowrap">$&</span>');
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => named[character] ?? character);
}
