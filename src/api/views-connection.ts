import { connectionNotices } from '../app/account-notices.ts';
import type { Actor, ConnectionRecord, Deps } from '../app/ports.ts';
import { noticesView } from './notices.ts';
import { connectionView } from './views.ts';

/** A connection with what is to be known of it, and where its provider can send events to. */
export async function connectionOf(
  { actor, deps, publicUrl }: { actor: Actor; deps: Deps; publicUrl: string },
  connection: ConnectionRecord,
) {
  const secrets = await deps.sources.secretsOf('connection', connection.id);
  const notices = connectionNotices(connection, actor.workspace, await deps.clock.now());
  const view = { ...connectionView(connection, secrets), warnings: noticesView(notices) };
  const secretField = deps.connectors.find(connection.connectorId)?.webhookSecretField;
  if (secretField === undefined) return view;
  const lastEventAt = (await deps.billing.lastEventAt(connection.id))?.toISOString() ?? null;
  const url = `${publicUrl.replace(/\/+$/, '')}/api/v1/webhooks/${connection.id}`;
  return { ...view, webhook: { url, secretField, lastEventAt } };
}
