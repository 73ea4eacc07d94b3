import { type ConnectionCheck, sourceFailed } from './check-connection.ts';
import { checkEndpoint, findConnector, splitConfig } from './create-connection.ts';
import { findConnection } from './find.ts';
import type { Actor, ConnectionRecord, Deps } from './ports.ts';
import { type ConnectionChange, settingsAfter } from './update-connection.ts';

export type CheckDraft = {
  connectorId: string;
  endpoint?: string | null | undefined;
  config: Record<string, unknown>;
};

/**
 * The call that `checkConnection` makes, with settings that are not saved and never will be by this: nothing is stored, and
 * the secrets are gone with the answer.
 *
 * @throws AppError as saving it would, and as checking it afterwards would
 */
export function checkDraft(
  deps: Deps,
  actor: Actor,
  { config, connectorId, endpoint = null }: CheckDraft,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const connector = findConnector(deps, connectorId);
  checkEndpoint(deps, connector, endpoint);
  const split = splitConfig(deps, connector, config);
  return checked(
    deps,
    { ...nobodys(actor), title: connector.title, connectorId, endpoint, ...split },
    signal,
  );
}

/** The same for a connection that exists, as it would be after a change: its own secrets go on working meanwhile. */
export async function checkChange(
  deps: Deps,
  actor: Actor,
  key: string,
  change: Pick<ConnectionChange, 'config' | 'endpoint'>,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const connection = await findConnection(deps, actor, key);
  const { endpoint, split } = await settingsAfter(deps, connection, change);
  if (split !== null) return checked(deps, { ...connection, endpoint, ...split }, signal);
  const secrets = await deps.vault.open(connection.workspaceId, 'connection', connection.id);
  return checked(deps, { ...connection, secrets }, signal);
}

async function checked(
  deps: Deps,
  { secrets, ...connection }: ConnectionRecord & { secrets: Record<string, string> },
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const result = await deps.connectors.check(connection, signal, secrets);
  if (!result.ok) throw sourceFailed(connection, result.failure);
  const { account, livemode, warnings, timeZone = null, currency = null, exchanges } = result;
  return { account, livemode, warnings, timeZone, currency, notices: [], exchanges };
}

/** A connection as far as a check looks at one. */
function nobodys({
  workspace,
}: Actor): Omit<ConnectionRecord, 'title' | 'connectorId' | 'endpoint' | 'config'> {
  return {
    id: 'con_not_saved',
    workspaceId: workspace.id,
    key: '',
    environment: 'live',
    state: 'active',
    stateReason: null,
    blockedUntil: null,
    circuitUntil: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    owner: null,
    schedule: null,
    account: null,
  };
}
