import { createHash } from 'node:crypto';
import { badPayload, type Completeness, driftError, walkPages } from '../sdk/index.ts';
import type { AnyContext } from './api.ts';
import { type Answer, type Asked, type Client, told } from './client.ts';
import { pickOf } from './pick.ts';
import type { Paging, Question } from './question.ts';
import { filledBody, filledPath, type Values } from './template.ts';

/** Far more than a day's numbers need; whoever lists rows by the million uses another source. */
export const MAX_PAGES = 200;

type Place = { page: number; offset: number; cursor: string | number | null };
/** Where a list has been followed to. `total` counts the items so far. */
type Stand = { asked: Asked; answer: Answer; place: Place; count: number; total: number };

/**
 * Every answer of a list, to its proven end. `take` reads one answer and says how many items it held; nothing else of
 * it is kept.
 *
 * @throws ConnectorError when the list repeats itself, is longer than `MAX_PAGES`, or leads elsewhere
 */
export async function walkAnswers(
  context: Pick<AnyContext, 'signal'>,
  provider: string,
  client: Client,
  question: Question,
  values: Values,
  take: (json: unknown) => number,
): Promise<Completeness> {
  const { paging } = question;
  let place: Place = { page: paging.kind === 'page' ? paging.first : 1, offset: 0, cursor: null };
  let asked: Asked | null = requestAt(client, question, values, place);
  let total = 0;
  let before = '';
  const { completeness } = await walkPages<string>({
    provider,
    what: 'pages',
    signal: context.signal,
    keyOf: (key) => key,
    maxPages: MAX_PAGES,
    async page() {
      const now: Asked = asked ?? requestAt(client, question, values, place); // null only after the last page
      const answer = await client.ask(now, question.errorsAt);
      const count = take(answer.json);
      total += count;
      // What is shown of a request is cut short; its digest is not.
      const key = `${told(now, client.secrets)} (${digest(`${now.url.href} ${JSON.stringify(now.body ?? null)}`)})`;
      if (paging.kind === 'page' || paging.kind === 'offset') {
        const same = digest(answer.text);
        if (same === before && count > 0)
          throw badPayload(provider, 'repeated_page', `sent the same page twice for ${key}`);
        before = same;
      }
      const next = following(provider, paging, { asked: now, answer, place, count, total });
      if (next !== null && 'place' in next) place = next.place;
      asked =
        next === null
          ? null
          : 'url' in next
            ? { ...now, url: next.url }
            : requestAt(client, question, values, place);
      return { items: [key], hasMore: next !== null };
    },
  });
  return { ...completeness, items: total };
}

function requestAt(client: Client, question: Question, values: Values, place: Place): Asked {
  const all = { ...values, ...place };
  const { body, method, paging, path } = question;
  const url = client.address(filledPath(path, all));
  if ('param' in paging && paging.param !== undefined) {
    const value =
      paging.kind === 'cursor' ? place.cursor : paging.kind === 'page' ? place.page : place.offset;
    if (value !== null) url.searchParams.set(paging.param, String(value));
  }
  return { method, url, ...(body === undefined ? {} : { body: filledBody(body, all) }) };
}

/** The next request, or null where the list has ended. */
function following(provider: string, paging: Paging, stand: Stand): { url: URL } | { place: Place } | null {
  const { answer, asked, count, place, total } = stand;
  switch (paging.kind) {
    case 'none':
      return null;
    case 'link_header': {
      const next = nextLink(answer.headers.get('link') ?? '');
      return next === null ? null : { url: addressIn(provider, next, asked.url) };
    }
    case 'next_url': {
      const next = marker(provider, paging.at, answer.json);
      return next === null ? null : { url: addressIn(provider, String(next), asked.url) };
    }
    case 'cursor': {
      const cursor = marker(provider, paging.at, answer.json);
      return cursor === null ? null : { place: { ...place, cursor } };
    }
    case 'page':
      return isOver(provider, paging, stand) ? null : { place: { ...place, page: place.page + 1 } };
    case 'offset':
      return isOver(provider, paging, stand) ? null : { place: { ...place, offset: place.offset + count } };
    default:
      paging satisfies never;
      return total === 0 ? null : null;
  }
}

function isOver(
  provider: string,
  { size, totalAt }: Extract<Paging, { kind: 'page' | 'offset' }>,
  { answer, count, total }: Stand,
): boolean {
  if (totalAt !== undefined) {
    const [found] = pickOf(totalAt).all(answer.json);
    const wanted = typeof found === 'string' ? Number(found) : found;
    if (typeof wanted !== 'number' || !Number.isInteger(wanted) || wanted < 0)
      throw driftError(provider, `a list: ${totalAt} holds no total`, totalAt);
    if (total >= wanted) return true;
    if (count === 0) throw badPayload(provider, 'short_list', `promised ${wanted} items and sent ${total}`);
    return false;
  }
  return count === 0 || (size !== undefined && count < size);
}

/** A cursor or an address; what is not there, null, false or empty says that the list has ended. */
function marker(provider: string, at: string, json: unknown): string | number | null {
  const [found] = pickOf(at).all(json);
  if (found === undefined || found === null || found === false || found === '') return null;
  if (typeof found === 'string' || typeof found === 'number') return found;
  throw driftError(provider, `a list: ${at} is neither a text nor a number`, at);
}

function addressIn(provider: string, text: string, from: URL): URL {
  if (!URL.canParse(text, from.href))
    throw badPayload(provider, 'bad_next', 'names a next page that is no address');
  const next = new URL(text, from);
  // Servers behind a proxy write http for what was asked over https: the key never goes out in clear for that.
  if (
    next.protocol === 'http:' &&
    from.protocol === 'https:' &&
    next.hostname === from.hostname &&
    next.port === ''
  )
    next.protocol = 'https:';
  return next;
}

/** The address of `rel="next"` in a `Link` header (RFC 8288). */
function nextLink(header: string): string | null {
  for (const [, url = '', parameters = ''] of header.slice(0, 8_192).matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*("[^"]*\bnext\b[^"]*"|next\b)/i.test(parameters)) return url;
  }
  return null;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
