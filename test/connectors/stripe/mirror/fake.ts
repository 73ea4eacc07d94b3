import { type Thing } from '../support/objects.ts';
import { type StripeData, type StripeServer, startStripe } from '../support/server.ts';
import type { Place } from './support.ts';

const created = Date.parse('2026-01-01T00:00:00Z') / 1_000;

/** What every stored object has beside what a test is about. */
export function stored(thing: Thing): Thing {
  return { created, livemode: false, metadata: {}, ...thing };
}

export type Fake = { server: StripeServer; place: (instant: string) => Place; events: Thing[] };

/** A small Stripe with events, around the objects of a test. */
export async function startFake(data: StripeData, pageSize = 100): Promise<Fake> {
  const server = await startStripe(data, pageSize);
  const events: Thing[] = [];
  server.answer('/v1/events', (query) => {
    const within = events.filter(
      (event) =>
        Number(event['created']) >= Number(query.get('created[gte]')) &&
        Number(event['created']) < Number(query.get('created[lt]')),
    );
    const after = query.get('starting_after');
    const from = after === null ? 0 : within.findIndex(({ id }) => id === after) + 1;
    const shown = within.slice(from, from + pageSize);
    return { body: { object: 'list', data: shown, has_more: from + pageSize < within.length } };
  });
  for (const path of ['/v1/balance_transactions', '/v1/credit_notes']) {
    server.answer(path, () => ({ body: { object: 'list', data: [], has_more: false } }));
  }
  return {
    server,
    events,
    place: (instant) => ({
      config: { apiKey: 'rk_test_51KeptOutOfSight', requestsPerSecond: 90 },
      endpoint: server.endpoint,
      now: new Date(instant),
    }),
  };
}

export function event(
  id: string,
  instant: string,
  type: string,
  object: unknown,
  more: Record<string, unknown> = {},
): Thing {
  const { previous, ...rest } = more;
  return {
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: Date.parse(instant) / 1_000,
    livemode: false,
    type,
    data: { object, ...(previous === undefined ? {} : { previous_attributes: previous }) },
    ...rest,
  };
}

export function refusal(permission: string) {
  const message = `The provided key does not have the required permissions. Having the '${permission}' permission would allow this request to continue.`;
  return { status: 403, body: { error: { type: 'invalid_request_error', message } } };
}
