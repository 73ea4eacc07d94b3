import { v1alpha } from '@google-analytics/data';
import { googleAuthLibrary } from 'google-gax';
import { withGa4Client } from '../../../../connectors/ga4/client.ts';
import type { Ga4Config } from '../../../../connectors/ga4/config.ts';
import type { Report } from '../../../../connectors/ga4/schema.ts';
import { testContext } from '../../support/context.ts';
import { startHttpServer } from '../../support/http-server.ts';
import { always } from './property.ts';
import { config, later } from './read.ts';
import { startRest } from './server.ts';

/** What our client makes of a report on the wire, before anything looks at its numbers. */
export async function decodedReport(response: unknown): Promise<Report> {
  const server = await startRest(always(response));
  try {
    const { context } = testContext<Ga4Config>({ ...config, transport: 'rest' }, server.endpoint, later);
    const [report] = await withGa4Client(context, (client) => client.reports([{}]));
    if (report === undefined) throw new Error('no report came back');
    return report;
  } finally {
    await server.close();
  }
}

/** What the official client of the early API, which knows funnels, makes of an answer. */
export async function decodedFunnel(body: unknown): Promise<unknown> {
  const server = await startHttpServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const client = new v1alpha.AlphaAnalyticsDataClient({
    auth: new googleAuthLibrary.GoogleAuth({ authClient: new googleAuthLibrary.PassThroughClient() }),
    apiEndpoint: server.url.hostname,
    port: Number(server.url.port),
    protocol: 'http',
    fallback: true,
  });
  try {
    return (await client.runFunnelReport({ property: 'properties/987654321' }))[0];
  } finally {
    await client.close();
    await server.close();
  }
}
