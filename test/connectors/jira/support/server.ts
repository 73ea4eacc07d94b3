import type { IncomingMessage } from 'node:http';
import type { KitServer } from '../../../../connectors/sdk/test-kit.ts';
import { type Fault, playFault } from '../../../../connectors/sdk/test-kit-faults.ts';
import { answerJira } from '../../../../sandbox/jira/server.ts';
import { type JiraWorld, jiraWorld } from '../../../../sandbox/jira/world.ts';
import { startHttpServer } from '../../support/http-server.ts';

export type {
  JiraChange as FakeChange,
  JiraIssue as FakeIssue,
  JiraSprint as FakeSprint,
  JiraWorld as World,
} from '../../../../sandbox/jira/world.ts';

export type JiraServer = KitServer & {
  asked: { url: URL; body: Record<string, unknown> | null }[];
  headers: IncomingMessage['headers'][];
};

export const worldOf = (given: Partial<JiraWorld> = {}): JiraWorld =>
  jiraWorld({ project: 'SHOP', ...given });

/** The part of Jira Cloud that the connector reads, over the data of a test. */
export async function startJira(world: JiraWorld): Promise<JiraServer> {
  const asked: JiraServer['asked'] = [];
  const headers: IncomingMessage['headers'][] = [];
  let fault: Fault | null = null;
  const server = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '/', server.url);
    headers.push(request.headers);
    const chunks: Buffer[] = [];
    const place = asked.push({ url, body: null }) - 1;
    if (fault !== null) {
      const error = (message: string) => ({ errorMessages: [message], errors: {} });
      playFault(fault, request, response, { error, changedShape: { rows: [] } });
      return;
    }
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = text === '' ? null : (JSON.parse(text) as Record<string, unknown>); // what the connector sent
      asked[place] = { url, body };
      answerJira(world, { url, body }, request, response);
    });
  });
  return {
    endpoint: server.url,
    asked,
    headers,
    requestCount: () => asked.length,
    play: (next) => {
      fault = next;
    },
    close: server.close,
  };
}
