import { Stripe } from 'stripe';
import { ConnectorError, type WebhookEvent, type WebhookReader } from '../../sdk/index.ts';
import type { StripeConfig } from '../official.ts';
import { eventSchema, touchedBy } from './event-schema.ts';
import { instant } from './map-catalog.ts';

/** Seconds that a delivery may be old, Stripe's own default, or ahead of our clock. */
const TOLERANCE = 300;

/** Events that Stripe sends by itself: hints of what to read again, never the truth. */
export const stripeWebhook: WebhookReader<StripeConfig> = {
  secretField: 'webhookSecret',
  read({ body, headers }, config, now) {
    const event = verified(body, headers['stripe-signature'], config.webhookSecret, now);
    const parsed = eventSchema.safeParse(event);
    if (!parsed.success) throw refusal('no_event', 'This body is no event of Stripe.', SNAPSHOT_HINT);
    const { id, created, livemode } = parsed.data;
    refuseOtherMode(livemode, config.apiKey);
    const touch = touchedBy(parsed.data);
    return touch === null
      ? null
      : ({ id, at: instant(created), livemode, touched: [touch] } satisfies WebhookEvent);
  },
};

const SECRET_HINT = 'Enter the signing secret (whsec_…) of this endpoint from the Stripe Dashboard.';
const SNAPSHOT_HINT = 'Let the endpoint in the Stripe Dashboard send snapshot events, not thin ones.';

function verified(
  body: Uint8Array,
  header: string | undefined,
  secret: string | undefined,
  now: Date,
): unknown {
  if (secret === undefined || secret === '') {
    throw refusal('no_secret', 'Events of Stripe cannot be proved without the signing secret.', SECRET_HINT);
  }
  if (header === undefined)
    throw refusal('no_signature', 'The request carries no Stripe-Signature.', SECRET_HINT);
  if (isAhead(header, now)) {
    throw refusal(
      'too_early',
      'The event is signed for a time in the future.',
      'Check the clock of this machine.',
    );
  }
  const bytes = Buffer.from(body);
  try {
    return Stripe.webhooks.constructEvent(bytes, header, secret, TOLERANCE, undefined, now.getTime());
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) {
      throw refusal('no_event', 'This signed body is no event that Tidemark reads.', SNAPSHOT_HINT);
    }
    const isOld = error.message.includes('outside the tolerance');
    throw isOld
      ? refusal(
          'too_old',
          'The event was signed more than five minutes ago.',
          'Stripe signs each delivery anew: send it again.',
        )
      : refusal('wrong_signature', 'The signature does not fit the event and the secret.', SECRET_HINT);
  }
}

/** The client refuses what is too old, and nothing that is too new. */
function isAhead(header: string, now: Date): boolean {
  const signedAt = Number(/(?:^|,)\s*t=(\d+)/.exec(header)?.[1] ?? 0);
  return signedAt > now.getTime() / 1_000 + TOLERANCE;
}

function refuseOtherMode(livemode: boolean, apiKey: string): void {
  if (livemode === apiKey.includes('_live_')) return;
  const told = livemode ? 'live' : 'test';
  const message = `The event is of the ${told} mode, and the key of this connection is not.`;
  throw refusal(
    'mixed_livemode',
    message,
    `Point the ${told} mode's endpoint at a connection with a ${told} key.`,
  );
}

function refusal(code: string, sentence: string, hint: string): ConnectorError {
  const errorClass = code === 'no_secret' || code === 'mixed_livemode' ? 'config' : 'auth';
  return new ConnectorError(`${sentence} ${hint}`, { errorClass, code, remedy: { by: 'owner', hint } });
}
