import { AppError } from './errors.ts';
import type { Actor, Deps, WebhookRequest } from './ports.ts';

/** So long a run waits for more events: a changed subscription alone sends several. */
const GATHER_MS = 30_000;

/** `new`: kept, and a run will read what it hints at. `known`: it came before. `ignored`: it is nothing of the ledger. */
export type EventTaken = 'new' | 'known' | 'ignored';

/**
 * Takes what a provider sends by itself. Only a hint of what to read again is kept of it: the truth is read from the
 * provider, so late, repeated and reordered events do no harm.
 *
 * @throws AppError `not_found` alike for every id that takes none; `invalid` when it is not proved to be the provider's
 */
export async function receiveBillingEvent(
  deps: Pick<Deps, 'sources' | 'connectors' | 'billing' | 'clock' | 'runs'>,
  workspace: Actor['workspace'],
  connectionId: string,
  request: WebhookRequest,
): Promise<EventTaken> {
  const connection = await deps.sources.findConnection(workspace.id, connectionId);
  // Keys are words that people guess; the address is the random id alone.
  if (connection === null || connection.id !== connectionId) throw noWebhook();
  if (deps.connectors.find(connection.connectorId)?.webhookSecretField === undefined) throw noWebhook();
  const read = await deps.connectors.readWebhook(connection, request, await deps.clock.now());
  if (!read.ok) {
    const fix = 'Compare the secret of the endpoint with the one that is stored, and the clocks.';
    throw new AppError('invalid', 'webhook_refused', read.problem, fix);
  }
  const { event } = read;
  if (event === null) return 'ignored';
  const { id, at, touched } = event;
  const taken = await deps.billing.receive(connection.id, { id, at, touched });
  if (taken === 'new' && connection.state !== 'paused') {
    await deps.runs.requestSoon(workspace.id, connection.id, GATHER_MS);
  }
  return taken;
}

export function noWebhook(): AppError {
  return new AppError('not_found', 'not_found', 'Nothing is taken at this address.', 'Check the path.');
}
