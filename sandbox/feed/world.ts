/** One post of a blog. Instants are ISO 8601 with a zone. */
export type FeedPost = {
  id: string;
  title: string;
  categories: readonly string[];
  publishedAt: string;
  /** The last change; that of publication when left out. */
  updatedAt?: string;
  /** From then on it is gone. */
  removedAt?: string;
};

/** A blog as it is now, and how it serves its feed. Plain data: whoever fills it knows nothing of XML. */
export type FeedWorld = {
  nowSeconds: number;
  title: string;
  format: 'rss2' | 'rss1' | 'atom';
  /** In any order; what lies ahead of `nowSeconds` is not shown. */
  posts: readonly FeedPost[];
  /** Where the feed is. With a slash at its end missing or too many, it redirects, as blogs do. */
  path: string;
  /** How many posts a document holds. */
  keeps: number;
  /** Older posts: none, on pages (`next`), or in documents that never change (`prev-archive`). RFC 5005. */
  older: 'none' | 'pages' | 'archives';
  /** By which instant posts are ordered and cut. */
  orderedBy: 'publishedAt' | 'updatedAt';
  /** The feed has no dates of publication, as Atom allows. */
  withoutPublished?: boolean;
  /** Who may read it: everybody, whoever knows the value of `?token=`, or a user with a password. */
  access:
    | { kind: 'public' }
    | { kind: 'token'; token: string }
    | { kind: 'password'; user: string; password: string };
  /** Caches hold the feed back: a post shows up so many seconds after it was published. */
  cacheSeconds: number;
  /** More requests in one second than this are refused; null: any number. */
  requestsPerSecond: number | null;
};

export function feedWorldOf(given: Partial<FeedWorld> = {}): FeedWorld {
  return {
    nowSeconds: Date.parse('2026-03-20T12:00:00Z') / 1_000,
    title: 'Globex engineering',
    format: 'atom',
    posts: [],
    path: '/feed.xml',
    keeps: 10,
    older: 'none',
    orderedBy: 'publishedAt',
    access: { kind: 'public' },
    cacheSeconds: 0,
    requestsPerSecond: null,
    ...given,
  };
}

/** What the feed shows now, newest first. */
export function shownPosts({ cacheSeconds, nowSeconds, orderedBy, posts }: FeedWorld): FeedPost[] {
  const nowMs = nowSeconds * 1_000;
  const instant = (post: FeedPost) =>
    Date.parse(orderedBy === 'updatedAt' ? changedAt(post) : post.publishedAt);
  return posts
    .filter(({ publishedAt }) => Date.parse(publishedAt) + cacheSeconds * 1_000 <= nowMs)
    .filter(({ removedAt }) => removedAt === undefined || Date.parse(removedAt) > nowMs)
    .toSorted((a, b) => instant(b) - instant(a) || (a.id < b.id ? -1 : 1));
}

export const changedAt = ({ publishedAt, updatedAt }: FeedPost): string => updatedAt ?? publishedAt;
