import { checkEndpoint, findConnector, sealAll, splitConfig } from './create-connection.ts';
import { invalidField } from './errors.ts';
import { findConnection } from './find.ts';
import type { Actor, ConnectionRecord, Deps } from './ports.ts';
import { recordChange } from './record-change.ts';
import { sameValue } from './same-value.ts';

export type ConnectionChange = {
  title?: string | undefined;
  endpoint?: string | null | undefined;
  config?: Record<string, unknown> | undefined;
  everyMinutes?: number | undefined;
  paused?: boolean | undefined;
  /** Who hears of it when it fails; null: nobody in particular. */
  owner?: string | null | undefined;
};

/**
 * Changes a connection. A new key ends a pause that a refused one caused, and asks for a sync at once.
 *
 * @throws AppError when the address changes without its secrets: they were saved for the old one
 */
export async function updateConnection(
  deps: Deps,
  actor: Actor,
  key: string,
  change: ConnectionChange,
): Promise<ConnectionRecord> {
  const connection = await findConnection(deps, actor, key);
  const { endpoint, moved, split } = await settingsAfter(deps, connection, change);
  const hosts = deps.connectors.allowedHosts(
    connection.connectorId,
    endpoint,
    split?.config ?? connection.config,
  );
  const secrets = split === null ? [] : await sealAll(deps, actor, connection.id, split.secrets, hosts);
  const woken = split !== null || change.paused === false;
  const paused = change.paused === true;
  // Another project or address is another account; a new key alone is not.
  const forgotten = moved || (split !== null && !sameValue(split.config, connection.config));
  const fields = Object.keys(change).filter((field) => change[field as keyof ConnectionChange] !== undefined);
  const updated = await deps.atomically(async (inside) => {
    await recordChange(inside, actor, 'update', 'connection', connection.id, {
      fields,
      secrets: secrets.map(({ field }) => field),
    });
    if (forgotten) await inside.sources.saveAccount(connection.id, null);
    return inside.sources.updateConnection(
      connection.id,
      {
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.owner === undefined ? {} : { owner: change.owner }),
        ...(change.everyMinutes === undefined ? {} : { everyMinutes: change.everyMinutes }),
        ...(moved ? { endpoint } : {}),
        ...(split === null ? {} : { config: split.config }),
        ...(paused ? { state: 'paused' as const, stateReason: `paused by ${actor.name}` } : {}),
        ...(!paused && woken ? { state: 'active' as const, stateReason: null } : {}),
      },
      secrets,
    );
  });
  const metrics = await deps.sources.listMetrics(actor.workspace.id, connection.id);
  if (!paused && woken && metrics.length > 0)
    await deps.runs.request(actor.workspace.id, connection.id, 'manual');
  const bound = new Set(metrics.map((metric) => metric.versionId));
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id);
  await deps.evaluate(
    keyResults.filter((each) => bound.has(each.metricVersionId ?? '')).map((each) => each.id),
  );
  return updated;
}

/** What a change makes of address, settings and secrets; `split` is null while the settings stay as they are. */
export async function settingsAfter(
  deps: Pick<Deps, 'connectors' | 'vault'>,
  connection: ConnectionRecord,
  change: Pick<ConnectionChange, 'config' | 'endpoint'>,
) {
  const connector = findConnector(deps, connection.connectorId);
  const endpoint = change.endpoint === undefined ? connection.endpoint : change.endpoint;
  const moved = endpoint !== connection.endpoint;
  if (moved) checkEndpoint(deps, connector, endpoint);
  if (moved && change.config === undefined) {
    throw invalidField(
      '/config',
      'secret_needed',
      `The address of "${connection.key}" changes, and its secrets were saved for the old one only.`,
      `Send them again: ${connector.secretFields.join(', ')}.`,
    );
  }
  if (change.config === undefined) return { endpoint, moved, split: null };
  const elsewhere = moved || namesAnotherHost(deps, connection, change.config);
  const split = splitConfig(deps, connector, await merged(deps, connection, change.config, elsewhere));
  return { endpoint, moved, split };
}

/** Settings may name a host of their own, such as that of a token endpoint: then the secrets were saved for another one. */
function namesAnotherHost(
  deps: Pick<Deps, 'connectors'>,
  { config, connectorId, endpoint }: ConnectionRecord,
  change: Record<string, unknown>,
): boolean {
  const known = deps.connectors.allowedHosts(connectorId, endpoint, config);
  const wanted = deps.connectors.allowedHosts(connectorId, endpoint, { ...config, ...change });
  return !wanted.every((host) => known.includes(host));
}

/** What is not sent stays, as in a merge patch; but secrets that were saved for another address do not come along. */
async function merged(
  deps: Pick<Deps, 'vault'>,
  connection: ConnectionRecord,
  config: Record<string, unknown>,
  moved: boolean,
): Promise<Record<string, unknown>> {
  const secrets = moved ? {} : await deps.vault.open(connection.workspaceId, 'connection', connection.id);
  return { ...connection.config, ...secrets, ...config };
}
