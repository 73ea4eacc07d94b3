import type { CreatedPublicLinkView, PublicLinkView } from '../../api/contracts/public-links.ts';
import { titleIn } from '../../i18n/index.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantText } from '../render/format.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import type { Lang } from '../settings.ts';
import { lookOf, showCreated, showFields, showList } from '../show.ts';

export type ShareOptions = { label?: string };

/** `tidemark kr share KEY`: an address for its badge and its chart, on pages of others. */
export async function krShareCommand(
  context: Context,
  key: string,
  { label }: ShareOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const body = label === undefined ? {} : { label };
    const link = await client.call('createPublicLink', { params: { id: key }, body });
    if (context.settings.json) printJson(context, link);
    else showMade(context, link);
    return exitCodes.done;
  });
}

/** `tidemark kr shares KEY`. */
export async function krSharesCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('listPublicLinks', { params: { id: key } });
    const { say } = voiceOf(lookOf(context));
    const columns = [
      { title: 'ID', priority: 9 },
      { title: say('share.label'), priority: 8, minWidth: 12 },
      { title: say('share.author'), priority: 6, minWidth: 8 },
      { title: say('share.since'), priority: 7 },
    ];
    showList<PublicLinkView>(context, answer, columns, (link, look) => [
      link.id,
      oneLine(link.label),
      oneLine(link.createdBy),
      instantText(link.createdAt, look),
    ]);
    return exitCodes.done;
  });
}

/** `tidemark kr unshare ID`: the address is closed for good. */
export async function krUnshareCommand(context: Context, id: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const link = await client.call('revokePublicLink', { params: { id } });
    const { say } = voiceOf(lookOf(context));
    showCreated(context, link, say('share.ended', { key: link.keyResultKey, id: link.id }));
    return exitCodes.done;
  });
}

function showMade(context: Context, link: CreatedPublicLinkView): void {
  const { id, keyResultKey, urls } = link;
  const { lang } = context.settings;
  const title = titleIn(lang, link);
  const { say } = voiceOf(lookOf(context));
  const address = (url: string | null) => (url === null ? null : inLanguage(url, lang));
  print(context, say('share.made', { key: keyResultKey }));
  showFields(context, [
    [say('share.badge'), address(urls.badgeSvg)],
    ['shields.io', address(urls.badgeJson)],
    [`${say('share.chart')} (SVG)`, address(urls.chartSvg)],
    [`${say('share.chart')} (PNG)`, address(urls.chartPng)],
  ]);
  if (urls.chartSvg === null) print(context, say('share.no_chart'));
  print(context, say('share.readme'));
  for (const url of [urls.badgeSvg, urls.chartSvg])
    if (url !== null) print(context, `  ${markdownImage(title, inLanguage(url, lang))}`);
  if (isLocal(urls.badgeSvg)) print(context, say('share.local'));
  print(context, say('share.end', { id }));
}

/** English is what an address without a language says. */
function inLanguage(url: string, lang: Lang): string {
  return lang === 'en' ? url : `${url}?lang=${lang}`;
}

/** A title is text of people: what Markdown would read in it is escaped. */
function markdownImage(title: string, url: string): string {
  return `![${oneLine(title).replaceAll(/[\\[\]`*_<>!|&]/g, String.raw`\$&`)}](${url})`;
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).host);
}
