import { ConnectorError, driftError, parseAnswer } from '../sdk/index.ts';
import { type FeedPage, pageSchema } from './entry.ts';
import { parseXml, type XmlElement } from './xml.ts';

const ATOM = 'http://www.w3.org/2005/Atom';
const DUBLIN_CORE = 'http://purl.org/dc/elements/1.1/';
const HISTORY = 'http://purl.org/syndication/history/1.0';
/** Formats whose elements have no namespace, or that of RSS 1.0 or 0.9. */
const RSS_SPACES = ['', 'http://purl.org/rss/1.0/', 'http://my.netscape.com/rdf/simple/0.9/'];
/** More than feeds of years hold; the posts of a day are a handful. */
const MAX_ENTRIES = 20_000;

/**
 * One document of a feed: RSS 2.0 (and what came before it), RSS 1.0 or Atom 1.0.
 *
 * @throws ConnectorError for what is no feed, and for an entry without a key or a date
 */
export function readFeed(provider: string, text: string): FeedPage {
  const root = parseXml(provider, text);
  const page = root.space === ATOM && root.name === 'feed' ? atomPage(root) : rssPage(provider, root);
  if (page.entries.length > MAX_ENTRIES) {
    const hint = 'Use a feed that is split into pages, or one with fewer entries.';
    const message = `The feed at ${provider} has more than ${MAX_ENTRIES} entries in one document. ${hint}`;
    throw new ConnectorError(message, {
      errorClass: 'too_large',
      code: 'too_many_entries',
      remedy: { by: 'owner', hint },
    });
  }
  return parseAnswer(provider, 'its feed', pageSchema, page);
}

type RawEntry = {
  key: string | undefined;
  published: string | undefined;
  updated: string | undefined;
  categories: string[];
};
type RawPage = Omit<FeedPage, 'entries'> & { entries: RawEntry[] };

function atomPage(feed: XmlElement): RawPage {
  const entries = all(feed, ATOM, 'entry').map((entry) => ({
    key: textOf(entry, ATOM, 'id') ?? linkOf(entry),
    published: textOf(entry, ATOM, 'published'),
    updated: textOf(entry, ATOM, 'updated'),
    // `term` is the category, and `label` what people see of it: either may be the agreed word.
    categories: [
      ...all(entry, ATOM, 'category').flatMap(({ attributes: { term, label } }) => [term, label]),
      ...all(entry, DUBLIN_CORE, 'subject').map(({ text }) => text),
    ].filter((word): word is string => word !== undefined && word.trim() !== ''),
  }));
  return { title: textOf(feed, ATOM, 'title') ?? '', entries, ...placeOf(feed) };
}

/** RSS 2.0 keeps its items inside of the channel, RSS 1.0 beside it. */
function rssPage(provider: string, root: XmlElement): RawPage {
  const channel = root.children.find(isRss('channel'));
  if (!['rss', 'rdf'].includes(root.name) || channel === undefined) {
    const problem = 'its feed: the document is neither RSS with a channel, RDF with one, nor an Atom feed';
    throw driftError(provider, problem, '/');
  }
  const items = [...channel.children, ...root.children].filter(isRss('item'));
  const entries = items.map((item) => ({
    key: rssText(item, 'guid') ?? rssText(item, 'link') ?? item.attributes['about'],
    published:
      rssText(item, 'pubdate') ?? textOf(item, DUBLIN_CORE, 'date') ?? textOf(item, ATOM, 'published'),
    updated: textOf(item, ATOM, 'updated'),
    categories: [
      ...item.children.filter(isRss('category')).map(({ text }) => text),
      ...all(item, DUBLIN_CORE, 'subject').map(({ text }) => text),
      ...all(item, ATOM, 'category').flatMap(({ attributes: { term } }) =>
        term === undefined ? [] : [term],
      ),
    ].filter((word) => word.trim() !== ''),
  }));
  return { title: rssText(channel, 'title') ?? '', entries, ...placeOf(channel) };
}

/** Where a document stands among several, by its links (RFC 5005, also inside of RSS). */
function placeOf(feed: XmlElement): Pick<FeedPage, 'older' | 'isEndKnown'> {
  const links = all(feed, ATOM, 'link').map(({ attributes: { href = '', rel = 'alternate' } }) => ({
    href,
    rels: rel.toLowerCase().split(/\s+/),
  }));
  const link = (rel: string) => links.find(({ href, rels }) => href !== '' && rels.includes(rel))?.href;
  const archive = link('prev-archive');
  const href = archive ?? link('next');
  const isOneOfSeveral = ['first', 'last', 'previous', 'prev', 'current', 'next-archive'].some(
    (rel) => link(rel) !== undefined,
  );
  const isComplete = all(feed, HISTORY, 'complete').length > 0;
  return {
    older: href === undefined ? null : { href, isArchive: archive !== undefined },
    isEndKnown: isComplete || isOneOfSeveral || all(feed, HISTORY, 'archive').length > 0,
  };
}

function linkOf(entry: XmlElement): string | undefined {
  const links = all(entry, ATOM, 'link');
  const found = links.find(({ attributes: { rel = 'alternate' } }) => rel === 'alternate');
  return found?.attributes['href'];
}

const isRss =
  (wanted: string) =>
  ({ name, space }: XmlElement): boolean =>
    name === wanted && RSS_SPACES.includes(space);

function all(parent: XmlElement, space: string, name: string): XmlElement[] {
  return parent.children.filter((child) => child.space === space && child.name === name);
}

function rssText(parent: XmlElement, name: string): string | undefined {
  return trimmed(parent.children.find(isRss(name)));
}

function textOf(parent: XmlElement, space: string, name: string): string | undefined {
  return trimmed(all(parent, space, name)[0]);
}

/** What is there and empty is not there. */
function trimmed(element: XmlElement | undefined): string | undefined {
  const text = element?.text.trim();
  return text === '' ? undefined : text;
}
