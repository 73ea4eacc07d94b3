import { badPayload, type Completeness, type DayWindow, walkPages } from '../sdk/index.ts';
import { createFeedClient, type FeedClient, type FeedContext } from './client.ts';
import { oldestSure } from './coverage.ts';
import type { Entry, FeedPage } from './entry.ts';

/** The entries of a feed, each once, in the order in which they were met. */
export type Feed = {
  title: string;
  entries: Entry[];
  /** Nothing is older: the feed has come to an end that it knows of, or keeps more than it holds. */
  isWhole: boolean;
  completeness: Completeness;
};

/** Five hundred posts on pages of ten, or four years of monthly archives. */
export const MAX_PAGES = 50;
const DAY_MS = 86_400_000;

/** The feed, back to the earliest day that any read of this run needs. One walk serves them all. */
export function feedSince(context: FeedContext, window: DayWindow): Promise<Feed> {
  const starts = [window, ...context.reads.map((read) => read.window)].map(({ startAt }) =>
    startAt.getTime(),
  );
  // Days without a time are placed in UTC here, and no zone is further away than a day.
  const fromMs = Math.min(...starts) - DAY_MS;
  return context.shared(`feed:${fromMs}`, () => walkFeed(context, fromMs));
}

/** The newest document alone, for names. */
export function newestPage(context: FeedContext): Promise<{ page: FeedPage; isMore: boolean }> {
  return context.shared('feed-newest', async () => {
    const client = createFeedClient(context);
    const { older, page } = await client.page(client.first);
    return { page, isMore: older !== null };
  });
}

/**
 * Follows a feed from its newest document to the older ones (RFC 5005: `prev-archive`, else `next`), until all that is asked
 * for has come by, or to its end.
 *
 * @throws ConnectorError when the feed leads in circles or has more than `MAX_PAGES`
 */
async function walkFeed(context: FeedContext, fromMs: number): Promise<Feed> {
  const client = createFeedClient(context);
  const found = new Map<string, Entry>();
  const asked = new Set<string>();
  let pages = 0;
  let title = '';
  let isWhole = false;
  let next: URL | null = client.first;
  const { completeness } = await walkPages<string>({
    provider: client.provider,
    what: 'pages of its feed',
    signal: context.signal,
    keyOf: (key) => key,
    maxPages: MAX_PAGES,
    async page() {
      const url: URL = next ?? client.first; // null only after the last page
      refuseCircle(client, asked, url);
      const { older, page } = await client.page(url);
      pages += 1;
      if (pages === 1) title = page.title;
      refuseRepeat(client, page, found, pages);
      for (const entry of page.entries) if (!found.has(entry.key)) found.set(entry.key, entry);
      const sure = oldestSure([...found.values()], 'UTC');
      const isEnough = sure !== null && sure < fromMs;
      next = older;
      if (older === null) isWhole = endsHere(page, pages, context.config.keeps);
      return { items: [`page ${pages}`], hasMore: older !== null && !isEnough };
    },
  });
  const entries = [...found.values()];
  return { title, entries, isWhole, completeness: { ...completeness, items: entries.length } };
}

function refuseCircle({ provider }: FeedClient, asked: Set<string>, { href }: URL): void {
  if (asked.has(href)) {
    throw badPayload(provider, 'repeated_page', 'names a page of its feed twice as the next older one');
  }
  asked.add(href);
}

/** Archives may hold what newer documents hold as well; a page that brings nothing new goes round in circles. */
function refuseRepeat(
  { provider }: FeedClient,
  { entries, older }: FeedPage,
  found: ReadonlyMap<string, Entry>,
  pages: number,
): void {
  if (pages === 1 || older === null || older.isArchive || entries.length === 0) return;
  if (entries.some(({ key }) => !found.has(key))) return;
  throw badPayload(provider, 'repeated_page', 'sent the same page of its feed twice');
}

/** The last of several documents is the end; a document that stands alone may have been cut. */
function endsHere({ entries, isEndKnown }: FeedPage, pages: number, keeps: number | undefined): boolean {
  return isEndKnown || pages > 1 || (keeps !== undefined && entries.length < keeps);
}
