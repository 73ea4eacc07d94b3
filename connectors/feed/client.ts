import { badPayload, type ConnectorContext, ConnectorError, fetchDocument } from '../sdk/index.ts';
import { addressOf, type FeedConfig, limits } from './config.ts';
import type { FeedPage } from './entry.ts';
import { readFeed } from './formats.ts';

export type FeedContext = ConnectorContext<FeedConfig>;
export type FeedClient = {
  provider: string;
  /** The document that the connection names. */
  first: URL;
  /** One document, and the address of the older one as it is asked for. */
  page(url: URL): Promise<{ page: FeedPage; older: URL | null }>;
};

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1';
/** Many servers call a feed text/plain or nothing at all; what these are, is none. */
const NO_FEED =
  /^(text\/html|application\/(xhtml\+xml|json|feed\+json|pdf|zip)|image\/.*|audio\/.*|video\/.*)$/;

const HINTS = {
  secret_address: {
    refused: 'Copy the secret address again: it may have been reset.',
    missing: 'Copy the secret address again: it may have been reset.',
  },
  password: {
    refused: 'Check user name and password of this connection.',
    missing: 'Open the feed in a browser and enter the address that it has there.',
  },
  public: {
    refused: 'The feed is not public: choose how it is read, by secret address or password.',
    missing: 'Open the feed in a browser and enter the address that it has there.',
  },
} as const;

export function createFeedClient(context: FeedContext): FeedClient {
  const { access } = context.config;
  const { authorization, provider, secrets, url: first } = addressOf(context.config, context.endpoint);
  const source = {
    provider,
    secrets,
    limits,
    what: 'a feed',
    hints: HINTS[access],
    headers: {
      accept: ACCEPT,
      'user-agent': 'tidemark',
      ...(authorization === null ? {} : { authorization }),
    },
    isRefusedType: (type: string) => NO_FEED.test(type),
  };

  /** Where the older document is: an address that may be relative, and must lie at the same origin as the feed. */
  function olderOf(href: string, from: URL): URL {
    if (!URL.canParse(href, from.href))
      throw badPayload(provider, 'bad_next', 'names older entries at no address');
    const url = new URL(href, from);
    url.hash = '';
    // Servers behind a proxy write http for what was asked over https: a key never goes out in clear for that.
    if (url.protocol === 'http:' && from.protocol === 'https:' && url.host === from.hostname) {
      url.protocol = 'https:';
    }
    if (url.origin === first.origin && url.username === '' && url.password === '') return url;
    const hint = `Use a connection whose address is ${url.origin}.`;
    const message = `The feed at ${provider} keeps older entries at ${url.origin}, which is not the address of this connection. Nothing was asked there.`;
    throw new ConnectorError(message, {
      errorClass: 'bad_payload',
      code: 'other_host',
      remedy: { by: 'owner', hint },
    });
  }

  return {
    provider,
    first,
    async page(url) {
      const { text, url: found } = await fetchDocument(context, source, url);
      const page = readFeed(provider, text);
      return { page, older: page.older === null ? null : olderOf(page.older.href, found) };
    },
  };
}
