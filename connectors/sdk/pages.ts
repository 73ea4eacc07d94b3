import { abortedError, ConnectorError } from './error.ts';
import { badPayload } from './payload.ts';
import type { Completeness } from './types.ts';

export type Walk<Item> = {
  provider: string;
  /** What the list holds, for messages: "charges". */
  what: string;
  signal: AbortSignal;
  /** Names an item; the last one of a page is the cursor for the next. */
  keyOf(item: Item): string;
  page(after: string | null): Promise<{ items: Item[]; hasMore: boolean }>;
  maxPages?: number;
};

/** Two hundred thousand objects at a hundred a page: more than a run should hold in memory. */
const MAX_PAGES = 2_000;

/**
 * Walks a list to its last page, and so proves that it is whole. Clients that page by themselves follow a server
 * that repeats a page for ever; this does not.
 *
 * @throws ConnectorError `bad_payload` for a repeated object or a page that promises more and holds nothing,
 *   `too_large` when the list is longer than `maxPages`
 */
export async function walkPages<Item>(
  walk: Walk<Item>,
): Promise<{ items: Item[]; completeness: Completeness }> {
  const { provider, what, maxPages = MAX_PAGES } = walk;
  const items: Item[] = [];
  const seen = new Set<string>();
  let after: string | null = null;
  for (let pages = 1; pages <= maxPages; pages += 1) {
    if (walk.signal.aborted) throw abortedError(provider, walk.signal.reason);
    const page = await walk.page(after);
    for (const item of page.items) {
      const key = walk.keyOf(item);
      if (seen.has(key)) throw badPayload(provider, 'repeated_page', `listed ${key} twice among its ${what}`);
      seen.add(key);
      items.push(item);
      after = key;
    }
    if (!page.hasMore) {
      return { items, completeness: { pages, items: items.length, lastPageReached: true, notes: [] } };
    }
    if (page.items.length === 0) {
      throw badPayload(provider, 'empty_page', `promised more ${what} on page ${pages} and sent none`);
    }
  }
  const message = `${provider} has more than ${maxPages} pages of ${what} in this window. Ask for a shorter one.`;
  throw new ConnectorError(message, {
    errorClass: 'too_large',
    code: 'too_many_pages',
    remedy: { by: 'maintainer' },
  });
}

/** One proof for several reads: whole only when each of them was. */
export function mergeCompleteness(...parts: Completeness[]): Completeness {
  return {
    pages: parts.reduce((sum, part) => sum + part.pages, 0),
    items: parts.reduce((sum, part) => sum + part.items, 0),
    lastPageReached: parts.every((part) => part.lastPageReached),
    notes: parts.flatMap((part) => part.notes),
  };
}
