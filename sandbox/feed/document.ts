import { changedAt, type FeedPost, type FeedWorld, shownPosts } from './world.ts';

/** One document of the feed: its posts, and links to others by relation. Addresses are relative to it. */
type Part = { posts: FeedPost[]; links: Record<string, string>; isArchive: boolean };

export const CONTENT_TYPES = {
  rss2: 'application/rss+xml; charset=UTF-8',
  rss1: 'application/rdf+xml; charset=UTF-8',
  atom: 'application/atom+xml; charset=UTF-8',
} as const;

/** The text of a document, or null where there is none. `place` names one that is not the newest: page=2, archive=1. */
export function documentOf(world: FeedWorld, place: URLSearchParams): string | null {
  const part = partOf(world, place);
  if (part === null) return null;
  if (world.format === 'atom') return atom(world, part);
  return world.format === 'rss2' ? rss2(world, part) : rss1(world, part);
}

function partOf(world: FeedWorld, place: URLSearchParams): Part | null {
  const posts = shownPosts(world);
  const { keeps, older } = world;
  const at = (name: string, number: number) => address(world, name, number);
  if (older === 'archives') return archived(world, posts, Number(place.get('archive') ?? 0));
  const last = Math.max(1, Math.ceil(posts.length / keeps));
  const page = older === 'pages' ? Number(place.get('page') ?? 1) : 1;
  if (!Number.isInteger(page) || page < 1 || page > last) return null;
  const links =
    older === 'none'
      ? {}
      : {
          first: at('page', 1),
          last: at('page', last),
          ...(page < last ? { next: at('page', page + 1) } : {}),
          ...(page > 1 ? { previous: at('page', page - 1) } : {}),
        };
  return { posts: posts.slice((page - 1) * keeps, page * keeps), links, isArchive: false };
}

/** Archive 1 holds the oldest posts and never changes; the newest document holds the newest ones, some of them again. */
function archived(world: FeedWorld, posts: FeedPost[], number: number): Part | null {
  const { keeps } = world;
  const full = Math.floor(posts.length / keeps);
  const oldestFirst = posts.toReversed();
  if (!Number.isInteger(number) || number < 0 || number > full) return null;
  const before = number === 0 ? full : number - 1;
  const links = {
    current: address(world, 'archive', 0),
    ...(before > 0 ? { 'prev-archive': address(world, 'archive', before) } : {}),
  };
  if (number === 0) return { posts: posts.slice(0, keeps), links, isArchive: false };
  const part = oldestFirst.slice((number - 1) * keeps, number * keeps).toReversed();
  return { posts: part, links, isArchive: true };
}

function address({ access, path }: FeedWorld, name: string, number: number): string {
  const query = new URLSearchParams();
  if (number > 0) query.set(name, String(number));
  if (access.kind === 'token') query.set('token', access.token);
  const file = path.split('/').at(-1) ?? '';
  return query.size === 0 ? (file === '' ? '.' : file) : `?${query.toString()}`;
}

const HISTORY = 'xmlns:fh="http://purl.org/syndication/history/1.0"';
const archiveMark = ({ isArchive }: Part): string => (isArchive ? '<fh:archive/>' : '');

function atom(world: FeedWorld, part: Part): string {
  const entries = part.posts.map(
    (post) => `<entry><id>urn:post:${escaped(post.id)}</id><title>${escaped(post.title)}</title>
<link href="/posts/${encodeURIComponent(post.id)}"/><updated>${changedAt(post)}</updated>${
      world.withoutPublished === true ? '' : `<published>${post.publishedAt}</published>`
    }
${post.categories.map((term) => `<category term="${escaped(term)}"/>`).join('')}
<content type="html">${escaped(`<p>All about ${post.title}, in <b>HTML</b>.</p>`)}</content></entry>`,
  );
  const links = Object.entries(part.links).map(
    ([rel, href]) => `<link rel="${rel}" href="${escaped(href)}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" ${HISTORY}><id>urn:blog</id><title>${escaped(world.title)}</title>
<updated>${new Date(world.nowSeconds * 1_000).toISOString()}</updated>${archiveMark(part)}
${links.join('\n')}
${entries.join('\n')}
</feed>
`;
}

function rss2(world: FeedWorld, part: Part): string {
  const items = part.posts.map(
    (
      post,
    ) => `<item><title>${escaped(post.title)}</title><link>https://blog.globex.example/posts/${encodeURIComponent(post.id)}</link>
<guid isPermaLink="false">post ${escaped(post.id)}</guid><pubDate>${mailDate(post.publishedAt)}</pubDate>
${post.categories.map((name) => `<category><![CDATA[${name}]]></category>`).join('')}
<content:encoded><![CDATA[<p>All about ${post.title}</p>]]></content:encoded></item>`,
  );
  const links = Object.entries(part.links).map(
    ([rel, href]) => `<atom:link rel="${rel}" href="${escaped(href)}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" ${HISTORY}>
<channel><title>${escaped(world.title)}</title><link>https://blog.globex.example</link><description>Posts</description>${archiveMark(part)}
${links.join('\n')}
${items.join('\n')}
</channel></rss>
`;
}

function rss1(world: FeedWorld, part: Part): string {
  const about = ({ id }: FeedPost) => `https://blog.globex.example/posts/${encodeURIComponent(id)}`;
  const items = part.posts.map(
    (
      post,
    ) => `<item rdf:about="${about(post)}"><title>${escaped(post.title)}</title><link>${about(post)}</link>
<dc:date>${post.publishedAt}</dc:date>${post.categories.map((name) => `<dc:subject>${escaped(name)}</dc:subject>`).join('')}</item>`,
  );
  const links = Object.entries(part.links).map(
    ([rel, href]) => `<atom:link rel="${rel}" href="${escaped(href)}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" ${HISTORY}>
<channel rdf:about="https://blog.globex.example"><title>${escaped(world.title)}</title><link>https://blog.globex.example</link>
<description>Posts</description>${links.join('\n')}
<items><rdf:Seq>${part.posts.map((post) => `<rdf:li rdf:resource="${about(post)}"/>`).join('')}</rdf:Seq></items></channel>
${items.join('\n')}
</rdf:RDF>
`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (number: number): string => String(number).padStart(2, '0');

/** RFC 822 in UTC: "Tue, 03 Mar 2026 10:00:00 GMT". */
function mailDate(instant: string): string {
  const at = new Date(instant);
  const date = `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(':');
  return `${DAYS[at.getUTCDay()]}, ${date} ${time} GMT`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
