import { createServer, type IncomingMessage } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { playFault } from '../../../../connectors/sdk/test-kit-faults.ts';

export type Told = { sql: string; url: URL; headers: IncomingMessage['headers'] };

/** Behaves as the documentation of ClickHouse's HTTP interface says, over rows that a test gives. */
export async function startClickhouse(
  rowsOf: (told: Told) => unknown[][],
): Promise<KitServer & { told: Told[] }> {
  let fault: Parameters<KitServer['play']>[0] = null;
  let count = 0;
  const told: Told[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      count += 1;
      if (fault !== null) {
        playFault(fault, request, response, {
          error: (message) => ({ exception: message }),
          changedShape: { meta: [], data: [] },
        });
        return;
      }
      const each = {
        sql: Buffer.concat(parts).toString(),
        url: new URL(request.url ?? '', 'http://x'),
        headers: request.headers,
      };
      told.push(each);
      const rows = rowsOf(each);
      response.writeHead(200, {
        'content-type': 'application/x-ndjson',
        'x-clickhouse-summary': JSON.stringify({ result_rows: String(rows.length - 1) }),
      });
      response.end(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: new URL(`http://127.0.0.1:${address.port}`),
    requestCount: () => count,
    told,
    play: (next) => {
      fault = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
