import type { Acceptance, Connector, ConnectorContext } from '../../connectors/sdk/index.ts';
import type { AcceptOutcome, ConnectionRecord, ExchangeRecord, ReadRequest } from '../app/ports.ts';
import type { AcceptedLately } from './accepted-lately.ts';
import { eventNamesOf } from './events-metrics.ts';
import { failureOf, openContext, type Way } from './sources.ts';

const nothing = (): Acceptance => ({ problems: [], warnings: [], timeZone: null, currency: null });
type Asked = Pick<ReadRequest, 'metric' | 'params'>;

/**
 * Asks the provider about one definition after the other. What they share, such as the list of a property's metrics,
 * is asked for once, and a definition that was accepted a moment ago is not asked about again. Where there is no
 * question the key is not even opened: of metrics that are computed here, such as a ledger's, and of connections that
 * are no provider's.
 */
export async function acceptAll(
  connector: Connector | null,
  connection: ConnectionRecord,
  asked: readonly Asked[],
  way: Way,
  lately: AcceptedLately,
): Promise<AcceptOutcome[]> {
  let opened: Promise<Omit<ConnectorContext<unknown>, 'record'>> | null = null;
  const outcomes: AcceptOutcome[] = [];
  for (const { metric, params } of asked) {
    const question = connector === null ? null : questionOf(connector, metric, params);
    const exchanges: ExchangeRecord[] = [];
    if (connector === null || question === null) {
      outcomes.push({ ok: true, acceptance: nothing(), exchanges });
      continue;
    }
    const known = lately.find(connection, { metric, params }, way.now);
    if (known !== null) {
      outcomes.push({ ok: true, acceptance: known, exchanges });
      continue;
    }
    try {
      opened ??= openContext(connector, connection, way, []);
      const context = { ...(await opened), record: (exchange: ExchangeRecord) => exchanges.push(exchange) };
      const acceptance = await question(context);
      lately.keep(connection, { metric, params }, acceptance, way.now);
      outcomes.push({ ok: true, acceptance, exchanges });
    } catch (error) {
      outcomes.push({ ok: false, failure: failureOf(error, connector), exchanges });
    }
  }
  return outcomes;
}

type Question = (context: ConnectorContext<unknown>) => Promise<Acceptance>;

/** What the connector asks about a definition of its own, or about the events of one that is computed from them. */
function questionOf(connector: Connector, metric: string, params: Asked['params']): Question | null {
  const own = connector.metrics[metric]?.accept;
  if (own !== undefined) return (context) => own(context, params);
  const collector = connector.events;
  const names = collector?.accept === undefined ? null : eventNamesOf(metric, params);
  if (names === null) return null;
  return async (context) => collector?.accept?.(context, names) ?? nothing();
}
