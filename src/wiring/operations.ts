import type { DeliveryDeps, OutgoingMessage } from '../../jobs/deliver-messages.ts';
import type { OperationsOptions } from '../api/operations-endpoints.ts';
import { packageVersion, projectRoot } from '../project.ts';
import type { Config } from './config.ts';
import { createReadiness } from './readiness.ts';
import type { Services } from './services.ts';
import type { Telemetry } from './telemetry.ts';

/** What those that watch this process are told, and who may read its counters there. */
export function operationsOf(
  { config, database, telemetry }: Pick<Services, 'config' | 'database' | 'telemetry'>,
  metricsAccess: OperationsOptions['metricsAccess'],
): OperationsOptions {
  return {
    ready: createReadiness(database, config, projectRoot()),
    version: packageVersion(),
    metrics: telemetry,
    metricsAccess,
  };
}

/**
 * On the API's port the counters are open while only this machine reaches it. An address for others says that it is
 * reached through a proxy, which passes on whatever it is asked for; and who has set a token wants it asked for.
 */
export function apiMetricsAccess({
  host,
  metricsToken,
  publicUrl,
}: Pick<Config, 'host' | 'metricsToken' | 'publicUrl'>): OperationsOptions['metricsAccess'] {
  return isLoopback(host) && publicUrl === null && metricsToken === null ? null : { token: metricsToken };
}

/** On a port of their own they are open to this machine, unless a token is set. */
export function ownPortMetricsAccess({
  host,
  metricsToken,
}: Pick<Config, 'host' | 'metricsToken'>): OperationsOptions['metricsAccess'] {
  return isLoopback(host) && metricsToken === null ? null : { token: metricsToken };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Counts what became of each attempt to deliver. */
export function countDeliveries<Message extends OutgoingMessage & { channelKind: string }>(
  deps: DeliveryDeps<Message>,
  telemetry: Pick<Telemetry, 'delivery'>,
): DeliveryDeps<Message> {
  return {
    ...deps,
    async settle(message, settlement, durationMs) {
      await deps.settle(message, settlement, durationMs);
      telemetry.delivery(message.channelKind, settlement.status, durationMs / 1_000);
    },
  };
}
