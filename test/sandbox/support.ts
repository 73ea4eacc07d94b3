import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stripe } from 'stripe';
import { type Sandbox, type SandboxState, startSandbox } from '../../sandbox/index.ts';

export const NOW = new Date('2026-11-20T12:00:00Z');
export const ANCHOR_DAY = '2025-08-17';

export function temporaryStatePath(): string {
  return join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'sandbox.json');
}

/** A sandbox on a free port at a fixed instant, whose rate limit never bites: a second passes with each request. */
export function openSandbox(
  initial: Partial<SandboxState> = {},
  statePath = temporaryStatePath(),
): Promise<Sandbox> {
  let passedMs = 0;
  return startSandbox({
    statePath,
    port: 0,
    now: () => NOW,
    monotonicMs: () => (passedMs += 1_000),
    initial: { seed: 42, anchorDay: ANCHOR_DAY, ...initial },
  });
}

export function clientOf(sandbox: Sandbox, key = sandbox.apiKey, timeout = 5_000): Stripe {
  const { port } = sandbox;
  const plain = { telemetry: false, maxNetworkRetries: 0, timeout };
  return new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', ...plain });
}

/** What a call is refused with. @throws Error when it is not refused */
export async function refusal(
  call: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error(
    `expected the client to refuse, got ${outcome instanceof Error ? outcome.message : 'an answer'}`,
  );
}

export async function everything<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of pages) all.push(one);
  return all;
}
