import type { z } from 'zod';
import { type Completeness, walkPages } from '../sdk/index.ts';
import type { GitHubClient, Page, Params } from './client.ts';
import { badAnswer } from './errors.ts';

export const PER_PAGE = 100;

export type Listed<Item> = { items: Item[]; completeness: Completeness };
type ListWalk<Answer, Item> = {
  client: GitHubClient;
  signal: AbortSignal;
  path: string;
  /** "the issues of globex/shop" */
  asked: string;
  schema: z.ZodType<Answer>;
  params?: Params;
  itemsOf(answer: Answer): Item[];
  keyOf(item: Item): string | number;
  /** Newest first: from this item on nothing is wanted any more. */
  isPast?(item: Item): boolean;
  /** Sees each answer whole, to refuse it. */
  look?(answer: Answer): void;
};

/**
 * Walks a list by its `Link` headers to the page that names no next one. Somebody may open an issue while it is walked, and
 * then the last of a page comes again as the first of the next: what comes again replaces what was there. A whole page of
 * repeats, or the same address twice, is a server that goes round in circles.
 *
 * @throws ConnectorError as every read does; `bad_payload` when the end cannot be proved
 */
export async function walkLinks<Answer, Item>(walk: ListWalk<Answer, Item>): Promise<Listed<Item>> {
  const { asked, client, keyOf, path, schema, signal } = walk;
  const found = new Map<string | number, Item>();
  const first = { ...walk.params, per_page: PER_PAGE };
  let next: string | null = null;
  let pageNumber = 0;
  const ask = async (): Promise<Page<Answer>> =>
    next === null ? client.get(path, asked, schema, first) : client.get(next, asked, schema);
  const { completeness } = await walkPages<Page<Answer>>({
    provider: 'GitHub',
    what: `pages of ${asked}`,
    signal,
    keyOf: ({ url }) => url,
    async page() {
      const page = await ask();
      walk.look?.(page.data);
      pageNumber += 1;
      const items = walk.itemsOf(page.data);
      const fresh = items.filter((item) => !found.has(keyOf(item)));
      if (items.length > 0 && fresh.length === 0) {
        throw badAnswer('repeated_page', `listed the same page of ${asked} twice`);
      }
      if (items.length === 0 && page.next !== null) {
        throw badAnswer('empty_page', `promised more of ${asked} and sent none`);
      }
      for (const item of items) found.set(keyOf(item), item);
      const isOver = items.some((item) => walk.isPast?.(item) === true);
      // A full first page without any link may be a proxy that drops the header: the second page tells.
      const isUnproved = !page.hasLinks && pageNumber === 1 && items.length >= PER_PAGE && !isOver;
      if (isUnproved) await proveLast(walk, page);
      next = page.next;
      return { items: [page], hasMore: next !== null && !isOver };
    },
  });
  const items = [...found.values()];
  return { items, completeness: { ...completeness, items: items.length } };
}

async function proveLast<Answer, Item>(walk: ListWalk<Answer, Item>, { url }: Page<Answer>): Promise<void> {
  const second = await walk.client.get(url, walk.asked, walk.schema, { page: 2 });
  if (walk.itemsOf(second.data).length === 0) return;
  throw badAnswer('link_missing', `sent ${walk.asked} without the header that names the next page`);
}
