import type { Connector, ConnectorContext, Exchange, MirrorStart } from '../../connectors/sdk/index.ts';
import type { ConnectionRecord } from '../app/ports.ts';
import type { MirrorStep } from '../app/ports-billing.ts';
import { failureOf, openContext, type Way } from './sources.ts';

/** A connector's batches as steps, each with the requests that it took; a failure of the provider is the last one. */
export async function* mirrorSteps(
  connector: Connector,
  connection: ConnectionRecord,
  start: MirrorStart,
  way: Way,
): AsyncGenerator<MirrorStep> {
  let exchanges: Exchange[] = [];
  const taken = (): Exchange[] => {
    const all = exchanges;
    exchanges = [];
    return all;
  };
  try {
    if (connector.billing === undefined) throw new Error(`${connector.id} mirrors no billing`);
    const context: ConnectorContext<unknown> = {
      ...(await openContext(connector, connection, way, [])),
      record: (exchange) => exchanges.push(exchange),
    };
    for await (const batch of connector.billing.read(context, start)) {
      yield { ok: true, batch, exchanges: taken() };
    }
  } catch (error) {
    yield { ok: false, failure: failureOf(error, connector), exchanges: taken() };
  }
}
