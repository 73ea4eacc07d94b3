import { plainText } from './plain-text.ts';
import { slackLimits } from './slack-limits.ts';
import { slackLink, slackText } from './slack-text.ts';
import { type Fact, type ItemWords, type Link, type MessageWords, onlyItem } from './words.ts';

type TextObject = { type: 'mrkdwn'; text: string; verbatim: true } | PlainText;
type PlainText = { type: 'plain_text'; text: string; emoji: false };
export type SlackBlock =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: TextObject }
  | { type: 'section'; fields: TextObject[] }
  | { type: 'context'; elements: TextObject[] }
  | { type: 'image'; slack_file: { id: string }; alt_text: string }
  | { type: 'divider' };
export type SlackImage = { fileId: string; alt: string };

/** One statement may take so much, so that no name pushes another statement out. */
const FACT_LENGTH = 500;
const LINK_LENGTH = 500;
const LABEL_LENGTH = 100;
/** Kept free for what comes last: how many are left out, where to look, how to stop. */
const TAIL_BLOCKS = 3;
const TAIL_TEXT = 3_000;
const FIELDS: readonly Fact['kind'][] = ['objective', 'value', 'progress', 'since'];

/** The message as Block Kit. `text` is what notifications and screen readers say, and stands alone. */
export function slackBody(words: MessageWords, deliveryId: string, image: SlackImage | null) {
  return {
    text: slackText(plainText(words), slackLimits.text),
    unfurl_links: false,
    unfurl_media: false,
    blocks: blocksOf(words, image),
    metadata: { event_type: 'tidemark_news', event_payload: { delivery_id: deliveryId } },
  };
}

function blocksOf(words: MessageWords, image: SlackImage | null): SlackBlock[] {
  const head = [
    header(words.subject),
    ...words.intro.flatMap((line) => sections([slackText(line, FACT_LENGTH)])),
  ];
  const alone = onlyItem(words);
  if (alone !== null) return [...head, ...wholeItem(alone, image), ...tail(words, 0)];
  return [...head, ...severalItems(words, image, head)];
}

function wholeItem({ facts, links }: ItemWords, image: SlackImage | null): SlackBlock[] {
  const fields = facts.filter(({ kind }) => FIELDS.includes(kind));
  const rest = facts.filter(({ kind }) => !FIELDS.includes(kind));
  return [
    ...(fields.length === 0
      ? []
      : [{ type: 'section' as const, fields: fields.map((fact) => markdown(factLine(fact, '\n'))) }]),
    ...(image === null ? [] : [imageBlock(image)]),
    ...sections(rest.map((fact) => factLine(fact, ' '))),
    ...sections([linksLine(links)]),
  ];
}

/** As many items as fit, each whole; the first ones are the most important. */
function severalItems(words: MessageWords, image: SlackImage | null, head: SlackBlock[]): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let left = 0;
  let pictured = image === null;
  for (const { items, more, note, title } of words.sections) {
    const titled: SlackBlock[] =
      title === null ? [] : [header(title), ...(note.length === 0 ? [] : [context(note.join('\n'))])];
    if (!fits([...head, ...blocks, ...titled])) {
      left += items.length;
      continue;
    }
    blocks.push(...titled);
    for (const item of items) {
      const picture = pictured || item.picture === null || image === null ? [] : [imageBlock(image)];
      const drawn = [...listedItem(item), ...picture, { type: 'divider' as const }];
      if (left > 0 || !fits([...head, ...blocks, ...drawn])) {
        left += 1;
        continue;
      }
      pictured ||= picture.length > 0;
      blocks.push(...drawn);
    }
    if (more !== null && fits([...head, ...blocks])) blocks.push(context(more));
  }
  return [...blocks, ...tail(words, left)];
}

function listedItem({ facts, headline, links }: ItemWords): SlackBlock[] {
  const lines = facts.map((fact) => factLine(fact, ' '));
  return sections([`*${slackText(headline, FACT_LENGTH)}*`, ...lines, linksLine(links)]);
}

function tail(words: MessageWords, left: number): SlackBlock[] {
  return [
    ...(left === 0 ? [] : [context(words.left(left))]),
    ...(words.open === null ? [] : sections([linksLine([words.open])])),
    context(words.footer.join('\n')),
  ];
}

function fits(blocks: SlackBlock[]): boolean {
  const text = JSON.stringify(blocks.map(textsOf)).length;
  return blocks.length <= slackLimits.blocks - TAIL_BLOCKS && text <= slackLimits.allBlocksText - TAIL_TEXT;
}

/** Everything in a block that Slack counts as text. */
export function textsOf(block: SlackBlock): string[] {
  switch (block.type) {
    case 'header':
      return [block.text.text];
    case 'section':
      return 'fields' in block ? block.fields.map(({ text }) => text) : [block.text.text];
    case 'context':
      return block.elements.map(({ text }) => text);
    case 'image':
      return [block.alt_text];
    case 'divider':
      return [];
  }
}

/** Lines packed into as few sections as their limit allows. No line is longer than a section. */
function sections(lines: string[]): SlackBlock[] {
  const packed: string[] = [];
  for (const line of lines.filter((text) => text !== '')) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= slackLimits.sectionText) {
      packed[packed.length - 1] = `${last}\n${line}`;
    } else packed.push(line);
  }
  return packed.map((text) => ({ type: 'section', text: markdown(text) }));
}

function factLine({ label, text }: Fact, separator: string): string {
  return `*${slackText(label, LABEL_LENGTH)}*${separator}${slackText(text, FACT_LENGTH)}`;
}

/**
 * Links in the text and not buttons: pressing a button also calls back the app, which a webhook does not have, and Slack
 * then shows a warning. An address too long for the line is left to the text of the notification.
 */
function linksLine(links: Link[]): string {
  const drawn = links.map(({ label, url }) => slackLink(url, label));
  const short = drawn.filter((link) => link.length <= LINK_LENGTH);
  return short.join('  ·  ');
}

function header(text: string): SlackBlock {
  return {
    type: 'header',
    text: { type: 'plain_text', text: slackText(text, slackLimits.headerText), emoji: false },
  };
}

function context(text: string): SlackBlock {
  return { type: 'context', elements: [markdown(slackText(text, FACT_LENGTH))] };
}

function imageBlock({ alt, fileId }: SlackImage): SlackBlock {
  return { type: 'image', slack_file: { id: fileId }, alt_text: slackText(alt, slackLimits.imageAlt) };
}

/** `verbatim` keeps Slack from turning bare addresses and names inside the text into links and mentions. */
function markdown(text: string): TextObject {
  return { type: 'mrkdwn', text, verbatim: true };
}
