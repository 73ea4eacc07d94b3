import type { ConnectorContext } from '../../sdk/index.ts';

/** Counts the requests of a read as they are recorded. */
export function countedEvidence<Config>(context: ConnectorContext<Config>) {
  let count = 0;
  return {
    context: {
      ...context,
      record(exchange: Parameters<ConnectorContext<Config>['record']>[0]): void {
        count += 1;
        context.record(exchange);
      },
    },
    count: () => count,
  };
}
