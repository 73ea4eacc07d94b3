import type { Connector, ConnectorContext } from '../../connectors/sdk/index.ts';
import type { AcceptOutcome, ConnectionRecord, ExchangeRecord, ReadRequest } from '../app/ports.ts';
import { failureOf, openContext, type Way } from './sources.ts';

type Asked = Pick<ReadRequest, 'metric' | 'params'>;

/**
 * Asks the provider about one definition after the other. What they share, such as the list of a property's metrics,
 * is asked for once. Where there is no question the key is not even opened: of metrics that are
 * computed here, such as a ledger's, and of connections that are no provider's.
 */
export async function acceptAll(
  connector: Connector | null,
  connection: ConnectionRecord,
  asked: readonly Asked[],
  way: Way,
): Promise<AcceptOutcome[]> {
  let opened: Promise<Omit<ConnectorContext<unknown>, 'record'>> | null = null;
  const outcomes: AcceptOutcome[] = [];
  for (const { metric, params } of asked) {
    const definition = connector?.metrics[metric];
    const exchanges: ExchangeRecord[] = [];
    if (connector === null || definition?.accept === undefined) {
      const acceptance = { problems: [], warnings: [], timeZone: null, currency: null };
      outcomes.push({ ok: true, acceptance, exchanges });
      continue;
    }
    try {
      opened ??= openContext(connector, connection, way, []);
      const context = { ...(await opened), record: (exchange: ExchangeRecord) => exchanges.push(exchange) };
      outcomes.push({ ok: true, acceptance: await definition.accept(context, params), exchanges });
    } catch (error) {
      outcomes.push({ ok: false, failure: failureOf(error, connector), exchanges });
    }
  }
  return outcomes;
}
