import type { ConnectorContext, Exchange } from '../../sdk/index.ts';

const KEPT = 20;

/**
 * A walk makes thousands of requests, and evidence of all of them would fill the memory: the first and the last few are
 * passed on, and so are the first that failed. The number of all of them is in the note of the last batch.
 */
export function boundedEvidence<Config>(context: ConnectorContext<Config>) {
  const last: Exchange[] = [];
  let count = 0;
  let failures = 0;

  function record(exchange: Exchange): void {
    count += 1;
    const failed = exchange.error !== undefined || exchange.status === null || exchange.status >= 400;
    if (failed) failures += 1;
    if (count <= KEPT || (failed && failures <= KEPT)) {
      context.record(exchange);
      return;
    }
    last.push(exchange);
    if (last.length > KEPT) last.shift();
  }

  return {
    context: { ...context, record },
    count: () => count,
    close: () => {
      for (const exchange of last.splice(0)) context.record(exchange);
    },
  };
}
