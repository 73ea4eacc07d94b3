import { readFileSync } from 'node:fs';
import { Stripe } from 'stripe';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  breakProvider,
  type FaultKind,
  heal,
  readState,
  type Sandbox,
  startSandbox,
  writeState,
} from '../../sandbox/index.ts';
import { ANCHOR_DAY, clientOf, NOW, refusal, temporaryStatePath } from './support.ts';

type Case = { name: string; http: number; body: { error: object }; headers: Record<string, string> };
const fixture = new URL('../fixtures/stripe/made/errors.json', import.meta.url);
const cases = (JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] }).cases;
const published = (name: string) => cases.find((candidate) => candidate.name === name)?.body.error;

const statePath = temporaryStatePath();
const restrictedKey = 'rk_test_charges_only';
let sandbox: Sandbox;
let passedMs = 0;
let perRequestMs = 1_000;

beforeAll(async () => {
  const restrictedKeys = [{ key: restrictedKey, permissions: ['rak_charge_read'] }];
  sandbox = await startSandbox({
    statePath,
    port: 0,
    now: () => NOW,
    monotonicMs: () => (passedMs += perRequestMs),
    initial: { seed: 42, anchorDay: ANCHOR_DAY, restrictedKeys },
  });
});
afterAll(() => sandbox.close());
afterEach(() => writeState(statePath, heal(sandbox.state(), 'stripe')));

const broken = (fault: Parameters<typeof breakProvider>[2]) =>
  writeState(statePath, breakProvider(sandbox.state(), 'stripe', fault));

async function raw(path: string, key: string | null = sandbox.apiKey) {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(`${sandbox.url}${path}`, { headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as { error: object },
  };
}

it('refuses a wrong key and no key with 401', async () => {
  const wrong = await refusal(clientOf(sandbox, 'rk_test_somebody_else').charges.list());
  expect(wrong).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  expect(wrong.message).toMatch(/^Invalid API Key provided: rk_test_\*\*\*\*/);
  expect(wrong.message).not.toContain('somebody');
  const none = await raw('/v1/charges', null);
  expect(none.status).toBe(401);
  expect(Object.keys(none.body.error)).toEqual(Object.keys(published('bad_key') ?? {}));
});

it('names the permission that a restricted key lacks, also for what it wants expanded', async () => {
  const stripe = clientOf(sandbox, restrictedKey);
  expect((await stripe.charges.list({ limit: 1 })).data).toHaveLength(1);
  const error = await refusal(stripe.subscriptions.list());
  expect(error).toBeInstanceOf(Stripe.errors.StripePermissionError);
  expect(error.message).toMatch(
    /Having the 'rak_subscription_read' permission would allow this request to continue\.$/,
  );
  const expanded = await refusal(stripe.charges.list({ limit: 100, expand: ['data.customer'] }));
  expect(expanded.message).toContain("'rak_customer_read'");
});

it('lets 25 requests of one key through at once, then 25 a second, and does not say how long to wait', async () => {
  perRequestMs = 0;
  passedMs += 10_000;
  const statuses: number[] = [];
  for (let index = 0; index < 27; index += 1) statuses.push((await raw('/v1/coupons?limit=1')).status);
  expect(statuses).toEqual([...Array.from({ length: 25 }, () => 200), 429, 429]);
  const refused = await raw('/v1/coupons?limit=1');
  expect(refused.body.error).toEqual(published('rate_limit'));
  expect(refused.headers.get('retry-after')).toBeNull();
  expect(refused.headers.get('stripe-rate-limited-reason')).toBe('global-rate');
  expect((await raw('/v1/charges?limit=1', restrictedKey)).status).toBe(200);
  passedMs += 40; // one 25th of a second
  expect((await raw('/v1/coupons?limit=1')).status).toBe(200);
  expect((await raw('/v1/coupons?limit=1')).status).toBe(429);
  perRequestMs = 1_000;
});

it.each([
  {
    kind: 'server_error',
    type: Stripe.errors.StripeAPIError,
    statusCode: 500,
    error: published('server_error'),
  },
  {
    kind: 'rate_limit',
    type: Stripe.errors.StripeRateLimitError,
    statusCode: 429,
    error: published('rate_limit'),
  },
  {
    kind: 'quota',
    type: Stripe.errors.StripeRateLimitError,
    statusCode: 429,
    error: published('rate_limit'),
  },
] as const)(
  'when broken by $kind answers $statusCode as published',
  async ({ kind, type, statusCode, error }) => {
    broken(kind);
    const seen = await refusal(clientOf(sandbox).charges.list());
    expect(seen).toBeInstanceOf(type);
    expect(seen.statusCode).toBe(statusCode);
    expect((await raw('/v1/charges')).body.error).toEqual(error);
  },
);

it('breaks by a server error when no kind is named, and heals', async () => {
  writeState(statePath, breakProvider(sandbox.state(), 'stripe'));
  expect((await refusal(clientOf(sandbox).charges.list())).statusCode).toBe(500);
  writeState(statePath, heal(sandbox.state(), 'stripe'));
  expect((await clientOf(sandbox).charges.list()).data).toHaveLength(10);
});

it('can say how long to wait', async () => {
  broken({ kind: 'rate_limit_retry_after', retryAfterSeconds: 7 });
  const seen = await refusal(clientOf(sandbox).charges.list());
  expect(seen).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
  expect(seen.headers?.['retry-after']).toBe('7');
});

it('can revoke the key, and can take one right away', async () => {
  broken('revoked');
  const revoked = await refusal(clientOf(sandbox).charges.list());
  expect(revoked).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  broken({ kind: 'forbidden', path: '/v1/refunds' });
  const forbidden = await refusal(clientOf(sandbox).refunds.list());
  expect(forbidden).toBeInstanceOf(Stripe.errors.StripePermissionError);
  expect(forbidden.message).toContain("'rak_charge_read'");
  expect((await clientOf(sandbox).charges.list()).data).toHaveLength(10);
});

it.each(['timeout', 'cut_off'] satisfies FaultKind[])(
  'when broken by %s never gives a whole answer',
  async (kind) => {
    broken(kind);
    const seen = await refusal(clientOf(sandbox, sandbox.apiKey, 300).charges.list());
    expect(seen).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  },
);

it('drips its answer a byte at a time, so slowly that a read never ends but never falls silent either', async () => {
  broken('drip');
  const hangUp = new AbortController();
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const response = await fetch(`${sandbox.url}/v1/charges`, { headers, signal: hangUp.signal });
  expect(response.status).toBe(200);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1_000);
  const reader = response.body?.getReader();
  let text = '';
  while (text.length < 3) {
    const { value } = (await reader?.read()) ?? {};
    expect(value).toHaveLength(1);
    text += Buffer.from(value ?? []).toString();
  }
  expect(text).toBe('{\n ');
  hangUp.abort();
});

it.each(['empty', 'not_json'] satisfies FaultKind[])(
  'when broken by %s answers 200 with nothing a client can read',
  async (kind) => {
    broken(kind);
    const seen = await refusal(clientOf(sandbox).charges.list());
    expect(seen).toBeInstanceOf(Stripe.errors.StripeAPIError);
    const response = await fetch(`${sandbox.url}/v1/charges`, {
      headers: { authorization: `Bearer ${sandbox.apiKey}` },
    });
    expect(response.status).toBe(200);
  },
);

it('can hide everything behind a well-formed empty list', async () => {
  broken('empty_list');
  const page = await clientOf(sandbox).charges.list();
  expect(page).toMatchObject({ object: 'list', data: [], has_more: false });
});

it('can rename a field that readers need', async () => {
  broken('changed_shape');
  const [charge] = (await clientOf(sandbox).charges.list({ limit: 1 })).data;
  expect(charge).toBeDefined();
  expect(charge).not.toHaveProperty('amount_captured');
  expect(charge).toHaveProperty('captured_amount');
});

it('takes up what somebody else writes into its state, without a restart', async () => {
  const state = readState(statePath);
  if (state === null) throw new Error('no state');
  const amountMinor = 987_600;
  const at = NOW.getTime() / 1_000 - 60;
  writeState(statePath, { ...state, extraFacts: [{ kind: 'charge', at, amountMinor, currency: 'usd' }] });
  const [newest] = (await clientOf(sandbox).charges.list({ limit: 1 })).data;
  expect(newest).toMatchObject({ amount: amountMinor, created: at, captured: true });
  writeState(statePath, { ...state, clockOffsetMs: -30 * 86_400_000 });
  const [earlier] = (await clientOf(sandbox).charges.list({ limit: 1 })).data;
  expect(earlier?.created).toBeLessThanOrEqual(at - 29 * 86_400);
  writeState(statePath, state);
});
