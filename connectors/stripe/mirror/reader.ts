import { Stripe } from 'stripe';
import { z } from 'zod';
import { afterTime, type ConnectorContext, ConnectorError, parseAnswer, walkPages } from '../../sdk/index.ts';
import { sameMode } from '../client.ts';
import { stripeError } from '../errors.ts';
import { limitsOf, officialClient, type StripeConfig, secretsOf } from '../official.ts';
import { listSchema } from '../schema.ts';
import { createGate } from './gate.ts';
import { createSchedules } from './schedules.ts';

export type Cursor = { limit: number; starting_after?: string };
export type Identified = { id: string; livemode?: boolean | undefined };
export type ObjectPage<T> = { items: T[]; hasMore: boolean };
export type Reader = ReturnType<typeof createReader>;

/** A hundred is the most that Stripe puts on a page. */
const PAGE = 100;
/** So many coupon ids are remembered as stored, that accounts with a coupon per customer do not fill the memory. */
const MOST_COUPONS = 50_000;

const deletedSchema = z.object({ id: z.string(), deleted: z.literal(true) });

/** One read's way to Stripe: every answer is checked, errors are told in our words, and modes never mix. */
export function createReader(context: ConnectorContext<StripeConfig>, seenMode: boolean | null) {
  const stripe = officialClient(context);
  const secrets = secretsOf(context.config);
  const gate = createGate(limitsOf(context.config).concurrent);
  const wholeCoupons = new Set<string>();
  let livemode = seenMode;

  async function call<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await gate(request);
    } catch (error) {
      throw stripeError(error, secrets);
    }
  }

  async function page<T extends Identified>(
    what: string,
    schema: z.ZodType<T>,
    after: string | null,
    request: (cursor: Cursor) => Promise<unknown>,
  ): Promise<ObjectPage<T>> {
    const cursor = { limit: PAGE, ...(after === null ? {} : { starting_after: after }) };
    const answer = await call(() => request(cursor));
    const { data, has_more: hasMore } = parseAnswer(
      'Stripe',
      `its list of ${what}`,
      listSchema(schema),
      answer,
    );
    for (const item of data) livemode = sameMode(livemode, item.livemode);
    return { items: data, hasMore };
  }

  return {
    stripe,
    page,
    schedules: createSchedules(),
    livemode: () => livemode,

    /** A list inside an object, to its end. */
    async whole<T extends Identified>(
      what: string,
      schema: z.ZodType<T>,
      request: (cursor: Cursor) => Promise<unknown>,
    ): Promise<T[]> {
      const walk = walkPages({
        provider: 'Stripe',
        what,
        signal: context.signal,
        keyOf: (item: T) => item.id,
        page: (after) => page(what, schema, after, request),
      });
      const { items } = await walk.catch((error: unknown) => {
        throw isGone(error) ? ownerGone(what, error) : error;
      });
      return items;
    },

    /** @returns null when Stripe has it no more */
    async one<T extends Identified>(
      what: string,
      schema: z.ZodType<T>,
      request: () => Promise<unknown>,
    ): Promise<T | null> {
      let answer: unknown;
      try {
        answer = await call(request);
      } catch (error) {
        if (isGone(error)) return null;
        throw error;
      }
      if (deletedSchema.safeParse(answer).success) return null;
      const object = parseAnswer('Stripe', what, schema, answer);
      livemode = sameMode(livemode, object.livemode);
      return object;
    },

    coupons: {
      isStored: (id: string) => wholeCoupons.has(id),
      stored(id: string) {
        if (wholeCoupons.size >= MOST_COUPONS) wholeCoupons.clear();
        wholeCoupons.add(id);
      },
    },
  };
}

/** A draft that was deleted between its list and its lines: read again, it is not listed. */
function ownerGone(what: string, cause: unknown): ConnectorError {
  const message = `Stripe has no ${what} of an object that it listed a moment ago. It is read again.`;
  return new ConnectorError(message, {
    errorClass: 'transient',
    code: 'owner_gone',
    remedy: afterTime(),
    cause,
  });
}

function isGone(error: unknown): boolean {
  return error instanceof ConnectorError && error.code === 'resource_missing';
}

/** 403, and only that: a key that Stripe does not know at all is no matter of permissions. */
export function isRefused(error: unknown): error is ConnectorError {
  return error instanceof ConnectorError && error.errorClass === 'auth' && statusOf(error) === 403;
}

export function statusOf({ cause }: ConnectorError): number | null {
  const status =
    typeof cause === 'object' && cause !== null && 'statusCode' in cause ? cause.statusCode : null;
  return typeof status === 'number' ? status : null;
}

/** The release train that the client is pinned to: the name after the date of `2026-10-28.endive`. */
export function isPinnedTrain(apiVersion: string | null): boolean {
  return apiVersion !== null && apiVersion.split('.').at(-1) === Stripe.API_VERSION.split('.').at(-1);
}
