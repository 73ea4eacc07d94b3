import type { SendResult } from '../../jobs/deliver-messages.ts';
import { sealedSecretsOf } from '../db/data-keys.ts';
import type { ClaimedMessage } from '../db/outbox.ts';
import {
  mixpanelSecretsSchema,
  mixpanelSettingsSchema,
  progressMessageSchema,
  sendProgress,
} from '../notifications/mixpanel.ts';
import type { Services } from './services.ts';

/** Sends one evaluated day back through a connection, with its own credentials and to its own hosts only. */
export async function writeBack(
  { database, deps, egress, vault, log }: Services,
  { workspaceId, channelConfig, payload, deliveryId, now }: ClaimedMessage,
  signal: AbortSignal,
): Promise<SendResult> {
  const connection = await deps.sources.findConnection(workspaceId, String(channelConfig['connectionId']));
  const message = progressMessageSchema.safeParse(payload);
  const settings = mixpanelSettingsSchema.safeParse(connection?.config);
  if (connection === null || !message.success || !settings.success) {
    return { ok: false, errorClass: 'rejected', status: null };
  }
  const secrets = mixpanelSecretsSchema.safeParse(await vault.open(workspaceId, 'connection', connection.id));
  if (!secrets.success) return { ok: false, errorClass: 'rejected', status: null };
  const sealed = await sealedSecretsOf(database, workspaceId, 'connection', connection.id);
  const result = await sendProgress({
    settings: settings.data,
    secrets: secrets.data,
    endpoint: connection.endpoint === null ? null : new URL(connection.endpoint),
    message: message.data,
    fetch: egress.forHosts([...new Set(sealed.flatMap((secret) => secret.allowedHosts))]),
    signal,
    now,
  });
  if (result.ok) return result;
  log.warn(
    { event: 'write_back_refused', delivery: deliveryId, status: result.status, detail: result.detail },
    'progress was not taken',
  );
  const { errorClass, status, afterMs } = result;
  return { ok: false, errorClass, status, ...(afterMs === undefined ? {} : { afterMs }) };
}
