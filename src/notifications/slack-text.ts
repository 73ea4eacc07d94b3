/**
 * Text that Slack shows as it is: `& < >` escaped, broadcasts and mentions (`<!here>`, `<@U1>`) removed, so
 * that a Key Result's title can neither notify anybody nor draw a link. Cut to `maxLength` characters as
 * Slack counts them, after escaping, and never inside an escape.
 */
export function slackText(text: string, maxLength: number): string {
  const pieces = Array.from(text.replace(/<[!@][^>]*>/g, ''), escapeCharacter);
  const total = pieces.reduce((length, piece) => length + piece.length, 0);
  if (total <= maxLength) return pieces.join('');
  let kept = '';
  for (const piece of pieces) {
    if (kept.length + piece.length > maxLength - 1) break;
    kept += piece;
  }
  return `${kept}…`;
}

/** A link in Slack's markup. The address is escaped so that it cannot end the link early. */
export function slackLink(url: string, label: string): string {
  const address = new URL(url).href.replace(/[|<>]/g, encodeURIComponent);
  return `<${address.replaceAll('&', '&amp;')}|${slackText(label, 100).replaceAll('|', '/')}>`;
}

function escapeCharacter(character: string): string {
  if (character === '&') return '&amp;';
  if (character === '<') return '&lt;';
  return character === '>' ? '&gt;' : character;
}
