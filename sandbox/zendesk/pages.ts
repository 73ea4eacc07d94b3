import { invalidAttribute } from './refusal.ts';
import type { ZendeskWorld } from './world.ts';

type Keyed = { id: number; createdAt: string };
type Cursor = { createdAt: string; id: number; until: number };

/** A cursor of an export is good for an hour. */
const CURSOR_SECONDS = 3_600;

export type Page<Item> = {
  items: Item[];
  meta: { has_more: boolean; after_cursor: string | null; before_cursor: string | null };
  links: { prev: null; next: string | null };
};

/** One page by cursor, oldest first: what comes in while somebody walks moves nothing. */
export function pageOf<Item extends Keyed>(
  world: ZendeskWorld,
  url: URL,
  all: readonly Item[],
  most: number,
): Page<Item> {
  if (url.searchParams.has('page')) {
    throw invalidAttribute('You passed an invalid value for the page attribute.');
  }
  const sorted = all.toSorted((a, b) => order(a, b));
  const after = cursorOf(world, url.searchParams.get('page[after]'));
  const rest = after === null ? sorted : sorted.filter((item) => order(item, after) > 0);
  const items = rest.slice(0, Math.min(sizeOf(url, most), world.maxPageSize));
  const last = items.at(-1);
  const cursor =
    last === undefined
      ? null
      : writtenCursor({
          createdAt: last.createdAt,
          id: last.id,
          until: world.nowSeconds + CURSOR_SECONDS,
        });
  const hasMore = rest.length > items.length;
  return {
    items,
    meta: { has_more: hasMore, after_cursor: cursor, before_cursor: null },
    links: { prev: null, next: hasMore && cursor !== null ? linkTo(url, cursor) : null },
  };
}

function sizeOf(url: URL, most: number): number {
  const size = Number(url.searchParams.get('page[size]') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw invalidAttribute(`page[size] must be a whole number from 1 to ${most}`);
  }
  return size;
}

function cursorOf({ nowSeconds }: ZendeskWorld, text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor; // written below
    if (cursor.until >= nowSeconds) return cursor;
  } catch {
    // refused below, like one that has expired
  }
  throw invalidAttribute('Invalid cursor');
}

const writtenCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function order(a: Keyed, b: Keyed): number {
  return Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id;
}

function linkTo(url: URL, cursor: string): string {
  const there = new URL(url);
  there.searchParams.set('page[after]', cursor);
  return there.href;
}
