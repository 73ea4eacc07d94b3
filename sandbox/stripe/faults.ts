import type { ServerResponse } from 'node:http';
import type { Fault } from '../state.ts';
import { badKey, notPermitted, serverError, tooMany } from './errors.ts';
import type { Caller } from './keys.ts';
import { RESOURCES } from './resources.ts';
import type { Wire } from './wire.ts';

export type Answer = { status: number; headers: Record<string, string>; body: unknown; text: string };

const DRIP_EVERY_MS = 250;

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

/** The faults that spoil an answer on its way. @returns whether the answer has been taken care of */
export function breakAnswer(fault: Fault, response: ServerResponse, answer: Answer): boolean {
  const length = { 'content-length': Buffer.byteLength(answer.text) };
  switch (fault.kind) {
    case 'timeout':
      return true; // silence, until the client hangs up
    case 'drip':
      response.writeHead(answer.status, { ...answer.headers, ...length });
      drip(response, Buffer.from(answer.text));
      return true;
    case 'cut_off': {
      response.writeHead(answer.status, { ...answer.headers, ...length });
      const half = Buffer.from(answer.text).subarray(0, Math.floor(length['content-length'] / 2));
      response.write(half, () => response.destroy());
      return true;
    }
    case 'empty':
      response.writeHead(200, { ...answer.headers, 'content-length': 0 }).end();
      return true;
    case 'not_json':
      response.writeHead(200, { ...answer.headers, 'content-type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>');
      return true;
    case 'empty_list':
      return replaceBody(response, answer, emptied(answer.body));
    case 'changed_shape':
      return replaceBody(response, answer, renamed(answer.body));
    default:
      return false;
  }
}

function drip(response: ServerResponse, bytes: Buffer): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent === bytes.length) response.end();
  }, DRIP_EVERY_MS);
  timer.unref();
  response.on('close', () => clearInterval(timer));
}

function replaceBody(response: ServerResponse, answer: Answer, body: unknown): boolean {
  response.writeHead(answer.status, answer.headers).end(JSON.stringify(body));
  return true;
}

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
