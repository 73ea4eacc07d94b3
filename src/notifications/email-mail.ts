import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { emailHtml } from './email-html.ts';
import { drawn, type Picture } from './pictures.ts';
import { plainText } from './plain-text.ts';
import { cut, oneLine } from './safe-text.ts';
import type { MessageWords } from './words.ts';

/** What fits a line of most mail clients; the body says it whole. */
const SUBJECT_LENGTH = 200;
/** More pictures than this make a mail that phones load slowly, and nobody looks at. */
const MAX_PICTURES = 5;

export type MailInput = {
  words: MessageWords;
  deliveryId: string;
  from: string;
  to: readonly string[];
  sentAt: Date;
  picture: Picture | null;
};

/**
 * The mail of a delivery, the same for every attempt: by its `Message-ID` mail servers and clients recognise a repeat.
 * There is no `List-Unsubscribe`, since no address exists that would take a reader off; the footer says what does.
 */
export async function composeMail(input: MailInput): Promise<SendMailOptions> {
  const { deliveryId, from, sentAt, to, words } = input;
  const pictures = await picturesOf(input);
  const images = new Map(pictures.map(({ image, item }) => [item, image]));
  return {
    from: { name: 'Tidemark', address: from },
    to: to.map((address) => ({ name: '', address })),
    subject: mailSubject(words.subject),
    date: sentAt,
    messageId: `<${idOf(deliveryId)}@${domainOf(from)}>`,
    headers: {
      // RFC 3834: nobody's absence note answers this.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': words.lang,
    },
    text: plainText(words),
    html: emailHtml(words, images),
    attachments: pictures.map(({ image, png }, index) => ({
      cid: image.cid,
      content: png,
      contentType: 'image/png',
      contentDisposition: 'inline',
      filename: `chart-${index + 1}.png`,
    })),
    // Nothing of a message is ever a path or an address to read from.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A subject is one header line, whatever a title holds. */
export function mailSubject(subject: string): string {
  return cut(oneLine(subject), SUBJECT_LENGTH);
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

async function picturesOf({ deliveryId, from, picture, words }: MailInput) {
  const wanted = words.sections
    .flatMap(({ items }) => items)
    .filter((item) => item.picture !== null)
    .slice(0, MAX_PICTURES);
  const pictures = wanted.map(async (item, index) => {
    const request = item.picture;
    const png = request === null ? null : await drawn(picture, request, words.lang);
    if (request === null || png === null) return [];
    const cid = `chart-${index + 1}.${idOf(deliveryId)}@${domainOf(from)}`;
    return [{ item, image: { cid, alt: request.alt }, png }];
  });
  return (await Promise.all(pictures)).flat();
}

/** A delivery id as part of an address; one that could not be is replaced by its digest. */
function idOf(deliveryId: string): string {
  if (/^[\w.-]{1,100}$/.test(deliveryId)) return deliveryId;
  return createHash('sha256').update(deliveryId).digest('hex').slice(0, 32);
}
