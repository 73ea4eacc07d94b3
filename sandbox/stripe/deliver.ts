import { createHmac } from 'node:crypto';
import type { World } from '../world.ts';
import { API_VERSION, eventTable, renderEvent } from './events.ts';
import type { Wire } from './wire.ts';

/** Where events go, and what may be wrong about how they come. */
export type Delivery = {
  url: string;
  secret: string; // of the endpoint: `whsec_…`
  since?: Date; // events after this instant; all of the last 30 days unless given
  types?: readonly string[];
  order?: 'as_happened' | 'newest_first';
  times?: number; // how often each event comes
  signedAt?: Date; // what the signature says; the sandbox's now unless given
};

export type Delivered = { eventId: string; type: string; status: number };

/** The header that signs a body: a time and, with the endpoint's secret, that time and the raw body. */
export function signatureOf(body: string, secret: string, signedAt: Date): string {
  const seconds = Math.floor(signedAt.getTime() / 1_000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

/** Posts events to a URL as Stripe does, one after the other, and says how each was answered. */
export async function deliverEvents(world: World, delivery: Delivery): Promise<Delivered[]> {
  const { url, secret, since, types, order = 'as_happened', times = 1 } = delivery;
  const signedAt = delivery.signedAt ?? new Date(world.now * 1_000);
  const { list, from } = eventTable(world);
  const chosen = list
    .slice(from)
    .filter(
      ({ created, type }) =>
        (since === undefined || Number(created) * 1_000 > since.getTime()) &&
        (types?.includes(String(type)) ?? true),
    );
  const ordered = order === 'as_happened' ? chosen : chosen.toReversed();
  const answers: Delivered[] = [];
  for (const event of ordered) {
    for (let time = 0; time < times; time += 1) {
      const told = renderEvent(event, world.eventsApiVersion ?? API_VERSION);
      answers.push(await post(told, { url, secret, signedAt }));
    }
  }
  return answers;
}

async function post(event: Wire, to: { url: string; secret: string; signedAt: Date }): Promise<Delivered> {
  const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': signatureOf(body, to.secret, to.signedAt),
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
  };
  const answer = await fetch(to.url, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return { eventId: String(event.id), type: String(event.type), status: answer.status };
}
