import type { CollectStart, Connector, ConnectorContext, Exchange } from '../../connectors/sdk/index.ts';
import type { ConnectionRecord } from '../app/ports.ts';
import type { CollectStep } from '../app/ports-events.ts';
import { SourceFailure } from '../app/source-failure.ts';
import { failureOf, openContext, type Way } from './sources.ts';

/** A connector's days of events as steps, each with the requests that it took; a failure of the provider is the last one. */
export async function* collectSteps(
  connector: Connector,
  connection: ConnectionRecord,
  start: CollectStart,
  way: Way,
): AsyncGenerator<CollectStep> {
  let made: Exchange[] = [];
  const exchanges = (): Exchange[] => {
    const all = made;
    made = [];
    return all;
  };
  try {
    if (connector.events === undefined) throw new Error(`${connector.id} hands over no events`);
    const context: ConnectorContext<unknown> = {
      ...(await openContext(connector, connection, way, [])),
      record: (exchange) => made.push(exchange),
    };
    for await (const batch of connector.events.read(context, start)) {
      yield { ok: true, batch: { ...batch, events: told(batch.events, connector) }, exchanges };
    }
  } catch (error) {
    yield { ok: false, failure: failureOf(error, connector), exchanges };
  }
}

async function* told<Item>(items: AsyncIterable<Item>, connector: Connector): AsyncGenerator<Item> {
  try {
    yield* items;
  } catch (error) {
    throw new SourceFailure(failureOf(error, connector), error);
  }
}
