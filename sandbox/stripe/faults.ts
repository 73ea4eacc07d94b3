import type { Twisted } from '../spoil.ts';
import type { Fault } from '../state.ts';
import { badKey, notPermitted, serverError, tooMany } from './errors.ts';
import type { Caller } from './keys.ts';
import { RESOURCES } from './resources.ts';
import type { Wire } from './wire.ts';

/** What a changed shape calls the field that readers rely on most, by object. */
const RENAMED: Record<string, readonly [from: string, to: string]> = {
  charge: ['amount_captured', 'captured_amount'],
  refund: ['amount', 'refund_amount'],
  dispute: ['amount', 'dispute_amount'],
  subscription: ['status', 'state'],
  subscription_item: ['price', 'price_data'],
  price: ['unit_amount_decimal', 'unit_decimal'],
  coupon: ['percent_off', 'percentage'],
  invoice: ['total', 'grand_total'],
  balance_transaction: ['amount', 'gross'],
};

/** The faults that answer with an error of the provider's own. @throws Refusal */
export function refuseByFault(fault: Fault | null, caller: Caller, path: string): void {
  switch (fault?.kind) {
    case 'rate_limit':
      throw tooMany();
    case 'rate_limit_retry_after':
      throw tooMany({ 'retry-after': String(fault.retryAfterSeconds ?? 30) });
    case 'quota':
      throw tooMany({ 'stripe-rate-limited-reason': 'resource-specific', 'stripe-should-retry': 'false' });
    case 'server_error':
      throw serverError();
    case 'revoked':
      throw badKey(caller.key);
    case 'forbidden': {
      const resource = RESOURCES.find((served) => path.startsWith(served.path));
      throw notPermitted(caller.key, caller.account, `${resource?.permission ?? 'rak_subscription'}_read`);
    }
    default:
  }
}

/** What a spoiled answer of Stripe's looks like. */
export const twisted: Twisted = { emptied, renamed };

function emptied(body: unknown): unknown {
  const answer = body as Wire;
  return answer.object === 'list' ? { ...answer, data: [], has_more: false } : answer;
}

/** Renames one field of every known object, at any depth. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  const rename = RENAMED[String((value as Wire).object)];
  const fields = Object.entries(value).map(([field, inner]): [string, unknown] => [
    rename?.[0] === field ? rename[1] : field,
    renamed(inner),
  ]);
  return Object.fromEntries(fields);
}
