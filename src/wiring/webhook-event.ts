import { type Connector, ConnectorError } from '../../connectors/sdk/index.ts';
import type { Sources, WebhookRequest } from '../app/ports.ts';

/** What a provider's own message says, once it is proved that the provider has sent it. */
export function webhookEvent(
  connector: Connector,
  settings: Record<string, unknown>,
  request: WebhookRequest,
  now: Date,
): Awaited<ReturnType<Sources['readWebhook']>> {
  const webhook = connector.billing?.webhook;
  if (webhook === undefined) return { ok: false, problem: `${connector.title} sends no events here.` };
  if (settings[webhook.secretField] === undefined) {
    const problem = `The connection has no ${webhook.secretField}; enter the endpoint's signing secret first.`;
    return { ok: false, problem };
  }
  try {
    return { ok: true, event: webhook.read(request, connector.configSchema.parse(settings), now) };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { ok: false, problem: error.message };
  }
}
