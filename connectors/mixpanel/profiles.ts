import { z } from 'zod';
import { badPayload, ConnectorError, parseAnswer, walkPages } from '../sdk/index.ts';

/** Somebody as Mixpanel knows them today: a property that changed has its new value only. */
export type Profile = { distinctId: string; properties: Readonly<Record<string, unknown>> };

/** Sends one form to `/engage` and gives the answer; throws a ConnectorError where Mixpanel refuses it. */
type AskEngage = (form: Record<string, string>) => Promise<unknown>;

/** A list of people that loses its session more often than this is left to the next run. */
const MAX_BEGINNINGS = 3;

const pageSchema = z.object({
  page: z.int().nonnegative(),
  page_size: z.int().positive(),
  session_id: z.string().nullish(),
  results: z.array(
    z.object({
      // Beyond 2^53 two people would be rounded to one number, so such a number is refused.
      $distinct_id: z.union([z.string().min(1), z.int()]).transform(String),
      $properties: z.record(z.string(), z.unknown()),
    }),
  ),
});
type Page = z.infer<typeof pageSchema>;

/**
 * All profiles that the form asks for, page by page of one session until a page is not full. A session that Mixpanel has
 * forgotten is begun again at page 0: pages of two sessions may hold somebody twice or not at all. Read for recordings
 * today; no metric uses it yet.
 *
 * @throws ConnectorError `bad_payload` when the session is lost again and again or a profile comes twice
 */
export async function readProfiles(
  ask: AskEngage,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Profile[]> {
  for (let beginning = 1; ; beginning += 1) {
    try {
      return await readSession(ask, form, signal);
    } catch (error) {
      const isGone = error instanceof ConnectorError && error.code === 'session_gone';
      if (!isGone || beginning === MAX_BEGINNINGS) throw error;
    }
  }
}

async function readSession(
  ask: AskEngage,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Profile[]> {
  let session: string | null = null;
  let next = 0;
  const { items } = await walkPages<Profile>({
    provider: 'Mixpanel',
    what: 'profiles',
    signal,
    keyOf: ({ distinctId }) => distinctId,
    async page() {
      const page = await pageOf(ask, form, session, next);
      session = page.session_id ?? null;
      next += 1;
      const hasMore = page.results.length >= page.page_size;
      if (hasMore && session === null) throw sessionGone();
      const items = page.results.map(({ $distinct_id: distinctId, $properties: properties }) => ({
        distinctId,
        properties,
      }));
      return { items, hasMore };
    },
  });
  return items;
}

async function pageOf(
  ask: AskEngage,
  form: Readonly<Record<string, string>>,
  session: string | null,
  next: number,
): Promise<Page> {
  const place = session === null ? {} : { session_id: session, page: String(next) };
  const answer = await ask({ ...form, ...place }).catch((error: unknown) => {
    // The same question was good on page 0, so what is refused now is the session.
    // A plan without API calls is no matter of sessions.
    const isRefused =
      error instanceof ConnectorError && error.errorClass === 'config' && error.code !== 'plan';
    throw isRefused && session !== null ? sessionGone(error) : error;
  });
  const page = parseAnswer('Mixpanel', 'a page of profiles', pageSchema, answer);
  const isOfSession = session === null || page.session_id === session;
  if (page.page !== next || !isOfSession) throw sessionGone();
  return page;
}

function sessionGone(cause?: unknown): ConnectorError {
  return badPayload('Mixpanel', 'session_gone', 'forgot its list of profiles between two pages', cause);
}
