import type { z } from 'zod';
import { type Completeness, walkPages } from '../sdk/index.ts';
import type { Params, ZendeskClient } from './client.ts';
import { badAnswer } from './errors.ts';
import type { PageFacts } from './schema.ts';

export type Listed<Item> = { items: Item[]; completeness: Completeness };

/** What Zendesk recommends: larger pages of old tickets may time out. */
export const PAGE_SIZE = 100;
/** The most that an export sends at once: it may be asked a hundred times a minute, whatever a page holds. */
export const EXPORT_PAGE_SIZE = 1_000;
/** A million tickets, a quarter of an hour of asking. */
const MAX_PAGES = 1_000;

export type CursorWalk<Answer extends PageFacts, Item> = {
  client: ZendeskClient;
  signal: AbortSignal;
  path: string;
  /** "the tickets" */
  asked: string;
  schema: z.ZodType<Answer>;
  params: Params;
  /** As Zendesk recommends unless said. */
  pageSize?: number;
  itemsOf(answer: Answer): Item[];
  keyOf(item: Item): number;
};

/**
 * Walks a list by its cursors until Zendesk says that there is no more. An export may tell something twice: the later
 * telling stands. The address of a next page is never followed, only its cursor.
 *
 * @throws ConnectorError as every read does; `bad_payload` when the end cannot be proved
 */
export async function walkCursors<Answer extends PageFacts, Item>(
  walk: CursorWalk<Answer, Item>,
): Promise<Listed<Item>> {
  const { asked, client, itemsOf, keyOf, pageSize = PAGE_SIZE, params, path, schema, signal } = walk;
  const found = new Map<number, Item>();
  let cursor: string | undefined;
  const { completeness } = await walkPages<string>({
    provider: 'Zendesk',
    what: `pages of ${asked}`,
    signal,
    maxPages: MAX_PAGES,
    keyOf: (page) => page,
    async page() {
      const here = cursor ?? 'the first page';
      const answer = await client.get(path, asked, schema, {
        ...params,
        'page[size]': pageSize,
        'page[after]': cursor,
      });
      const { after_cursor, has_more: hasMore } = answer.meta;
      const items = itemsOf(answer);
      for (const item of items) found.set(keyOf(item), item);
      if (hasMore && items.length === 0) {
        throw badAnswer('empty_page', `promised more of ${asked} and sent none`);
      }
      if (hasMore && (after_cursor ?? '') === '') {
        throw badAnswer('cursor_missing', `promised more of ${asked} and did not say where it is`);
      }
      cursor = after_cursor ?? undefined;
      return { items: [here], hasMore };
    },
  });
  const items = [...found.values()];
  return { items, completeness: { ...completeness, items: items.length } };
}
