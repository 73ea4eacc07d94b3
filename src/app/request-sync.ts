import { AppError } from './errors.ts';
import { findConnection, findKeyResult } from './find.ts';
import type { Actor, ConnectionRecord, Deps, MetricRecord, RunRecord } from './ports.ts';

/**
 * Asks for a sync now, of one connection, of the one behind a Key Result, or of all. A run that waits already is
 * answered instead of a second one.
 *
 * @param admit refuses a connection that was asked for too often; of several, such a one is left out
 */
export async function requestSync(
  deps: Deps,
  actor: Actor,
  wanted: { connection?: string | undefined; keyResult?: string | undefined },
  admit: (connection: ConnectionRecord) => Promise<void> = async () => {},
): Promise<RunRecord[]> {
  const connections = await connectionsOf(deps, actor, wanted);
  let refusal: unknown = null;
  const runs: RunRecord[] = [];
  for (const connection of connections) {
    if (connection.state === 'paused') {
      throw new AppError(
        'conflict',
        'connection_paused',
        `The connection "${connection.key}" is paused.`,
        `Resume it with \`tidemark connection resume ${connection.key}\`.`,
      );
    }
    try {
      await admit(connection);
    } catch (error) {
      refusal = error;
      continue;
    }
    runs.push(await deps.runs.request(actor.workspace.id, connection.id, 'manual'));
  }
  if (runs.length === 0 && refusal !== null) throw refusal;
  return runs;
}

async function connectionsOf(
  deps: Deps,
  actor: Actor,
  wanted: { connection?: string | undefined; keyResult?: string | undefined },
) {
  if (wanted.connection !== undefined) return [await findConnection(deps, actor, wanted.connection)];
  if (wanted.keyResult !== undefined) {
    const keyResult = await findKeyResult(deps, actor, wanted.keyResult);
    const metric =
      keyResult.metricVersionId === null
        ? null
        : await deps.sources.metricOfVersion(keyResult.metricVersionId);
    if (metric === null) {
      throw new AppError(
        'conflict',
        'not_bound',
        `No metric feeds the Key Result "${keyResult.key}".`,
        `Bind one with \`tidemark kr bind ${keyResult.key} METRIC\`.`,
      );
    }
    return behind(deps, actor, metric);
  }
  const all = await deps.sources.listConnections(actor.workspace.id);
  const measured = new Set(
    (await deps.sources.listMetrics(actor.workspace.id)).map((metric) => metric.connectionId),
  );
  return all.filter((connection) => measured.has(connection.id) && connection.state !== 'paused');
}

/** The connections that a metric is read on: its own, or those of the metrics that a formula combines. */
async function behind(deps: Deps, actor: Actor, metric: MetricRecord): Promise<ConnectionRecord[]> {
  const inputs = await Promise.all(metric.inputs.map((id) => deps.sources.metricOfVersion(id)));
  const ids = [metric, ...inputs].flatMap((each) =>
    each?.source === 'connector' ? [each.connectionId] : [],
  );
  if (ids.length === 0) {
    throw new AppError(
      'conflict',
      'not_read',
      `The values of the metric "${metric.key}" are brought to Tidemark, which reads no source for them.`,
      'Bring newer ones.',
    );
  }
  return Promise.all([...new Set(ids)].map((id) => findConnection(deps, actor, id)));
}
