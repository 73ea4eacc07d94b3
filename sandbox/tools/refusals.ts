import { refusal as googleRefusal } from '../google/answer.ts';
import {
  Refusal as TypeformRefusal,
  nobody as typeformNobody,
  scopeMissing as typeformScopeMissing,
  tooMany as typeformTooMany,
} from '../typeform/refusal.ts';
import {
  notAllowed as zendeskNotAllowed,
  notAuthenticated as zendeskNotAuthenticated,
  tooManyRequests as zendeskTooManyRequests,
} from '../zendesk/refusal.ts';
import type { Tool } from './names.ts';

export type Refused = { status: number; body: string; headers: Record<string, string> };

/** What a tool says when it fails, in its own words. `changed` is no refusal: a success without what a reader needs. */
export type Refusals = Record<
  'limited' | 'limitedFor' | 'broken' | 'revoked' | 'forbidden' | 'changed',
  Refused
>;

type Said = [status: number, body: unknown, headers?: Record<string, string>];

function inJson(said: Record<Exclude<keyof Refusals, 'limitedFor'>, Said>): Refusals {
  const told = ([status, body, headers]: Said): Refused => ({
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
  const { broken, changed, forbidden, limited, revoked } = said;
  return {
    limited: told(limited),
    limitedFor: told([429, limited[1]]),
    broken: told(broken),
    revoked: told(revoked),
    forbidden: told(forbidden),
    changed: told(changed),
  };
}

const NOTHING = { message: 'nothing that a reader needs' };

const github = (): Refusals => {
  const documentation_url = 'https://docs.github.com/rest';
  const limit = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const right = 'Resource not accessible by personal access token';
  return inJson({
    limited: [403, { message: limit, documentation_url }], // 403 as well as 429, and only the words tell it
    broken: [500, { message: 'Server Error' }],
    revoked: [401, { message: 'Bad credentials', documentation_url, status: '401' }],
    forbidden: [403, { message: right }, { 'x-accepted-github-permissions': 'issues=read' }],
    changed: [200, NOTHING],
  });
};

const jira = (): Refusals => {
  const errors = (message: string) => ({ errorMessages: [message], errors: {} });
  const known = 'Client must be authenticated to access this resource.';
  return inJson({
    limited: [429, errors('Rate limit exceeded.'), { 'ratelimit-reason': 'jira-burst-based' }],
    broken: [500, errors('Internal server error')],
    revoked: [401, { message: known, 'status-code': 401 }],
    forbidden: [403, errors('You do not have the permission to see the specified issue.')],
    changed: [200, NOTHING],
  });
};

const codecov = (): Refusals =>
  inJson({
    limited: [429, { detail: 'Request was throttled.' }],
    broken: [500, { detail: 'Internal server error.' }],
    revoked: [401, { detail: 'Invalid token.' }],
    forbidden: [403, { detail: 'You do not have permission to perform this action.' }],
    changed: [200, NOTHING],
  });

const zendesk = (): Refusals => {
  const revoked = zendeskNotAuthenticated();
  const forbidden = zendeskNotAllowed();
  return inJson({
    limited: [429, zendeskTooManyRequests(0).body],
    broken: [500, { error: { title: 'Internal Server Error', message: 'Something went wrong' } }],
    revoked: [revoked.status, revoked.body],
    forbidden: [forbidden.status, forbidden.body],
    changed: [200, NOTHING],
  });
};

const typeform = (): Refusals => {
  const said = ({ body, status }: TypeformRefusal): Said => [status, body];
  return inJson({
    limited: said(typeformTooMany()),
    broken: said(new TypeformRefusal(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong')),
    revoked: said(typeformNobody()),
    forbidden: said(typeformScopeMissing()),
    changed: [200, NOTHING],
  });
};

/** A key that is no longer there is found out where tokens are given; the API itself never sees it. */
const google = (path: string): Refusals => {
  const said = (code: number, message: string): Said => {
    const { body, status } = googleRefusal(code, message);
    return [status, body];
  };
  const gone = { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' };
  return inJson({
    limited: said(429, 'Quota exceeded for quota metric and limit per minute.'),
    broken: said(500, 'Internal error encountered.'),
    revoked: path === '/token' ? [400, gone] : said(401, 'Request had invalid authentication credentials.'),
    forbidden: said(403, 'The caller does not have permission'),
    changed: [200, NOTHING],
  });
};

function page(status: number, words: string): Refused {
  const body = `<!doctype html><html><title>${words}</title><p>${words}</p></html>`;
  return { status, body, headers: { 'content-type': 'text/html; charset=UTF-8' } };
}

/** A server that knows no words but those of pages, and what it serves without what a reader needs. */
const pages = (revoked: Refused, changed: Refused): Refusals => ({
  limited: page(429, 'Too many requests'),
  limitedFor: page(429, 'Too many requests'),
  broken: page(500, 'Internal server error'),
  revoked,
  forbidden: page(403, 'Forbidden'),
  changed,
});

/** Nobody needs a key, so none can be taken back: whom Apple refuses has asked too often. */
const appStore = (): Refusals =>
  pages(page(403, 'Forbidden'), {
    status: 200,
    body: JSON.stringify(NOTHING),
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });

/** A post without a date. */
const feed = (): Refusals =>
  pages(page(401, 'Sign in'), {
    status: 200,
    body: '<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><item><guid>1</guid></item></channel></rss>',
    headers: { 'content-type': 'application/rss+xml; charset=UTF-8' },
  });

/** The address is the key: an old one leads nowhere. An event without a beginning. */
const calendar = (): Refusals =>
  pages(page(404, 'Not found'), {
    status: 200,
    body: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    headers: { 'content-type': 'text/calendar; charset=UTF-8' },
  });

/** By the address, since some tell their refusals in more than one place. */
export const REFUSALS: Readonly<Record<Tool, (path: string) => Refusals>> = {
  github,
  jira,
  codecov,
  app_store: appStore,
  google_sheets: google,
  google_play: google,
  zendesk,
  typeform,
  feed,
  calendar,
};
