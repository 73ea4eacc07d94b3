import { ConnectorError } from './error.ts';
import { createHttp } from './http.ts';
import type { Limits } from './limiter.ts';
import { badPayload } from './payload.ts';
import { errorFromStatus } from './status.ts';
import { decodeDocument } from './text-encoding.ts';
import type { ConnectorContext, GuardedFetch } from './types.ts';

/** How a document of text (a feed, a calendar) is asked for. */
export type DocumentSource = {
  /** As owners know it, for messages: the host. */
  provider: string;
  /** Values that must never be written down. */
  secrets: readonly string[];
  headers: Record<string, string>;
  limits: Limits;
  /** What it should be, for messages ("a feed"), and which content types cannot be it. */
  what: string;
  isRefusedType(type: string): boolean;
  /** What an owner does when the address is refused or leads to nothing. */
  hints: { refused: string; missing: string };
};
type DocumentContext = Pick<ConnectorContext<unknown>, 'fetch' | 'signal' | 'shared' | 'record'>;
/** `url` is where it was found in the end. */
export type Document = { text: string; url: URL };

/** Browsers give up after twenty; nobody moves a document so often. */
const MOST_REDIRECTS = 5;

/**
 * One document as text. Redirects are followed as long as they stay at the same origin: a key in the address, or in a
 * header, is for nobody else.
 *
 * @throws ConnectorError for every answer that is no success, is empty, is of a wrong type or cannot be decoded
 */
export async function fetchDocument(
  context: DocumentContext,
  source: DocumentSource,
  address: URL,
): Promise<Document> {
  const { headers, limits, provider, secrets } = source;
  let moved: string | null = null;
  const fetch: GuardedFetch = async (input, init) => {
    const answer = await context.fetch(input, init);
    moved = answer.headers.get('location');
    return answer;
  };
  const bodyProblem = (answer: Headers, body: Uint8Array) => problemOf(source, answer, body);
  const http = createHttp({ ...context, fetch }, { provider, limits, secrets, bodyProblem });
  let url = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const { error, response } = await http(url, { headers }).then(
      (answer) => ({ response: answer, error: null }),
      (failure: unknown) => ({ response: null, error: failure }),
    );
    if (response?.ok === true) {
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { text: decodeDocument(provider, bytes, response.headers.get('content-type') ?? ''), url };
    }
    const failure = response === null ? error : errorFromStatus(provider, response.status, response.headers);
    if (!isRedirect(failure)) throw explained(source, failure);
    url = following(source, url, moved);
  }
  throw moveError(source, `redirects more than ${MOST_REDIRECTS} times`);
}

const isRedirect = (error: unknown): boolean =>
  error instanceof ConnectorError && /^http_30[12378]$/.test(error.code);

function following(source: DocumentSource, from: URL, location: string | null): URL {
  if (location === null || !URL.canParse(location, from.href)) {
    throw moveError(source, 'redirects to nowhere');
  }
  const url = new URL(location, from);
  url.hash = '';
  if (url.origin === from.origin && url.username === '' && url.password === '') return url;
  throw moveError(source, `has moved to ${url.origin}, where nothing was asked`);
}

function moveError({ provider, what }: DocumentSource, problem: string): ConnectorError {
  const hint = `Open ${what} in a browser and enter the address where it ends.`;
  return owner('config', 'moved', `The address at ${provider} ${problem}.`, hint);
}

/** An answer of 2xx that cannot be the document. */
function problemOf(source: DocumentSource, headers: Headers, body: Uint8Array): ConnectorError | null {
  const { isRefusedType, provider, what } = source;
  if (body.byteLength === 0) return badPayload(provider, 'empty_body', 'sent an empty answer');
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!isRefusedType(type)) return null;
  return badPayload(provider, 'wrong_content_type', `sent ${type} instead of ${what}`);
}

/** Who refuses an address, and who has none any more, leaves the owner to act: the status alone says who. */
function explained({ hints, provider, what }: DocumentSource, error: unknown): unknown {
  if (!(error instanceof ConnectorError)) return error;
  const status = /^http_(40[134]|410)$/.exec(error.code)?.[1];
  if (status === undefined) return error;
  if (status === '401' || status === '403') {
    return owner('auth', error.code, `${provider} refused ${what} (${status}).`, hints.refused);
  }
  return owner(
    'config',
    error.code,
    `${provider} has no ${what.replace(/^an? /, '')} at this address (${status}).`,
    hints.missing,
  );
}

function owner(errorClass: 'auth' | 'config', code: string, problem: string, hint: string): ConnectorError {
  return new ConnectorError(`${problem} ${hint}`, { errorClass, code, remedy: { by: 'owner', hint } });
}
