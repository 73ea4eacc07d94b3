import { AppError, invalidField } from './errors.ts';
import { newId } from './ids.ts';
import type { Actor, ConnectionRecord, ConnectorInfo, Deps, Environment, SealedSecret } from './ports.ts';
import { recordChange } from './record-change.ts';

export type ConnectionDraft = {
  key: string;
  title?: string | undefined;
  connectorId: string;
  environment?: Environment | undefined;
  endpoint?: string | null | undefined;
  config: Record<string, unknown>;
  everyMinutes: number;
  /** Who hears of it when it fails. */
  owner?: string | null | undefined;
};

/** Stores a connection; its secrets are sealed for it and for the hosts that they may be sent to. */
export async function createConnection(
  deps: Deps,
  actor: Actor,
  draft: ConnectionDraft,
): Promise<ConnectionRecord> {
  const connector = findConnector(deps, draft.connectorId);
  const endpoint = draft.endpoint ?? null;
  checkEndpoint(deps, connector, endpoint);
  const split = splitConfig(deps, connector, draft.config);
  const id = newId('con');
  const secrets = await sealAll(
    deps,
    actor,
    id,
    split.secrets,
    deps.connectors.allowedHosts(connector.id, endpoint, split.config),
  );
  const connection = await deps.atomically(async (inside) => {
    const connection = await inside.sources.createConnection(
      {
        id,
        workspaceId: actor.workspace.id,
        key: draft.key,
        title:
          draft.title ?? (draft.key === connector.id ? connector.title : `${connector.title} (${draft.key})`),
        connectorId: connector.id,
        environment: draft.environment ?? 'live',
        endpoint,
        config: split.config,
        owner: draft.owner ?? null,
        ownerUserId: actor.userId ?? null,
      },
      draft.everyMinutes,
      secrets,
    );
    await recordChange(inside, actor, 'create', 'connection', id, {
      key: draft.key,
      connector: connector.id,
      endpoint,
    });
    return connection;
  });
  return connection;
}

export function findConnector(deps: Pick<Deps, 'connectors'>, id: string): ConnectorInfo {
  const connector = deps.connectors.find(id);
  if (connector !== null) return connector;
  const known = deps.connectors.list().map((each) => each.id);
  throw invalidField(
    '/connectorId',
    'unknown_connector',
    `There is no connector "${id}".`,
    `Choose one of: ${known.join(', ')}.`,
  );
}

/** Refuses an address that may not be called, and none where the provider has no address of its own. */
export function checkEndpoint(
  deps: Pick<Deps, 'connectors'>,
  connector: ConnectorInfo,
  endpoint: string | null,
): void {
  if (endpoint !== null) return refuseEndpoint(deps, endpoint);
  if (connector.needsEndpoint !== true) return;
  throw invalidField(
    '/endpoint',
    'endpoint_needed',
    `A connection to ${connector.title} needs an address: everybody has another one.`,
    `Give the address, such as https://${connector.id.replaceAll('_', '-')}.example.com.`,
  );
}

function refuseEndpoint(deps: Pick<Deps, 'connectors'>, endpoint: string): void {
  const checked = deps.connectors.checkEndpoint(endpoint);
  if (checked.ok) return;
  throw new AppError(
    'invalid',
    'blocked_destination',
    checked.problem,
    'Use a public https address, or let the operator allow this one with TIDEMARK_EGRESS_ALLOW.',
    { errors: [{ pointer: '/endpoint', code: 'blocked_destination', detail: checked.problem }] },
  );
}

export function splitConfig(
  deps: Pick<Deps, 'connectors'>,
  connector: ConnectorInfo,
  config: Record<string, unknown>,
): { config: Record<string, unknown>; secrets: Record<string, string> } {
  const split = deps.connectors.splitConfig(connector.id, config);
  if (split.ok) return split;
  throw new AppError('invalid', 'validation', split.problems.join(' '), connector.guide, {
    errors: split.problems.map((problem) => ({ code: 'config_invalid', ...pointed(connector, problem) })),
  });
}

/** "apiKey: Enter …" is said of the field that it begins with. */
function pointed({ config }: ConnectorInfo, problem: string): { pointer: string; detail: string } {
  const [, field = '', detail = ''] = /^(\w+): (.+)$/s.exec(problem) ?? [];
  const { properties } = config as { properties?: Record<string, unknown> };
  if (properties === undefined || !Object.hasOwn(properties, field))
    return { pointer: '/config', detail: problem };
  return { pointer: `/config/${field}`, detail };
}

export async function sealAll(
  deps: Pick<Deps, 'vault'>,
  actor: Actor,
  rowId: string,
  secrets: Record<string, string>,
  allowedHosts: string[],
): Promise<SealedSecret[]> {
  const sealed: SealedSecret[] = [];
  for (const [field, plaintext] of Object.entries(secrets)) {
    const place = { workspaceId: actor.workspace.id, table: 'connection', rowId, field, allowedHosts };
    sealed.push(await deps.vault.seal(place, plaintext));
  }
  return sealed;
}
